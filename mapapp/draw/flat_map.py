"""A map without tiles, as a sheet: areas, lines and marked places, for paper and telephone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from mapapp.draw import sheet
from mapapp.draw.lettering import width
from mapapp.draw.palette import BORDER, INK, INK_SOFT, SITE
from mapapp.draw.sheet import Paper, Path, Point, Sheet, Step, Text, plain

_MARGIN = 14.0
_HEAD = 16.0
_DOT = 0.4


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
    fit = _Fit([area.shape for area in areas] + list(lines), paper.paper.size)
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
    taken: list[tuple[float, float, float, float]] = []
    for place in sorted(places, key=lambda place: (not place.home, -place.number, place.label)):
        paper.add(*_mark(place, *fit.at(place.x, place.y), taken))
    return paper


def _mark(
    place: Place, x: float, y: float, taken: list[tuple[float, float, float, float]]
) -> Iterator[sheet.Shape]:
    """A place, and its name where that covers no other name: the most important come first."""
    if place.home:
        yield Path(sheet.star(x, y, 8), SITE, "#ffffff", 0.8)
    else:
        radius = 3.2 + min(place.number, 16) ** 0.5 * 1.3
        yield Path(sheet.circle(x, y, radius), "#1a5796", "#ffffff", 0.8)
    number = f" {place.number}" if place.number > 1 else ""
    words = plain(place.label + number)
    box = (x + 6, y - 6, x + 8 + width(words, 8), y + 5)
    if place.label and not any(_overlap(box, other) for other in taken):
        taken.append(box)
        yield Text(x + 7, y + 3.2, words, 8, INK)


def _overlap(
    one: tuple[float, float, float, float], other: tuple[float, float, float, float]
) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _dot(x: float, y: float) -> list[Point]:
    """A square as small as can be seen."""
    return [(x, y), (x + _DOT, y), (x + _DOT, y + _DOT), (x, y + _DOT)]


class _Fit:
    """From the plane to the sheet."""

    def __init__(self, shapes: Sequence[BaseGeometry], size: Point) -> None:
        west, south, east, north = shapely.total_bounds(np.array(shapes, dtype=object))
        room = size[0] - 2 * _MARGIN, size[1] - _HEAD - 2 * _MARGIN
        self._scale = min(room[0] / (east - west), room[1] / (north - south))
        self._west, self._north = west, north
        self._left = _MARGIN + (room[0] - (east - west) * self._scale) / 2
        self._top = _HEAD + _MARGIN + (room[1] - (north - south) * self._scale) / 2

    def at(self, x: float, y: float) -> Point:
        return (
            self._left + (x - self._west) * self._scale,
            self._top + (self._north - y) * self._scale,
        )

    def rings(self, shape: BaseGeometry) -> Iterator[Step]:
        for part in shapely.get_parts(shape):
            for ring in shapely.get_rings(part):
                points = self._points(ring)
                if len(points) < 3:  # an island too small for the sheet is still on the map
                    points = _dot(*points[0])
                yield ("M", (points[0],))
                yield from (("L", (point,)) for point in points[1:])
                yield ("Z", ())

    def strokes(self, shape: BaseGeometry) -> Iterator[Step]:
        for part in shapely.get_parts(shape):
            points = self._points(part)
            yield ("M", (points[0],))
            yield from (("L", (point,)) for point in points[1:])

    def _points(self, line: BaseGeometry) -> list[Point]:
        """The points of a line, those that fall together on the sheet once."""
        found: list[Point] = []
        for x, y in shapely.get_coordinates(line):
            at = self.at(x, y)
            near = (round(at[0], 1), round(at[1], 1))
            if not found or found[-1] != near:
                found.append(near)
        return found
