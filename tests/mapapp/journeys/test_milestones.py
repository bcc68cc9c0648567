"""3313 over a ledger: who is late, and which lateness matters most."""

from dataclasses import replace
from datetime import date

import pytest
from flask.testing import FlaskClient

from mapapp.documents import to_csv
from mapapp.journeys.bureau import Bureau
from mapapp.journeys.milestone_table import milestone_table
from mapapp.journeys.milestones import milestones
from mapapp.journeys.records import milestone_record
from mapapp.journeys.selection import Selection
from mapapp.ledger.dates import PartialDate
from mapapp.ledger.milestones import Standing
from mapapp.ledger.project import InvestmentProject, Stage, StageEvent
from mapapp.store import Sample, Store

ON = date(2023, 12, 31)


def signed(code: str, on: str, **known: object) -> InvestmentProject:
    event = StageEvent(Stage.SIGNED, PartialDate.parse(on))
    known = {"last_confirmed": PartialDate.parse(on)} | known
    return InvestmentProject(code, f"项目{code}", events=(event,), **known)  # type: ignore[arg-type]


@pytest.fixture
def late(empty_bureau: Bureau) -> Bureau:
    """A hotel 100 days late, a sole supplier 100 days late, one that is not late."""
    sole = {"chain": "power_battery", "links": ("隔膜(湿法/干法)",), "county": "420302"}
    hotel = {"chain": "tourism_wellness", "links": ("民宿/酒店",), "county": "420381"}
    projects = (
        signed("H1", "2023-06-22", lead_department="文旅局", **hotel),
        signed("H2", "2023-12-01", **hotel),
        signed("S1", "2023-06-22", lead_department="经信局", **sole),
        signed("N1", "2023-06-22"),
    )
    store = Store.open(
        "sqlite:///" + str(empty_bureau.settings.instance / "late.sqlite3"), "420300"
    )
    store.load_sample(Sample(projects=projects), "test")

    return replace(empty_bureau, store=store)


def test_the_sole_supplier_comes_before_the_hotel(late: Bureau) -> None:
    found = milestones(late, ON, standings=[Standing.OVERDUE])
    codes = [row.found.project_code for row in found.rows]
    assert codes == ["S1", "H1", "N1"]
    sole, hotel, nowhere = found.rows
    assert [row.found.days_overdue for row in found.rows] == [100, 100, 100]
    assert sole.meaning.alone
    assert not hotel.meaning.alone
    assert sole.risk == pytest.approx(100 / 180 * (sole.meaning.criticality + 25))
    assert nowhere.risk == pytest.approx(100 / 180 * 10)


def test_what_nobody_heard_of_for_years_comes_last(late: Bureau) -> None:
    found = milestones(late, date(2026, 12, 31), standings=[Standing.OVERDUE])
    assert [row.found.project_code for row in found.rows if not row.stale] == []
    on = date(2026, 8, 1)
    rows = milestones(late, on, standings=[Standing.OVERDUE]).rows
    assert [row.found.project_code for row in rows if not row.stale] == ["H2"]
    assert rows[0].found.project_code == "H2"
    assert {row.risk for row in rows if row.stale} == {0.0}


def test_the_selection_and_the_filters_choose(late: Bureau) -> None:
    in_county = milestones(late, ON, Selection(county="420381"))
    assert {row.found.project_code for row in in_county.rows} == {"H1", "H2"}
    assert in_county.counts[("签约→开工", Standing.DUE)] == 1
    by_department = milestones(late, ON, department="经信局")
    assert [row.found.project_code for row in by_department.rows] == ["S1"]
    assert by_department.departments == ("文旅局", "经信局")


def test_json_names_what_the_issue_names(late: Bureau) -> None:
    (row,) = milestones(late, ON, Selection(chain="power_battery")).rows
    record = milestone_record(row)
    assert record["project_code"] == "S1"
    assert record["milestone"] == "签约→开工"
    assert (record["due_from"], record["due_on"]) == ("2023-09-22", "2023-09-22")
    assert (record["days_overdue"], record["done_on"]) == (100, None)
    assert record["basis"] == "签约 2023-06-22，3 个月内开工"


def test_the_table_has_the_page_s_rows(late: Bureau) -> None:
    found = milestones(late, ON)
    lines = to_csv(milestone_table(late, found)).decode("utf-8-sig").splitlines()
    assert sum("签约→开工" in line and "项目" in line for line in lines) == len(found.rows) == 4


def test_the_page_and_its_files(client: FlaskClient) -> None:
    page = client.get("/milestones?on=2023-12-31").get_data(as_text=True)
    assert "逾期" in page
    assert client.get("/milestones/export/xlsx?on=2023-12-31").status_code == 200
    assert client.get("/milestones?on=昨天").status_code == 404
    assert client.get("/milestones?standing=不知道").status_code == 404
    assert client.get("/milestones?step=乱写").status_code == 404
