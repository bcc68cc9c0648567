"""The weights that a bureau has set, one row for each time: the last one counts, all are kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column, Integer, Table, Text, insert, select

from mapapp.store.columns import UtcTime
from mapapp.store.database import Database, stamp
from mapapp.store.tables import metadata

weight_setting = Table(
    "weight_setting",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("changes", JSON, nullable=False),
    Column("note", Text, nullable=False, default=""),
    Column("row_version", Integer, nullable=False),
    Column("changed_by", Text, nullable=False),
    Column("changed_at", UtcTime, nullable=False),
)


@dataclass(frozen=True, slots=True)
class WeightSetting:
    """What was set on top of the city's file (nothing: back to it), why, by whom and when.

    changes is what `chains.Weights.override` takes.
    """

    changes: Mapping[str, Any]
    note: str
    changed_by: str
    changed_at: datetime


class WeightStore:
    """The bureau's own weights."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def settings(self, limit: int = 1) -> list[WeightSetting]:
        """The last `limit` settings, newest first; none where nobody set any."""
        query = select(weight_setting).order_by(weight_setting.c.id.desc()).limit(limit)
        with self._database.read() as connection:
            return [
                WeightSetting(row["changes"], row["note"], row["changed_by"], row["changed_at"])
                for row in connection.execute(query).mappings()
            ]

    def set(self, changes: Mapping[str, Any], note: str, actor: str) -> None:
        """Set the weights anew, on top of the city's file."""
        values = {"changes": dict(changes), "note": note} | stamp(actor)
        with self._database.write() as connection:
            connection.execute(insert(weight_setting).values(**values))
