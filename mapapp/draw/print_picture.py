"""A chain on one sheet of paper: title, picture, legend, numbers, sources and dates.

Composed in the points of A4 and enlarged for larger paper, so that every sheet looks the same from
as far away as it is large; only the firms' names get more room where a point of A4 is more.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from chains import Chain, Status
from mapapp.draw import sheet
from mapapp.draw.chain_layout import Arrow, Layout, Measures, lay_out
from mapapp.draw.lettering import elide, fill, width
from mapapp.draw.palette import (
    ARROW,
    ARROW_HEAD,
    ARROW_MISSING,
    ARROW_MISSING_HEAD,
    ARROW_RETURN,
    BANDS,
    FRAMES,
    INK,
    INK_SOFT,
)
from mapapp.draw.print_legend import draw_legend
from mapapp.draw.print_link import PrintMark, draw_link, draw_sign
from mapapp.draw.sheet import Paper, Path, Shape, Sheet, Text, plain

LEAST = 6.0
"""Points: no text on paper is smaller."""
MARGIN = 24.0
TITLE, SCOPE, BODY = 17.0, 7.5, 6.8
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
_WIDTHS = (1400.0, 1290.0, 1120.0, 980.0, 860.0)
_STRETCH = 1.5
"""As far as the rows of a low picture may be drawn apart."""


@dataclass(frozen=True, slots=True)
class Caption:
    """What stands around the picture: the title, what counts as what, sources and dates."""

    title: str
    scope: str
    sources: tuple[str, ...]
    made: str


def draw_sheet(
    chain: Chain, marks: Mapping[str, PrintMark], caption: Caption, paper: Paper, notice: str = ""
) -> Sheet:
    """The sheet of a chain. `notice` is printed where something could not be drawn as it is."""
    wide, high = Paper.A4.size
    found = Sheet(paper, plain(caption.title), plain(caption.scope))
    found.add(*_head(caption, Counter(mark.status for mark in marks.values()), wide))
    foot = list(_foot(caption, notice, wide, high))
    found.add(*foot)
    lit = any(mark.lit for mark in marks.values())
    legend = high - MARGIN - _foot_height(caption, notice, wide) - 22
    top = 72.0
    factor = paper.size[0] / wide
    room = (wide - 2 * MARGIN, legend - 10 - top)
    layout, measures, scale = _fit(chain, marks, room, factor)
    picture = _picture(chain, layout, marks, measures, scale)
    shift = ((wide - layout.width * scale) / 2, top + (room[1] - layout.height * scale) / 2)
    found.add(*(sheet.moved(shape, 1, *shift) for shape in picture))
    statuses = [s for s in Status if s in {mark.status for mark in marks.values()}]
    notes = any(box.notes for box in layout.boxes)
    found.add(
        *draw_legend(statuses, lit, bool(chain.returns), notes, MARGIN, legend, wide - 2 * MARGIN)
    )
    found.shapes = [sheet.moved(shape, factor, 0, 0) for shape in found.shapes]
    return found


def _head(caption: Caption, counts: Counter[Status], wide: float) -> Iterator[Shape]:
    """Title and numbers, then what counts as what, then a rule."""
    right = wide - MARGIN
    size = 10.0
    for status in reversed(Status):
        if not counts[status]:
            continue
        words = f"{status.label} {counts[status]}"
        ink = FRAMES[status.value].ink
        yield Text(right, 40, words, size, ink, "end", bold=True)
        right -= width(words, size) + 7
        yield from draw_sign(status, right + 1, 36.4, 4, ink)
        right -= 14
    yield Text(right, 40, f"{counts.total()} 个环节", size, INK, "end", bold=True)
    room = right - width(f"{counts.total()} 个环节", size) - 16 - MARGIN
    title = plain(caption.title)
    fitting = max(10.0, min(TITLE, TITLE * room / max(1.0, width(title, TITLE))))
    yield Text(MARGIN, 41, elide(title, room, fitting), fitting, INK, bold=True)
    scope = elide(plain(caption.scope), wide - 2 * MARGIN, SCOPE)
    yield Text(MARGIN, 57, scope, SCOPE, INK_SOFT)
    yield Path(sheet.line((MARGIN, 64), (wide - MARGIN, 64)), stroke=INK, width=0.8)


def _foot_lines(caption: Caption, notice: str, wide: float) -> list[tuple[str, str]]:
    """The lines at the foot and their colours."""
    made = width(plain(caption.made), BODY) + 12
    lines = [line for words in caption.sources for line in fill(plain(words), wide, BODY)]
    if lines and width(lines[-1], BODY) > wide - made:
        lines.append("")
    told = [(line, FRAMES["missing"].ink) for line in fill(plain(notice), wide, BODY)]
    return told + [(line, INK_SOFT) for line in lines]


def _foot_height(caption: Caption, notice: str, wide: float) -> float:
    return len(_foot_lines(caption, notice, wide - 2 * MARGIN)) * BODY * 1.4 + 6


def _foot(caption: Caption, notice: str, wide: float, high: float) -> Iterator[Shape]:
    """Sources and dates under a rule; the day it was made at the right end of the last line."""
    lines = _foot_lines(caption, notice, wide - 2 * MARGIN)
    top = high - MARGIN - _foot_height(caption, notice, wide)
    yield Path(sheet.line((MARGIN, top), (wide - MARGIN, top)), stroke=INK_SOFT, width=0.4)
    base = high - MARGIN - (len(lines) - 1) * BODY * 1.4
    for row, (words, colour) in enumerate(lines):
        yield Text(MARGIN, base + row * BODY * 1.4, words, BODY, colour)
    made = plain(caption.made)
    yield Text(wide - MARGIN, high - MARGIN, made, BODY, INK_SOFT, "end")


def _fit(
    chain: Chain, marks: Mapping[str, PrintMark], room: tuple[float, float], factor: float
) -> tuple[Layout, Measures, float]:
    """The layout that comes out largest; with firms' names as far as they stay legible."""
    firms = {name: mark.firms for name, mark in marks.items() if mark.firms}
    best: tuple[float, Layout, Measures] | None = None
    for lines in (3, 2, 1, 0) if firms else (0,):
        tried = []
        for total in _WIDTHS:
            measures = replace(PRINT, width=total, note_lines=lines)
            layout = lay_out(chain, measures, firms)
            tried.append((_scale(layout, room), layout, measures))
        best = max(tried, key=lambda item: (round(item[0], 3), item[1].width))
        if best[0] * factor * PRINT.note_font >= LEAST * (1.15 if lines > 2 else 1.02):
            break
    assert best
    scale, layout, measures = best
    return _stretched(layout, measures, room[1] / scale), measures, scale


def _scale(layout: Layout, room: tuple[float, float]) -> float:
    """Points for a unit; a small chain is not blown up beyond what a name needs."""
    return min(room[0] / layout.width, room[1] / layout.height, 0.95)


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


def _picture(
    chain: Chain,
    layout: Layout,
    marks: Mapping[str, PrintMark],
    measures: Measures,
    scale: float,
) -> Iterator[Shape]:
    """Tiers, arrows, links, from the back to the front."""
    for n, band in enumerate(layout.bands):
        area = (band.left * scale, 0.0, (band.right - band.left) * scale, layout.height * scale)
        yield Path(sheet.rectangle(*area), fill=BANDS[n % 2])
        middle = (band.left + band.right) / 2 * scale
        yield Text(middle, 18 * scale, plain(band.tier), 14 * scale, INK_SOFT, "middle", True)
    shares = {(edge.supplier, edge.user): edge.share for edge in chain.edges}
    for arrow in layout.arrows:
        share = shares.get((arrow.supplier, arrow.user), 0.0)
        yield from _arrow(arrow, share, marks[arrow.supplier].status, scale)
    for box in layout.boxes:
        yield from draw_link(box, marks[box.name], measures, scale)


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
