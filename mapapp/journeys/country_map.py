"""The country: in which cities the target enterprises have their head offices, and who they are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import shapely
from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry

from chains import Enterprise
from geodata import Counties, load_counties, load_country
from mapapp.draw.country_map import draw_country
from mapapp.draw.county_map import Fragment
from mapapp.journeys.bureau import Bureau
from mapapp.journeys.display_datum import display, display_point, display_shapes, shapes_above
from mapapp.journeys.selection import OTHER_CHAIN, Selection
from mapapp.journeys.targets import RankedTarget, candidates, rank_targets
from mapapp.tile_service import TileService

AROUND = 0.35
"""How far around a city its neighbours are drawn, as a part of its own size."""
FINENESS = 500
"""Into as many parts of its longest side a city is drawn: what is finer is not sent."""


@dataclass(frozen=True, slots=True)
class CityTargets:
    """A prefecture-level place: how many target enterprises have their head office there, and how
    many links they could fill. at is where the map has it (longitude, latitude)."""

    code: str
    name: str
    province: str
    at: tuple[float, float]
    firms: int
    links: int


@dataclass(frozen=True, slots=True)
class Marked:
    """A place that the map marks by itself: a resident office, or this city."""

    name: str
    city_name: str
    code: str
    at: tuple[float, float]


@dataclass(frozen=True, slots=True)
class CountryView:
    """The targets of a selection by city, most enterprises first."""

    cities: tuple[CityTargets, ...]
    firms: int
    offices: tuple[Marked, ...]
    home: Marked


@dataclass(frozen=True, slots=True)
class CityView:
    """One city: the targets with their head office there, and those that sit elsewhere and have a
    base there; best score first."""

    city: CityTargets
    seated: tuple[RankedTarget, ...]
    based: tuple[RankedTarget, ...]
    office: str
    """The resident office that is there; empty where there is none."""


def view_country(bureau: Bureau, selection: Selection) -> CountryView:
    """Target enterprises by the city of their head office, for the selected county, chain, link."""
    found = _candidates(bureau, selection)
    together: dict[str, list[tuple[str, Enterprise]]] = {}
    for link, firm in found:
        together.setdefault(_prefecture(bureau, firm.city), []).append((link, firm))
    cities = [_city(bureau, code, pairs) for code, pairs in together.items()]
    cities.sort(key=lambda city: (-city.firms, -city.links, city.code))
    return CountryView(
        tuple(cities),
        len({firm.name for _, firm in found}),
        tuple(_marked(bureau, office.name, office.city) for office in bureau.city.offices),
        _marked(bureau, bureau.city.name, bureau.city.code),
    )


def view_city(bureau: Bureau, selection: Selection, text: str) -> CityView:
    """A city by name or code, whether a target sits there or not.

    Raises:
        UnknownDivision, AmbiguousDivision: there is no such prefecture-level place.
    """
    code = bureau.gazetteer.divisions.find_prefecture(text).code
    seated, based = [], []
    for link, firm in _candidates(bureau, selection):
        if _prefecture(bureau, firm.city) == code:
            seated.append((link, firm))
        elif any(_prefecture(bureau, base) == code for base in firm.bases):
            based.append((link, firm))
    there = [
        office.name
        for office in bureau.city.offices
        if bureau.gazetteer.divisions.find_prefecture(office.city).code == code
    ]
    return CityView(
        _city(bureau, code, seated),
        _scored(bureau, selection, seated),
        _scored(bureau, selection, based),
        "、".join(there),
    )


def city_geometry(bureau: Bureau, text: str) -> dict[str, object]:
    """A city's counties as the page draws them: GeoJSON, names with their label points, bounds, and
    the outlines of the places around it.

    Raises:
        UnknownDivision, AmbiguousDivision: there is no such prefecture-level place.
    """
    divisions = bureau.gazetteer.divisions
    place = divisions.find_prefecture(text)
    counties = _counties(bureau.settings.geodata)
    codes, drawn = counties.of(place.code)
    points = np.column_stack(display(bureau, *bureau.gazetteer.positions(codes).T))
    drawn = display_shapes(bureau, drawn)
    west, south, east, north = (float(degree) for degree in shapely.total_bounds(drawn))
    around = [counties.outline(code) for code in counties.around(place.code, AROUND)]
    # as one coverage, so that the city and its neighbours still share their border
    finest = max(east - west, north - south) / FINENESS
    outlines = display_shapes(bureau, around)
    together = shapely.coverage_simplify([*drawn, *outlines], finest)
    return {
        "code": place.code,
        "name": place.name,
        "bounds": [[south, west], [north, east]],
        "counties": _collection(together[: len(codes)]),
        "around": _collection(together[len(codes) :]),
        "labels": [
            {"name": divisions[code].name, "at": [float(lon), float(lat)]}
            for code, (lon, lat) in zip(codes, points, strict=True)
        ],
    }


def _collection(shapes: Iterable[BaseGeometry]) -> dict[str, object]:
    return {
        "type": "FeatureCollection",
        "features": [
            {"type": "Feature", "properties": {}, "geometry": mapping(one)} for one in shapes
        ],
    }


def country_drawing(bureau: Bureau, static: str) -> Fragment:
    """The Folium map of the provinces; the same whatever is selected."""
    _counties(bureau.settings.geodata)  # read now, so that the first choice does not wait for it
    return _drawing(bureau.settings.geodata, static, bureau.settings.tiles)


def prepare(bureau: Bureau) -> int:
    """Make the files of the whole country, so that no page has to wait for them; returns how many
    prefecture-level places they hold."""
    load_country(bureau.settings.geodata)
    return len(_counties(bureau.settings.geodata).prefectures)


def prefectures(bureau: Bureau) -> Sequence[tuple[str, str, str]]:
    """Every prefecture-level place: code, name, province."""
    divisions = bureau.gazetteer.divisions
    return [
        (place.code, place.name, divisions.province_of(place.code).name)
        for place in divisions.prefectures()
    ]


@lru_cache(maxsize=4)
def _drawing(folder: Path, static: str, tiles: TileService | None) -> Fragment:
    country = load_country(folder)
    provinces, lines = (shapes_above(tiles, s) for s in (country.provinces, country.lines))
    return draw_country(list(provinces), list(lines), static, tiles)


@lru_cache(maxsize=2)
def _counties(folder: Path) -> Counties:
    return load_counties(folder)


Pairs = list[tuple[str, Enterprise]]
"""Links, each with an enterprise that could fill it."""


def _candidates(bureau: Bureau, selection: Selection) -> Pairs:
    if selection.chain == OTHER_CHAIN:
        return []
    what = selection.county, selection.chain, selection.link
    return bureau.remember(("candidates", what), lambda: candidates(bureau, *what))


def _scored(bureau: Bureau, selection: Selection, pairs: Pairs) -> tuple[RankedTarget, ...]:
    """The pairs with their scores: only their links are ranked, not the whole country."""
    where = selection.county, selection.chain
    wanted = {f"{link}|{firm.name}" for link, firm in pairs}
    found = []
    for link in dict.fromkeys(link for link, _ in pairs):
        key = ("ranked", where, link)
        ranked = bureau.remember(key, lambda on=link: rank_targets(bureau, *where, on))  # type: ignore[misc]
        found += [item for item in ranked if item.id in wanted]
    return tuple(sorted(found, key=lambda item: (-item.target.score, item.id)))


def _prefecture(bureau: Bureau, code: str) -> str:
    return bureau.gazetteer.divisions.prefecture_of(code).code


def _city(bureau: Bureau, code: str, pairs: Pairs) -> CityTargets:
    divisions = bureau.gazetteer.divisions
    return CityTargets(
        code,
        divisions[code].name,
        divisions.province_of(code).name,
        _at(bureau, code),
        len({firm.name for _, firm in pairs}),
        len({link for link, _ in pairs}),
    )


def _marked(bureau: Bureau, name: str, city: str) -> Marked:
    place = bureau.gazetteer.divisions.find_prefecture(city)
    return Marked(name, place.name, place.code, _at(bureau, place.code))


def _at(bureau: Bureau, code: str) -> tuple[float, float]:
    """Where a place's sign is drawn."""
    lon, lat = display_point(bureau, bureau.gazetteer.position(code))
    return lon, lat
