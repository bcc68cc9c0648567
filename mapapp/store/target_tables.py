"""The tables of target lists: lists and their versions, rows, contacts."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, Date, ForeignKey, Index, Integer, Table, Text

from mapapp.store.columns import stamp_columns, text_column
from mapapp.store.tables import metadata

target_list = Table(
    "target_list",
    metadata,
    Column("id", Integer, primary_key=True),
    text_column("title"),
    Column("made_on", Date, nullable=False),
    text_column("owner"),
    text_column("office"),
    text_column("event"),
    text_column("note"),
    Column("rule", JSON(none_as_null=True)),
    Column("version", Integer, nullable=False),
    Column("closed", Boolean, nullable=False, default=False),
    *stamp_columns(),
)

target_list_version = Table(
    "target_list_version",
    metadata,
    Column("list_id", Integer, ForeignKey("target_list.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("on", Date, nullable=False),
    text_column("said"),
    Column("ranking", JSON, nullable=False),
    *stamp_columns(),
)

target_row = Table(
    "target_row",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("list_id", Integer, ForeignKey("target_list.id", ondelete="CASCADE"), nullable=False),
    Column("firm", Text, nullable=False),
    Column("link", Text, nullable=False),
    Column("chain", Text, nullable=False),
    Column("why", JSON, nullable=False),
    Column("approach", Text, nullable=False),
    text_column("given_up"),
    text_column("contact"),
    text_column("phone"),
    text_column("ties"),
    text_column("next_step"),
    Column("next_on", Date),
    text_column("note"),
    Column("added_in", Integer, nullable=False),
    Column("dropped_in", Integer),
    Column("project_code", Text, ForeignKey("project.project_code", ondelete="SET NULL")),
    *stamp_columns(),
)

visit = Table(
    "visit",
    metadata,
    Column("id", Integer, primary_key=True),
    Column(
        "target_row_id", Integer, ForeignKey("target_row.id", ondelete="CASCADE"), nullable=False
    ),
    Column("on", Date, nullable=False),
    Column("approach", Text, nullable=False),
    text_column("by"),
    text_column("met"),
    text_column("said"),
    *stamp_columns(),
)

Index(None, target_row.c.list_id)
Index(None, target_row.c.firm)
Index(None, target_row.c.project_code)
Index(None, visit.c.target_row_id)
