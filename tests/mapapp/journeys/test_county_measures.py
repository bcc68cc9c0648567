"""What the counties are shaded by, on a ledger small enough to be counted by hand."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from mapapp.draw import palette
from mapapp.draw.shading import GROWTH, RATES
from mapapp.journeys.bureau import Bureau
from mapapp.journeys.county_measures import (
    FEWEST,
    Measure,
    Reading,
    colouring,
    counties_record,
    read_counties,
)
from mapapp.journeys.selection import read_selection
from mapapp.journeys.statistics import statistics
from mapapp.ledger.dates import PartialDate, Period
from mapapp.ledger.money import Money
from mapapp.ledger.project import InvestmentProject, Stage, StageEvent
from mapapp.store import Sample

YUNYANG, FANG = "420304", "420325"


def project(
    number: int, county: str | None, signed: str, started: str = "", yi: str = "1", paid: str = ""
) -> InvestmentProject:
    events = [StageEvent(Stage.SIGNED, PartialDate.parse(signed))]
    if started:
        events.append(StageEvent(Stage.STARTED, PartialDate.parse(started)))
    return InvestmentProject(
        f"P{number}",
        f"项目 {number}",
        county=county,
        contracted_investment=Money.from_yi(Decimal(yi)),
        paid_in_investment=Money.from_yi(Decimal(paid)) if paid else None,
        events=tuple(events),
    )


@pytest.fixture
def counted(empty_bureau: Bureau) -> Bureau:
    """郧阳区: 5 signed in 2023H1, 6 in 2024H1, of these 3 started. 房县: 2 and 3, none started."""
    rows = [(YUNYANG, f"2023-0{n}-10", "", "2", "") for n in range(1, 6)]
    rows += [(YUNYANG, f"2024-0{n}-10", f"2024-0{n}-20" if n < 4 else "", "3", "0.5")
             for n in range(1, 7)]  # fmt: skip
    rows += [(FANG, f"2023-0{n}-10", "", "1", "") for n in range(1, 3)]
    rows += [(FANG, f"2024-0{n}-10", "", "1", "") for n in range(1, 4)]
    rows.append((None, "2024-01-05", "", "9", ""))  # type: ignore[arg-type]
    empty_bureau.store.load_sample(Sample([project(n, *row) for n, row in enumerate(rows)]), "test")
    return empty_bureau


def readings(bureau: Bureau, by: Measure, **given: str) -> dict[str, Reading]:
    found = read_counties(bureau, read_selection(bureau, given), by)
    return {one.key: one for one in (*found.counties, found.unassigned, found.total)}


def test_sums_are_those_of_the_selection(counted: Bureau) -> None:
    count = readings(counted, Measure.COUNT, period="2024H1")
    assert (count[YUNYANG].text, count[FANG].text, count["420302"].text) == ("6 个", "3 个", "0 个")
    assert count["全市"].value == 10
    amount = readings(counted, Measure.AMOUNT, period="2024H1")
    assert (amount[YUNYANG].value, amount["未分县区"].value, amount["全市"].value) == (18, 9, 30)
    paid = readings(counted, Measure.PAID_IN)
    assert (paid[YUNYANG].text, paid[FANG].value) == ("3 亿元", None)
    assert paid[YUNYANG].detail == "11 个项目里 6 个写明金额"
    assert (paid[FANG].text, paid["420302"].text) == ("未写明", "没有项目")


def test_growth_is_on_the_same_days_of_the_year_before(counted: Bureau) -> None:
    found = readings(counted, Measure.GROWTH, period="2024H1")
    assert (found[YUNYANG].value, found[YUNYANG].text) == (20.0, "+20%")
    assert found[YUNYANG].detail == "签约 6 个，上年同期 5 个"
    amount = readings(counted, Measure.GROWTH_AMOUNT, period="2024H1")
    assert amount[YUNYANG].value == 80.0  # 18 on 10
    assert amount["全市"].value == 150.0  # 30 on 12: the one of no county is in the whole
    assert found["420302"].text == "没有签约"
    assert found["未分县区"].detail == "签约 1 个，上年同期 0 个"


def test_of_few_projects_no_rate_is_made_and_the_numbers_are_said(counted: Bureau) -> None:
    growth = readings(counted, Measure.GROWTH, period="2024H1")[FANG]
    assert (growth.value, growth.too_few, growth.text) == (None, True, "2→3 个")
    rate = readings(counted, Measure.START_RATE, period="2024H1")
    assert (rate[FANG].value, rate[FANG].text) == (None, "开工 0/3")
    assert (rate[YUNYANG].value, rate[YUNYANG].text) == (50.0, "50%")
    seen = read_counties(counted, read_selection(counted, {"period": "2024H1"}), Measure.GROWTH)
    colours = colouring(Measure.GROWTH, seen)
    assert colours.colour(growth) == palette.TOO_FEW
    assert any(f"不足 {FEWEST} 个" in item.text for item in colours.classes)


def test_rates_are_those_of_the_statistics_page(bureau: Bureau) -> None:
    period = Period.parse("2021-2023")
    table = {i.row.key: i for i in statistics(bureau, period, "county").rows}
    for code, one in readings(bureau, Measure.START_RATE, period="2021-2023").items():
        if code in table and one.value is not None:
            assert Decimal(str(one.value)) == table[code].row.rate("start_rate")


def test_a_period_that_is_not_over_is_compared_with_as_many_days(
    counted: Bureau, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(type(counted), "today", property(lambda _: date(2024, 3, 15)))
    for given in ({"period": "2024"}, {}):
        found = read_counties(counted, read_selection(counted, given), Measure.GROWTH)
        assert "2024-01-01 至 2024-03-15，比 2023-01-01 至 2023-03-15" in found.meaning.note
        assert ("没有选签约时段" in found.meaning.note) == (not given)
        assert found.total.detail == "签约 7 个，上年同期 5 个"
    page = statistics(counted, Period.parse("2024"), "county")
    assert page.whole.before is not None
    assert page.whole.before.count("signed_projects") == 5


def test_a_stage_changes_sums_and_no_rate(counted: Bureau) -> None:
    assert readings(counted, Measure.COUNT, stage="开工")["全市"].value == 3
    whole = readings(counted, Measure.START_RATE)
    staged = read_counties(counted, read_selection(counted, {"stage": "开工"}), Measure.START_RATE)
    assert {one.key: one for one in staged.counties}[YUNYANG] == whole[YUNYANG]
    assert "阶段不影响" in staged.meaning.note
    assert "历年" in staged.meaning.note


def test_the_record_has_everything_to_shade_anew(counted: Bureau) -> None:
    given = read_selection(counted, {"period": "2024H1", "place": FANG})
    found = counties_record(counted, given, Measure.GROWTH)
    measure = found["measure"]
    assert isinstance(measure, dict)
    assert (measure["id"], measure["label"], measure["unit"]) == ("growth", "签约项目同比", "%")
    assert "首次签约在期内" in measure["definition"]
    counties, classes = found["counties"], found["classes"]
    assert isinstance(counties, list)
    assert isinstance(classes, list)
    known = {item["colour"] for item in classes}
    assert len(counties) == 8
    assert {one["colour"] for one in counties} <= known
    by_code = {one["code"]: one for one in counties}
    assert (by_code[YUNYANG]["value"], by_code[YUNYANG]["text"]) == (20.0, "+20%")
    assert found["undated"] == 0


@pytest.mark.parametrize(
    ("value", "word"),
    [(-80, "下降超过 50%"), (-50, "下降 10%–50%"), (-10, "升降不到 10%"), (0, "升降不到 10%"),
     (10, "增长 10%–50%"), (50, "增长 50% 及以上"), (1000, "增长 50% 及以上")],
)  # fmt: skip
def test_growth_has_classes_about_none(value: float, word: str) -> None:
    assert GROWTH.texts[GROWTH.colours.index(GROWTH.colour(value))] == word


def test_ladders_have_a_colour_and_a_word_for_each_class() -> None:
    for ladder in (GROWTH, RATES):
        assert len(ladder.colours) == len(ladder.texts) == len(ladder.lows) + 1
        assert len(set(ladder.colours)) == len(ladder.colours)


def test_two_maps_share_their_classes(counted: Bureau) -> None:
    seen = read_selection(counted, {})
    one = read_counties(counted, replace(seen, period=Period.parse("2023H1")), Measure.AMOUNT)
    two = read_counties(counted, replace(seen, period=Period.parse("2024H1")), Measure.AMOUNT)
    together = colouring(Measure.AMOUNT, one, two)
    values = {r.key: r for r in two.counties}
    assert together.colour(values[YUNYANG]) == together.classes[-1].colour
    assert together.colour(values[FANG]) != together.classes[-1].colour
