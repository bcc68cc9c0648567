"""The tables of the bureau's year: follow-up, the week's meetings, targets, rates, codes."""

from __future__ import annotations

from sqlalchemy import JSON, Column, Date, ForeignKey, Index, Integer, LargeBinary, Table, Text

from mapapp.store.columns import stamp_columns, text_column
from mapapp.store.tables import metadata

follow_up = Table(
    "follow_up",
    metadata,
    Column("id", Integer, primary_key=True),
    Column(
        "project_code",
        Text,
        ForeignKey("project.project_code", ondelete="CASCADE"),
        nullable=False,
    ),
    Column("on", Date, nullable=False),
    text_column("by"),
    text_column("said"),
    text_column("next_step"),
    text_column("unit"),
    Column("due_on", Date),
    Column("settled_on", Date),
    text_column("outcome"),
    Column("meeting_id", Integer),
    Column("replaced_on", Date),
    *stamp_columns(),
)

weekly_meeting = Table(
    "weekly_meeting",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("on", Date, nullable=False),
    text_column("title"),
    text_column("note"),
    Column("items", JSON, nullable=False),
    *stamp_columns(),
)

annual_target = Table(
    "annual_target",
    metadata,
    Column("year", Integer, primary_key=True),
    Column("dimension", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("indicator", Text, primary_key=True),
    Column("value", Text, nullable=False),
    *stamp_columns(),
)

exchange_rate = Table(
    "exchange_rate",
    metadata,
    Column("currency", Text, primary_key=True),
    Column("on", Date, primary_key=True),
    Column("yuan", Text, nullable=False),
    text_column("source"),
    *stamp_columns(),
)

code_counter = Table(
    "code_counter",
    metadata,
    Column("scope", Text, primary_key=True),
    Column("last", Integer, nullable=False),
    *stamp_columns(),
)

issued_code = Table(
    "issued_code",
    metadata,
    Column("code", Text, primary_key=True),
    Column("scope", Text, nullable=False),
    *stamp_columns(),
)

bulletin_template = Table(
    "bulletin_template",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("data", LargeBinary),
    text_column("note"),
    *stamp_columns(),
)

Index(None, follow_up.c.project_code)
