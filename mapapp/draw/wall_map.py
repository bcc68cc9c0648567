"""A county map for a large screen: one path for each county, to be filled by the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from shapely.geometry.base import BaseGeometry

from mapapp.draw.lettering import width
from mapapp.draw.map_fit import MapFit
from mapapp.draw.room import Room
from mapapp.draw.sheet import Point

WIDE, HIGH = 560.0, 480.0
"""The drawing's own units; the page scales it."""
SIZE = 24.0
"""Of the letters, in these units."""
_MARGIN = 6.0
_ROOM = " 000"
"""What stands beside a name."""
_TURNS = 200
"""As often names that cover each other are moved apart; a crowd may still overlap a little."""


@dataclass(frozen=True, slots=True)
class County:
    """A county in the plane (any unit, north up), its name, and where that should stand."""

    name: str
    shape: BaseGeometry
    label: Point


@dataclass(frozen=True, slots=True)
class CountyPath:
    """A county as the `d` of an SVG path, and the middle of its name, in the drawing's units."""

    name: str
    d: str
    x: float
    y: float


def draw_wall_map(counties: Sequence[County]) -> tuple[CountyPath, ...]:
    """The counties as large as WIDE × HIGH allows, in their order, no name on another."""
    room = Room(_MARGIN, _MARGIN, WIDE - 2 * _MARGIN, HIGH - 2 * _MARGIN)
    fit = MapFit([county.shape for county in counties], room)
    places = apart(
        [fit.at(*county.label) for county in counties],
        [width(county.name + _ROOM, SIZE) for county in counties],
        SIZE * 1.15,
    )
    return tuple(
        CountyPath(county.name, _d(fit, county.shape), round(x, 1), round(y, 1))
        for county, (x, y) in zip(counties, places, strict=True)
    )


def apart(middles: Sequence[Point], widths: Sequence[float], height: float) -> list[Point]:
    """The middles of boxes, moved until none covers another, the shorter way each time."""
    found = [list(middle) for middle in middles]
    for _ in range(_TURNS):
        moved = False
        for one, other in combinations(range(len(found)), 2):
            gaps = [
                (widths[one] + widths[other]) / 2 - abs(found[one][0] - found[other][0]),
                height - abs(found[one][1] - found[other][1]),
            ]
            if min(gaps) <= 0.05:
                continue
            moved, axis = True, int(gaps[1] < gaps[0])
            way = 1 if found[one][axis] <= found[other][axis] else -1
            found[one][axis] -= way * gaps[axis] / 2
            found[other][axis] += way * gaps[axis] / 2
        if not moved:
            break
    return [(x, y) for x, y in found]


def _d(fit: MapFit, shape: BaseGeometry) -> str:
    return "".join(
        letter + " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        for letter, points in fit.rings(shape)
    )
