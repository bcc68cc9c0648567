"""Two periods side by side, on a ledger small enough to be counted by hand."""

import re
from datetime import date
from decimal import Decimal

import pytest

from chains import UnknownName
from mapapp.journeys.bureau import Bureau
from mapapp.journeys.compare_periods import (
    FIGURES,
    Comparison,
    compare_periods,
    draw_compared,
    presets,
)
from mapapp.journeys.selection import Selection
from mapapp.ledger.dates import PartialDate, Period
from mapapp.ledger.money import Money
from mapapp.ledger.project import InvestmentProject, Stage, StageEvent
from mapapp.store import Sample

YUNYANG, FANG = "420304", "420325"
NOW, THEN = Period.parse("2024"), Period.parse("2023")


def project(code: str, county: str | None, signed: str, started: str = "") -> InvestmentProject:
    events = [StageEvent(Stage.SIGNED, PartialDate.parse(signed))]
    if started:
        events.append(StageEvent(Stage.STARTED, PartialDate.parse(started)))
    return InvestmentProject(
        code, code, county=county, contracted_investment=Money.from_yi(Decimal(2)),
        events=tuple(events),
    )  # fmt: skip


@pytest.fixture
def counted(empty_bureau: Bureau) -> Bureau:
    """郧阳区: 5 in 2023, of which 1 started, and 6 in 2024, of which 3. 房县: 2, then 1; nowhere: 1
    in 2024."""
    some = [project(f"A{n}", YUNYANG, "2023-05-01", "2023-06-01" if n < 1 else "")
            for n in range(5)]  # fmt: skip
    some += [project(f"B{n}", YUNYANG, "2024-05-01", "2024-06-01" if n < 3 else "")
             for n in range(6)]  # fmt: skip
    some += [project(f"C{n}", FANG, "2023") for n in range(2)]
    some += [project("D", FANG, "2024-Q2"), project("E", None, "2024-02")]
    empty_bureau.store.load_sample(Sample(some), "test")
    return empty_bureau


def compared(bureau: Bureau, figure: str) -> Comparison:
    return compare_periods(bureau, Selection(), figure, NOW, THEN)


def test_both_values_and_the_change(counted: Bureau) -> None:
    found = compared(counted, "signed_projects")
    rows = {row.now.key: (row.now.text, row.then.text, row.change) for row in found.rows}
    assert rows[YUNYANG] == ("6 个", "5 个", "+1 个（+20%）")
    assert rows[FANG] == ("1 个", "2 个", "−1 个")
    assert rows["420302"] == ("0 个", "0 个", "持平")
    assert rows["未分县区"] == ("1 个", "0 个", "+1 个")
    assert found.whole.change == "+1 个（+14.3%）"


def test_amounts_and_rates_have_their_own_units(counted: Bureau) -> None:
    amounts = {r.now.key: r for r in compared(counted, "contracted_investment").rows}
    assert amounts[YUNYANG].now.text == "12 亿元"
    assert amounts[YUNYANG].change == "+2 亿元（+20%）"
    rates = {r.now.key: r for r in compared(counted, "start_rate").rows}
    assert (rates[YUNYANG].now.text, rates[YUNYANG].then.text) == ("50%", "20%")
    assert rates[YUNYANG].change == "+30 个百分点"
    assert (rates[FANG].now.text, rates[FANG].change) == ("0/1", "")


def test_one_set_of_classes_serves_both_maps(counted: Bureau) -> None:
    found = compared(counted, "signed_projects")
    rows = {row.now.key: row for row in found.rows}
    same = [r for row in found.rows for r in (row.now, row.then)]
    by_value: dict[float | None, set[str]] = {}
    for reading in same:
        by_value.setdefault(reading.value, set()).add(found.colours.colour(reading))
    assert all(len(colours) == 1 for colours in by_value.values())
    now, then = draw_compared(counted, found, "/static/x")
    colour = found.colours.colour(rows[YUNYANG].now)
    assert re.search(rf'"{YUNYANG}".*"{colour}"', now.script, re.DOTALL)
    assert now.names["map"] != then.names["map"]
    assert now.names["map"] in now.script
    assert then.names["map"] not in now.script


def test_the_usual_comparisons() -> None:
    usual = {one.label: one for one in presets(date(2026, 3, 15))}
    ytd = usual["本年至今 / 上年同期"]
    assert (ytd.now.first, ytd.now.last) == (date(2026, 1, 1), date(2026, 3, 15))
    assert (ytd.then.first, ytd.then.last) == (date(2025, 1, 1), date(2025, 3, 15))
    half = usual["上半年 / 去年上半年"]
    assert half.now.last == date(2025, 6, 30)
    assert half.then.first == date(2024, 1, 1)
    twelve = usual["近 12 个月 / 之前 12 个月"]
    assert (twelve.now.first, twelve.then.last) == (date(2025, 3, 16), date(2025, 3, 15))


@pytest.mark.parametrize("figure", FIGURES)
def test_every_figure_can_be_compared(bureau: Bureau, figure: str) -> None:
    found = compare_periods(bureau, Selection(), figure, Period.parse("2023"), THEN)
    assert len(found.rows) in (8, 9)
    assert found.word.sentence


def test_an_unknown_figure_is_refused(bureau: Bureau) -> None:
    with pytest.raises(UnknownName, match="乱写"):
        compare_periods(bureau, Selection(), "乱写", NOW, THEN)
