"""The city's counties on paper: shaded, named and numbered, with zones, projects and a legend."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import shapely
from shapely.geometry.base import BaseGeometry

from mapapp.draw import sheet
from mapapp.draw.city_map_legend import SMALL, WIDE, Legend
from mapapp.draw.label_places import Placed, Wanted, place_labels
from mapapp.draw.lettering import width
from mapapp.draw.map_fit import MapFit
from mapapp.draw.map_marks import draw_sign
from mapapp.draw.palette import BORDER, CITY_BORDER, INK, INK_SOFT, ZONE
from mapapp.draw.palette import Shape as Sign
from mapapp.draw.room import Room
from mapapp.draw.shading import Shading
from mapapp.draw.sheet import Path, Shape, Text, plain

NAME, NUMBER = 6.8, 8.4
"""Sizes of a county's name and number."""
DOT = 1.75
CROWDED = 0.07
"""Projects are drawn one by one while their signs cover no more than this part of the land."""


@dataclass(frozen=True, slots=True)
class MapCounty:
    """A county in km of the plane: its area, its middle, and how many projects it has."""

    shape: BaseGeometry
    middle: tuple[float, float]
    name: str
    number: int
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class MapZone:
    """A zone's middle in km; its radius, also in km, is only about right."""

    x: float
    y: float
    radius: float
    name: str
    number: int
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class MapDot:
    """A project in km; hollow: 待核实."""

    x: float
    y: float
    sign: Sign
    colour: str
    hollow: bool = False


@dataclass(frozen=True, slots=True)
class CityMap:
    """Everything on the map. `colours` says in words what the signs' colours stand for; `notes`
    are lines under the legend."""

    counties: Sequence[MapCounty]
    zones: Sequence[MapZone]
    dots: Sequence[MapDot]
    shading: Shading
    colours: str = ""
    notes: Sequence[str] = ()


def map_width(city: CityMap, high: float, least: float, most: float) -> float:
    """How wide the map becomes in that height, legend not counted."""
    west, south, east, north = shapely.total_bounds([county.shape for county in city.counties])
    return float(min(most, max(least, high * (east - west) / (north - south))))


def draw_city_map(city: CityMap, room: Room, factor: float, legend: bool = True) -> Iterator[Shape]:
    """The map at the left of the room and its legend at the right."""
    beside = WIDE + 8 if legend else 0.0
    frame = Room(room.left, room.top, room.wide - beside, room.high)
    inner = Room(frame.left + 2, frame.top + 2, frame.wide - 4, frame.high - 4)
    fit = MapFit([county.shape for county in city.counties], inner)
    dots = list(city.dots) if signs_fit(city, fit.scale) else []
    yield from _ground(city, fit)
    yield from _zones(city, fit)
    for dot in dots:
        yield draw_sign(dot.sign, *fit.at(dot.x, dot.y), DOT, dot.colour, dot.hollow)
    names, left_out = _names(city, fit, frame, dots)
    yield from names
    if legend:
        key = Room(frame.right + 8, room.top, WIDE, room.high)
        yield from _legend(city, key, fit, factor, left_out)


def signs_fit(city: CityMap, scale: float) -> bool:
    """Whether the signs leave the map readable at so many points for a kilometre."""
    land = sum(county.shape.area for county in city.counties) * scale**2
    return bool(len(city.dots) * 3.2 * DOT**2 <= land * CROWDED)


def _ground(city: CityMap, fit: MapFit) -> Iterator[Shape]:
    for county in city.counties:
        colour = city.shading.colour(county.number)
        yield Path(tuple(fit.rings(county.shape)), colour, BORDER, 0.45)
    outline = shapely.union_all([county.shape for county in city.counties])
    yield Path(tuple(fit.rings(outline)), None, CITY_BORDER, 1.1)
    for county in city.counties:
        if county.chosen:
            yield Path(tuple(fit.rings(county.shape)), None, INK, 2.0)


def _zones(city: CityMap, fit: MapFit) -> Iterator[Shape]:
    for zone in city.zones:
        ring = sheet.circle(*fit.at(zone.x, zone.y), zone.radius * fit.scale)
        yield Path(ring, None, ZONE, 1.8 if zone.chosen else 0.9, (2.6, 1.8))


def _names(
    city: CityMap, fit: MapFit, frame: Room, dots: Sequence[MapDot]
) -> tuple[list[Shape], list[str]]:
    """Names and numbers with a rim, so that lines and signs under them do no harm; and what found
    no place."""
    items: list[MapCounty | MapZone] = [*city.counties, *city.zones]
    wanted = [_wanted_county(county, fit) for county in city.counties]
    wanted += [_wanted_zone(zone, fit) for zone in city.zones]
    placed = place_labels(wanted, [fit.at(dot.x, dot.y) for dot in dots], frame)
    shapes: list[Shape] = []
    left_out = []
    for item, place in zip(items, placed, strict=True):
        if place is None:
            left_out.append(f"{plain(item.name)} {item.number}")
            continue
        shapes += _line(place, ZONE if isinstance(item, MapZone) else INK_SOFT)
        shapes += _written(item, place.room)
    return shapes, left_out


def _wanted_county(county: MapCounty, fit: MapFit) -> Wanted:
    wide = max(width(plain(county.name), NAME), width(str(county.number), NUMBER))
    return Wanted(
        fit.at(*county.middle), wide + 2, NAME * 1.1 + NUMBER * 1.02, fit.moved(county.shape)
    )


def _wanted_zone(zone: MapZone, fit: MapFit) -> Wanted:
    at = fit.at(zone.x, zone.y)
    wide = width(f"{plain(zone.name)} {zone.number}", SMALL)
    ring = shapely.Point(at).buffer(zone.radius * fit.scale)
    return Wanted(at, wide + 2, SMALL * 1.2, ring, outside=True)


def _line(place: Placed, colour: str) -> Iterator[Shape]:
    if place.line:
        yield Path(sheet.line(*place.line), stroke="#ffffff", width=1.4)
        yield Path(sheet.line(*place.line), stroke=colour, width=0.5)
        yield Path(sheet.circle(*place.line[0], 0.9), fill=colour)


def _written(item: MapCounty | MapZone, room: Room) -> Iterator[Shape]:
    middle = room.left + room.wide / 2
    if isinstance(item, MapZone):
        words = f"{plain(item.name)} {item.number}"
        y = room.low - SMALL * 0.28
        yield Text(middle, y, words, SMALL, ZONE, "middle", halo="#ffffff")
        return
    y = room.top + NAME * 0.95
    yield Text(middle, y, plain(item.name), NAME, INK, "middle", True, "#ffffff")
    below = y + NUMBER * 1.02
    yield Text(middle, below, str(item.number), NUMBER, INK, "middle", True, "#ffffff")


def _legend(
    city: CityMap, room: Room, fit: MapFit, factor: float, left_out: Sequence[str]
) -> list[Shape]:
    """Shading, signs, zones and notes from the top; scale and north at the foot."""
    legend = Legend(room)
    legend.shading("县市区底色：项目数（个）", city.shading)
    shown = signs_fit(city, fit.scale)
    if shown and city.dots:
        hollow = any(dot.hollow for dot in city.dots)
        legend.signs({dot.sign for dot in city.dots}, hollow, city.colours)
    if city.zones:
        legend.zones()
    notes = list(city.notes)
    if not shown:
        notes.insert(0, f"{len(city.dots):,} 个项目太密，图上不逐个画")
    if left_out:
        notes.insert(0, f"图上放不下名称的：{'、'.join(left_out)}")
    legend.notes(notes)
    legend.foot(fit.scale, factor)
    return legend.shapes
