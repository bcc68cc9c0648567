"""A chain's layout made lower than graphviz drew it: each column closes its gaps by itself.

dot leaves rows of room for arrows that pass between links. Where a picture has to be low, that room
goes first; the order in each column, and every arrow's way between the links, stay as they were.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from mapapp.draw.chain_layout import Box, Layout

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Column:
    """A column of links: where it stands, and its heights before and after."""

    left: float
    right: float
    before: Numbers
    after: Numbers

    def height(self, y: float) -> float:
        return float(np.interp(y, self.before, self.after))


def least_height(layout: Layout, top: float, apart: float) -> float:
    """As low as the layout can be made: the highest column, its links `apart` from each other."""
    return top + max(sum(box.height + apart for box in column) for column in _columns(layout))


def squeezed(layout: Layout, height: float, top: float, apart: float) -> Layout:
    """The layout in a height that is no less than `least_height`; `top` stays above its links."""
    columns = [_squeeze(column, layout.height, height, top, apart) for column in _columns(layout)]
    boxes = tuple(replace(box, y=_height(columns, box.x, box.y)) for box in layout.boxes)
    arrows = tuple(
        replace(arrow, points=tuple((x, _height(columns, x, y)) for x, y in arrow.points))
        for arrow in layout.arrows
    )
    return replace(layout, height=height, boxes=boxes, arrows=arrows)


def _columns(layout: Layout) -> list[list[Box]]:
    """The links by column, from left to right, each from the top down."""
    found: dict[float, list[Box]] = {}
    for box in sorted(layout.boxes, key=lambda box: (box.x, box.y)):
        found.setdefault(box.x, []).append(box)
    return list(found.values())


def _squeeze(
    boxes: Sequence[Box], before: float, after: float, top: float, apart: float
) -> _Column:
    """Each link as near as may be to where it would be on a picture merely made lower."""
    factor = (after - top) / (before - top)
    places = [top + (box.y - top) * factor for box in boxes]
    edge = top
    for n, box in enumerate(boxes):
        places[n] = max(places[n], edge + (box.height + apart) / 2)
        edge = places[n] + (box.height + apart) / 2
    edge = after
    for n in range(len(boxes) - 1, -1, -1):
        places[n] = min(places[n], edge - (boxes[n].height + apart) / 2)
        edge = places[n] - (boxes[n].height + apart) / 2
    knots: list[tuple[float, float]] = [(top, top)]
    for box, place in zip(boxes, places, strict=True):
        half = box.height / 2
        knots += [(box.y - half, place - half), (box.y, place), (box.y + half, place + half)]
    knots.append((before, after))
    first = boxes[0]
    return _Column(
        first.x - first.width / 2,
        first.x + first.width / 2,
        np.array([knot[0] for knot in knots]),
        np.array([knot[1] for knot in knots]),
    )


def _height(columns: Sequence[_Column], x: float, y: float) -> float:
    """Where a point comes to stand: as its column says, between two columns by its way there."""
    for n, column in enumerate(columns):
        if x <= column.right:
            if x >= column.left or n == 0:
                return column.height(y)
            before = columns[n - 1]
            part = (x - before.right) / (column.left - before.right)
            return before.height(y) * (1 - part) + column.height(y) * part
    return columns[-1].height(y)
