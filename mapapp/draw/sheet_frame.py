"""What stands around every printed picture: title and numbers above, sources and date below."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from chains import Status
from mapapp.draw import sheet
from mapapp.draw.lettering import elide, fill, width
from mapapp.draw.palette import FRAMES, INK, INK_SOFT
from mapapp.draw.print_link import draw_sign
from mapapp.draw.room import Room
from mapapp.draw.sheet import Path, Shape, Text, plain

MARGIN = 24.0
TITLE, SCOPE, BODY = 17.0, 7.5, 6.8
_NUMBER = 10.0
_LEADING = 1.4
_TITLE_LINE, _FIRST_SCOPE = 41.0, 57.0


@dataclass(frozen=True, slots=True)
class Caption:
    """What stands around the picture: the title, what counts as what, sources and dates."""

    title: str
    scope: str
    sources: tuple[str, ...]
    made: str


@dataclass(frozen=True, slots=True)
class HeadNumber:
    """A number beside the title: 缺环 15, with the sign of its status where it has one."""

    words: str
    status: Status | None = None


def head_room(caption: Caption, wide: float, lines: int = 1) -> Room:
    """The head of a sheet, its rule at the lower edge; lines: as many as the scope may take."""
    taken = len(_scope(caption, wide, lines))
    return Room(0, 0, wide, _FIRST_SCOPE + 7 + (taken - 1) * SCOPE * _LEADING)


def draw_head(
    caption: Caption, numbers: Sequence[HeadNumber], wide: float, lines: int = 1
) -> Iterator[Shape]:
    """Title and numbers, then what counts as what, then a rule."""
    right = wide - MARGIN
    for number in reversed(numbers):
        ink = FRAMES[number.status.value].ink if number.status else INK
        words = plain(number.words)
        yield Text(right, _TITLE_LINE - 1, words, _NUMBER, ink, "end", bold=True)
        right -= width(words, _NUMBER) * 0.94 + 9
        if number.status:
            yield from draw_sign(number.status, right + 3, _TITLE_LINE - 4.6, 4, ink)
            right -= 12
    room = right - 2 - MARGIN
    title = plain(caption.title)
    fitting = max(10.0, min(TITLE, TITLE * room / max(1.0, width(title, TITLE))))
    yield Text(MARGIN, _TITLE_LINE, elide(title, room, fitting), fitting, INK, bold=True)
    for n, line in enumerate(_scope(caption, wide, lines)):
        yield Text(MARGIN, _FIRST_SCOPE + n * SCOPE * _LEADING, line, SCOPE, INK_SOFT)
    low = head_room(caption, wide, lines).low
    yield Path(sheet.line((MARGIN, low), (wide - MARGIN, low)), stroke=INK, width=0.8)


def _scope(caption: Caption, wide: float, lines: int) -> list[str]:
    """The scope in its lines, the last one cut where it does not fit."""
    room, text = wide - 2 * MARGIN, plain(caption.scope)
    found = fill(text, room, SCOPE) or [""]
    if len(found) <= lines:
        return found
    kept = found[: lines - 1]
    return [*kept, elide(text[len("".join(kept)) :], room, SCOPE)]


def foot_room(caption: Caption, notice: str, wide: float, high: float) -> Room:
    """The foot of a sheet, its rule at the upper edge."""
    taken = len(_foot_lines(caption, notice, wide - 2 * MARGIN)) * BODY * _LEADING + 6
    return Room(0, high - MARGIN - taken, wide, taken + MARGIN)


def draw_foot(caption: Caption, notice: str, wide: float, high: float) -> Iterator[Shape]:
    """Sources and dates under a rule; the day it was made at the right end of the last line."""
    lines = _foot_lines(caption, notice, wide - 2 * MARGIN)
    top = foot_room(caption, notice, wide, high).top
    yield Path(sheet.line((MARGIN, top), (wide - MARGIN, top)), stroke=INK_SOFT, width=0.4)
    base = high - MARGIN - (len(lines) - 1) * BODY * _LEADING
    for row, (words, colour) in enumerate(lines):
        yield Text(MARGIN, base + row * BODY * _LEADING, words, BODY, colour)
    made = plain(caption.made)
    yield Text(wide - MARGIN, high - MARGIN, made, BODY, INK_SOFT, "end")


def _foot_lines(caption: Caption, notice: str, wide: float) -> list[tuple[str, str]]:
    """The lines at the foot and their colours."""
    made = width(plain(caption.made), BODY) + 12
    lines = [line for words in caption.sources for line in fill(plain(words), wide, BODY)]
    if lines and width(lines[-1], BODY) > wide - made:
        lines.append("")
    told = [(line, FRAMES["missing"].ink) for line in fill(plain(notice), wide, BODY)]
    return told + [(line, INK_SOFT) for line in lines]
