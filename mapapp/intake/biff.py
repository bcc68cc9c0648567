"""What calamine does not tell of a BIFF workbook: formulas, errors, hidden rows."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field

Marks = dict[int, dict[int, "bool | str"]]
"""Row and column to a formula (is its value stored?) or the text of an error."""

_BOUNDSHEET, _EOF, _ROW, _FORMULA, _BOOLERR, _BOF = 0x85, 0x0A, 0x208, 0x06, 0x205, 0x809
_DATE_1904, _COLUMN = 0x22, 0x7D
_ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}
_HIDDEN = 0x20
_HIDDEN_COLUMN = 0x01
_MOST_COLUMNS = 256
_NO_NUMBER = 0xFFFF


@dataclass
class SheetMarks:
    """The marks of one sheet, rows as Excel shows them, columns from 0."""

    marks: Marks = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)


def read_marks(book: bytes) -> list[SheetMarks]:
    """The marks of each sheet in the order of the workbook; as far as the records make sense."""
    return [_sheet(book, offset) for offset in _offsets(book)]


def counts_from_1904(book: bytes) -> bool:
    """Whether the workbook's numbers of days count from 1904."""
    at = 0
    while at + 6 <= len(book):
        kind, length, value = struct.unpack_from("<HHH", book, at)
        if kind == _DATE_1904:
            return bool(value)
        if kind == _EOF:
            break
        at += 4 + length
    return False


def _offsets(book: bytes) -> list[int]:
    found = []
    at = 0
    while at + 4 <= len(book):
        kind, length = struct.unpack_from("<HH", book, at)
        if kind == _BOUNDSHEET and at + 8 <= len(book):
            found.append(struct.unpack_from("<I", book, at + 4)[0])
        if kind == _EOF:
            break
        at += 4 + length
    return found


def _sheet(book: bytes, at: int) -> SheetMarks:
    found = SheetMarks()
    depth = 0
    while at + 4 <= len(book):
        kind, length = struct.unpack_from("<HH", book, at)
        body = book[at + 4 : at + 4 + length]
        if kind == _BOF:
            depth += 1
        elif kind == _EOF:
            depth -= 1
            if depth <= 0:
                break
        elif depth == 1:
            _record(kind, body, found)
        at += 4 + length
    return found


def _record(kind: int, body: bytes, found: SheetMarks) -> None:
    if kind == _ROW and len(body) >= 16:
        row, flags = struct.unpack_from("<H10xH", body)
        if flags & _HIDDEN:
            found.hidden_rows.add(row + 1)
    elif kind == _COLUMN and len(body) >= 10:
        first, last, flags = struct.unpack_from("<HH4xH", body)
        if flags & _HIDDEN_COLUMN and last < _MOST_COLUMNS:
            found.hidden_columns.update(range(first, last + 1))
    elif kind == _BOOLERR and len(body) >= 8 and body[7]:
        row, column = struct.unpack_from("<HH", body)
        found.marks.setdefault(row + 1, {})[column] = _ERRORS.get(body[6], "#ERROR")
    elif kind == _FORMULA and len(body) >= 14:
        row, column = struct.unpack_from("<HH", body)
        result = body[6:14]
        mark: bool | str = True
        if struct.unpack_from("<H", result, 6)[0] == _NO_NUMBER:
            if result[0] == 2:
                mark = _ERRORS.get(result[2], "#ERROR")
            elif result[0] == 3:
                mark = False
        found.marks.setdefault(row + 1, {})[column] = mark
