"""Where in a sheet the table is: its header, its columns, its rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from mapapp.ledger.cells import Cell, RawRow, RawSheet, is_blank, shown
from mapapp.ledger.headers import Column, missing, read_header, repeated
from mapapp.ledger.problems import FileRefused

HEADER_WITHIN = 20
"""The header stands in one of the first rows that are not blank."""

ROWS_AT_MOST = 50_000

_FEWEST_COLUMNS = 3
_MOJIBAKE = re.compile(r"[\u0080-\u00ff\ufffd]{2}|锟斤拷")


@dataclass(frozen=True, slots=True)
class Table:
    """A ledger in a sheet: its columns and the rows below its header, `width` cells wide."""

    sheet: str
    columns: tuple[Column, ...]
    rows: tuple[RawRow, ...]
    width: int
    ragged: bool


def find_tables(sheets: Sequence[RawSheet]) -> tuple[tuple[Table, ...], tuple[str, ...]]:
    """The ledgers of a workbook, and the names of the sheets that hold none.

    Raises:
        FileRefused: there is none, or one lacks a required column or has a column twice.
    """
    tables = [table for sheet in sheets if (table := _table(sheet))]
    if not tables:
        raise _no_header(sheets)
    found = {table.sheet for table in tables}
    rows = sum(len(table.rows) for table in tables)
    if not rows:
        raise FileRefused("E_NO_ROWS", "只有表头，没有数据行")
    if rows > ROWS_AT_MOST:
        raise FileRefused("E_TOO_MANY_ROWS", f"有 {rows} 行，上限 {ROWS_AT_MOST} 行，请分开导入")
    return tuple(tables), tuple(s.name for s in sheets if s.name not in found)


def _table(sheet: RawSheet) -> Table | None:
    for place, row in enumerate(sheet.rows[:HEADER_WITHIN]):
        columns = read_header(row.cells)
        if len(columns) >= _FEWEST_COLUMNS:
            _check(sheet.name, columns, row.cells)
            rows = tuple(row for row in sheet.rows[place + 1 :] if _filled(row))
            return Table(sheet.name, columns, rows, _width(row.cells), sheet.ragged)
    return None


def _check(sheet: str, columns: Sequence[Column], cells: Sequence[Cell]) -> None:
    where = f"工作表“{sheet}”" if sheet else "表头"
    if twice := repeated(columns):
        titles = [column.title for column in columns if column.field in twice]
        raise FileRefused("E_DUP_HEADER", f"{where}里有几列说的是同一件事：{'、'.join(titles)}")
    if lacking := missing(columns):
        raise FileRefused(
            "E_HEADER_MISSING", f"{where}缺少{'、'.join(lacking)}。现有：{_titles(cells)}"
        )


def _no_header(sheets: Sequence[RawSheet]) -> FileRefused:
    rows = [row for sheet in sheets for row in sheet.rows]
    if not rows:
        return FileRefused("E_NO_HEADER", "工作簿是空的，没有表头")
    first = _titles(rows[0].cells)
    if _MOJIBAKE.search(first):
        return FileRefused(
            "E_HEADER_MISSING", f"表头是乱码（{first[:40]}），文件曾以错误的编码保存，请重新导出"
        )
    return FileRefused(
        "E_HEADER_MISSING", f"没有台账的表头，缺少项目编号、项目名称、县市区等列。现有：{first}"
    )


def _titles(cells: Sequence[Cell]) -> str:
    return "、".join(shown(cell)[:20] for cell in cells[:30] if not is_blank(cell))


def _filled(row: RawRow) -> bool:
    return bool(row.formulas) or not all(is_blank(cell) for cell in row.cells)


def _width(cells: Sequence[Cell]) -> int:
    filled = [index for index, cell in enumerate(cells) if not is_blank(cell)]
    return filled[-1] + 1
