"""The tables of the bureau's own register, and of the backtests run on it."""

from __future__ import annotations

from sqlalchemy import JSON, Column, ForeignKey, Index, Integer, Table, Text

from mapapp.store.columns import stamp_columns
from mapapp.store.tables import metadata

register_file = Table(
    "register_file",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("entries", Integer, nullable=False),
    *stamp_columns(),
)

register_entry = Table(
    "register_entry",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("file_id", Integer, ForeignKey("register_file.id", ondelete="CASCADE"), nullable=False),
    Column("place", Text, nullable=False),
    Column("link", Text, nullable=False),
    Column("firm", Text, nullable=False),
    *stamp_columns(),
)

backtest_run = Table(
    "backtest_run",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("figures", JSON, nullable=False),
    *stamp_columns(),
)

Index(None, register_entry.c.file_id)
