"""Cells as a spreadsheet holds them, before anybody says what they mean."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

LONGEST_CELL = 32_767
"""Excel's own limit."""

ROWS_AT_MOST = 50_000
"""Of a file; a larger ledger comes in parts."""


@dataclass(frozen=True, slots=True)
class CellError:
    """A cell that a spreadsheet shows as #REF!, #N/A and the like."""

    text: str


NO_VALUE = "#N/A"
"""How a spreadsheet shows that there is no value."""

ERROR_TEXTS = frozenset(
    [NO_VALUE, "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"]
)
"""What a spreadsheet shows in place of a value; written as a text it is none either."""

Cell = str | Decimal | bool | date | datetime | time | CellError | None
"""Numbers come exactly as they stand; an empty cell is None, never an empty text."""


@dataclass(frozen=True, slots=True)
class RawRow:
    """A row that is not blank, with its number as Excel shows it (in a CSV: of the record).

    formulas maps the place of a formula to whether its value is stored with it.
    """

    number: int
    cells: tuple[Cell, ...]
    formulas: Mapping[int, bool] = field(default_factory=dict)


Merge = tuple[int, int, int, int]
"""Merged cells: first row (as Excel shows it), first column (from 0), last row, last column."""


class Layer(StrEnum):
    """What the geometries of a map layer are."""

    POINTS = "点"
    AREAS = "面"


@dataclass(frozen=True, slots=True)
class RawSheet:
    """A sheet's rows; name is empty for a CSV. ragged: every row states its own width (CSV).

    layer: the rows are the features of a map layer, and the first of them its column names.
    since_1904: its plain numbers of days count from 1904 (a workbook of an old Mac).
    hidden_columns: places of columns that a reader of the sheet does not see.
    form: of the file it comes from: xlsx, xls, ods, text, …; empty where nobody asked.
    """

    name: str
    rows: tuple[RawRow, ...]
    ragged: bool = False
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    merges: tuple[Merge, ...] = ()
    layer: Layer | None = None
    since_1904: bool = False
    hidden_columns: frozenset[int] = frozenset()
    form: str = ""


_UNSEEN = "\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad"
_INVISIBLE = re.compile(f"[{_UNSEEN}]")
_ODD = re.compile(f"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f{_UNSEEN}\ufffd]")
_CONTROL = re.compile("[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")
_DIRECTION = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_JOINED = re.compile(f"(?<=[^\\s{_UNSEEN}])[\u200b\u2060-\u2064\ufeff\u00ad]")
_DASHES = re.compile(r"[-‐-―−_/\\*.…]+|[xX×]")
_FIGURES = ("<circle>", "<super>", "<sub>", "<fraction>")
_NOTHING = frozenset(
    [
        "无",
        "暂无",
        "未定",
        "待定",
        "不详",
        "未知",
        "未填",
        "空",
        "暂缺",
        "暂未确定",
        "尚未确定",
        "暂无数据",
        "待确定",
    ]
)


def shown(cell: Cell) -> str:
    """A cell as text, as it stands; numbers without exponent or trailing zeros."""
    match cell:
        case None:
            return ""
        case str():
            return cell.strip()
        case bool():
            return "TRUE" if cell else "FALSE"
        case Decimal():
            return number_text(cell)
        case datetime():
            return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ")
        case date() | time():
            return cell.isoformat()
    return cell.text


def number_text(number: Decimal) -> str:
    """A number without exponent or trailing zeros."""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def folded(cell: Cell) -> str:
    """A cell's text for comparing: full width made half width, no invisible characters."""
    text = cell.strip() if isinstance(cell, str) else shown(cell)
    if text.isascii():
        return text
    return _folded(text) if len(text) <= _SHORT else _fold(text)


def _fold(text: str) -> str:
    return _INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).strip()


_SHORT = 64
"""Longer texts are seldom met twice, and would make the memory of folded ones large."""
_folded = lru_cache(maxsize=8192)(_fold)


def closed_up(cell: Cell) -> str:
    """The same without any space, as titles and marks are compared."""
    return "".join(folded(cell).split())


def is_blank(cell: Cell) -> bool:
    if not isinstance(cell, str):
        return cell is None
    # What begins with a letter or a figure is the usual cell, and costs no normalising.
    return not cell[:1].isalnum() and not folded(cell)


def looks_numeric(text: str) -> bool:
    """Whether a text holds a character such as ①, ² or ½, which folding would make a figure of."""
    return any(unicodedata.decomposition(c).startswith(_FIGURES) for c in text if c > "\u00b0")


def says_nothing(cell: Cell) -> bool:
    """Whether a cell says that there is no value: empty, —, /, 无, 待定."""
    if not isinstance(cell, str):
        return cell is None
    text = folded(cell)
    return not text or text in _NOTHING or bool(_DASHES.fullmatch(text))


def is_plain(text: str) -> bool:
    """Whether none of the characters that the rules below ask for is in a text."""
    return not _ODD.search(text)


def has_nul(cell: Cell) -> bool:
    """Whether a text holds a NUL, which no database may keep."""
    return isinstance(cell, str) and "\x00" in cell


def has_control(cell: Cell) -> bool:
    """Whether a text holds another control character (tabs and line breaks are none here)."""
    return isinstance(cell, str) and bool(_CONTROL.search(cell))


def without_control(text: str) -> str:
    """A text without its control characters, which neither XML nor a screen can show."""
    return _CONTROL.sub("", text)


def plain_text(text: str) -> str:
    """A text as somebody typed it into a page: its lines, without what cannot be seen."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return without_control(lines).replace("\x00", "").strip()


def hides_something(cell: Cell) -> bool:
    """Whether a text turns the reading direction, or holds a character of no width inside.

    Zero-width joiners are part of emoji and are none; nor is what stands before the first letter.
    """
    return isinstance(cell, str) and bool(_DIRECTION.search(cell) or _JOINED.search(cell))


def has_invisible(cell: Cell) -> bool:
    """Whether a text holds any character that nobody can see."""
    return isinstance(cell, str) and bool(_INVISIBLE.search(cell))
