"""The tables of suspected duplicates, of what people decided about them, and of merges.

Codes are no foreign keys here: a decision and a merge outlive the rows they are about.
"""

from __future__ import annotations

from sqlalchemy import JSON, Column, Float, Index, Integer, Table, Text

from mapapp.store.columns import UtcTime, stamp_columns
from mapapp.store.tables import metadata


def _pair() -> tuple[Column[str], Column[str]]:
    return (
        Column("first_code", Text, primary_key=True),
        Column("second_code", Text, primary_key=True),
    )


matched_project = Table(
    "matched_project",
    metadata,
    Column("project_code", Text, primary_key=True),
    Column("project_version", Integer, nullable=False),
    *stamp_columns(),
)

suspected_pair = Table(
    "suspected_pair", metadata, *_pair(), Column("score", Float, nullable=False), *stamp_columns()
)

different_pair = Table("different_pair", metadata, *_pair(), *stamp_columns())

project_merge = Table(
    "project_merge",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("survivor_code", Text, nullable=False),
    Column("loser_code", Text, nullable=False),
    Column("survivor_before", JSON, nullable=False),
    Column("survivor_after", JSON, nullable=False),
    Column("loser_before", JSON, nullable=False),
    Column("loser_version", Integer, nullable=False),
    Column("undone_by", Text),
    Column("undone_at", UtcTime),
    *stamp_columns(),
)

Index(None, suspected_pair.c.second_code)
Index(None, project_merge.c.loser_code)
