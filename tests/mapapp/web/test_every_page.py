"""What holds of every page that there is, and of every page that will be."""

import re
from html import unescape

import pytest
from flask import Flask

from mapapp import create_app
from mapapp.config import Settings
from mapapp.journeys.bureau import Bureau, open_bureau
from mapapp.web import page_help
from tests.every_page import SomePage, every_page

OUTSIDE = {"wall.page"}
"""Pages outside base.html: a screen with nothing to press has its help on 说明 only."""


def test_every_page_has_its_help(pages: list[SomePage]) -> None:
    lacking = {p.endpoint for p in pages if p.endpoint and not page_help.help_for(p.endpoint)}
    assert not lacking, f"mapapp/web/page_help.yaml 里没有：{'、'.join(sorted(lacking))}"
    silent = [
        page.address
        for page in pages
        if (found := page_help.help_for(page.endpoint))
        and page.endpoint not in OUTSIDE
        and (found.shows not in unescape(page.text) or "<summary>本页怎么看" not in page.text)
    ]
    assert not silent, f"没有“本页怎么看”：{silent}"


def test_no_row_of_tabs_is_empty(pages: list[SomePage]) -> None:
    """A page that hands its template a `shown` of its own would hide them."""
    for page in pages:
        for row in re.findall(r'<nav class="subtabs.*?</nav>', page.text, re.S):
            assert "<a " in row, page.address


def test_help_names_every_page_once(pages: list[SomePage], furnished: Flask) -> None:
    [text] = [page.text for page in pages if page.endpoint == "helptext.page"]
    for page in pages:
        found = page_help.help_for(page.endpoint)
        assert found is None or text.count(f'id="{found.anchor}"') == 1, page.endpoint


def test_help_is_short_and_says_what_is_counted() -> None:
    for group in page_help.groups():
        for page in group.pages:
            lines = [page.shows, *page.do, *page.counts]
            assert 3 <= len(lines) <= 6, page.title
            assert max(map(len, lines)) <= 80, page.title


def test_a_page_that_is_not_built_waits_unseen(
    furnished: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = page_help.PageHelp(("later",), "以后", "看以后", ("等",), ("天",))
    every = (*page_help.groups(), page_help.HelpGroup("以后", (later,)))
    monkeypatch.setattr(page_help, "groups", lambda: every)
    with furnished.app_context():
        assert "以后" not in [group.name for group in page_help.groups_here()]


def test_every_page_answers_over_an_empty_ledger(empty_bureau: Bureau) -> None:
    assert len(every_page(create_app(bureau=empty_bureau))) > 30


def test_every_page_answers_in_a_city_without_sample(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    instance = tmp_path_factory.mktemp("ningbo")
    app = create_app(bureau=open_bureau(Settings(instance=instance, city="330200")))
    assert len(every_page(app)) > 30
