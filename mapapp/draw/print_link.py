"""One link on a printed chain: frame, sign, word, criticality, name, firms; and the legend's."""

from collections.abc import Iterator
from dataclasses import dataclass

from chains import Status
from mapapp.draw import sheet
from mapapp.draw.chain_layout import Box, Measures
from mapapp.draw.palette import FRAMES, HATCH, HATCH_GROUND, INK, INK_SOFT, Frame
from mapapp.draw.sheet import Path, Shape, Text, plain

WORD = 11.5
"""Size of the status word and the criticality, in units of the layout."""
SCORED = (Status.MISSING, Status.PLANNED, Status.WEAK)


@dataclass(frozen=True, slots=True)
class PrintMark:
    """What a printed link shows. lit: one of the most critical missing ones. firms: active here."""

    status: Status
    criticality: float
    key: bool = False
    lit: bool = False
    firms: tuple[str, ...] = ()


def draw_link(box: Box, mark: PrintMark, measures: Measures, scale: float) -> Iterator[Shape]:
    """A link around the place of its box; `scale` is in points for a unit of the layout."""
    frame = FRAMES[mark.status.value]
    left, top = (box.x - box.width / 2) * scale, (box.y - box.height / 2) * scale
    yield from draw_frame(mark, left, top, box.width * scale, box.height * scale, scale)
    strip = measures.head * scale
    if mark.status is Status.MISSING:
        yield from _strip(mark, frame, left, top, box.width * scale, strip, scale)
    ink = "#ffffff" if mark.lit else frame.ink
    base = top + strip / 2 + WORD * 0.38 * scale
    yield from draw_sign(mark.status, left + 10 * scale, top + strip / 2, 4.6 * scale, ink)
    yield Text(left + 18.5 * scale, base, mark.status.label, WORD * scale, ink, bold=True)
    right = left + box.width * scale
    if mark.status in SCORED:
        edge = right - (16.5 if mark.key else 5) * scale
        score = f"{mark.criticality:.0f}"
        yield Text(edge, base, score, WORD * scale, ink, "end", bold=True)
    if mark.key:
        colour = "#ffffff" if mark.lit else INK
        yield Path(sheet.star(right - 8.5 * scale, top + strip / 2, 6 * scale), fill=colour)
    yield from _names(box, mark, measures, scale)


def draw_frame(
    mark: PrintMark, x: float, y: float, wide: float, high: float, scale: float
) -> Iterator[Shape]:
    """The frame of a status, at the scale of the layout."""
    frame = FRAMES[mark.status.value]
    outline = sheet.rectangle(x, y, wide, high, 4 * scale)
    dash = () if mark.lit else tuple(part * scale for part in frame.dash)
    yield Path(
        outline, frame.ground, frame.edge, frame.width * scale, dash, mark.status is Status.PLANNED
    )


def draw_sign(
    status: Status, x: float, y: float, radius: float, ink: str, ground: str | None = None
) -> Iterator[Shape]:
    """The sign of a status, as on the page: broken, half, dotted, full and thin circle."""
    ring = sheet.circle(x, y, radius)
    thick = radius * 0.33
    match status:
        case Status.MISSING:
            yield Path(ring, ground, ink, thick, (radius * 0.6, radius * 0.4))
        case Status.WEAK:
            yield Path(ring, "#ffffff", ink, thick)
            yield Path(sheet.half_circle(x, y, radius), fill=ink)
        case Status.PLANNED:
            yield Path(ring, "#ffffff", ink, thick, (0.01, radius * 0.52), True)
            yield Path(sheet.circle(x, y, radius * 0.38), fill=ink)
        case Status.PRESENT:
            yield Path(ring, ink, ink, thick)
        case Status.NO_DEMAND:
            yield Path(ring, "#ffffff", ink, thick * 0.7)


def _strip(
    mark: PrintMark, frame: Frame, x: float, y: float, wide: float, high: float, scale: float
) -> Iterator[Shape]:
    """The head of a missing link: hatched, or dark where it is one of the most critical."""
    inner = (x + 2 * scale, y + 2 * scale, wide - 4 * scale, high - 3 * scale)
    if mark.lit:
        yield Path(sheet.rectangle(*inner, 2 * scale), fill=frame.ink)
        return
    yield Path(sheet.rectangle(*inner), fill=HATCH_GROUND)
    # between the words only: a hatched digit is hard to read
    start = x + (22 + len(mark.status.label) * WORD) * scale
    end = x + wide - (36 if mark.key else 23) * scale
    between = (start, inner[1], max(0.0, end - start), inner[3])
    yield Path(sheet.hatching(*between, 6 * scale), stroke=HATCH, width=1.6 * scale)


def _names(box: Box, mark: PrintMark, measures: Measures, scale: float) -> Iterator[Shape]:
    """The name in the middle of what the head leaves, the firms under it."""
    name = measures.line * len(box.lines)
    room = box.height - measures.head - measures.padding - measures.note_line * len(box.notes)
    top = box.y - box.height / 2 + measures.head + (room - name) / 2
    colour = {Status.MISSING: "#6e1c0b", Status.NO_DEMAND: INK_SOFT}.get(mark.status, INK)
    for row, words in enumerate(box.lines):
        y = (top + row * measures.line + measures.font * 0.94) * scale
        yield Text(box.x * scale, y, plain(words), measures.font * scale, colour, "middle", True)
    below = top + name
    for row, words in enumerate(box.notes):
        y = (below + row * measures.note_line + measures.note_font * 0.94) * scale
        yield Text(box.x * scale, y, plain(words), measures.note_font * scale, INK_SOFT, "middle")
