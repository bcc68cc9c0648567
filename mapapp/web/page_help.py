"""本页怎么看: what each page shows, what is done there and what its numbers count.

The words stand in `page_help.yaml`, one entry a page: the page's own disclosure and 说明 both read
them there. An entry may speak of a page that is not built yet; it waits unseen.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from flask import Flask, current_app, request

_WORDS = Path(__file__).with_name("page_help.yaml")
_KEYS = {"for", "title", "shows", "do", "counts"}


@dataclass(frozen=True, slots=True)
class PageHelp:
    """The help of one page. `names` are blueprints, or endpoints (`blueprint.function`)."""

    names: tuple[str, ...]
    title: str
    shows: str
    do: tuple[str, ...]
    counts: tuple[str, ...]

    @property
    def anchor(self) -> str:
        """Where it stands on the page 说明."""
        return "page-" + self.names[0].replace(".", "-")


@dataclass(frozen=True, slots=True)
class HelpGroup:
    """The pages under one word of the navigation."""

    name: str
    pages: tuple[PageHelp, ...]


def install(app: Flask) -> None:
    """Give the templates `page_help`, the help of the page they render (None without)."""
    app.context_processor(lambda: {"page_help": help_for(request.endpoint)})


@cache
def groups() -> tuple[HelpGroup, ...]:
    """All help, in the order of the navigation.

    Raises:
        ValueError: an entry lacks a part, has one that is not known, or claims another's page.
    """
    read = yaml.safe_load(_WORDS.read_text("utf-8"))
    found = tuple(HelpGroup(g["group"], tuple(_entry(p) for p in g["pages"])) for g in read)
    names = [name for group in found for page in group.pages for name in page.names]
    twice = {name for name in names if names.count(name) > 1}
    if twice:
        raise ValueError(f"{_WORDS.name}：{'、'.join(sorted(twice))} 写了两次")
    return found


def help_for(endpoint: str | None) -> PageHelp | None:
    """The help of an endpoint: its own, else its blueprint's; None where there is none."""
    if endpoint is None:
        return None
    entries = {name: page for group in groups() for page in group.pages for name in page.names}
    return entries.get(endpoint) or entries.get(endpoint.partition(".")[0])


def groups_here() -> Sequence[HelpGroup]:
    """The help of the pages that this application has."""
    here = {*current_app.blueprints, *current_app.view_functions}
    shown = [HelpGroup(g.name, tuple(_built(g.pages, here))) for g in groups()]
    return [group for group in shown if group.pages]


def _built(pages: Sequence[PageHelp], here: Collection[str]) -> list[PageHelp]:
    return [page for page in pages if any(name in here for name in page.names)]


def _entry(given: Mapping[str, Any]) -> PageHelp:
    if set(given) != _KEYS or not all(given.values()):
        raise ValueError(f"{_WORDS.name}：“{given.get('title')}”要有 {'、'.join(sorted(_KEYS))}")
    return PageHelp(
        tuple(given["for"]), given["title"], given["shows"], tuple(given["do"]),
        tuple(given["counts"]),
    )  # fmt: skip
