"""A map without tiles, as a sheet: areas, lines and marked places, for paper and telephone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from shapely.geometry.base import BaseGeometry

from mapapp.draw import sheet
from mapapp.draw.lettering import width
from mapapp.draw.map_fit import MapFit
from mapapp.draw.palette import BORDER, INK, INK_SOFT, SITE
from mapapp.draw.room import Room
from mapapp.draw.sheet import Paper, Path, Sheet, Text, plain

_MARGIN = 14.0
_HEAD = 16.0


@dataclass(frozen=True, slots=True)
class Area:
    """An area in the plane (any unit, north up), its fill, and what stands in its middle."""

    shape: BaseGeometry
    fill: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A marked place in the same plane: how many stand there, and what it is called."""

    x: float
    y: float
    label: str = ""
    number: int = 1
    home: bool = False


def draw_flat_map(
    title: str,
    areas: Sequence[Area],
    lines: Sequence[BaseGeometry] = (),
    places: Sequence[Place] = (),
) -> Sheet:
    """The areas as large as the sheet allows, north up, with the places on top."""
    paper = Sheet(Paper.MAP, title, "离线地图，边界按天地图数据简化")
    wide, high = paper.paper.size
    room = Room(_MARGIN, _HEAD + _MARGIN, wide - 2 * _MARGIN, high - _HEAD - 2 * _MARGIN)
    fit = MapFit([area.shape for area in areas] + list(lines), room)
    paper.add(Text(_MARGIN, _HEAD - 3, plain(title), 11, INK_SOFT))
    for area in areas:
        paper.add(Path(tuple(fit.rings(area.shape)), area.fill, BORDER, 0.5))
    for line in lines:
        paper.add(Path(tuple(fit.strokes(line)), stroke=BORDER, width=0.8))
    for area in areas:
        if area.label:
            middle = area.shape.representative_point()
            x, y = fit.at(middle.x, middle.y)
            paper.add(Text(x, y + 4, plain(area.label), 9.5, INK, "middle"))
    taken: list[Room] = []
    for place in sorted(places, key=lambda place: (not place.home, -place.number, place.label)):
        paper.add(*_mark(place, *fit.at(place.x, place.y), taken))
    return paper


def _mark(place: Place, x: float, y: float, taken: list[Room]) -> Iterator[sheet.Shape]:
    """A place, and its name where that covers no other name: the most important come first."""
    if place.home:
        yield Path(sheet.star(x, y, 8), SITE, "#ffffff", 0.8)
    else:
        radius = 3.2 + min(place.number, 16) ** 0.5 * 1.3
        yield Path(sheet.circle(x, y, radius), "#1a5796", "#ffffff", 0.8)
    number = f" {place.number}" if place.number > 1 else ""
    words = plain(place.label + number)
    box = Room(x + 6, y - 6, 2 + width(words, 8), 11)
    if place.label and not any(box.meets(other) for other in taken):
        taken.append(box)
        yield Text(x + 7, y + 3.2, words, 8, INK)
