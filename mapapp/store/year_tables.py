"""The tables of the bureau's year: follow-up, the week's meetings, targets, rates, codes."""

from __future__ import annotations

from sqlalchemy import JSON, Column, Date, ForeignKey, Index, Integer, LargeBinary, Table, Text

from mapapp.store.columns import UtcTime
from mapapp.store.tables import metadata


def _stamp() -> tuple[Column[int], Column[str], Column[object]]:
    return (
        Column("row_version", Integer, nullable=False),
        Column("changed_by", Text, nullable=False),
        Column("changed_at", UtcTime, nullable=False),
    )


def _text(name: str) -> Column[str]:
    return Column(name, Text, nullable=False, default="")


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
    _text("by"),
    _text("said"),
    _text("next_step"),
    _text("unit"),
    Column("due_on", Date),
    Column("settled_on", Date),
    _text("outcome"),
    Column("meeting_id", Integer),
    *_stamp(),
)

weekly_meeting = Table(
    "weekly_meeting",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("on", Date, nullable=False),
    _text("title"),
    _text("note"),
    Column("items", JSON, nullable=False),
    *_stamp(),
)

annual_target = Table(
    "annual_target",
    metadata,
    Column("year", Integer, primary_key=True),
    Column("dimension", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("indicator", Text, primary_key=True),
    Column("value", Text, nullable=False),
    *_stamp(),
)

exchange_rate = Table(
    "exchange_rate",
    metadata,
    Column("currency", Text, primary_key=True),
    Column("on", Date, primary_key=True),
    Column("yuan", Text, nullable=False),
    _text("source"),
    *_stamp(),
)

code_counter = Table(
    "code_counter",
    metadata,
    Column("scope", Text, primary_key=True),
    Column("last", Integer, nullable=False),
    *_stamp(),
)

issued_code = Table(
    "issued_code",
    metadata,
    Column("code", Text, primary_key=True),
    Column("scope", Text, nullable=False),
    *_stamp(),
)

bulletin_template = Table(
    "bulletin_template",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("data", LargeBinary),
    _text("note"),
    *_stamp(),
)

Index(None, follow_up.c.project_code)
