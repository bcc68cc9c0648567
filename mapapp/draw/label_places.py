"""Where names stand on a small map: in their own area where they fit, else beside it on a line."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from mapapp.draw.room import Room
from mapapp.draw.sheet import Point

_TURNS = 24
_STEP = 3.0
_FARTHEST = 42
"""Steps away from its point at which a name is still sought."""
_LINE = 14.0
_RIM = 2.0
"""Points around a name that are kept free of signs as well."""
_NEAR = 4.0
"""As close to its area a name needs no line."""
_COVERS, _LEAVES, _AWAY = 9.0, 34.0, 0.5
"""What a line to the name costs; each sign under it; leaving its area; a point of distance."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A name to be placed: its point, its size, and the area that it belongs to, in points of the
    sheet. outside: rather beside its area than in it."""

    at: Point
    wide: float
    high: float
    area: BaseGeometry
    outside: bool = False


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a name stands; `line` leads from its point to it where it is away from its area."""

    room: Room
    line: tuple[Point, Point] | None


def place_labels(
    wanted: Sequence[Wanted], signs: Sequence[Point], room: Room, taken: Sequence[Room] = ()
) -> list[Placed | None]:
    """A place for each name, the largest areas first; None where the room holds no more.

    No name meets another or what is taken; as few signs as may be lie under one.
    """
    order = sorted(range(len(wanted)), key=lambda n: (wanted[n].outside, -wanted[n].area.area, n))
    found: list[Placed | None] = [None] * len(wanted)
    full = list(taken)
    points = np.array(signs, dtype=float).reshape(-1, 2)
    for n in order:
        if best := _best(wanted[n], points, room, full):
            found[n] = best
            full.append(best.room)
            if best.line:
                full.append(_thin(best.line))
    return found


def _best(
    wanted: Wanted, signs: NDArray[np.float64], room: Room, full: Sequence[Room]
) -> Placed | None:
    best: tuple[float, Placed] | None = None
    shapely.prepare(wanted.area)
    for away, x, y in _around(*wanted.at):
        if best and away * _AWAY > best[0]:
            break
        box = Room(x - wanted.wide / 2, y - wanted.high / 2, wanted.wide, wanted.high)
        if not room.holds(box) or any(box.meets(other) for other in full):
            continue
        inside = _part_inside(box, wanted.area)
        cost = away * _AWAY + _COVERS * _under(box, signs)
        line = None
        if wanted.outside:
            line = _line(wanted.area, box, wanted.at)
            cost += (_LINE if line else 0.0) + _LEAVES * inside
        elif inside < 0.45:
            if _within(box, wanted.at):
                continue
            line = (wanted.at, _edge(box, wanted.at))
            cost += _LINE
        else:
            cost += _LEAVES * (1 - inside)
        if best is None or cost < best[0]:
            best = cost, Placed(box, line)
    return best[1] if best else None


def _around(x: float, y: float) -> Iterator[tuple[float, float, float]]:
    """The point itself, then rings around it: distance, x, y."""
    yield 0.0, x, y
    for step in range(1, _FARTHEST):
        for turn in range(_TURNS):
            angle = 2 * math.pi * turn / _TURNS
            away = step * _STEP
            yield away, x + away * math.cos(angle), y + away * math.sin(angle)


def _part_inside(box: Room, area: BaseGeometry) -> float:
    shape = shapely.box(box.left, box.top, box.right, box.low)
    if area.contains_properly(shape):
        return 1.0
    return float(area.intersection(shape).area / shape.area)


def _under(box: Room, signs: NDArray[np.float64]) -> int:
    x, y = signs[:, 0], signs[:, 1]
    beside = (x > box.left - _RIM) & (x < box.right + _RIM)
    return int((beside & (y > box.top - _RIM) & (y < box.low + _RIM)).sum())


def _within(box: Room, at: Point) -> bool:
    return box.left - 3 < at[0] < box.right + 3 and box.top - 3 < at[1] < box.low + 3


def _edge(box: Room, at: Point) -> Point:
    """The point of a box's border nearest to another."""
    return min(max(at[0], box.left), box.right), min(max(at[1], box.top), box.low)


def _line(area: BaseGeometry, box: Room, at: Point) -> tuple[Point, Point] | None:
    """From an area's border to a name beside it; none where the name is near enough."""
    shape = shapely.box(box.left, box.top, box.right, box.low)
    if area.distance(shape) < _NEAR:
        return None
    toward = shapely.LineString([at, _edge(box, at)]).intersection(area.boundary)
    start = shapely.get_coordinates(toward)
    return ((float(start[0][0]), float(start[0][1])) if len(start) else at, _edge(box, at))


def _thin(line: tuple[Point, Point]) -> Room:
    """The middle of a line, so that no other name lies across it."""
    (x0, y0), (x1, y1) = line
    x, y = (x0 + x1) / 2, (y0 + y1) / 2
    return Room(x - 1, y - 1, 2, 2)
