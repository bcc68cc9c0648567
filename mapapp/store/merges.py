"""Two rows made one, in one transaction, and taken apart again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, RowMapping, delete, insert, select, update

from mapapp.ledger.project import InvestmentProject
from mapapp.ledger.record import Record, changed_fields, from_record, to_record
from mapapp.store import follow_ups, target_lists, writing
from mapapp.store.changes import ProjectChange
from mapapp.store.database import Database, stamp
from mapapp.store.duplicate_tables import project_merge
from mapapp.store.duplicates import batches
from mapapp.store.errors import StaleRow, StoreError
from mapapp.store.tables import ledger_change, project

MERGED_INTO = "merged_into"
"""In the history of a row that gave way: the code that it lives on under."""


class MergeUndone(StoreError):
    """A merge is undone once."""


@dataclass(frozen=True, slots=True)
class Merge:
    """One merge: both rows as they were, the survivor as it became; undone_by says who undid it."""

    id: int
    survivor: str
    loser: str
    survivor_before: Record
    survivor_after: Record
    loser_before: Record
    loser_version: int
    by: str
    at: datetime
    undone_by: str | None
    undone_at: datetime | None

    @property
    def loser_project(self) -> InvestmentProject:
        return from_record(self.loser_before)


class MergeStore:
    """The merges of a city's database; every call is its own transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def save(self, change: ProjectChange, loser: InvestmentProject, actor: str) -> int:
        """Write the survivor and let the other row go, in one transaction; the merge's number.

        Raises:
            StaleRow: somebody changed one of the two after it was read; nothing was written.
        """
        before = change.before
        assert before is not None
        with self._database.write() as connection:
            writing.save_by_hand(connection, change, actor)
            follow_ups.move(connection, loser.project_code, before.project_code)
            target_lists.move(connection, loser.project_code, before.project_code)
            _remove(connection, loser, before.project_code, actor)
            values = {
                "survivor_code": before.project_code,
                "loser_code": loser.project_code,
                "survivor_before": to_record(before),
                "survivor_after": to_record(change.project),
                "loser_before": to_record(loser),
                "loser_version": loser.row_version,
            }
            done = connection.execute(insert(project_merge).values(**values, **stamp(actor)))
            return int(done.inserted_primary_key[0])  # type: ignore[index]

    def undo(self, merge: Merge, change: ProjectChange, actor: str) -> None:
        """Write the survivor as it shall be and bring the other row back, in one transaction.

        Raises:
            StaleRow: somebody changed the survivor meanwhile, or the code is in use again.
            MergeUndone: somebody undid it already.
        """
        with self._database.write() as connection:
            own = project_merge.c
            done = connection.execute(
                update(project_merge)
                .where(own.id == merge.id, own.undone_by.is_(None))
                .values(undone_by=actor, undone_at=datetime.now(UTC))
            )
            if done.rowcount != 1:
                raise MergeUndone(f"第 {merge.id} 次合并已被撤销过。")
            writing.save_by_hand(connection, change, actor)
            writing.save_by_hand(connection, ProjectChange(merge.loser_project), actor)
            connection.execute(
                update(project)
                .where(project.c.project_code == merge.loser)
                .values(row_version=merge.loser_version + 1)
            )

    def latest(self, count: int | None = None) -> list[Merge]:
        """The merges, the newest first."""
        query = select(project_merge).order_by(project_merge.c.id.desc())
        with self._database.read() as connection:
            found = connection.execute(query.limit(count) if count is not None else query)
            return [_merge(row) for row in found.mappings()]

    def get(self, id: int) -> Merge | None:
        """The merge of that number."""
        query = select(project_merge).where(project_merge.c.id == id)
        with self._database.read() as connection:
            row = connection.execute(query).mappings().first()
            return _merge(row) if row else None

    def merged_into(self, codes: Iterable[str]) -> dict[str, str]:
        """Of these codes, those that gave way to another, and to which (not undone)."""
        own, found = project_merge.c, dict[str, str]()
        with self._database.read() as connection:
            for some in batches(list(codes)):
                query = select(own.loser_code, own.survivor_code).order_by(own.id)
                query = query.where(own.loser_code.in_(some), own.undone_by.is_(None))
                found |= {row[0]: row[1] for row in connection.execute(query)}
        return found


def _remove(connection: Connection, loser: InvestmentProject, into: str, actor: str) -> None:
    """Take a row out of the ledger; its history says what it was and where it went."""
    code, own = loser.project_code, project.c
    done = connection.execute(
        delete(project).where(own.project_code == code, own.row_version == loser.row_version)
    )
    if done.rowcount != 1:
        found = select(own.row_version).where(own.project_code == code)
        held = connection.execute(found).scalar_one_or_none()
        raise StaleRow("project", code, loser.row_version, held)
    _, filled = changed_fields(None, loser)
    values = {
        "batch_id": None,
        "table_name": "project",
        "row_key": code,
        "old": filled,
        "new": {MERGED_INTO: into},
    }
    connection.execute(insert(ledger_change).values(**values, **stamp(actor)))


def _merge(row: RowMapping) -> Merge:
    return Merge(
        row["id"],
        row["survivor_code"],
        row["loser_code"],
        row["survivor_before"],
        row["survivor_after"],
        row["loser_before"],
        row["loser_version"],
        row["changed_by"],
        row["changed_at"],
        row["undone_by"],
        row["undone_at"],
    )
