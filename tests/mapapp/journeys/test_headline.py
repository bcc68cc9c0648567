"""A leader's figures are those of 统计 and 3313, day by day."""

from dataclasses import replace
from datetime import date

import pytest

from mapapp.journeys import import_batch, import_ledger
from mapapp.journeys.bureau import Bureau
from mapapp.journeys.headline import headline
from mapapp.journeys.milestones import milestones
from mapapp.journeys.selection import Selection, read_selection
from mapapp.journeys.statistics import statistics
from mapapp.ledger.dates import PartialDate, Period
from mapapp.ledger.milestones import Standing
from mapapp.ledger.project import InvestmentProject, Stage, StageEvent
from mapapp.store import ImportBatch, ProjectChange
from tests.mapapp.journeys.clean_ledger import clean_ledger

DAY = date(2023, 5, 17)


@pytest.fixture
def busy(empty_bureau: Bureau) -> Bureau:
    """400 projects signed day by day from 2019 to 2025, and some whose day is not known."""
    report = import_ledger.preview(empty_bureau, clean_ledger(400), "台账.csv")
    import_batch.import_at_once(empty_bureau, clean_ledger(400), report, "", "测试")
    vague = [
        InvestmentProject(f"V{n}", f"不到日的 {n}", events=(StageEvent(Stage.SIGNED, when),))
        for n, when in enumerate(map(PartialDate.parse, ("2023-03", "2023-Q1", "2023", "2022-12")))
    ]
    empty_bureau.store.save_import(
        ImportBatch("测试", "", ""), [ProjectChange(project) for project in vague]
    )
    return empty_bureau


def signed(bureau: Bureau, period: Period) -> int:
    return statistics(bureau, period).whole.row.count("signed_projects")


@pytest.mark.parametrize("on", [DAY, date(2024, 2, 29), date(2023, 12, 31), date(2020, 1, 1)])
def test_each_month_is_what_statistics_counts_in_it(busy: Bureau, on: date) -> None:
    months = headline(busy, Selection(), on).months
    assert [month.number for month in months] == list(range(1, 13))
    for month in months:
        assert month.signed_before == signed(busy, month.before)
        assert month.before.first.year == on.year - 1
        if month.period.first > on:
            assert month.signed is None
        else:
            assert month.signed == signed(busy, month.period)
            assert month.period.last <= on
    assert any(month.signed_before for month in months)


def test_month_and_year_end_on_the_day_and_so_did_the_year_before(busy: Bureau) -> None:
    top = headline(busy, Selection(), DAY)
    for found, first in ((top.month, date(2023, 5, 1)), (top.year, date(2023, 1, 1))):
        assert (found.period.first, found.period.last) == (first, DAY)
        assert found.whole.before is not None
        assert found.whole.before.count("signed_projects") == signed(busy, found.year_before)
        assert found.year_before.last == date(2022, 5, 17)
        assert found.whole.row.count("signed_projects") == signed(busy, found.period) > 0


def test_overdue_is_the_list_of_3313(busy: Bureau) -> None:
    late = milestones(busy, DAY, standings=[Standing.OVERDUE]).rows
    found = headline(busy, Selection(), DAY).overdue
    assert found.milestones == len(late) > 0
    assert found.projects == len({row.found.project_code for row in late})
    assert found.unconfirmed == sum(row.stale for row in late)


def test_place_and_chain_narrow_it_stage_and_period_do_not(busy: Bureau) -> None:
    whole = headline(busy, Selection(), DAY)
    other = headline(busy, read_selection(busy, {"stage": "开工", "period": "2020"}), DAY)
    assert other == whole
    county = read_selection(busy, {"place": "420302"})
    narrow = headline(busy, county, DAY)
    assert (
        narrow.year.whole.row.codes
        == statistics(busy, whole.year.period, None, county).whole.row.codes
    )
    assert 0 < narrow.overdue.milestones < whole.overdue.milestones


def test_the_last_dated_signing_is_named(busy: Bureau) -> None:
    assert str(headline(busy, Selection(), date(2019, 1, 1)).latest) == "2019-01-01"
    assert headline(busy, Selection(), date(2018, 1, 1)).latest is None
    assert headline(replace(busy), Selection(), date(2023, 3, 31)).latest is not None
