"""A chain on one sheet of paper: title, picture, legend, numbers, sources and dates.

Composed in the points of A4 and enlarged for larger paper, so that every sheet looks the same from
as far away as it is large; only the firms' names get more room where a point of A4 is more.
"""

from collections import Counter
from collections.abc import Mapping

from chains import Chain, Status
from mapapp.draw import sheet
from mapapp.draw.print_chain import LEAST, draw_ground, draw_picture, fit
from mapapp.draw.print_legend import draw_legend
from mapapp.draw.print_link import PrintMark
from mapapp.draw.sheet import Paper, Sheet, plain
from mapapp.draw.sheet_frame import (
    MARGIN,
    Caption,
    HeadNumber,
    draw_foot,
    draw_head,
    foot_room,
)

__all__ = ["LEAST", "Caption", "draw_sheet", "status_numbers"]


def draw_sheet(
    chain: Chain, marks: Mapping[str, PrintMark], caption: Caption, paper: Paper, notice: str = ""
) -> Sheet:
    """The sheet of a chain. `notice` is printed where something could not be drawn as it is."""
    wide, high = Paper.A4.size
    found = Sheet(paper, plain(caption.title), plain(caption.scope))
    found.add(*draw_head(caption, status_numbers(marks), wide))
    found.add(*draw_foot(caption, notice, wide, high))
    lit = any(mark.lit for mark in marks.values())
    legend = foot_room(caption, notice, wide, high).top - 22
    top = 72.0
    factor = paper.size[0] / wide
    room = (wide - 2 * MARGIN, legend - 10 - top)
    fitted = fit(chain, marks, room, factor)
    picture = [*draw_ground(fitted), *draw_picture(chain, fitted, marks)]
    shift = ((wide - fitted.wide) / 2, top + (room[1] - fitted.high) / 2)
    found.add(*(sheet.moved(shape, 1, *shift) for shape in picture))
    statuses = [s for s in Status if s in {mark.status for mark in marks.values()}]
    firms = fitted.names_firms
    found.add(
        *draw_legend(statuses, lit, bool(chain.returns), firms, MARGIN, legend, wide - 2 * MARGIN)
    )
    found.shapes = [sheet.moved(shape, factor, 0, 0) for shape in found.shapes]
    return found


def status_numbers(marks: Mapping[str, PrintMark]) -> list[HeadNumber]:
    """How many links there are, and how many of each status."""
    counts = Counter(mark.status for mark in marks.values())
    found = [HeadNumber(f"{counts.total()} 个环节")]
    return found + [
        HeadNumber(f"{status.label} {counts[status]}", status)
        for status in Status
        if counts[status]
    ]
