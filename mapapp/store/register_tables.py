"""The tables of the bureau's own register, and of the backtests run on it."""

from __future__ import annotations

from sqlalchemy import JSON, Column, ForeignKey, Index, Integer, Table, Text

from mapapp.store.columns import UtcTime
from mapapp.store.tables import metadata


def _stamp() -> tuple[Column[int], Column[str], Column[object]]:
    return (
        Column("row_version", Integer, nullable=False),
        Column("changed_by", Text, nullable=False),
        Column("changed_at", UtcTime, nullable=False),
    )


register_file = Table(
    "register_file",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("entries", Integer, nullable=False),
    *_stamp(),
)

register_entry = Table(
    "register_entry",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("file_id", Integer, ForeignKey("register_file.id", ondelete="CASCADE"), nullable=False),
    Column("place", Text, nullable=False),
    Column("link", Text, nullable=False),
    Column("firm", Text, nullable=False),
    *_stamp(),
)

backtest_run = Table(
    "backtest_run",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("figures", JSON, nullable=False),
    *_stamp(),
)

Index(None, register_entry.c.file_id)
