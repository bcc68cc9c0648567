"""Geometry of a plane made as large as a room on paper allows, north up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from mapapp.draw.room import Room
from mapapp.draw.sheet import Point, Step

_DOT = 0.4


def _dot(x: float, y: float) -> list[Point]:
    """A square as small as can be seen."""
    return [(x, y), (x + _DOT, y), (x + _DOT, y + _DOT), (x, y + _DOT)]


class MapFit:
    """From the plane to the sheet; `scale` is in points for a unit of the plane."""

    def __init__(self, shapes: Sequence[BaseGeometry], room: Room) -> None:
        west, south, east, north = shapely.total_bounds(np.array(shapes, dtype=object))
        self.scale = min(room.wide / (east - west), room.high / (north - south))
        self._west, self._north = west, north
        self._left = room.left + (room.wide - (east - west) * self.scale) / 2
        self._top = room.top + (room.high - (north - south) * self.scale) / 2

    def at(self, x: float, y: float) -> Point:
        return (
            self._left + (x - self._west) * self.scale,
            self._top + (self._north - y) * self.scale,
        )

    def moved(self, shape: BaseGeometry) -> BaseGeometry:
        """The shape itself in the points of the sheet."""
        corner = np.array([self._west, self._north])
        base = np.array([self._left, self._top])
        turn = np.array([self.scale, -self.scale])
        return shapely.transform(shape, lambda xy: base + (xy - corner) * turn)

    def rings(self, shape: BaseGeometry) -> Iterator[Step]:
        """The outlines of an area, closed."""
        for part in shapely.get_parts(shape):
            for ring in shapely.get_rings(part):
                points = self._points(ring)
                if len(points) < 3:  # an island too small for the sheet is still on the map
                    points = _dot(*points[0])
                yield ("M", (points[0],))
                yield from (("L", (point,)) for point in points[1:])
                yield ("Z", ())

    def strokes(self, shape: BaseGeometry) -> Iterator[Step]:
        """A line, open."""
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
