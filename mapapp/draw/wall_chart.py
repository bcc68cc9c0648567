"""挂图: the city's map, its most critical gaps and a chain, or all of them, on one sheet.

Composed in the points of A4 and enlarged, as the printed chain is. The chain takes the lower part,
as high as its letters ask; map and table share the upper part side by side.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from chains import Chain, Status
from mapapp.draw import sheet
from mapapp.draw.chain_strip import StripRow, draw_strip
from mapapp.draw.city_map import CityMap, draw_city_map, map_width
from mapapp.draw.city_map_legend import WIDE as LEGEND
from mapapp.draw.gap_table import GapGroup, draw_gap_table
from mapapp.draw.lettering import elide, width
from mapapp.draw.palette import INK, INK_SOFT
from mapapp.draw.print_chain import Fitted, draw_ground, draw_picture, fit_panel
from mapapp.draw.print_legend import HIGH as KEY
from mapapp.draw.print_legend import draw_legend
from mapapp.draw.print_link import PrintMark
from mapapp.draw.room import Room
from mapapp.draw.sheet import Paper, Path, Shape, Sheet, Text, plain
from mapapp.draw.sheet_frame import (
    MARGIN,
    Caption,
    HeadNumber,
    draw_foot,
    draw_head,
    foot_room,
    head_room,
)

SMALLEST = {Paper.A4: 6.0, Paper.A3: 6.6, Paper.A1: 11.5}
"""Points that the letters of a chain's links keep on each paper, firms' names given up first."""
UPPER_LEAST, CHAIN_LEAST = 212.0, 120.0
"""Heights that map and table, and the chain, keep in any case."""
_TITLE, _TITLE_SIZE = 15.0, 9.2
_GAP, _BETWEEN = 9.0, 16.0
_WATERMARK = "#e6e9ec"


@dataclass(frozen=True, slots=True)
class ChartTable:
    """The gaps: what the panel is called, what it says where there are none."""

    title: str
    remark: str
    groups: Sequence[GapGroup]
    scored: bool
    empty: str


@dataclass(frozen=True, slots=True)
class ChartChain:
    """The chain's panel: one chain with its marks, or a row for each chain."""

    title: str
    remark: str
    chain: Chain | None = None
    marks: Mapping[str, PrintMark] | None = None
    rows: Sequence[StripRow] = ()


@dataclass(frozen=True, slots=True)
class WallChart:
    """What stands on the sheet. watermark and notice are empty where there is none."""

    caption: Caption
    numbers: Sequence[HeadNumber]
    map_title: str
    map_remark: str
    map: CityMap
    table: ChartTable
    chain: ChartChain
    watermark: str = ""
    notice: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """Where the parts stand, in the points of A4; fitted is the chain's picture."""

    head: Room
    map: Room
    table: Room
    chain: Room
    foot: Room
    fitted: Fitted | None

    @property
    def panels(self) -> tuple[Room, ...]:
        return self.head, self.map, self.table, self.chain, self.foot


def plan_wall_chart(wall: WallChart, paper: Paper) -> Plan:
    """The parts of a sheet, none of them over another."""
    wide, high = Paper.A4.size
    head = head_room(wall.caption, wide, lines=2)
    foot = foot_room(wall.caption, wall.notice, wide, high)
    top, low, across = head.low + _GAP, foot.top - _GAP, wide - 2 * MARGIN
    most = low - top - _GAP - UPPER_LEAST
    fitted = None
    if wall.chain.chain and wall.chain.marks:
        room = across, most - _TITLE - KEY - 6
        least = SMALLEST[paper] / (paper.size[0] / wide)
        fitted = fit_panel(wall.chain.chain, wall.chain.marks, room, least)
        taken = max(CHAIN_LEAST, fitted.high + _TITLE + KEY + 6)
    else:
        taken = min(most, _TITLE + 12 + 19.0 * max(1, len(wall.chain.rows)))
    upper = low - taken - _GAP - top
    drawn = map_width(wall.map, upper - _TITLE, 150.0, across * 0.38) + 8 + LEGEND
    return Plan(
        head,
        Room(MARGIN, top, drawn, upper),
        Room(MARGIN + drawn + _BETWEEN, top, across - drawn - _BETWEEN, upper),
        Room(MARGIN, low - taken, across, taken),
        foot,
        fitted,
    )


def draw_wall_chart(wall: WallChart, paper: Paper) -> Sheet:
    """The sheet on a paper lying on its long side."""
    wide, high = Paper.A4.size
    plan = plan_wall_chart(wall, paper)
    factor = paper.size[0] / wide
    found = Sheet(paper, plain(wall.caption.title), plain(wall.caption.scope))
    grounds, picture = _chain(wall.chain, plan)
    found.add(*grounds, *_watermark(wall.watermark, wide, high))
    found.add(*draw_head(wall.caption, wall.numbers, wide, lines=2))
    found.add(*draw_foot(wall.caption, wall.notice, wide, high))
    found.add(*_title(wall.map_title, wall.map_remark, plan.map))
    found.add(*draw_city_map(wall.map, plan.map.below(_TITLE), factor))
    found.add(*_title(wall.table.title, wall.table.remark, plan.table))
    table = wall.table
    found.add(
        *draw_gap_table(table.groups, plan.table.below(_TITLE - 3), table.scored, table.empty)
    )
    found.add(*_title(wall.chain.title, wall.chain.remark, plan.chain), *picture)
    found.shapes = [sheet.moved(shape, factor, 0, 0) for shape in found.shapes]
    return found


def _title(title: str, remark: str, panel: Room) -> Iterator[Shape]:
    """A panel's name, and beside it in small letters what it shows."""
    base = panel.top + _TITLE_SIZE * 0.88
    bar = sheet.rectangle(panel.left, panel.top + 0.8, 2.4, _TITLE_SIZE * 0.95)
    yield Path(bar, fill=INK)
    words = elide(plain(title), panel.wide - 8, _TITLE_SIZE)
    yield Text(panel.left + 6, base, words, _TITLE_SIZE, INK, bold=True)
    left = panel.left + 6 + width(words, _TITLE_SIZE) + 6
    if remark and panel.right - left > 40:
        said = elide(plain(remark), panel.right - left, 6.6)
        yield Text(left, base, said, 6.6, INK_SOFT)


def _chain(chain: ChartChain, plan: Plan) -> tuple[list[Shape], list[Shape]]:
    """The chain's grounds, and what stands on them."""
    inner = plan.chain.below(_TITLE)
    if not (plan.fitted and chain.chain and chain.marks):
        return [], list(draw_strip(chain.rows, inner))
    fitted = plan.fitted
    room = Room(inner.left, inner.top, inner.wide, inner.high - KEY - 6)
    shift = (
        room.left + (room.wide - fitted.wide) / 2,
        room.top + max(0.0, (room.high - fitted.high) / 2),
    )
    grounds = [sheet.moved(shape, 1, *shift) for shape in draw_ground(fitted)]
    picture = draw_picture(chain.chain, fitted, chain.marks)
    shapes = [sheet.moved(shape, 1, *shift) for shape in picture]
    statuses = [s for s in Status if s in {mark.status for mark in chain.marks.values()}]
    lit = any(mark.lit for mark in chain.marks.values())
    scored = any(mark.score for mark in chain.marks.values())
    returns, firms = bool(chain.chain.returns), fitted.names_firms
    legend = plan.chain.low - KEY
    shapes += draw_legend(
        statuses, lit, returns, firms, room.left, legend, room.wide, scored=scored
    )
    return grounds, shapes


def _watermark(text: str, wide: float, high: float) -> Iterator[Shape]:
    """Pale and slanting, in a pattern that no cutting removes."""
    if not text:
        return
    words = plain(text)
    for row in range(4):
        for column in range(3):
            x = wide * (0.2 + 0.3 * column) + (row % 2) * wide * 0.08 - wide * 0.02
            y = high * (0.2 + 0.22 * row)
            yield Text(x, y, words, 11, _WATERMARK, "middle", angle=24)
