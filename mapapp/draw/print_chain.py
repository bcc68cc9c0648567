"""A chain's picture for paper, as large as a room allows: tiers, arrows, links.

Where there is a sheet for it alone, the layout is graphviz's own. On a panel beside other things it
is squeezed, and its links shrink to sign and name where firms would be too small to read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from chains import Chain, Status
from mapapp.draw import sheet
from mapapp.draw.chain_layout import Arrow, Layout, Measures, lay_out
from mapapp.draw.chain_squeeze import least_height, squeezed
from mapapp.draw.palette import (
    ARROW,
    ARROW_HEAD,
    ARROW_MISSING,
    ARROW_MISSING_HEAD,
    ARROW_RETURN,
    BANDS,
    INK_SOFT,
)
from mapapp.draw.print_link import WORD, PrintMark, draw_link, draw_small_link
from mapapp.draw.sheet import Path, Shape, Text, plain

LEAST = 6.0
"""Points: no text on paper is smaller."""
THINNEST, THICKEST = 0.9, 3.4
PRINT = Measures(
    nodes=(92.0, 132.0),
    gaps=(24.0, 100.0),
    font=13.0,
    line=15.0,
    note_font=11.5,
    note_line=13.0,
    head=18.0,
    padding=4.0,
    top=26.0,
    lane=2.5,
    apart=8.0,
    lines=1,
)
SMALL = replace(PRINT, nodes=(112.0, 156.0), gaps=(20.0, 100.0), head=3.5, padding=3.5, sign=34.0)
"""Links that hold sign, name and criticality in one line."""
NARROW = replace(PRINT, nodes=(72.0, 132.0), gaps=(12.0, 100.0), head=17.0, apart=6.0)
"""Links for a page on its short side, their names in several short lines."""
_WIDTHS = (1400.0, 1290.0, 1120.0, 980.0, 860.0)
_PANEL_WIDTHS = (1650.0, 1450.0, 1250.0, 1050.0, 900.0)
_STRETCH = 1.5
"""As far as the rows of a low picture may be drawn apart."""
_LARGEST = 0.95
"""Points for a unit: a small chain is not blown up beyond what a name needs."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """A layout at its scale, in points for a unit. least: its smallest letters, in points."""

    layout: Layout
    measures: Measures
    scale: float

    @property
    def wide(self) -> float:
        return self.layout.width * self.scale

    @property
    def high(self) -> float:
        return self.layout.height * self.scale

    @property
    def is_small(self) -> bool:
        return bool(self.measures.sign)

    @property
    def least(self) -> float:
        return WORD * self.scale

    @property
    def names_firms(self) -> bool:
        return any(box.notes for box in self.layout.boxes)


def fit(
    chain: Chain, marks: Mapping[str, PrintMark], room: tuple[float, float], factor: float
) -> Fitted:
    """The layout that comes out largest; with firms' names as far as they stay legible on paper
    that enlarges it by `factor`."""
    firms = _firms(marks)
    best: tuple[float, Layout, Measures] | None = None
    for lines in (3, 2, 1, 0) if firms else (0,):
        tried = []
        for total in _WIDTHS:
            measures = replace(PRINT, width=total, note_lines=lines)
            layout = lay_out(chain, measures, firms)
            scale = min(room[0] / layout.width, room[1] / layout.height, _LARGEST)
            tried.append((scale, layout, measures))
        best = max(tried, key=lambda item: (round(item[0], 3), item[1].width))
        if best[0] * factor * PRINT.note_font >= LEAST * (1.15 if lines > 2 else 1.02):
            break
    assert best
    scale, layout, measures = best
    return Fitted(_stretched(layout, measures, room[1] / scale), measures, scale)


def fit_panel(
    chain: Chain, marks: Mapping[str, PrintMark], room: tuple[float, float], least: float
) -> Fitted:
    """The richest picture whose letters are no smaller than `least` points in this room: with
    firms, without them, with short lines, with one line; the largest where none is."""
    firms = _firms(marks)
    found = []
    for measures in _styles(bool(firms), any(mark.score for mark in marks.values())):
        fitted = _largest(chain, measures, firms, room)
        if fitted.least >= least:
            return fitted
        found.append(fitted)
    return max(found, key=lambda fitted: fitted.least)


def _largest(
    chain: Chain,
    measures: Measures,
    firms: Mapping[str, tuple[str, ...]],
    room: tuple[float, float],
) -> Fitted:
    """A layout in these measures, squeezed into the room, of the width that enlarges it most."""
    tried = []
    for total in _PANEL_WIDTHS:
        own = replace(measures, width=total)
        layout = lay_out(chain, own, firms)
        lowest = least_height(layout, own.top, own.apart)
        scale = min(room[0] / layout.width, room[1] / lowest, _LARGEST)
        tried.append((scale, layout, own, lowest))
    scale, layout, own, lowest = max(tried, key=lambda item: (round(item[0], 2), item[1].width))
    high = max(lowest, min(room[1] / scale, layout.height * 1.15))
    return Fitted(squeezed(layout, high, own.top, own.apart), own, scale)


def _styles(any_firms: bool, scored: bool) -> list[Measures]:
    """From the richest to the barest."""
    full = [replace(PRINT, note_lines=lines) for lines in ((2, 1, 0) if any_firms else (0,))]
    return [*full, NARROW, SMALL if scored else replace(SMALL, sign=17.0)]


def _firms(marks: Mapping[str, PrintMark]) -> dict[str, tuple[str, ...]]:
    return {name: mark.firms for name, mark in marks.items() if mark.firms}


def draw_ground(fitted: Fitted) -> Iterator[Shape]:
    """The tiers' grounds, which lie beneath everything."""
    scale, height = fitted.scale, fitted.high
    for n, band in enumerate(fitted.layout.bands):
        area = (band.left * scale, 0.0, (band.right - band.left) * scale, height)
        yield Path(sheet.rectangle(*area), fill=BANDS[n % 2])


def draw_picture(chain: Chain, fitted: Fitted, marks: Mapping[str, PrintMark]) -> Iterator[Shape]:
    """Tiers' names, arrows, links, from the back to the front."""
    scale = fitted.scale
    for band in fitted.layout.bands:
        middle = (band.left + band.right) / 2 * scale
        yield Text(middle, 18 * scale, plain(band.tier), 14 * scale, INK_SOFT, "middle", True)
    shares = {(edge.supplier, edge.user): edge.share for edge in chain.edges}
    for arrow in fitted.layout.arrows:
        share = shares.get((arrow.supplier, arrow.user), 0.0)
        yield from _arrow(arrow, share, marks[arrow.supplier].status, scale)
    draw = draw_small_link if fitted.is_small else draw_link
    for box in fitted.layout.boxes:
        yield from draw(box, marks[box.name], fitted.measures, scale)


def _stretched(layout: Layout, measures: Measures, height: float) -> Layout:
    """The rows of a low picture drawn apart. Arrows start and end at the middle of a side, so they
    still meet their links."""
    factor = min(_STRETCH, height / layout.height)
    top = measures.top
    boxes = tuple(replace(box, y=top + (box.y - top) * factor) for box in layout.boxes)
    arrows = tuple(
        replace(arrow, points=tuple((x, top + (y - top) * factor) for x, y in arrow.points))
        for arrow in layout.arrows
    )
    return replace(layout, height=top + (layout.height - top) * factor, boxes=boxes, arrows=arrows)


def _arrow(arrow: Arrow, share: float, status: Status, scale: float) -> Iterator[Shape]:
    lacking = status in (Status.MISSING, Status.PLANNED)
    colour, head = (ARROW_MISSING, ARROW_MISSING_HEAD) if lacking else (ARROW, ARROW_HEAD)
    dash: tuple[float, ...] = ()
    if arrow.back:
        colour, head, dash = ARROW_RETURN, ARROW_RETURN, (5 * scale, 4 * scale)
    points = [(x * scale, y * scale) for x, y in arrow.points]
    thick = min(THICKEST, THINNEST + 6 * share) * scale
    yield Path(sheet.curve(points), None, colour, thick, dash)
    yield Path(sheet.arrowhead(points[-2], points[-1], 7 * scale), fill=head)
