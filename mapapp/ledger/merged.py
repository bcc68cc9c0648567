"""Merged cells: what stands once for several rows, and what cannot be shared out among them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from mapapp.ledger.cells import Cell, Merge, RawRow, folded, is_blank, shown
from mapapp.ledger.fields import AMOUNTS, DATES, MONEY, Field
from mapapp.ledger.problems import Problem
from mapapp.ledger.titles import Column

_SHARED = {
    Field.ENTERPRISE,
    Field.CHAIN,
    Field.LINK,
    Field.COUNTY,
    Field.PLACE,
    Field.STATUS,
    Field.LEADER,
    Field.DEPARTMENT,
    Field.DATUM,
    *DATES,
}
_DITTO = frozenset({"同上", "〃", "″", '"', "''", "””"})
Notes = Mapping[int, tuple[Problem, ...]]
"""Row number to what was found about it."""


def unmerge(
    rows: Sequence[RawRow], merges: Sequence[Merge], columns: Sequence[Column]
) -> tuple[tuple[RawRow, ...], Notes]:
    """The rows with what a merged cell, or 同上, says for them; and what to tell about them."""
    cells: dict[int, list[Cell]] = {}
    notes: dict[int, list[Problem]] = {}
    by_index = {column.index: column.field for column in columns}
    numbers = [row.number for row in rows]
    for top, left, bottom, _ in merges:
        field = by_index.get(left)
        start = bisect_left(numbers, top)
        if field is None or bottom <= top or start == len(rows) or numbers[start] > bottom:
            continue
        within = rows[start : bisect_left(numbers, bottom + 1)]
        if field in AMOUNTS:
            _spoil(within, left, field, notes)
        elif field in MONEY:
            _leave_out(within, left, field, cells, notes)
        elif field in _SHARED:
            _fill(within, top, left, field, cells, notes)
    _ditto(rows, by_index, cells, notes)
    filled = tuple(
        replace(row, cells=tuple(cells[row.number])) if row.number in cells else row for row in rows
    )
    return filled, {number: tuple(found) for number, found in notes.items()}


def _fill(
    within: Sequence[RawRow],
    top: int,
    left: int,
    field: Field,
    cells: dict[int, list[Cell]],
    notes: dict[int, list[Problem]],
) -> None:
    value = _at(within[0], left) if within[0].number == top else None
    if is_blank(value):
        return
    for row in within[1:]:
        if is_blank(_at(row, left)):
            _put(row, left, value, cells)
            note = Problem("", f"{field}“{shown(value)}”取自第{top}行起的合并单元格")
            notes.setdefault(row.number, []).append(note)


def _spoil(
    within: Sequence[RawRow], left: int, field: Field, notes: dict[int, list[Problem]]
) -> None:
    """One amount over several projects: nobody can tell what is whose."""
    if len(within) < 2 or is_blank(_at(within[0], left)):
        return
    first, last = within[0].number, within[-1].number
    text = (
        f"{field}“{shown(_at(within[0], left))}”是第{first}至{last}行合并的单元格，"
        "分不清每个项目是多少，请取消合并后逐行填写"
    )
    for row in within:
        notes.setdefault(row.number, []).append(Problem("E_AMOUNT", text))


def _leave_out(
    within: Sequence[RawRow],
    left: int,
    field: Field,
    cells: dict[int, list[Cell]],
    notes: dict[int, list[Problem]],
) -> None:
    """An amount that a ledger may add, over several projects: told, and not the first one's."""
    if len(within) < 2 or is_blank(_at(within[0], left)):
        return
    text = f"{field}“{shown(_at(within[0], left))}”是几行合并的单元格，分不清每个项目是多少，没有读"
    _put(within[0], left, None, cells)
    for row in within:
        notes.setdefault(row.number, []).append(Problem("", text))


def _ditto(
    rows: Sequence[RawRow],
    by_index: Mapping[int, Field],
    cells: dict[int, list[Cell]],
    notes: dict[int, list[Problem]],
) -> None:
    shared = [index for index, field in by_index.items() if field in _SHARED]
    for above, row in pairwise(rows):
        for index in shared:
            if index >= len(row.cells) or not isinstance(row.cells[index], str):
                continue
            if folded(row.cells[index]) not in _DITTO:
                continue
            value = cells[above.number][index] if above.number in cells else _at(above, index)
            if not is_blank(value):
                _put(row, index, value, cells)
                note = Problem("", f"{by_index[index]}“同上”读作“{shown(value)}”")
                notes.setdefault(row.number, []).append(note)


def _at(row: RawRow, index: int) -> Cell:
    return row.cells[index] if index < len(row.cells) else None


def _put(row: RawRow, index: int, value: Cell, cells: dict[int, list[Cell]]) -> None:
    own = cells.setdefault(row.number, list(row.cells))
    own += [None] * (index + 1 - len(own))
    own[index] = value
