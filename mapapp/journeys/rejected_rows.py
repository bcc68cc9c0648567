"""The rows that an import turned away, as a workbook: mended, it can be sent again as it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from mapapp.documents.rejected import RejectedSheet, to_rejected_workbook
from mapapp.intake.wire import load_cell
from mapapp.journeys.bureau import Bureau
from mapapp.journeys.import_mapping import MappedColumn, mapped_sheets
from mapapp.journeys.import_preview import place
from mapapp.journeys.import_suspects import suspicions_of
from mapapp.ledger.cells import Cell
from mapapp.ledger.fields import MONEY, Field
from mapapp.ledger.guess import RETURNED
from mapapp.ledger.titles import read_title
from mapapp.store.imports import StoredRow, Upload

_LOST_IN_COPY = {"E_COLUMNS", "E_FORMULA_NOCACHE", "E_CELL_ERROR", "E_CODE_PRECISION"}
"""Faults that a plain copy of the cells would hide; such a row gets a mark that keeps it out."""

_BEYOND = 40
"""So many cells to the right of the header are copied; all of them are in the original file."""

_MARK = "← 改好这一行之后，请删去这一格"


def rejected_workbook(bureau: Bureau, upload: Upload) -> bytes:
    """The workbook: a sheet for each that has such rows, in its own columns."""
    rows = _with_suspicions(bureau, bureau.store.imports.rows(upload.id, ("reject",)))
    columns = {sheet.sheet: sheet.columns for sheet in mapped_sheets(upload)}
    names = dict.fromkeys(row.sheet for row in rows) or {"": None}
    sheets = [
        _sheet(name, columns.get(name, ()), [row for row in rows if row.sheet == name])
        for name in names
    ]
    return to_rejected_workbook(sheets)


def _with_suspicions(bureau: Bureau, rows: Sequence[StoredRow]) -> list[StoredRow]:
    """A row without a code is told which one it may be missing."""
    return [
        replace(row, message="；".join((row.message, *(one.sentence for one in some))))
        for row, some in zip(rows, suspicions_of(bureau, rows), strict=True)
    ]


def _sheet(name: str, columns: Sequence[MappedColumn], rows: Sequence[StoredRow]) -> RejectedSheet:
    """Cells keep their order; the guides of an earlier return are not repeated."""
    own = {column.index: column for column in columns}
    passed = {column.index for column in columns if column.returned}
    width = max((index for index in own), default=-1) + 1
    kept = [index for index in range(width) if index not in passed]
    longest = min(max((len(row.cells) for row in rows), default=width), width + _BEYOND)
    titles = [*RETURNED, *(_title(own[i]) if i in own else "" for i in kept)]
    titles += [""] * (max(longest, width) - width + 1)
    body = [_cells(row, kept, width, len(titles), own) for row in rows]
    return RejectedSheet(name, titles, body, len(RETURNED))


def _cells(
    row: StoredRow,
    kept: Sequence[int],
    width: int,
    whole: int,
    own: Mapping[int, MappedColumn],
) -> list[Cell]:
    cells = [load_cell(cell) for cell in row.cells]
    found: list[Cell] = [place(row), row.message]
    found += [cells[index] if index < len(cells) else None for index in kept]
    found += cells[width : width + _BEYOND]
    found += [None] * (whole - len(found))
    if _LOST_IN_COPY & set(row.codes.split()):
        found[-1] = _MARK
    return found


def _title(column: MappedColumn) -> str:
    """The column's own title where it says all that was read into it; else one that does."""
    field = Field(column.field) if column.field else None
    again = read_title([column.title], 0)
    if field is None:
        return column.title if again is None else f"（不导入）{column.title}"
    unit = again.unit.text if again and again.unit else ""
    if again and again.field is field and unit == column.unit and again.datum == column.datum:
        return column.title
    said = column.unit if field in MONEY else column.datum
    return f"{field.value}（{said}）" if said else field.value
