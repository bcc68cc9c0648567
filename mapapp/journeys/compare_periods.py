"""Two periods side by side: a figure of every county in both, in the same classes, and the change.

The figures are those of the statistics (`ledger/statistics`), so that map and table say what the
page 统计 says of the same days.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from chains import UnknownName
from mapapp.draw.county_map import Fragment
from mapapp.draw.small_map import draw_shaded
from mapapp.journeys.bureau import UNASSIGNED, Bureau
from mapapp.journeys.county_measures import (
    FEWEST,
    WHOLE,
    Colouring,
    Reading,
    rate_colouring,
    sum_colouring,
    with_sign,
)
from mapapp.journeys.display_datum import display_geojson
from mapapp.journeys.selection import Selection
from mapapp.journeys.statistics import Labelled, amount_or_count, statistics
from mapapp.ledger.dates import Period
from mapapp.ledger.definitions import Definition, definitions
from mapapp.ledger.money import plain
from mapapp.ledger.statistics import FigureRow, percent, year_before

FIGURES = (
    "signed_projects",
    "contracted_investment",
    "new_projects",
    "total_investment",
    "started_projects",
    "enrolled_projects",
    "producing_projects",
    "paid_in",
    "start_rate",
    "enrolment_rate",
)
"""What can be compared, as the statistics call it."""


@dataclass(frozen=True, slots=True)
class Preset:
    """Two periods that are often compared."""

    label: str
    now: Period
    then: Period


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """A county in both periods. change says now less then, with its unit; empty where one of the
    two has no figure."""

    now: Reading
    then: Reading
    change: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """A figure in two periods. rows: the counties, then 未分县区 where it has any."""

    figure: str
    word: Definition
    now: Period
    then: Period
    rows: tuple[ComparedRow, ...]
    whole: ComparedRow
    colours: Colouring
    undated: int


def presets(today: date) -> tuple[Preset, ...]:
    """The comparisons that a bureau makes all the year: the later period first."""
    so_far = days(date(today.year, 1, 1), today)
    year = today.year if today >= date(today.year, 7, 1) else today.year - 1
    half = days(date(year, 1, 1), date(year, 6, 30))
    last = days(date(today.year - 1, 1, 1), date(today.year - 1, 12, 31))
    twelve = days(year_before(days(today, today)).first + timedelta(days=1), today)
    return (
        Preset("本年至今 / 上年同期", so_far, year_before(so_far)),
        Preset("上半年 / 去年上半年", half, year_before(half)),
        Preset("去年 / 前年", last, year_before(last)),
        Preset("近 12 个月 / 之前 12 个月", twelve, year_before(twelve)),
    )


def days(first: date, last: date) -> Period:
    """A period of any days."""
    return Period(f"{first} 至 {last}", first, last)


def compare_periods(
    bureau: Bureau, selection: Selection, figure: str, now: Period, then: Period
) -> Comparison:
    """A figure of every county in two periods, under the selection's chain and link.

    Raises:
        UnknownName: there is no such figure.
    """
    if figure not in FIGURES:
        raise UnknownName("对比指标", figure, FIGURES)
    chosen = selection.without_place()
    key = ("compare", chosen.chain, chosen.link, figure, now.first, now.last, then.first, then.last)
    return bureau.remember(key, lambda: _compare(bureau, chosen, figure, now, then))


def _compare(
    bureau: Bureau, chosen: Selection, figure: str, now: Period, then: Period
) -> Comparison:
    word = definitions(bureau.city.definitions)[figure]
    found = [statistics(bureau, period, "county", chosen) for period in (now, then)]
    read = [{item.row.key: item for item in one.rows} for one in found]
    places = zip(bureau.boundaries.county_codes, bureau.boundaries.county_names, strict=True)
    rows = [_row(word, figure, code, name, *(one.get(code) for one in read))
            for code, name in places]  # fmt: skip
    values = [one.value for row in rows for one in (row.now, row.then)]
    if any(None in one for one in read):
        rows.append(_row(word, figure, UNASSIGNED, UNASSIGNED, *(one.get(None) for one in read)))
    is_rate = figure.endswith("_rate")
    return Comparison(
        figure,
        word,
        now,
        then,
        tuple(rows),
        _row(word, figure, WHOLE, WHOLE, *(one.whole for one in found)),
        rate_colouring() if is_rate else sum_colouring(values, word.unit == "个"),
        len(found[0].found.doubtful.undated),
    )


def draw_compared(bureau: Bureau, seen: Comparison, static: str) -> tuple[Fragment, Fragment]:
    """The two Folium maps, the later period first; `static` as for the map page."""
    places, tiles = bureau.boundaries, bureau.settings.tiles
    shapes = display_geojson(bureau, places.to_geojson())
    outline = display_geojson(bureau, places.outline_geojson())
    now, then = [row.now for row in seen.rows], [row.then for row in seen.rows]
    return (
        draw_shaded(shapes, outline, _colours(seen, now), static, "now", tiles),
        draw_shaded(shapes, outline, _colours(seen, then), static, "then", tiles),
    )


def _colours(seen: Comparison, readings: list[Reading]) -> Mapping[str, str]:
    return {one.key: seen.colours.colour(one) for one in readings}


def _row(
    word: Definition,
    figure: str,
    key: str,
    name: str,
    now: Labelled | None,
    then: Labelled | None,
) -> ComparedRow:
    empty = FigureRow(key, {}, {})
    ours, theirs = (item.row if item else empty for item in (now, then))
    one, two = (_reading(figure, key, name, row) for row in (ours, theirs))
    return ComparedRow(one, two, _change(word, figure, ours, theirs, one, two))


def _reading(figure: str, key: str, name: str, row: FigureRow) -> Reading:
    signed_projects = row.count("signed_projects")
    if figure.endswith("_rate"):
        if not signed_projects:
            return Reading(key, name, None, "没有签约")
        part = row.count("signed_started" if figure == "start_rate" else "signed_enrolled")
        said = f"{part}/{signed_projects}"
        rate = row.rate(figure)
        if rate is None or signed_projects < FEWEST:
            return Reading(key, name, None, said, too_few=True)
        return Reading(key, name, float(rate), f"{plain(rate)}%", said)
    value = amount_or_count(row, figure)
    unit = "个" if figure.endswith("_projects") else "亿元"
    return Reading(key, name, float(value), f"{plain(value)} {unit}")


def _change(
    word: Definition, figure: str, now: FigureRow, then: FigureRow, one: Reading, two: Reading
) -> str:
    """Now less then: in the figure's own unit, and in per cent where enough was there before."""
    if one.value is None or two.value is None:
        return ""
    if figure.endswith("_rate"):
        rates = now.rate(figure), then.rate(figure)
        return _more((rates[0] or Decimal()) - (rates[1] or Decimal()), "个百分点")
    ours, theirs = amount_or_count(now, figure), amount_or_count(then, figure)
    counted = "signed_projects" if not figure.endswith("_projects") else figure
    grown = percent(ours - theirs, theirs) if then.count(counted) >= FEWEST else None
    in_per_cent = f"（{with_sign(grown)}）" if grown is not None else ""
    return _more(ours - theirs, word.unit) + in_per_cent


def _more(value: Decimal, unit: str) -> str:
    if not value:
        return "持平"
    return f"{'+' if value > 0 else '−'}{plain(abs(value))} {unit}"
