"""A form as an XLSX workbook: prefilled, protected, with drop-downs, to be filled in and sent back.

xlsxwriter writes it, not rustpy-xlsxwriter: a form needs hidden columns, a very hidden sheet and
cells that are each locked or not, and the fast one offers none of the first two. Whoever reads the
form back finds three things beside what the office sees: the token in the first cell and in the
very hidden sheet, and each row's key and version in two hidden columns.
"""

from __future__ import annotations

import io
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

TOKEN_SHEET = "_链图"
KEY_TITLE, VERSION_TITLE = "行标识", "版本"
_GUIDE, _LISTS = "填表说明", "选项"
_HEADER_ROW = 2
_KEYS = 2
_A4 = 9
_PAGES_WIDE = 2
"""On one page, two dozen columns cannot be read."""
_LONGEST_HINT, _LONGEST_HINT_TITLE = 255, 32
_NUMBER = "#,##0.00####"
_AS_TYPED = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


@dataclass(frozen=True, slots=True)
class FormColumn:
    """A column of a form. hint is what the office is told; choices make a drop-down.

    number says that its cells are numbers, none below 0; locked that nobody may write there;
    alert that it tells what is wrong with a row, in front of all others.
    """

    title: str
    width: float = 12
    hint: str = ""
    choices: Sequence[str] = ()
    number: bool = False
    locked: bool = False
    alert: bool = False


@dataclass(frozen=True, slots=True)
class FormRow:
    """A row: its key and version, hidden from the office, and its cells."""

    key: str
    version: str
    cells: Sequence[str | Decimal | None]


@dataclass(frozen=True, slots=True)
class Form:
    """A workbook to be filled in. guide stands on a sheet of its own, as (about, text); sheet is
    what the sheet to be filled in is called."""

    title: str
    subtitle: str
    token: str
    columns: Sequence[FormColumn]
    rows: Sequence[FormRow]
    guide: Sequence[tuple[str, str]] = ()
    sheet: str = "项目"


def to_form(form: Form) -> bytes:
    """The workbook."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, _AS_TYPED)
    sheet = book.add_worksheet(form.sheet)
    _head(book, sheet, form)
    _body(book, sheet, form)
    _validate(sheet, form)
    _guide(book, form)
    _lists(book, form)
    _token(book, form)
    _page(sheet, form)
    book.close()
    return file.getvalue()


def _head(book: Any, sheet: Any, form: Form) -> None:
    title = book.add_format({"bold": True, "font_size": 15, "valign": "vcenter"})
    small = book.add_format({"font_color": "#5F6B7A", "valign": "vcenter"})
    header = {"bold": True, "bottom": 1, "valign": "vcenter", "text_wrap": True}
    open_, locked = (book.add_format(header | {"bg_color": c}) for c in ("#E8EEF5", "#E4E2DC"))
    sheet.set_row(0, 28)
    sheet.set_row(1, 18)
    sheet.set_row(_HEADER_ROW, 34)
    sheet.write_string(0, 0, form.token)
    sheet.write_string(0, _KEYS, _clean(form.title), title)
    sheet.write_string(1, _KEYS, _clean(form.subtitle), small)
    for place, name in enumerate((KEY_TITLE, VERSION_TITLE)):
        sheet.write_string(_HEADER_ROW, place, name)
    for place, column in enumerate(form.columns, start=_KEYS):
        sheet.write_string(_HEADER_ROW, place, column.title, locked if column.locked else open_)
        if column.hint:
            sheet.write_comment(_HEADER_ROW, place, column.hint, {"author": "链图", "x_scale": 1.6})


def _body(book: Any, sheet: Any, form: Form) -> None:
    sheet.set_column(0, _KEYS - 1, 10, None, {"hidden": True})
    common = {"valign": "top", "border": 4, "border_color": "#C9C7BF"}
    text = book.add_format(common | {"num_format": "@", "text_wrap": True, "locked": False})
    number = book.add_format(common | {"num_format": _NUMBER, "locked": False})
    locked = book.add_format(
        common | {"num_format": "@", "bg_color": "#F2F1ED", "font_color": "#55616D"}
    )
    alert = book.add_format(
        common | {"text_wrap": True, "bg_color": "#FBE9E4", "font_color": "#8A1F0D"}
    )
    for place, column in enumerate(form.columns, start=_KEYS):
        sheet.set_column(place, place, column.width)
    for line, row in enumerate(form.rows, start=_HEADER_ROW + 1):
        sheet.set_row(line, _height(form.columns, row.cells))
        sheet.write_string(line, 0, row.key)
        sheet.write_string(line, 1, row.version)
        for place, (column, cell) in enumerate(
            zip(form.columns, row.cells, strict=True), start=_KEYS
        ):
            look = alert if column.alert else locked if column.locked else text
            if column.number:
                look = number
            _write(sheet, line, place, cell, look)


def _height(columns: Sequence[FormColumn], cells: Sequence[str | Decimal | None]) -> float:
    """Room for the longest text of a row, four lines at most; a Chinese character is two wide."""
    lines = [
        math.ceil(sum(2 if ord(c) > 0x2E7F else 1 for c in str(cell)) / column.width)
        for column, cell in zip(columns, cells, strict=True)
        if isinstance(cell, str)
    ]
    return 15.0 * min(max(lines, default=1), 4) + 3


def _write(sheet: Any, line: int, place: int, cell: str | Decimal | None, look: Any) -> None:
    if cell is None or cell == "":
        sheet.write_blank(line, place, None, look)
    elif isinstance(cell, Decimal) and math.isfinite(cell):
        sheet.write_number(line, place, float(cell), look)
    else:
        sheet.write_string(line, place, _clean(str(cell)), look)


def _validate(sheet: Any, form: Form) -> None:
    last = _HEADER_ROW + max(len(form.rows), 1)
    lists = _list_columns(form)
    for place, column in enumerate(form.columns, start=_KEYS):
        if column.locked or column.alert:
            continue
        rule: dict[str, Any] = {"validate": "any"}
        if column.title in lists:
            rule = {
                "validate": "list",
                "source": f"={_LISTS}!{lists[column.title]}",
                "error_title": "请从下拉里选",
                "error_message": f"“{column.title}”只能填下拉里有的写法。",
            }
        elif column.number:
            rule = {
                "validate": "decimal",
                "criteria": ">=",
                "value": 0,
                "error_title": "请填数字",
                "error_message": f"“{column.title}”只填数字，单位已写在表头，不带单位和文字。",
            }
        if column.hint:
            rule["input_title"] = column.title[:_LONGEST_HINT_TITLE]
            rule["input_message"] = column.hint[:_LONGEST_HINT]
        sheet.data_validation(_HEADER_ROW + 1, place, last, place, rule)


def _list_columns(form: Form) -> dict[str, str]:
    """Where on the list sheet each drop-down's words stand."""
    having = [column for column in form.columns if column.choices]
    return {
        column.title: f"${name}$2:${name}${len(column.choices) + 1}"
        for place, column in enumerate(having)
        for name in (xl_col_to_name(place),)
    }


def _guide(book: Any, form: Form) -> None:
    if not form.guide:
        return
    sheet = book.add_worksheet(_GUIDE)
    bold = book.add_format({"bold": True, "valign": "top", "text_wrap": True})
    text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 18)
    sheet.set_column(1, 1, 96)
    for line, (about, words) in enumerate(form.guide):
        sheet.write_string(line, 0, _clean(about), bold)
        sheet.write_string(line, 1, _clean(words), text)
    sheet.protect()
    _paper(sheet)


def _lists(book: Any, form: Form) -> None:
    having = [column for column in form.columns if column.choices]
    if not having:
        return
    sheet = book.add_worksheet(_LISTS)
    for place, column in enumerate(having):
        for line, word in enumerate((column.title, *column.choices)):
            sheet.write_string(line, place, _clean(word))
    sheet.protect()
    sheet.hide()


def _token(book: Any, form: Form) -> None:
    sheet = book.add_worksheet(TOKEN_SHEET)
    sheet.write_string(0, 0, form.token)
    sheet.write_string(0, 1, "本表由链图下发，供回收时核对，请勿改动。")
    sheet.protect()
    sheet.very_hidden()


def _page(sheet: Any, form: Form) -> None:
    first = sum(column.alert for column in form.columns) + 1
    sheet.freeze_panes(_HEADER_ROW + 1, _KEYS + first + 1)
    sheet.protect("", {"format_columns": True, "format_rows": True})
    _paper(sheet)
    sheet.fit_to_pages(_PAGES_WIDE, 0)
    sheet.repeat_rows(0, _HEADER_ROW)
    sheet.repeat_columns(_KEYS, _KEYS + first)
    last = _HEADER_ROW + max(len(form.rows), 1)
    sheet.print_area(0, _KEYS, last, _KEYS + len(form.columns) - 1)
    title = _clean(form.title).replace("&", "&&")[:60]
    sheet.set_footer(f"&L{title}&R第 &P 页，共 &N 页")


def _paper(sheet: Any) -> None:
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.fit_to_pages(1, 0)


def _clean(text: str) -> str:
    return _FORBIDDEN.sub("", text)
