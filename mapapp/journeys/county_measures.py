"""What the counties of the map are shaded by: each county's figure, its words and its colour."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from mapapp.draw import palette
from mapapp.draw.shading import GROWTH, RATES, Ladder, shade
from mapapp.journeys.bureau import UNASSIGNED, Bureau
from mapapp.journeys.selection import Selection, UnknownChoice
from mapapp.journeys.statistics import Labelled, amount_or_count, statistics
from mapapp.ledger.dates import Period
from mapapp.ledger.definitions import definitions
from mapapp.ledger.money import Money, plain
from mapapp.ledger.statistics import until, year_before
from mapapp.store import CountySum

FEWEST = 5
"""Of fewer projects no rate and no growth is made: one project more would move it by a quarter."""
WHOLE = "全市"
SINCE = date(1900, 1, 1)


class Measure(StrEnum):
    """What the counties are shaded by, as the URL writes it."""

    COUNT = "count"
    AMOUNT = "amount"
    PAID_IN = "paid_in"
    GROWTH = "growth"
    GROWTH_AMOUNT = "growth_amount"
    START_RATE = "start_rate"

    @property
    def label(self) -> str:
        return _WORDS[self][0]

    @property
    def unit(self) -> str:
        return _WORDS[self][1]

    @property
    def is_sum(self) -> bool:
        """Whether it adds up: a number or an amount, no rate."""
        return self in (Measure.COUNT, Measure.AMOUNT, Measure.PAID_IN)


_WORDS = {
    Measure.COUNT: ("项目数", "个"),
    Measure.AMOUNT: ("协议金额", "亿元"),
    Measure.PAID_IN: ("到位资金", "亿元"),
    Measure.GROWTH: ("签约项目同比", "%"),
    Measure.GROWTH_AMOUNT: ("签约金额同比", "%"),
    Measure.START_RATE: ("开工率", "%"),
}
_FIGURES = {
    Measure.GROWTH: "signed_projects",
    Measure.GROWTH_AMOUNT: "contracted_investment",
    Measure.START_RATE: "start_rate",
}
"""Which figure of the statistics a measure is, or grows by."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A county's figure. key is its code, 全市 or 未分县区.

    value is None where there is none, or where too few projects make one; text says it in as few
    words as the map has room for, detail in a sentence.
    """

    key: str
    name: str
    value: float | None
    text: str
    detail: str = ""
    too_few: bool = False


@dataclass(frozen=True, slots=True)
class Meaning:
    """A measure in words: what it counts, and over which days where those are not the selection's.

    period is what was counted: None where the measure takes the selection as it stands.
    """

    by: Measure
    definition: str
    note: str = ""
    period: Period | None = None


@dataclass(frozen=True, slots=True)
class Readings:
    """A measure of every county, in the city's order, before it is given colours."""

    meaning: Meaning
    counties: tuple[Reading, ...]
    unassigned: Reading
    total: Reading


@dataclass(frozen=True, slots=True)
class KeyClass:
    """A line of the legend."""

    text: str
    colour: str


@dataclass(frozen=True, slots=True)
class Colouring:
    """The classes of a measure and what colour a figure has in them; the same for several maps."""

    classes: tuple[KeyClass, ...]
    ladder: Ladder

    def colour(self, reading: Reading) -> str:
        if reading.too_few:
            return palette.TOO_FEW
        return palette.EMPTY if reading.value is None else self.ladder.colour(reading.value)


def read_measure(text: str | None) -> Measure:
    """The measure that a URL's `shade` means: the number of projects where it says nothing.

    Raises:
        UnknownChoice: there is no such measure.
    """
    try:
        return Measure(text or Measure.COUNT)
    except ValueError:
        known = "、".join(f"{m.value}（{m.label}）" for m in Measure)
        raise UnknownChoice(f"没有“{text}”这种着色，可用：{known}") from None


def read_counties(bureau: Bureau, selection: Selection, by: Measure) -> Readings:
    """The measure of every county under the selection, whatever place is selected."""
    chosen = selection.without_place()
    return bureau.remember(("counties", chosen, by), lambda: _read(bureau, chosen, by))


def colouring(by: Measure, *many: Readings) -> Colouring:
    """The classes for one map, or for several that are to be compared."""
    if by.is_sum:
        values = [reading.value for one in many for reading in one.counties]
        whole = by is Measure.COUNT
        return sum_colouring(values, whole, "0" if whole else "没有项目或未写明")
    return rate_colouring(RATES if by is Measure.START_RATE else GROWTH)


def sum_colouring(values: Sequence[float | None], whole: bool, nothing: str = "0") -> Colouring:
    """Classes that the values fill about equally; whole: they are numbers, no amounts. nothing is
    what the class of 0 and of no value is called."""
    found = shade(values).classes
    ladder = Ladder(
        tuple(item.low for item in found),
        (palette.EMPTY, *(item.colour for item in found)),
        (nothing, *(item.text(whole) for item in found)),
    )
    return Colouring(tuple(map(KeyClass, ladder.texts, ladder.colours)), ladder)


def rate_colouring(ladder: Ladder = RATES) -> Colouring:
    """Fixed classes, one for too few projects and one for none."""
    special = (
        KeyClass(f"不足 {FEWEST} 个，不算", palette.TOO_FEW),
        KeyClass("没有签约", palette.EMPTY),
    )
    return Colouring((*map(KeyClass, ladder.texts, ladder.colours), *special), ladder)


def counties_record(bureau: Bureau, selection: Selection, by: Measure) -> dict[str, object]:
    """The measure as JSON: what the page needs to shade the counties anew."""
    found = read_counties(bureau, selection, by)
    colours = colouring(by, found)
    meaning = found.meaning
    query = selection.without_place().filter(bureau.today)
    return {
        "measure": {
            "id": by.value,
            "label": by.label,
            "unit": by.unit,
            "definition": meaning.definition,
            "note": meaning.note,
            "period": str(meaning.period) if meaning.period else None,
        },
        "counties": [_record(one) | {"colour": colours.colour(one)} for one in found.counties],
        "classes": [{"text": item.text, "colour": item.colour} for item in colours.classes],
        "ladder": ladder_record(colours),
        "unassigned": _record(found.unassigned),
        "total": _record(found.total),
        "undated": bureau.store.undated(query) if query.period else 0,
    }


def ladder_record(colours: Colouring) -> dict[str, object]:
    """Lower limits from the second class on, and the colours: a page shades by them itself."""
    return {"lows": colours.ladder.lows, "colours": colours.ladder.colours}


def _record(one: Reading) -> dict[str, object]:
    return {
        "code": one.key,
        "name": one.name,
        "value": one.value,
        "text": one.text,
        "detail": one.detail,
    }


def _read(bureau: Bureau, chosen: Selection, by: Measure) -> Readings:
    return _sums(bureau, chosen, by) if by.is_sum else _rates(bureau, chosen, by)


def _sums(bureau: Bureau, chosen: Selection, by: Measure) -> Readings:
    """Sums under the whole selection, its stage and period included."""
    sums = {item.county: item for item in bureau.store.county_sums(chosen.filter(bureau.today))}
    definition = {
        Measure.COUNT: "符合上面各项筛选的项目",
        Measure.AMOUNT: "符合上面各项筛选的项目的协议金额之和，只加写明人民币金额的",
        Measure.PAID_IN: (
            "符合上面各项筛选的项目到目前为止的到位资金之和，"
            "只加写明人民币金额的；台账不分时段，只有累计"
        ),
    }[by]
    return Readings(
        Meaning(by, definition),
        tuple(_sum(by, code, name, sums.get(code)) for code, name in _counties(bureau)),
        _sum(by, UNASSIGNED, UNASSIGNED, sums.get(None)),
        _sum(by, WHOLE, WHOLE, _added(sums)),
    )


def _added(sums: Mapping[str | None, CountySum]) -> CountySum:
    whole = CountySum(None, sum(item.projects for item in sums.values()), None, 0)
    for name, many in (("contracted", "with_amount"), ("paid_in", "with_paid_in")):
        stated = [money for item in sums.values() if (money := getattr(item, name))]
        if stated:
            wan = sum((money.wan for money in stated), Decimal())
            known = sum(getattr(item, many) for item in sums.values())
            whole = replace(whole, **{name: Money(wan), many: known})
    return whole


def _sum(by: Measure, key: str, name: str, found: CountySum | None) -> Reading:
    projects = found.projects if found else 0
    if by is Measure.COUNT:
        return Reading(key, name, float(projects), f"{projects} 个")
    money, known = None, 0
    if found:
        paid = by is Measure.PAID_IN
        money = found.paid_in if paid else found.contracted
        known = found.with_paid_in if paid else found.with_amount
    if money is None:
        return Reading(key, name, None, "未写明" if projects else "没有项目")
    detail = f"{projects} 个项目里 {known} 个写明金额"
    return Reading(key, name, float(money.yi), f"{plain(money.yi)} 亿元", detail)


def _rates(bureau: Bureau, chosen: Selection, by: Measure) -> Readings:
    """Rates by the statistics' own definitions: who signed first in the period, on dated days."""
    meaning = _meaning(bureau, chosen, by)
    assert meaning.period is not None
    found = statistics(bureau, meaning.period, "county", chosen)
    nowhere = statistics(bureau, meaning.period, None, replace(chosen, unassigned=True))
    rows = {item.row.key: item for item in found.rows}
    read = _start_rate if by is Measure.START_RATE else _growth
    return Readings(
        meaning,
        tuple(read(by, code, name, rows.get(code)) for code, name in _counties(bureau)),
        read(by, UNASSIGNED, UNASSIGNED, nowhere.whole),
        read(by, WHOLE, WHOLE, found.whole),
    )


def _meaning(bureau: Bureau, chosen: Selection, by: Measure) -> Meaning:
    today, said = bureau.today, definitions(bureau.city.definitions)
    ignored = "所选的阶段不影响这个率。" if chosen.stage else ""
    figure = said[_FIGURES[by]]
    if by is Measure.START_RATE:
        period = chosen.period or Period("历年", SINCE, today)
        when = "" if chosen.period else "没有选签约时段，算历年全部写明签约日期的项目。"
        few = f"没有写明开工日期的不算已开工。期内签约不足 {FEWEST} 个的不算率，只写个数。"
        return Meaning(by, figure.sentence, when + few + ignored, period)
    period = chosen.period or Period(f"{today.year}", date(today.year, 1, 1), today)
    passed = until(period, today)
    then = year_before(passed)
    when = f"{passed.first} 至 {passed.last}，比 {then.first} 至 {then.last}。"
    if not chosen.period:
        when = f"没有选签约时段，看今年到今天：{when}"
    when += f"上年同期签约不足 {FEWEST} 个的不算，只写个数。"
    sentence = f"{figure.name}比上年同样的日子增减百分之几；{figure.name}：{figure.sentence}"
    return Meaning(by, sentence, when + ignored, passed)


def _growth(by: Measure, key: str, name: str, found: Labelled | None) -> Reading:
    figure = _FIGURES[by]
    signed = found.row.count("signed_projects") if found else 0
    before = found.before.count("signed_projects") if found and found.before else 0
    if found is None or not (signed or before):
        return Reading(key, name, None, "没有签约", "两个时段都没有签约项目")
    detail = f"签约 {signed} 个，上年同期 {before} 个"
    if by is Measure.GROWTH_AMOUNT:
        then = amount_or_count(found.before, figure) if found.before else Decimal()
        now = amount_or_count(found.row, figure)
        detail += f"；金额 {plain(now)} 亿元，上年同期 {plain(then)} 亿元"
    value = found.growth(figure)
    if before < FEWEST or value is None:
        return Reading(key, name, None, f"{before}→{signed} 个", detail, too_few=True)
    return Reading(key, name, float(value), with_sign(value), detail)


def with_sign(value: Decimal) -> str:
    """A change in per cent with its sign."""
    return f"{'+' if value > 0 else '−' if value < 0 else ''}{plain(abs(value))}%"


def _start_rate(by: Measure, key: str, name: str, found: Labelled | None) -> Reading:
    signed = found.row.count("signed_projects") if found else 0
    if found is None or not signed:
        return Reading(key, name, None, "没有签约", "时段内没有签约项目")
    started = found.row.count("signed_started")
    detail = f"签约 {signed} 个，其中已开工 {started} 个"
    value = found.row.rate("start_rate")
    if signed < FEWEST or value is None:
        return Reading(key, name, None, f"开工 {started}/{signed}", detail, too_few=True)
    return Reading(key, name, float(value), f"{plain(value)}%", detail)


def _counties(bureau: Bureau) -> Sequence[tuple[str, str]]:
    return list(zip(bureau.boundaries.county_codes, bureau.boundaries.county_names, strict=True))
