"""Cells as a spreadsheet holds them, before anybody says what they mean."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal

LONGEST_CELL = 32_767
"""Excel's own limit."""


@dataclass(frozen=True, slots=True)
class CellError:
    """A cell that a spreadsheet shows as #REF!, #N/A and the like."""

    text: str


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


@dataclass(frozen=True, slots=True)
class RawSheet:
    """A sheet's rows; name is empty for a CSV. ragged: every row states its own width (CSV)."""

    name: str
    rows: tuple[RawRow, ...]
    ragged: bool = False


_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_NOTHING = {"-", "--", "—", "——", "–", "/", "//", "\\", "无", "暂无", "未定", "待定", "不详"}


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
    return _INVISIBLE.sub("", unicodedata.normalize("NFKC", shown(cell))).strip()


def is_blank(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, str) and not folded(cell))


def says_nothing(cell: Cell) -> bool:
    """Whether a cell says that there is no value: empty, —, /, 无, 待定."""
    return is_blank(cell) or folded(cell) in _NOTHING


def has_control(cell: Cell) -> bool:
    """Whether a text holds a control character (tabs and line breaks are none here)."""
    return isinstance(cell, str) and bool(_CONTROL.search(cell))
