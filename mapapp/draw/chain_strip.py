"""All chains on one panel: a sign for every link, so that what is whole and what lacks is seen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from chains import Status
from mapapp.draw import sheet
from mapapp.draw.lettering import elide
from mapapp.draw.palette import FRAMES, INK, INK_SOFT
from mapapp.draw.print_link import draw_sign
from mapapp.draw.room import Room
from mapapp.draw.sheet import Path, Shape, Text, plain

SIZE, SMALL = 7.2, 6.4
ORDER = (Status.PRESENT, Status.PLANNED, Status.WEAK, Status.MISSING, Status.NO_DEMAND)
LEAST, MOST = 11.5, 20.0
"""Height of a row."""
_NAME, _PROJECTS, _COUNT, _HEAD = 112.0, 40.0, 27.0, 12.0
_PITCH = 6.4


@dataclass(frozen=True, slots=True)
class StripRow:
    """A chain: the colour of its projects on the map, how many there are, how many links have each
    status, and its most critical missing links."""

    name: str
    colour: str
    projects: int
    counts: Mapping[Status, int]
    missing: Sequence[str]


def rows_in(high: float) -> int:
    """How many chains stand in that height."""
    return int((high - _HEAD) // LEAST)


def draw_strip(rows: Sequence[StripRow], room: Room) -> Iterator[Shape]:
    """The chains from the top down; how many more there are where the room does not hold all."""
    most = rows_in(room.high)
    shown = rows if len(rows) <= most else rows[: most - 1]
    step = min(MOST, (room.high - _HEAD) / max(1, len(shown) + (len(rows) > len(shown))))
    longest = max((sum(row.counts.values()) for row in shown), default=1)
    signs = room.left + _NAME + _PROJECTS + 14
    counts = signs + min(_PITCH, 300 / max(1, longest)) * longest + 12
    yield from _head(room, signs, counts)
    y = room.top + _HEAD
    for row in shown:
        base = y + step / 2 + SIZE * 0.36
        yield Path(sheet.circle(room.left + 3, base - 2.6, 2.6), fill=row.colour)
        name = elide(plain(row.name), _NAME - 12, SIZE)
        yield Text(room.left + 10, base, name, SIZE, INK, bold=True)
        yield Text(room.left + _NAME + 28, base, str(row.projects), SIZE, INK, "end")
        yield from _signs(row, signs, base, min(_PITCH, 300 / max(1, longest)))
        yield from _counts(row, counts, base)
        left = counts + _COUNT * len(ORDER) + 8
        words = elide("、".join(map(plain, row.missing)) or "—", room.right - left, SMALL)
        yield Text(left, base, words, SMALL, INK if row.missing else INK_SOFT)
        y += step
        under = sheet.line((room.left, y), (room.right, y))
        yield Path(under, stroke="#ebe9e3", width=0.4)
    if len(rows) > len(shown):
        said = f"另有 {len(rows) - len(shown)} 条链，纸上放不下"
        yield Text(room.left + 10, y + step / 2 + SMALL * 0.36, said, SMALL, INK_SOFT)


def _head(room: Room, signs: float, counts: float) -> Iterator[Shape]:
    base = room.top + SMALL
    yield Text(room.left + 10, base, "产业链", SMALL, INK_SOFT)
    yield Text(room.left + _NAME + 28, base, "项目（个）", SMALL, INK_SOFT, "end")
    yield Text(signs - 2, base, "环节，一个符号一个", SMALL, INK_SOFT)
    for n, status in enumerate(ORDER):
        label = {Status.NO_DEMAND: "无需求", Status.PLANNED: "在建"}.get(status, status.label)
        yield Text(counts + (n + 1) * _COUNT - 5, base, label, SMALL, INK_SOFT, "end")
    yield Text(counts + _COUNT * len(ORDER) + 8, base, "最要紧的缺环", SMALL, INK_SOFT)
    under = sheet.line((room.left, room.top + 9), (room.right, room.top + 9))
    yield Path(under, stroke="#8f9ca3", width=0.5)


def _signs(row: StripRow, left: float, base: float, pitch: float) -> Iterator[Shape]:
    x = left + pitch / 2 - 2
    for status in ORDER:
        ink = FRAMES[status.value].ink
        for _ in range(row.counts.get(status, 0)):
            yield from draw_sign(status, x, base - 2.5, min(2.7, pitch * 0.38), ink)
            x += pitch


def _counts(row: StripRow, left: float, base: float) -> Iterator[Shape]:
    for n, status in enumerate(ORDER):
        number = row.counts.get(status, 0)
        colour = FRAMES[status.value].ink if number else "#b9bec2"
        yield Text(
            left + (n + 1) * _COUNT - 5, base, str(number), SIZE, colour, "end", bold=bool(number)
        )
