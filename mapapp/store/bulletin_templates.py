"""The Word templates that the bureau has put in the place of the shipped ones; all are kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select

from mapapp.store.database import Database, stamp
from mapapp.store.year_tables import bulletin_template


@dataclass(frozen=True, slots=True)
class KeptTemplate:
    """What was put in place (None: the shipped one again), by whom and when."""

    data: bytes | None
    note: str
    changed_by: str
    changed_at: datetime


class TemplateStore:
    """Templates by kind of paper."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def newest(self, kind: str) -> KeptTemplate | None:
        """The last one put in place; None where there never was one."""
        own = bulletin_template.c
        query = select(bulletin_template).where(own.kind == kind).order_by(own.id.desc()).limit(1)
        with self._database.read() as connection:
            row = connection.execute(query).mappings().first()
        if row is None:
            return None
        return KeptTemplate(row["data"], row["note"], row["changed_by"], row["changed_at"])

    def put(self, kind: str, data: bytes | None, note: str, actor: str) -> None:
        """Put a template in place; None goes back to the shipped one."""
        values = {"kind": kind, "data": data, "note": note} | stamp(actor)
        with self._database.write() as connection:
            connection.execute(insert(bulletin_template).values(**values))
