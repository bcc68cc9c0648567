"""Column types that keep their meaning on SQLite and on PostgreSQL; columns that tables share."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import BigInteger, Column, DateTime, Integer, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

FEN_PER_WAN = 1_000_000
"""1 万元 = 1,000,000 分, the smallest amount there is."""


class WanAmount(TypeDecorator[Decimal]):
    """万元 as a Decimal, kept as a whole number of 分.

    SQLite has no decimal type: its NUMERIC turns an amount into a float, and text cannot be
    summed or compared. A 64-bit whole number is exact, sums exactly inside both databases, and
    reaches 9.2 万亿 万元.
    """

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> int | None:
        if value is None:
            return None
        fen = value * FEN_PER_WAN
        if fen != fen.to_integral_value():
            raise ValueError(f"金额 {value} 万元比一分钱还细，不能保存")
        return int(fen)

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:
        return None if value is None else plain(Decimal(int(value)) / FEN_PER_WAN)


def plain(value: Decimal) -> Decimal:
    """Without trailing zeros and without an exponent: 17500, 1.75."""
    value = value.normalize()
    return value if value.as_tuple().exponent <= 0 else value.quantize(Decimal(1))  # type: ignore[operator]


class UtcTime(TypeDecorator[datetime]):
    """A moment, with its zone: SQLite forgets zones, so it is UTC there and says so when read."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("时刻没有时区")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def stamp_columns() -> tuple[Column[int], Column[str], Column[Any]]:
    """The three columns that every row carries; `database.stamp` fills them."""
    return (
        Column("row_version", Integer, nullable=False),
        Column("changed_by", Text, nullable=False),
        Column("changed_at", UtcTime, nullable=False),
    )


def text_column(name: str) -> Column[str]:
    """A text that may be empty and is never null."""
    return Column(name, Text, nullable=False, default="")
