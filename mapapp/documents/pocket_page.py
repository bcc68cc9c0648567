"""Blocks as one HTML file that needs nothing else: no net, no script from elsewhere, no typeface.

It is opened from a disk or a chat on a telephone. Jinja escapes every text; only pictures go in
as markup, and those are written by ElementTree. A policy in the page itself forbids all requests.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from mapapp.documents.blocks import Block
from mapapp.documents.paper_text import sheet_with, visible
from mapapp.draw.sheet import Paper, Sheet
from mapapp.draw.sheet_file import to_svg

_FOLDER = Path(__file__).parent / "pocket"
_KINDS = dict.fromkeys((Paper.A4, Paper.A3, Paper.A1), "broad") | dict.fromkeys(
    (Paper.BAND, Paper.LOW_BAND, Paper.FLAT_BAND), "band"
)
"""What is panned rather than made so small that nobody can read it."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """What is read in one go: a title and its blocks. A folded one opens when it is asked for."""

    title: str
    blocks: Sequence[Block]
    folded: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A tab of the page."""

    title: str
    leaves: Sequence[Leaf]


def to_pocket_page(
    title: str, subtitle: str, sections: Sequence[Section], watermark: str = ""
) -> bytes:
    """The page."""
    script = (_FOLDER / "page.js").read_text("utf-8")
    found = _ENVIRONMENT.get_template("page.html").render(
        title=title,
        subtitle=subtitle,
        sections=sections,
        watermark=watermark,
        style=Markup((_FOLDER / "page.css").read_text("utf-8")),
        script=Markup(script),
        digest=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
    )
    return found.encode("utf-8", "replace")


def _kind(block: Block) -> str:
    return type(block).__name__


def _svg(sheet: Sheet) -> Markup:
    """A drawing as part of the page: as wide as its place; a sheet of paper can be panned."""
    text = to_svg(sheet_with(sheet, visible)).decode("utf-8").split("?>", 1)[1]
    across, down = sheet.paper.value
    kind = _KINDS.get(sheet.paper, "fitting")
    size = f'width="{across}mm" height="{down}mm"'
    return Markup(text.replace(size, f'class="{kind}"', 1))


_ENVIRONMENT = Environment(
    loader=FileSystemLoader(_FOLDER),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    finalize=lambda value: visible(value) if type(value) is str else value,
)
_ENVIRONMENT.filters.update(kind=_kind, svg=_svg)
