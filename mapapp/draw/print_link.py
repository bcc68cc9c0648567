"""One link on a printed chain: frame, sign, word, criticality, name, firms; and the legend's."""

from collections.abc import Iterator
from dataclasses import dataclass

from chains import Status
from mapapp.draw import sheet
from mapapp.draw.chain_layout import Box, Measures
from mapapp.draw.lettering import NARROW, width
from mapapp.draw.palette import FRAMES, HATCH, HATCH_GROUND, INK, INK_SOFT
from mapapp.draw.sheet import Path, Shape, Text, plain

WORD = 11.5
"""Size of the status word and the criticality, in units of the layout."""
SCORED = (Status.MISSING, Status.PLANNED, Status.WEAK)
_NAMES = {Status.MISSING: "#6e1c0b", Status.NO_DEMAND: INK_SOFT}
"""Colours of names that are not in ink."""


@dataclass(frozen=True, slots=True)
class PrintMark:
    """What a printed link shows. lit: one of the most critical missing ones. firms: active here.

    criticality is None where the sheet tells no scores; chosen: the one that was asked for.
    """

    status: Status
    criticality: float | None
    key: bool = False
    lit: bool = False
    firms: tuple[str, ...] = ()
    chosen: bool = False

    @property
    def score(self) -> str:
        """The criticality as it is printed; nothing where there is none to tell."""
        if self.status not in SCORED or self.criticality is None:
            return ""
        return f"{self.criticality:.0f}"


def draw_link(box: Box, mark: PrintMark, measures: Measures, scale: float) -> Iterator[Shape]:
    """A link around the place of its box; `scale` is in points for a unit of the layout."""
    ink = FRAMES[mark.status.value].ink
    left, top = (box.x - box.width / 2) * scale, (box.y - box.height / 2) * scale
    yield from draw_frame(mark, left, top, box.width * scale, box.height * scale, scale)
    strip = measures.head * scale
    if mark.status is Status.MISSING:
        yield from _strip(box, mark, strip, scale)
    ink = "#ffffff" if mark.lit else ink
    base = top + strip / 2 + WORD * 0.38 * scale
    yield from draw_sign(mark.status, left + 10 * scale, top + strip / 2, 4.6 * scale, ink)
    if word := _word(box, mark):
        yield Text(left + 18.5 * scale, base, word, WORD * scale, ink, bold=True)
    right = left + box.width * scale
    if mark.score:
        edge = right - (16.5 if mark.key else 5) * scale
        yield Text(edge, base, mark.score, WORD * scale, ink, "end", bold=True)
    if mark.key:
        colour = "#ffffff" if mark.lit else INK
        yield Path(sheet.star(right - 8.5 * scale, top + strip / 2, 6 * scale), fill=colour)
    yield from _names(box, mark, measures, scale)


def draw_small_link(box: Box, mark: PrintMark, measures: Measures, scale: float) -> Iterator[Shape]:
    """A link of sign, name and criticality side by side, for a picture that has to be low."""
    frame = FRAMES[mark.status.value]
    left, top = (box.x - box.width / 2) * scale, (box.y - box.height / 2) * scale
    wide, high = box.width * scale, box.height * scale
    yield from draw_frame(mark, left, top, wide, high, scale)
    if mark.lit:
        inner = (left + 2 * scale, top + 2 * scale, wide - 4 * scale, high - 4 * scale)
        yield Path(sheet.rectangle(*inner, 2 * scale), fill=frame.ink)
    ink = "#ffffff" if mark.lit else frame.ink
    colour = "#ffffff" if mark.lit else _NAMES.get(mark.status, INK)
    yield from draw_sign(mark.status, left + 10 * scale, box.y * scale, 4.6 * scale, ink)
    first = box.y - measures.line * len(box.lines) / 2
    start = left + (measures.padding + 14) * scale
    end = left + wide - (measures.padding + measures.sign - 14) * scale
    for row, words in enumerate(box.lines):
        y = (first + row * measures.line + measures.font * 0.94) * scale
        yield Text(
            (start + end) / 2, y, plain(words), measures.font * scale, colour, "middle", True
        )
    if mark.score:
        base = (box.y + WORD * 0.36) * scale
        yield Text(left + wide - 4 * scale, base, mark.score, WORD * scale, ink, "end", True)
    if mark.key:
        yield Path(sheet.star(left + wide - 3 * scale, top, 5.5 * scale), INK, "#ffffff", scale)


def draw_frame(
    mark: PrintMark, x: float, y: float, wide: float, high: float, scale: float
) -> Iterator[Shape]:
    """The frame of a status, at the scale of the layout."""
    frame = FRAMES[mark.status.value]
    if mark.chosen:
        around = (x - 3 * scale, y - 3 * scale, wide + 6 * scale, high + 6 * scale)
        yield Path(sheet.rectangle(*around, 6 * scale), "#ffffff", INK, 1.8 * scale)
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


def _word(box: Box, mark: PrintMark) -> str:
    """The status in words, where a narrow link has room for them; its sign says the same."""
    beside = (WORD * NARROW * len(mark.score) if mark.score else 0.0) + (16.5 if mark.key else 5)
    room = box.width - 18.5 - 4 - beside
    return mark.status.label if width(mark.status.label, WORD) <= room else ""


def _strip(box: Box, mark: PrintMark, high: float, scale: float) -> Iterator[Shape]:
    """The head of a missing link: hatched, or dark where it is one of the most critical."""
    x, y = (box.x - box.width / 2) * scale, (box.y - box.height / 2) * scale
    wide = box.width * scale
    inner = (x + 2 * scale, y + 2 * scale, wide - 4 * scale, high - 3 * scale)
    if mark.lit:
        yield Path(sheet.rectangle(*inner, 2 * scale), fill=FRAMES[mark.status.value].ink)
        return
    yield Path(sheet.rectangle(*inner), fill=HATCH_GROUND)
    # between the words only: a hatched digit is hard to read
    start = x + (22 + len(_word(box, mark)) * WORD) * scale
    end = x + wide - (36 if mark.key else 23) * scale
    between = (start, inner[1], max(0.0, end - start), inner[3])
    yield Path(sheet.hatching(*between, 6 * scale), stroke=HATCH, width=1.6 * scale)


def _names(box: Box, mark: PrintMark, measures: Measures, scale: float) -> Iterator[Shape]:
    """The name in the middle of what the head leaves, the firms under it."""
    name = measures.line * len(box.lines)
    room = box.height - measures.head - measures.padding - measures.note_line * len(box.notes)
    top = box.y - box.height / 2 + measures.head + (room - name) / 2
    colour = _NAMES.get(mark.status, INK)
    for row, words in enumerate(box.lines):
        y = (top + row * measures.line + measures.font * 0.94) * scale
        yield Text(box.x * scale, y, plain(words), measures.font * scale, colour, "middle", True)
    below = top + name
    for row, words in enumerate(box.notes):
        y = (below + row * measures.note_line + measures.note_font * 0.94) * scale
        yield Text(box.x * scale, y, plain(words), measures.note_font * scale, INK_SOFT, "middle")
