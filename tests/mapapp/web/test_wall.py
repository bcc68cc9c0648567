"""The page on the wall and the numbers that it fetches: the same, public, and nothing to press."""

import re
from dataclasses import fields, replace
from datetime import date
from typing import TypeVar

import pytest
from flask.testing import FlaskClient

from mapapp import create_app
from mapapp.journeys.bureau import Bureau
from mapapp.ledger.project import (
    Account,
    InvestmentProject,
    LocalEnterprise,
    Provenance,
    ReportedFigure,
    Stage,
    StageEvent,
)
from mapapp.outreach.event import PromotionEvent
from mapapp.store import Sample

Row = TypeVar("Row", InvestmentProject, LocalEnterprise)
SECRET = "密"
PLACE = re.compile(r'data-(?:text|width|height|x|y|fill)="([\w.]+)"')


def page_of(client: FlaskClient, query: str = "") -> str:
    answer = client.get(f"/wall{query}")
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def test_every_place_of_the_page_gets_a_value_and_the_other_way_round(client: FlaskClient) -> None:
    page, data = page_of(client), client.get("/wall.json").get_json()
    assert set(PLACE.findall(page)) == set(data["texts"])
    assert f'data-shape="{data["shape"]}"' in page
    for place, text in re.findall(r'data-text="([\w.]+)">([^<]*)<', page):
        assert text == data["texts"][place], place


def test_there_is_nothing_to_press_and_nothing_from_outside(client: FlaskClient) -> None:
    page = page_of(client)
    assert not re.search(r"<(?:a|button|input|select|form|iframe|details)\b", page)
    assert not re.search(r"(?:src|href)=\"(?:https?:)?//", page)
    assert "style=" not in page


def test_the_overview_leads_there(client: FlaskClient) -> None:
    overview = client.get("/").get_data(as_text=True)
    assert 'href="/wall"' in overview
    assert "aria-current" not in page_of(client)


def test_what_has_not_changed_is_not_sent_again(client: FlaskClient) -> None:
    first = client.get("/wall.json")
    again = client.get("/wall.json", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert "no-cache" in first.headers["Cache-Control"]
    other = client.get("/wall.json?on=2022-12-31")
    assert other.headers["ETag"] != first.headers["ETag"]
    assert other.get_json()["texts"]["this_year.projects"] == "6"


def test_after_midnight_the_page_that_hangs_there_gets_the_new_day(
    empty_bureau: Bureau, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = create_app(bureau=empty_bureau).test_client()
    monkeypatch.setattr(Bureau, "today", date(2026, 12, 31))
    page, first = page_of(client), client.get("/wall.json")
    monkeypatch.setattr(Bureau, "today", date(2027, 1, 1))
    answer = client.get("/wall.json", headers={"If-None-Match": first.headers["ETag"]})
    assert answer.status_code == 200
    data = answer.get_json()
    assert f'data-shape="{data["shape"]}"' in page  # in place, without loading anew
    assert data["texts"]["day"] == "2027 年 1 月 1 日　星期五"
    assert data["texts"]["last_year"] == "2026 年"


def test_no_word_of_any_confidential_field_is_on_it(empty_bureau: Bureau) -> None:
    """Every text that a project, firm, event or published figure can hold, at every stage."""
    where = Provenance(f"{SECRET}出处")
    day = replace(StageEvent(Stage.SIGNED, None), note=f"{SECRET}批注", evidence=f"{SECRET}依据")
    projects = [
        replace(
            _all_words(InvestmentProject(f"{SECRET}{n}", "x")),
            events=(replace(day, stage=stage),),
            county="420304",
            zone=None,
            chain="power_battery",
            links=("动力电芯",),
            enterprise_id=None,
            project_code=f"{SECRET}编号{n}",
            national_code="",
            provenance=where,
            accounts=(Account(f"{SECRET}A{n}", f"{SECRET}名", "1", "1", "签约", where),),
        )
        for n, stage in enumerate(Stage)
    ]
    firm = replace(
        _all_words(LocalEnterprise(f"{SECRET}E", "x")),
        county="420304", zone=None, chain="power_battery", links=("电解液",), provenance=where,
    )  # fmt: skip
    event = PromotionEvent("R1", *[f"{SECRET}活动"] * 5, provenance=where)
    figure = ReportedFigure("S1", "2026", f"{SECRET}指标", "1", "个", "全市", SECRET, where)
    empty_bureau.store.load_sample(Sample(projects, [firm], [event], [figure]), "test")
    client = create_app(bureau=empty_bureau).test_client()
    ledger = client.get("/projects").get_data(as_text=True)
    assert ledger.count(SECRET) > 20  # it is in the ledger
    for path in ("/wall", "/wall.json"):
        assert SECRET not in client.get(path).get_data(as_text=True), path
    stages = client.get("/wall.json").get_json()["texts"]
    assert stages["projects"] == str(len(Stage))


def _all_words(row: Row) -> Row:
    """The row with a secret word in each of its texts."""
    names = [f.name for f in fields(row) if isinstance(getattr(row, f.name), str)]
    return replace(row, **{name: f"{SECRET}{name}" for name in names})
