"""A table as CSV, as Excel and WPS open it: UTF-8 with BOM, CRLF.

A CSV has no types: a spreadsheet runs text that begins with = + - @ or a tab, behind blanks too.
Such text gets a single quote before it, and one more where it begins with quotes already, so that
`restore` can tell what it was. Numbers are written as they are: a negative one is no formula.
"""

from __future__ import annotations

import csv
import io
import re

from mapapp.documents.table import Table, Value, as_text

_START = "(?:[\\s\u200b-\u200f\u2060\ufeff]*[=+\\-@＝＋－＠|%]|[\t\r\n])"
_DANGEROUS = re.compile(f"'*{_START}")
_QUOTED = re.compile(f"'+{_START}")


def to_csv(table: Table) -> bytes:
    """The header and the rows; title and notes stay with the workbook."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow([_neutral(column.title) for column in table.columns])
    writer.writerows([_cell(value) for value in row] for row in table.rows)
    return b"\xef\xbb\xbf" + file.getvalue().encode("utf-8")


def restore(text: str) -> str:
    """The text that `to_csv` made harmless."""
    return text[1:] if _QUOTED.match(text) else text


def _cell(value: Value) -> str:
    return _neutral(value) if isinstance(value, str) else as_text(value)


def _neutral(text: str) -> str:
    return f"'{text}" if _DANGEROUS.match(text) else text
