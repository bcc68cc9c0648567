"""A sheet with cells far from its table: drawn together, before a reader fills the gap with cells.

Readers hold a sheet as a rectangle, so one stray cell at XFD1048576 asks for 17 thousand million
cells. Such a sheet is legal; its far rows and columns are given nearer numbers, and the rows keep
the numbers that Excel shows in a table beside.
"""

from __future__ import annotations

import re

from mapapp.intake.archive import LAST_ROW
from mapapp.ledger.problems import FileRefused

_MOST_CELLS = 4_000_000
"""Of the rectangle; more of them than this are drawn together."""

_GAP = 100
"""Empty rows in a row that are kept."""

_FAR = 600
"""Columns from here on lie beyond any header; one of them stands for all."""

_TAG = re.compile(rb"<((?:\w+:)?(?:row|c))\b([^<>]*)>")
_PLACE = re.compile(rb"\br\s*=\s*[\"']([A-Z]{0,3})([0-9]{1,7})[\"']")
_ROW = re.compile(rb"<(?:\w+:)?row\b[^<>]*?\br\s*=\s*[\"']([0-9]+)[\"']")
_COLUMN = re.compile(rb"\br\s*=\s*[\"']([A-Z]{1,3})[0-9]+[\"']")


def check_rows(sheet: bytes) -> None:
    """Raises FileRefused where two rows claim one number: a reader would keep only the last."""
    seen: set[bytes] = set()
    for number in _ROW.findall(sheet):
        if number in seen:
            raise FileRefused(
                "E_DAMAGED",
                f"文件里有两行的行号都是 {number.decode()[:7]}，文件已损坏，请重新保存后再导入",
            )
        seen.add(number)


def is_sparse(sheet: bytes) -> bool:
    """Whether the rectangle around a sheet's cells is larger than any ledger."""
    rows = max(map(int, _ROW.findall(sheet)), default=0)
    if rows * 26 <= _MOST_CELLS and not re.search(rb"[\"'][A-Z]{3}[0-9]", sheet):
        return False
    columns = max(map(_number, set(_COLUMN.findall(sheet))), default=0)
    return rows * columns > _MOST_CELLS


def drawn_together(sheet: bytes) -> tuple[bytes, dict[int, int]]:
    """The sheet with near numbers, and each row's own number by the one that it got."""
    own: dict[int, int] = {}
    old = new = 0

    def tag(match: re.Match[bytes]) -> bytes:
        nonlocal old, new
        place = _PLACE.search(match[2])
        if not place or int(place[2]) > LAST_ROW:
            return match[0]
        letters, number = place[1], int(place[2])
        if not letters:
            new += min(max(number - old, 1), _GAP)
            old = number
            own[new] = old
        elif _number(letters) > _FAR:
            letters = b"WB"
        near = match[2][: place.start()] + b'r="%s%d"' % (letters, new) + match[2][place.end() :]
        return b"<" + match[1] + near + b">"

    return _TAG.sub(tag, sheet), own


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
