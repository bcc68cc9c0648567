"""大屏: what may stand on a wall that anybody walks past. Decided here and nowhere else.

Sums of the whole city only: no project, no firm, no person and no score. An amount is always that
of projects already signed: where one project more is in talks, its amount must not show as the
difference of two sums. Every figure is one of 总览's, 统计's or 缺环's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from chains import Status
from geodata import flattened, flattened_point
from mapapp.draw.palette import EMPTY
from mapapp.draw.wall_map import HIGH, WIDE, County, CountyPath, draw_wall_map
from mapapp.journeys.bureau import UNASSIGNED, Bureau
from mapapp.journeys.county_map import view_map
from mapapp.journeys.county_measures import Measure
from mapapp.journeys.headline import Headline, headline, year_to
from mapapp.journeys.overview import ChainRow, Overview, overview
from mapapp.journeys.selection import STAGE_UNKNOWN, Selection
from mapapp.journeys.statistics import Labelled, Statistics, statistics
from mapapp.journeys.sums import total_of
from mapapp.ledger.money import WAN_PER_YI
from mapapp.ledger.project import Stage

__all__ = ["HIGH", "WIDE", "Wall", "wall"]

CHAINS, PLACES, GAPS = 9, 10, 2
"""As many chains and counties have room, and as many missing links beside a chain."""
SIGNED = tuple(stage for stage in Stage if Stage.SIGNED.order <= stage.order < Stage.ENDED.order)
"""The stages whose amounts may be shown."""
STATUSES = (Status.PRESENT, Status.PLANNED, Status.WEAK, Status.MISSING, Status.NO_DEMAND)
TALLEST = Decimal("0.8")
"""Of the chart's height: above the highest bar its number has room."""
_WEEK = "一二三四五六日"


@dataclass(frozen=True, slots=True)
class Signed:
    """What was signed in a period, beside the same days of the year before; growth in per cent."""

    projects: int
    yi: Decimal
    projects_before: int
    yi_before: Decimal
    growth: str


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a bar, in per cent of the bar's length."""

    start: Decimal
    length: Decimal


@dataclass(frozen=True, slots=True)
class Chain:
    """A chain: how many of its links are there, the bar of all of them, what it lacks most."""

    name: str
    present: int
    links: int
    parts: tuple[Part, ...]
    gaps: str


@dataclass(frozen=True, slots=True)
class Place:
    """A county, by what was signed there this year; bar in per cent of the longest."""

    name: str
    signed: int
    projects: int
    bar: Decimal


@dataclass(frozen=True, slots=True)
class StageBar:
    """A stage, how many projects have come as far; bar in per cent of the longest."""

    name: str
    projects: int
    bar: Decimal


@dataclass(frozen=True, slots=True)
class MonthBar:
    """Signed in a month of this year and the last: bars down from their tops, in per cent of the
    chart's height. label is this year's number, blank where the month has not begun.
    """

    label: str
    top: Decimal
    height: Decimal
    top_before: Decimal
    height_before: Decimal


@dataclass(frozen=True, slots=True)
class MapCounty:
    """A county on the map, by code: how many projects, and its shade."""

    projects: int
    colour: str


@dataclass(frozen=True, slots=True)
class Wall:
    """Everything on the wall but the drawing of the map. outlines are in the order of counties."""

    day: str
    year: str
    last_year: str
    projects: int
    signed_yi: Decimal
    started: int
    started_before: int
    month: Signed
    this_year: Signed
    chains: tuple[Chain, ...]
    places: tuple[Place, ...]
    stages: tuple[StageBar, ...]
    months: tuple[MonthBar, ...]
    counties: tuple[MapCounty, ...]


def wall(bureau: Bureau, on: date, chain_order: Sequence[str]) -> Wall:
    """The wall on a day. chain_order are chain ids, as they shall stand."""
    order = tuple(chain_order)
    return bureau.remember(("wall", on, order), lambda: _wall(bureau, on, order))


def outlines(bureau: Bureau) -> tuple[CountyPath, ...]:
    """The counties as they are drawn, in the order of Wall.counties; no number is in them."""
    return bureau.remember("wall map", lambda: _outlines(bureau))


def _outlines(bureau: Bureau) -> tuple[CountyPath, ...]:
    known = bureau.boundaries
    rows = zip(known.county_codes, known.county_names, known.drawn, strict=True)
    return draw_wall_map(
        [
            County(name, flattened(shape), flattened_point(*known.label(code)))
            for code, name, shape in rows
        ]
    )


def _wall(bureau: Bureau, on: date, order: Sequence[str]) -> Wall:
    view = overview(bureau, Selection(), order)
    top = headline(bureau, Selection(), on)
    year = top.year.whole
    return Wall(
        day=f"{on.year} 年 {on.month} 月 {on.day} 日　星期{_WEEK[on.weekday()]}",
        year=f"{on.year} 年",
        last_year=f"{on.year - 1} 年",
        projects=view.total.projects,
        signed_yi=_signed_yi(view),
        started=year.row.count("started_projects"),
        started_before=year.before.count("started_projects") if year.before else 0,
        month=_signed(top.month),
        this_year=_signed(top.year),
        chains=tuple(_chain(row) for row in view.chains if row.link_count)[:CHAINS],
        places=_places(bureau, view, on),
        stages=_stages(view),
        months=_months(top),
        counties=_counties(bureau),
    )


def _signed_yi(view: Overview) -> Decimal:
    """The contracted investment of what is signed and has not ended."""
    names = {stage.value for stage in SIGNED}
    return total_of(row.sum for row in view.stages if row.name in names).wan / WAN_PER_YI


def _signed(found: Statistics) -> Signed:
    row, before = found.whole.row, found.whole.before
    return Signed(
        projects=row.count("signed_projects"),
        yi=row.yi("contracted_investment"),
        projects_before=before.count("signed_projects") if before else 0,
        yi_before=before.yi("contracted_investment") if before else Decimal(0),
        growth=_growth(found.whole),
    )


def _growth(whole: Labelled) -> str:
    grown = whole.growth("signed_projects")
    if grown is None:
        return "—"
    return f"{'+' if grown > 0 else '−' if grown < 0 else ''}{abs(grown)}%"


def _chain(row: ChainRow) -> Chain:
    parts, start = [], 0
    for status in STATUSES:
        many = row.links[status]
        parts.append(Part(_share(start, row.link_count), _share(many, row.link_count)))
        start += many
    return Chain(
        name=row.name,
        present=row.links[Status.PRESENT],
        links=row.link_count,
        parts=tuple(parts),
        gaps="、".join(gap.link for gap in row.key_gaps[:GAPS]) or "没有缺环",
    )


def _places(bureau: Bureau, view: Overview, on: date) -> tuple[Place, ...]:
    """Most signed this year first, then most projects."""
    counted = statistics(bureau, year_to(on), "county").rows
    signed = {item.row.key: item.row.count("signed_projects") for item in counted}
    rows = [
        (row.name, signed.get(row.place, 0), row.sum.projects)
        for row in view.counties
        if row.place != UNASSIGNED
    ]
    rows.sort(key=lambda row: (-row[1], -row[2]))
    most = max((row[1] for row in rows), default=0)
    return tuple(Place(*row, _share(row[1], most)) for row in rows[:PLACES])


def _stages(view: Overview) -> tuple[StageBar, ...]:
    """Every stage, also where no project is, so that the wall keeps its shape."""
    found = {row.name: row.sum.projects for row in view.stages}
    most = max(found.values(), default=0)
    names = [*(stage.value for stage in Stage), STAGE_UNKNOWN]
    return tuple(StageBar(n, found.get(n, 0), _share(found.get(n, 0), most)) for n in names)


def _months(top: Headline) -> tuple[MonthBar, ...]:
    most = max(max(month.signed or 0, month.signed_before) for month in top.months)
    found = []
    for month in top.months:
        now, before = (_share(n, most) * TALLEST for n in (month.signed or 0, month.signed_before))
        label = "" if month.signed is None else f"{month.signed:,}"
        found.append(MonthBar(label, 100 - now, now, 100 - before, before))
    return tuple(found)


def _counties(bureau: Bureau) -> tuple[MapCounty, ...]:
    seen = view_map(bureau, Selection(), Measure.COUNT)
    return tuple(
        MapCounty(county.projects, seen.colours.colour(reading) if county.projects else EMPTY)
        for county, reading in zip(seen.counties, seen.readings.counties, strict=True)
    )


def _share(part: int, whole: int) -> Decimal:
    """In per cent of the whole, fine enough for a bar; 0 of nothing."""
    return (Decimal(part) * 100 / whole).quantize(Decimal("0.01")) if whole else Decimal(0)
