"""The map of a 挂图: the city's counties by their number of projects, zones, projects."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from geodata import plane_of
from mapapp.draw import palette
from mapapp.draw.city_map import CityMap, MapCounty, MapDot, MapZone
from mapapp.draw.shading import shade
from mapapp.journeys.bureau import Bureau
from mapapp.journeys.editions import OPEN_WORDS, may_show
from mapapp.journeys.points import Placing, place_projects
from mapapp.journeys.project_facts import all_facts
from mapapp.journeys.selection import OTHER_CHAIN, Selection
from mapapp.ledger.facts import ProjectFacts
from mapapp.outreach.edition import Edition
from mapapp.store import ProjectFilter

RADIUS = 3.0
"""Km: the circle of a zone whose size nobody published."""


@dataclass(frozen=True, slots=True)
class ChartMap:
    """The map, and what was counted for it: the selection's projects in the whole city, those of
    them in its place, and these by chain (None: 其他)."""

    city: CityMap
    total: int
    here: int
    by_chain: Mapping[str | None, int]


@dataclass(frozen=True, slots=True)
class MapPoint:
    """A project where it is drawn; exact where that is a site's or a township's point."""

    facts: ProjectFacts
    lon: float
    lat: float
    exact: bool
    unconfirmed: bool


def chart_map(bureau: Bureau, selection: Selection, edition: Edition) -> ChartMap:
    """The city under the selection's chain, link, stage and period; its place is marked."""
    query = selection.without_place().filter(bureau.today)
    rows = _rows(bureau, query, edition)
    points = _points(bureau, rows)
    counties = Counter(row.county for row in rows)
    plane = plane_of(bureau.boundaries.bounds)
    edge = bureau.boundaries
    shapes = [
        MapCounty(
            plane.flat(shape),
            plane.point(*edge.label(code)),
            name,
            counties[code],
            code == selection.county,
        )
        for code, name, shape in zip(edge.county_codes, edge.county_names, edge.drawn, strict=True)
    ]
    unassigned = sum(n for code, n in counties.items() if code not in edge.county_codes)
    undated = bureau.store.undated(query) if query.period else 0
    city = CityMap(
        shapes,
        _zones(bureau, rows, selection),
        _dots(bureau, points, edition),
        shade([county.number for county in shapes]),
        _colours(bureau, selection),
        tuple(_notes(edition, unassigned, undated, points, len(rows))),
    )
    here = [row for row in rows if _is_in(selection, row)]
    return ChartMap(city, len(rows), len(here), Counter(row.chain for row in here))


def county_cut(bureau: Bureau, county: str, edition: Edition) -> tuple[CityMap, CityMap]:
    """The city with a county marked, and that county alone with its zones and projects.

    Raises:
        UnknownDivision: the city has no such county.
    """
    place = bureau.boundaries.index(county)
    whole = chart_map(bureau, Selection(county=county), edition).city
    rows = _rows(bureau, Selection(county=county).filter(bureau.today), edition)
    points = _points(bureau, rows)
    hosted = {zone.short for zone in bureau.city.zones if zone.host == county}
    colours = "颜色表示产业链，灰色为其他" if points else ""
    own = CityMap(
        [replace(whole.counties[place], chosen=False)],
        [zone for zone in whole.zones if zone.name in hosted],
        _dots(bureau, points, edition),
        whole.shading,
        colours,
        _notes(edition, 0, 0, points, len(points)),
    )
    return replace(whole, zones=(), dots=()), own


def _rows(bureau: Bureau, query: ProjectFilter, edition: Edition) -> list[ProjectFacts]:
    """The projects that a filter means and an edition may show."""
    meant = set(bureau.store.matching(query))
    return [
        row
        for row in all_facts(bureau)
        if row.project_code in meant and may_show(edition, row.stage)
    ]


def _points(bureau: Bureau, rows: Sequence[ProjectFacts]) -> list[MapPoint]:
    """Those of them that can be drawn, with their points."""
    table, shown = place_projects(bureau), {row.project_code: row for row in rows}
    return [
        MapPoint(
            shown[code],
            float(table.lon[n]),
            float(table.lat[n]),
            table.placing.words[table.placing.index[n]] != Placing.COUNTY.value,
            bool(table.unconfirmed[n]),
        )
        for n, code in enumerate(table.codes)
        if code in shown
    ]


def _zones(bureau: Bureau, rows: Sequence[ProjectFacts], selection: Selection) -> list[MapZone]:
    plane, counted = plane_of(bureau.boundaries.bounds), Counter(row.zone for row in rows)
    return [
        MapZone(
            *plane.point(*zone.centre),
            zone.radius_km or RADIUS,
            zone.short,
            counted[zone.name],
            zone == selection.zone,
        )
        for zone in bureau.city.zones
        if zone.centre
    ]


def _dots(bureau: Bureau, points: Sequence[MapPoint], edition: Edition) -> list[MapDot]:
    plane = plane_of(bureau.boundaries.bounds)
    colours = palette.chain_colours(bureau.catalogue.chains)
    return [
        MapDot(
            *plane.point(point.lon, point.lat),
            palette.shape_of(point.facts.stage.value if point.facts.stage else None),
            colours.get(point.facts.chain or "", palette.OTHER),
            edition.is_internal and point.unconfirmed,
        )
        for point in points
    ]


def _colours(bureau: Bureau, selection: Selection) -> str:
    """What the colours of the signs stand for, in words."""
    if selection.chain == OTHER_CHAIN:
        return "颜色：不属于任何产业链"
    return "" if selection.chain else "颜色表示产业链，见下表；灰色为其他"


def _notes(
    edition: Edition, unassigned: int, undated: int, points: Sequence[MapPoint], total: int
) -> list[str]:
    found = [] if total else ["台账里没有符合条件的项目"]
    if not edition.is_internal:
        found.append(f"对外版只含{OPEN_WORDS}的项目")
    if unassigned:
        found.append(f"另有 {unassigned} 个未分县区，不在图上")
    if undated and edition.is_internal:
        found.append(f"另有 {undated} 个没有写明签约日期，不在所选时段内")
    elif undated:
        found.append("没有写明签约日期的项目不在所选时段内")
    if any(not point.exact for point in points):
        found.append("只知县市区的项目在县内散开示意")
    return found


def _is_in(selection: Selection, row: ProjectFacts) -> bool:
    if selection.unassigned:
        return row.county is None
    if selection.zone:
        return row.zone == selection.zone.name
    return selection.county is None or selection.county == row.county
