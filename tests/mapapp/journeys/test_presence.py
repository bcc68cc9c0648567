"""Who counts as a source on a link, and who does not."""

from dataclasses import replace
from datetime import date

import pytest

from chains import OPERATING, Activity
from mapapp.journeys.bureau import Bureau
from mapapp.journeys.presence import _of_catalogue, _of_project, activities
from mapapp.ledger.dates import PartialDate
from mapapp.ledger.project import InvestmentProject, LocalEnterprise, Stage, StageEvent


@pytest.fixture(scope="module")
def present(bureau: Bureau) -> list[Activity]:
    return activities(bureau)


def on(present: list[Activity], link: str) -> list[Activity]:
    return [activity for activity in present if link in activity.shares]


def test_a_firm_and_its_own_project_are_one_source(present: list[Activity]) -> None:
    cells = [a for a in on(present, "动力电芯") if "远景" in a.name]
    assert len(cells) == 2
    assert {a.source for a in cells} == {"远景动力十堰"}


def test_a_defunct_firm_and_a_park_count_nothing(present: list[Activity]) -> None:
    cells = on(present, "动力电芯")
    gone = [a for a in cells if "沃特玛" in a.name]
    assert gone
    assert all(a.not_counted for a in gone)
    parks = [a for a in present if "零碳产业园" in a.name and "十堰新能源" in a.name]
    assert all(a.not_counted == "园区，不是企业" for a in parks)


def test_the_catalogue_adds_what_the_record_does_not_say(present: list[Activity]) -> None:
    (added,) = [a for a in present if a.id == "名录:万润新能"]
    assert added.source == "湖北万润新能源科技股份有限公司"
    assert set(added.shares) == {"磷酸铁"}
    assert added.stage == OPERATING


def test_what_the_record_calls_defunct_the_catalogue_does_not_revive(
    empty_bureau: Bureau,
) -> None:
    gone = LocalEnterprise("E1", "湖北万润新能源", group="万润新能", defunct=True)
    recorded = [gone, replace(gone, id="E2", name="别的", group="")]
    names = [a.source for a in _of_catalogue(empty_bureau, recorded)]
    assert "湖北万润新能源" not in names
    assert "万润新能" not in names


def test_shares_of_a_source_are_equal_parts(present: list[Activity]) -> None:
    for activity in present:
        assert sum(activity.shares.values()) == pytest.approx(1)
        assert len(set(activity.shares.values())) == 1


PROJECT = InvestmentProject(
    project_code="X1",
    name="甲项目",
    links=("动力电芯",),
    events=(StageEvent(Stage.SIGNED, PartialDate.parse("2023-11-23")),),
    last_confirmed=PartialDate.parse("2023-11-23"),
)


@pytest.mark.parametrize(
    ("day", "counts"), [(date(2026, 11, 23), True), (date(2026, 11, 24), False)]
)
def test_three_years_without_news_are_too_many(day: date, counts: bool) -> None:
    assert bool(_of_project(PROJECT, {}, day).not_counted) is not counts


def test_a_project_without_a_firm_is_its_own_source() -> None:
    day = date(2024, 1, 1)
    assert _of_project(PROJECT, {}, day).source == "甲项目"
    named = replace(PROJECT, enterprise="乙公司")
    assert _of_project(named, {}, day).source == "乙公司"
    carried = replace(named, enterprise_id="E1")
    assert _of_project(carried, {"E1": "丙公司"}, day).source == "丙公司"


def test_an_unknown_stage_counts_nothing() -> None:
    assert _of_project(replace(PROJECT, events=()), {}, date(2024, 1, 1)).not_counted == "阶段未明"
