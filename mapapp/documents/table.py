"""A table to be written: its title, columns and rows, and the notes that travel with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from math import isfinite

Value = str | int | float | Decimal | date | None


class Kind(Enum):
    """What a column holds; the value is its number format in a workbook."""

    TEXT = "@"
    INTEGER = "#,##0"
    AMOUNT = "#,##0.00"
    SCORE = "0.0"
    DATE = "yyyy-mm-dd"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its title, its width in characters, what it holds."""

    title: str
    width: float = 12
    kind: Kind = Kind.TEXT


@dataclass(frozen=True, slots=True)
class Note:
    """A line of the 说明 sheet: scope, weights, source, date."""

    about: str
    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under columns. subtitle stands under the title; notes go to a sheet of their own.

    Paper holds only the first `printed` columns, all of them where it is None. groups are merged
    headings above the column titles, as (text, how many columns), over all of them. The first
    `frozen` columns stay when a reader goes to the right. watermark is printed pale across the
    head of each page: who took the table away, and when.
    """

    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Value]]
    subtitle: str = ""
    notes: Sequence[Note] = ()
    printed: int | None = None
    groups: Sequence[tuple[str, int]] = ()
    frozen: int = 0
    watermark: str = ""

    def __post_init__(self) -> None:
        titles = [column.title for column in self.columns]
        if not titles or len(set(titles)) < len(titles):
            raise ValueError(f"表“{self.title}”的列名为空或重复：{'、'.join(titles)}")
        if self.groups and sum(wide for _, wide in self.groups) != len(titles):
            raise ValueError(f"表“{self.title}”合并的表头没有正好盖住 {len(titles)} 列")
        for number, row in enumerate(self.rows, start=1):
            if len(row) != len(titles):
                raise ValueError(f"表“{self.title}”第{number}行有{len(row)}列，应为{len(titles)}列")


def as_text(value: Value) -> str:
    """A value as text, numbers without an exponent."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return format(value, "f") if value.is_finite() else ""
    if isinstance(value, float):
        return format(Decimal(repr(value)), "f") if isfinite(value) else ""
    return value.isoformat() if isinstance(value, date) else str(value)
