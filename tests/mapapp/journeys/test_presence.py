"""Who counts as a source on a link, and who does not."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from chains import OPERATING, Activity
from mapapp.journeys.bureau import Bureau
from mapapp.journeys.gaps import find_gaps
from mapapp.journeys.presence import _of_catalogue, _of_project, activities
from mapapp.ledger.dates import PartialDate
from mapapp.ledger.project import InvestmentProject, LocalEnterprise, Stage, StageEvent
from mapapp.store import ImportBatch, LinkedProject, ProjectChange, Store


@pytest.fixture(scope="module")
def present(bureau: Bureau) -> Sequence[Activity]:
    return activities(bureau)


def on(present: Sequence[Activity], link: str) -> list[Activity]:
    return [activity for activity in present if link in activity.shares]


def test_a_firm_and_its_own_project_are_one_source(present: Sequence[Activity]) -> None:
    cells = [a for a in on(present, "动力电芯") if "远景" in a.name]
    assert len(cells) == 2
    assert {a.source for a in cells} == {"远景动力十堰"}


def test_a_defunct_firm_and_a_park_count_nothing(present: Sequence[Activity]) -> None:
    cells = on(present, "动力电芯")
    gone = [a for a in cells if "沃特玛" in a.name]
    assert gone
    assert all(a.not_counted for a in gone)
    parks = [a for a in present if "零碳产业园" in a.name and "十堰新能源" in a.name]
    assert all(a.not_counted == "园区，不是企业" for a in parks)


def test_the_catalogue_adds_what_the_record_does_not_say(present: Sequence[Activity]) -> None:
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


def test_shares_of_a_source_are_equal_parts(present: Sequence[Activity]) -> None:
    for activity in present:
        assert sum(activity.shares.values()) == pytest.approx(1)
        assert len(set(activity.shares.values())) == 1


PROJECT = LinkedProject(
    project_code="X1",
    name="甲项目",
    enterprise="",
    carrier="",
    county=None,
    stage=Stage.SIGNED,
    is_park=False,
    unconfirmed=False,
    last_confirmed=PartialDate.parse("2023-11-23"),
    expected_output=None,
    links=("动力电芯",),
)


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ({}, ""),
        ({"unconfirmed": True}, "待核实：签约之后，2023-11-23 起无新消息"),
        ({"unconfirmed": True, "last_confirmed": None}, "待核实：没有消息日期"),
        ({"stage": Stage.ENDED}, "已终止"),
        ({"is_park": True}, "园区，不是企业"),
        ({"stage": None}, "阶段未明"),
    ],
)
def test_what_counts_nothing_says_why(facts: dict[str, object], why: str) -> None:
    assert _of_project(PROJECT._replace(**facts)).not_counted == why  # type: ignore[arg-type]


def test_a_project_without_a_firm_is_its_own_source() -> None:
    assert _of_project(PROJECT).source == "甲项目"
    assert _of_project(PROJECT._replace(enterprise="乙公司")).source == "乙公司"
    assert _of_project(PROJECT._replace(enterprise="乙公司", carrier="丙公司")).source == "丙公司"


@pytest.mark.parametrize(
    ("day", "counts"), [(date(2026, 11, 23), True), (date(2026, 11, 24), False)]
)
def test_three_years_without_news_are_too_many(
    empty_bureau: Bureau, monkeypatch: pytest.MonkeyPatch, day: date, counts: bool
) -> None:
    signed = StageEvent(Stage.SIGNED, PartialDate.parse("2023-11-23"))
    project = InvestmentProject(
        "X1", "甲项目", links=("动力电芯",), events=(signed,), last_confirmed=signed.on
    )
    add(empty_bureau, ProjectChange(project))
    monkeypatch.setattr(Bureau, "today", day)
    (found,) = [a for a in activities(empty_bureau) if a.id == "X1"]
    assert bool(found.not_counted) is not counts


def test_what_was_written_is_seen_at_once(empty_bureau: Bureau) -> None:
    """Nothing that is remembered outlives a write, not even another process's."""
    project = InvestmentProject("X1", "甲项目", links=("动力电芯",))
    assert find_gaps(empty_bureau, None, "power_battery") == find_gaps(
        empty_bureau, None, "power_battery"
    )

    def local() -> set[str]:
        gaps = find_gaps(empty_bureau, None, "power_battery")
        return {a.name for gap in gaps for a in gap.city.supply.not_counted}

    assert "甲项目" not in local()
    elsewhere = Store.open(empty_bureau.settings.database_url, empty_bureau.city.code)
    elsewhere.save_import(ImportBatch("张三", "", ""), [ProjectChange(project)])
    assert "甲项目" in local()
    elsewhere.save_by_hand(ProjectChange(replace(project, links=()), project), "张三")
    assert "甲项目" not in local()


def test_other_weights_remember_apart(bureau: Bureau) -> None:
    before = find_gaps(bureau, None, "power_battery")
    other = bureau.trying(bureau.weights.override({"hops": 1}))
    assert find_gaps(other, None, "power_battery") != before
    assert find_gaps(bureau, None, "power_battery") == before


def add(bureau: Bureau, *changes: ProjectChange) -> None:
    bureau.store.save_import(ImportBatch("张三", "", ""), changes)


def test_the_ledger_is_read_once_for_many_pages(
    empty_bureau: Bureau, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Until something is written: then once more."""
    read: list[date] = []
    own = Store.linked_projects

    def counted(store: Store, on: date) -> list[LinkedProject]:
        read.append(on)
        return own(store, on)

    monkeypatch.setattr(Store, "linked_projects", counted)
    for chain in empty_bureau.catalogue.chains:
        find_gaps(empty_bureau, None, chain)
        find_gaps(empty_bureau, "420304", chain)
    assert len(read) == 1
    add(empty_bureau, ProjectChange(InvestmentProject("X1", "甲项目")))
    find_gaps(empty_bureau)
    assert len(read) == 2


def test_a_firm_nobody_has_heard_of_for_years_is_to_be_verified(bureau: Bureau) -> None:
    last = {firm.id: firm.last_confirmed for firm in bureau.store.enterprises()}
    firms = [a for a in activities(bureau) if a.id in last and a.stage == OPERATING]
    old = [a for a in firms if (known := last[a.id]) and known.last < date(2018, 1, 1)]
    assert old
    assert all(a.not_counted for a in old)
    undated = [a for a in firms if last[a.id] is None]
    assert undated
    assert not any(a.not_counted.startswith("待核实") for a in undated)
