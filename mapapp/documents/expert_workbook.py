"""A workbook of several plain sheets that somebody edits and sends back: titles, rows, choices.

Text is written as text whatever it begins with, and its columns have the format @, so that a code
typed into an empty row keeps its zeros. xlsxwriter writes it, as in `form`: it validates cells and
formats whole columns, which the fast writer does not.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import xlsxwriter

_AS_TYPED = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_A4 = 9
_SPARE = 2_000
"""So many rows below the last one are offered the choices as well."""
_LONGEST_CHOICES = 255


@dataclass(frozen=True, slots=True)
class EditColumn:
    """A column: its title, width, what is said of it at its title; choices make a drop-down."""

    title: str
    width: float = 14
    hint: str = ""
    choices: Sequence[str] = ()
    number: bool = False


@dataclass(frozen=True, slots=True)
class EditSheet:
    """A sheet: its name, columns and rows. plain: only to be read, nothing is asked of it."""

    name: str
    columns: Sequence[EditColumn]
    rows: Sequence[Sequence[str | float | None]]
    plain: bool = False


def to_workbook(sheets: Sequence[EditSheet]) -> bytes:
    """The workbook, its sheets in their order, the first one open."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, _AS_TYPED)
    header = book.add_format(
        {"bold": True, "bottom": 1, "valign": "vcenter", "text_wrap": True, "bg_color": "#E8EEF5"}
    )
    body = {"valign": "top", "text_wrap": True}
    text = book.add_format(body | {"num_format": "@"})
    number = book.add_format(body | {"num_format": "General"})
    for given in sheets:
        sheet = book.add_worksheet(given.name)
        _columns(sheet, given, header, text, number)
        for place, row in enumerate(given.rows, start=1):
            _row(sheet, place, row, text, number)
        _page(sheet, given)
    book.close()
    return file.getvalue()


def _columns(sheet: Any, given: EditSheet, header: Any, text: Any, number: Any) -> None:
    sheet.set_row(0, 24)
    for place, column in enumerate(given.columns):
        sheet.set_column(place, place, column.width, number if column.number else text)
        sheet.write_string(0, place, column.title, header)
        if column.hint:
            sheet.write_comment(0, place, column.hint, {"author": "链图", "x_scale": 1.8})
        if column.choices and len(",".join(column.choices)) <= _LONGEST_CHOICES:
            last = len(given.rows) + _SPARE
            sheet.data_validation(
                1, place, last, place, {"validate": "list", "source": list(column.choices)}
            )


def _row(sheet: Any, place: int, row: Sequence[str | float | None], text: Any, number: Any) -> None:
    for at, value in enumerate(row):
        if value is None or value == "":
            continue
        if isinstance(value, str):
            sheet.write_string(place, at, _FORBIDDEN.sub("", value), text)
        else:
            sheet.write_number(place, at, value, number)


def _page(sheet: Any, given: EditSheet) -> None:
    sheet.freeze_panes(1, 0 if given.plain else 1)
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_footer(f"&L{given.name}&R第 &P 页，共 &N 页")
    if not given.plain and given.rows:
        sheet.autofilter(0, 0, len(given.rows), len(given.columns) - 1)
