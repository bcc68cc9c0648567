"""An office at work on a workbook that was sent to it: openpyxl in the part of WPS."""

from __future__ import annotations

import io
from collections.abc import Callable

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

HEADER = 3


def place(sheet: Worksheet, title: str) -> int:
    """The column of a title."""
    return next(cell.column for cell in sheet[HEADER] if cell.value == title)


def line(sheet: Worksheet, code: str | None) -> int:
    """The row of a project; the first blank one for None."""
    column = place(sheet, "项目编号")
    rows = range(HEADER + 1, sheet.max_row + 1)
    return next(row for row in rows if sheet.cell(row, column).value == code)


def fill(data: bytes, *edits: tuple[str | None, str, object]) -> bytes:
    """The workbook with cells written: project code (None: first blank row), title, value."""

    def write(sheet: Worksheet) -> None:
        rows = {code: line(sheet, code) for code, _, _ in edits}
        for code, title, value in edits:
            sheet.cell(rows[code], place(sheet, title)).value = value  # type: ignore[assignment]

    return change(data, write)


def change(data: bytes, how: Callable[[Worksheet], object]) -> bytes:
    """The workbook after something was done to its first sheet."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    how(book.worksheets[0])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()
