"""What calamine reads, as our own rows: every kind of workbook the same way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from types import MappingProxyType

from python_calamine import CalamineSheet, SheetMetadata, SheetTypeEnum, SheetVisibleEnum

from mapapp.intake.limits import Limits
from mapapp.ledger.cells import Cell, CellError, Merge, RawRow, RawSheet
from mapapp.ledger.problems import FileRefused

Marks = Mapping[int, Mapping[int, "bool | str"]]
"""Row and column to what calamine does not tell: a formula (with its value stored?), an error."""


@dataclass(frozen=True)
class Extras:
    """What a sheet holds besides values; rows as Excel shows them, columns from 0."""

    marks: Marks = field(default_factory=dict)
    hidden_rows: frozenset[int] = frozenset()
    merges: tuple[Merge, ...] = ()
    since_1904: bool = False
    hidden_columns: frozenset[int] = frozenset()


NO_EXTRAS = Extras()
NO_NUMBERS: Mapping[int, int] = MappingProxyType({})


def is_worksheet(meta: SheetMetadata) -> bool:
    """Whether a sheet holds cells; charts and old macro sheets do not."""
    return bool(meta.typ == SheetTypeEnum.WorkSheet)


def raw_sheet(
    meta: SheetMetadata,
    sheet: CalamineSheet,
    extras: Extras,
    limits: Limits,
    own: Mapping[int, int] = NO_NUMBERS,
) -> RawSheet:
    """One sheet's rows that say something; own gives rows another number than they stand at.

    Raises:
        FileRefused: there are too many.
    """
    left = (sheet.start or (0, 0))[1]
    merged = [
        (top + 1, first, bottom + 1, last)
        for (top, first), (bottom, last) in sheet.merged_cell_ranges or ()
    ]
    return RawSheet(
        meta.name,
        tuple(_rows(sheet.iter_rows(), left, extras.marks, limits, own)),
        hidden=meta.visible != SheetVisibleEnum.Visible,
        hidden_rows=extras.hidden_rows,
        merges=(*merged, *extras.merges),
        since_1904=extras.since_1904,
        hidden_columns=extras.hidden_columns,
    )


def _rows(
    values: Iterable[Sequence[object]],
    left: int,
    marks: Marks,
    limits: Limits,
    own: Mapping[int, int],
) -> Iterator[RawRow]:
    """The rows that say something; calamine's begin at row 1, but at the leftmost used column."""
    kept = 0
    for place, row in enumerate(values, start=1):
        number = own.get(place, place)
        marked = marks.get(number, {})
        cells: list[Cell] = [None] * left + [_cell(value) for value in row]
        for index, mark in marked.items():
            if isinstance(mark, str) and index < len(cells):
                cells[index] = CellError(mark)
        while cells and cells[-1] is None:
            cells.pop()
        formulas = {index: mark for index, mark in marked.items() if isinstance(mark, bool)}
        if not any(_says_something(cell) for cell in cells) and all(formulas.values()):
            continue
        kept += 1
        if kept > limits.rows + 100:
            raise FileRefused("E_TOO_MANY_ROWS", f"超过 {limits.rows} 行，请分成几个文件导入")
        yield RawRow(number, tuple(cells), formulas)


def _says_something(cell: Cell) -> bool:
    return cell is not None and not (isinstance(cell, str) and not cell.strip())


def _cell(value: object) -> Cell:
    if value == "" or value is None:
        return None
    if isinstance(value, str | bool | datetime | date | time):
        return value
    if isinstance(value, int | float):
        return Decimal(format(value, ".15g"))
    if isinstance(value, timedelta):
        return str(value)
    return str(value)
