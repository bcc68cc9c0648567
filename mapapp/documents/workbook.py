"""A table as an XLSX workbook, ready to be read, filtered and printed on A4 across.

Text stays text whatever it begins with. A string cell of XLSX is never a formula, so nothing is
put before it and a re-import gives back the very same text; beside that every text cell has the
format @ and Excel's own quote prefix, which keep it text when somebody edits it.
rustpy-xlsxwriter writes it ten times faster than xlsxwriter (50,000 rows × 14: 0.9 s, 9.5 s).
"""

from __future__ import annotations

import io
import math
import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from unicodedata import east_asian_width

from rustpy_xlsxwriter import Format, write_worksheets

from mapapp.documents.table import Column, Kind, Table, Value, as_text

_A4 = 9
_NOTES = "说明"
_BELOW_TITLE = 2
_LONGEST_SHEET_NAME = 31
_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_FORBIDDEN_LINE = re.compile(r"[\x00-\x1f]")
_PALE, _RULE = "C9CED6", "#C9CED6"
_LINE, _MOST_LINES = 15.0, 8
_SHEET, _ABOUT, _TEXT = "表", "项目", "内容"
_NOTE_WIDTHS = {_SHEET: 20.0, _ABOUT: 16.0, _TEXT: 90.0}


def to_xlsx(*tables: Table) -> bytes:
    """The workbook: each table on a sheet of its own, all their notes on another."""
    named = dict(zip(_sheet_names(tables), tables, strict=True))
    sheets: list[tuple[str, Any]] = [(name, _records(table)) for name, table in named.items()]
    notes = _notes(named)
    if notes:
        sheets.append((_NOTES, notes))
    formats: dict[str, Any] = {name: _formats(table) for name, table in named.items()}
    formats[_NOTES] = _of_notes(notes, dict.fromkeys(_NOTE_WIDTHS, _format(Kind.TEXT)))
    widths: dict[str, Any] = {name: _widths(table) for name, table in named.items()}
    widths[_NOTES] = _of_notes(notes, _NOTE_WIDTHS)
    file = io.BytesIO()
    write_worksheets(
        sheets,
        file,
        header_row={name: _header_row(table) for name, table in named.items()},
        merge_ranges={name: _headings(table) for name, table in named.items()},
        row_heights={name: _heights(table) for name, table in named.items()},
        header_format=dict.fromkeys((*named, _NOTES), _header()),
        column_formats=formats,
        column_widths=widths,
        freeze_panes={name: _frozen(table) for name, table in named.items()}
        | {_NOTES: {"row": 1, "col": 0}},
        autofilter={name: bool(table.rows) for name, table in named.items()},
        sheet_view={name: {"gridlines": False} for name in named},
        page_setup={name: _page(table) for name, table in named.items()} | {_NOTES: _paper()},
    )
    return file.getvalue()


def _records(table: Table) -> list[dict[str, Any]]:
    titles = [column.title for column in table.columns]
    rows = [dict(zip(titles, map(_cell, row, table.columns), strict=True)) for row in table.rows]
    return rows or [dict.fromkeys(titles)]


def _notes(named: Mapping[str, Table]) -> list[dict[str, str]]:
    """The lines of the 说明 sheet; where there are several tables, each with its sheet's name."""
    return [
        ({_SHEET: name} if len(named) > 1 else {}) | {_ABOUT: note.about, _TEXT: note.text}
        for name, table in named.items()
        for note in table.notes
    ]


def _of_notes(notes: Sequence[Mapping[str, str]], each: Mapping[str, Any]) -> dict[str, Any]:
    """What is said of the columns that the notes have."""
    return {title: value for title, value in each.items() if notes and title in notes[0]}


def _header_row(table: Table) -> int:
    """Where the column titles stand: below title and subtitle, and below merged headings."""
    return _BELOW_TITLE + bool(table.groups)


def _frozen(table: Table) -> dict[str, int]:
    return {"row": _header_row(table) + 1, "col": table.frozen}


def _formats(table: Table) -> dict[str, Format]:
    return {column.title: _format(column.kind) for column in table.columns}


def _cell(value: Value, column: Column) -> str | float | datetime | None:
    """A value as its column holds it: numbers as numbers, everything else as text."""
    if value is None or value == "":
        return None
    if column.kind is Kind.TEXT or isinstance(value, str):
        return as_text(value)
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day)
    number = float(value) if isinstance(value, Decimal) else value
    return number if math.isfinite(number) else None


def _headings(table: Table) -> list[Any]:
    last = max((table.printed or len(table.columns)) - 1, 1)  # a merged cell of one is none
    title = Format().set_bold().set_font_size(15).set_align("vertical_center")
    small = Format().set_font_color("#5F6B7A").set_align("vertical_center").set_text_wrap()
    found: list[Any] = [
        (0, 0, 0, last, table.title, title),
        (1, 0, 1, last, table.subtitle, small),
    ]
    # a merged cell of one is none: its heading is left to the column's own title
    place = 0
    for text, wide in table.groups:
        if wide > 1:
            found.append((2, place, 2, place + wide - 1, text, _group()))
        place += wide
    return found


def _group() -> Format:
    return (
        Format()
        .set_bold()
        .set_background_color("#D9E2EC")
        .set_border("thin")
        .set_border_color("#B9C4D0")
        .set_align("center")
        .set_align("vertical_center")
    )


def _header() -> Format:
    return (
        Format()
        .set_bold()
        .set_background_color("#E8EEF5")
        .set_border_bottom("thin")
        .set_align("vertical_center")
        .set_text_wrap()
    )


def _format(kind: Kind) -> Format:
    # a column's look reaches below its last row, where the screen would show its own lines
    form = Format().set_num_format(kind.value).set_align("top")
    form = form.set_border("thin").set_border_color(_RULE)
    if kind is Kind.TEXT:
        return form.set_quote_prefix().set_text_wrap()
    return form


def _widths(table: Table) -> dict[str, float]:
    return {column.title: float(column.width) for column in table.columns}


def _heights(table: Table) -> dict[int, float]:
    """Heights of the rows whose text needs more than one line: a fixed width wraps it, and not
    every program grows the row by itself. Only what is printed counts.

    The last row goes without: rustpy-xlsxwriter 0.8.0 writes a last row of a set height twice,
    and a workbook with two rows of one number is damaged.
    """
    below = _header_row(table)
    found = {0: 26.0, below: 22.0}
    columns = table.columns[: table.printed]
    for number, row in enumerate(table.rows[:-1], start=below + 1):
        lines = max(_lines(value, column) for value, column in zip(row, columns, strict=False))
        if lines > 1:
            found[number] = _LINE * min(lines, _MOST_LINES)
    return found


def _lines(value: Value, column: Column) -> int:
    """How many lines a text takes in its column; a Chinese character is two wide."""
    if not isinstance(value, str) or 2 * len(value) <= column.width:
        return 1
    wide = sum(1 + (east_asian_width(character) in "WF") for character in value)
    return math.ceil(wide / (0.9 * column.width))  # words do not break where it would be best


def _paper() -> dict[str, object]:
    return {"landscape": True, "paper_size": _A4, "fit_to_pages": (1, 0)}


def _page(table: Table) -> dict[str, object]:
    below = _header_row(table)
    footer = "&L" + _code_free(table.title)[:60] + "&R第 &P 页，共 &N 页"
    page = _paper() | {
        "repeat_rows": (_BELOW_TITLE, below),
        "footer": footer,
    }
    if table.watermark:
        # the only thing that both Excel and LibreOffice print on every page without a picture
        page["header"] = f'&C&"微软雅黑,加粗"&28&K{_PALE}{_code_free(table.watermark)[:80]}'
    if table.printed:
        page["print_area"] = (0, 0, below + max(len(table.rows), 1), table.printed - 1)
    return page


def _code_free(text: str) -> str:
    """A text as a page's head or foot shows it: & begins a code there."""
    return _FORBIDDEN_LINE.sub(" ", text).replace("&", "&&")


def _sheet_names(tables: Sequence[Table]) -> list[str]:
    """The titles as Excel lets sheets be called, each another: it does not tell case apart."""
    names: list[str] = []
    for table in tables:
        plain = _sheet_name(table.title)
        name, number = plain, 1
        while name.casefold() in {one.casefold() for one in names}:
            number += 1
            name = f"{plain[: _LONGEST_SHEET_NAME - 4]} {number}"
        names.append(name)
    return names


def _sheet_name(title: str) -> str:
    """A title as Excel lets a sheet be called."""
    name = _FORBIDDEN.sub(" ", title)[:_LONGEST_SHEET_NAME].strip(" '")
    return name if name and name != _NOTES else "表"
