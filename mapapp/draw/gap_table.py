"""The most critical gaps on paper, each with the first enterprises to go and see for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from chains import Status
from mapapp.draw import sheet
from mapapp.draw.lettering import elide, fill
from mapapp.draw.palette import FRAMES, INK, INK_SOFT
from mapapp.draw.print_link import draw_sign
from mapapp.draw.room import Room
from mapapp.draw.sheet import Path, Shape, Text, plain

SIZE, SMALL, HEAD = 6.9, 6.2, 6.4
FEWEST = 3
"""Enterprises to a gap: there is room for so many at least."""
_ROW, _APART, _TOP = 10.0, 4.5, 11.0
_RULE, _FAINT = "#8f9ca3", "#dcdad3"
_GAPS = 0.45
"""Part of the width that the gaps take."""


@dataclass(frozen=True, slots=True)
class GapFirm:
    """An enterprise for a gap, and what it makes there; score is empty where none is told."""

    name: str
    product: str
    city: str
    score: str = ""


@dataclass(frozen=True, slots=True)
class GapGroup:
    """A gap: its link and status, a line of facts, what binds it here, why it matters, and whom to
    see, best first. blank says why nobody is named; whole keeps all of its enterprises together."""

    link: str
    status: Status
    facts: str
    bound: str
    why: str
    firms: Sequence[GapFirm]
    blank: str = ""
    whole: bool = False


def rows_of(groups: Sequence[GapGroup], high: float) -> list[int]:
    """How many rows each gap takes in that height; those that found no room are left out.

    What remains goes to those that have more enterprises, the first ones first.
    """
    left = high - _TOP + _APART
    found: list[int] = []
    for group in groups:
        rows = max(FEWEST, len(group.firms)) if group.whole else FEWEST
        rows = min(rows, int((left - _APART) // _ROW))
        if rows < FEWEST:
            break
        found.append(rows)
        left -= rows * _ROW + _APART
    while left >= _ROW:
        more = [n for n, rows in enumerate(found) if rows < len(groups[n].firms)]
        if not more:
            break
        found[min(more, key=lambda n: (found[n], n))] += 1
        left -= _ROW
    return found


def draw_gap_table(
    groups: Sequence[GapGroup], room: Room, scored: bool, empty: str
) -> Iterator[Shape]:
    """As many gaps as the room holds, first things first; `empty` where there is none."""
    rows = rows_of(groups, room.high)
    if not rows:
        for n, line in enumerate(fill(plain(empty), room.wide, SIZE)):
            yield Text(room.left, room.top + _ROW * (n + 1), line, SIZE, INK_SOFT)
        return
    columns = _Columns(room, scored)
    yield from _head(columns, room)
    y = room.top + _TOP
    for number, (group, taken) in enumerate(zip(groups, rows, strict=False), start=1):
        yield from _group(number, group, columns, y, taken)
        y += taken * _ROW + _APART
        if number < len(rows):
            at = y - _APART * 0.42
            yield Path(sheet.line((room.left, at), (room.right, at)), stroke=_FAINT, width=0.4)


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where the columns stand."""

    room: Room
    scored: bool

    @property
    def gap(self) -> float:
        return self.room.left + 12

    @property
    def gap_room(self) -> float:
        return self.room.wide * _GAPS - 24

    @property
    def rank(self) -> float:
        return self.room.left + self.room.wide * _GAPS + 6

    @property
    def firm(self) -> float:
        return self.rank + 6

    @property
    def product(self) -> float:
        return self.firm + (self.city - self.firm) * 0.47

    @property
    def firm_room(self) -> float:
        return self.product - self.firm - 5

    @property
    def product_room(self) -> float:
        return self.city - self.product - 6

    @property
    def city(self) -> float:
        return self.room.right - (72 if self.scored else 42)

    @property
    def city_room(self) -> float:
        return 44.0 if self.scored else 42.0


def _head(columns: _Columns, room: Room) -> Iterator[Shape]:
    base = room.top + HEAD
    yield Text(columns.gap, base, "缺口", HEAD, INK_SOFT)
    yield Text(columns.firm, base, "目标企业", HEAD, INK_SOFT)
    yield Text(columns.product, base, "做什么", HEAD, INK_SOFT)
    yield Text(columns.city, base, "总部", HEAD, INK_SOFT)
    if columns.scored:
        yield Text(room.right, base, "匹配分", HEAD, INK_SOFT, "end")
    under = sheet.line((room.left, base + 2.6), (room.right, base + 2.6))
    yield Path(under, stroke=_RULE, width=0.5)


def _group(
    number: int, group: GapGroup, columns: _Columns, top: float, rows: int
) -> Iterator[Shape]:
    ink = FRAMES[group.status.value].ink
    base = top + _ROW * 0.72
    yield Text(columns.room.left, base, str(number), SIZE, INK_SOFT)
    yield from draw_sign(group.status, columns.gap + 2.6, base - 2.4, 2.5, ink)
    room = columns.gap_room
    name = elide(plain(group.link), room - 9, SIZE + 0.5)
    yield Text(columns.gap + 8, base, name, SIZE + 0.5, INK, bold=True)
    left = columns.gap + 8
    words = elide(f"{group.status.label} · {plain(group.facts)}", room - 9, SMALL)
    yield Text(left, base + _ROW, words, SMALL, ink)
    taken, free = 0.0, rows - 2
    if group.bound:
        # a link that is bound is never named without what binds it
        bound = elide(plain(group.bound), room - 9, SMALL)
        yield Text(left, base + 2 * _ROW, bound, SMALL, FRAMES["missing"].ink, bold=True)
        taken, free = _ROW, free - 1
    for n, line in enumerate(_why(group.why, room - 9, free)):
        yield Text(left, base + taken + _ROW * (n + 2), line, SMALL, INK_SOFT)
    if not group.firms:
        lines = fill(plain(group.blank), columns.room.right - columns.firm, SMALL)
        for n, line in enumerate(lines[:rows]):
            yield Text(columns.firm, base + n * _ROW, line, SMALL, INK_SOFT)
    for n, firm in enumerate(group.firms[:rows]):
        yield from _firm(n + 1, firm, columns, base + n * _ROW)


def _why(text: str, room: float, lines: int) -> list[str]:
    """The reason in so many lines; none where there is no room."""
    if lines < 1:
        return []
    found = fill(plain(text), room, SMALL)
    if len(found) > lines:
        kept = "".join(found[: lines - 1])
        return [*found[: lines - 1], elide(plain(text)[len(kept) :], room, SMALL)]
    return found


def _firm(rank: int, firm: GapFirm, columns: _Columns, base: float) -> Iterator[Shape]:
    yield Text(columns.rank, base, str(rank), SMALL, INK_SOFT, "end")
    yield Text(columns.firm, base, elide(plain(firm.name), columns.firm_room, SIZE), SIZE, INK)
    product = elide(plain(firm.product), columns.product_room, SMALL)
    yield Text(columns.product, base, product, SMALL, INK_SOFT)
    city = elide(plain(firm.city), columns.city_room, SMALL)
    yield Text(columns.city, base, city, SMALL, INK_SOFT)
    if columns.scored and firm.score:
        yield Text(columns.room.right, base, firm.score, SIZE, INK, "end", bold=True)
