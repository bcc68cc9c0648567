"""Contacts with projects, and what was promised in them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, RowMapping, insert, select, update

from mapapp.ledger.following import FollowUp
from mapapp.store.database import Database, stamp
from mapapp.store.errors import StaleRow
from mapapp.store.year_tables import follow_up

_NAMES = (
    "id",
    "project_code",
    "on",
    "by",
    "said",
    "next_step",
    "unit",
    "due_on",
    "settled_on",
    "outcome",
    "replaced_on",
    "row_version",
)


class FollowUpStore:
    """The follow-ups of all projects."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def every(self) -> list[FollowUp]:
        """All of them, by day."""
        query = select(follow_up).order_by(follow_up.c.on, follow_up.c.id)
        with self._database.read() as connection:
            return [_follow_up(row) for row in connection.execute(query).mappings()]

    def of(self, code: str) -> list[FollowUp]:
        """Those of one project, newest first."""
        own = follow_up.c
        query = select(follow_up).where(own.project_code == code)
        with self._database.read() as connection:
            rows = connection.execute(query.order_by(own.on.desc(), own.id.desc())).mappings()
            return [_follow_up(row) for row in rows]

    def of_meeting(self, meeting: int) -> list[FollowUp]:
        """The promises that a weekly meeting set."""
        query = select(follow_up).where(follow_up.c.meeting_id == meeting)
        with self._database.read() as connection:
            rows = connection.execute(query.order_by(follow_up.c.id)).mappings()
            return [_follow_up(row) for row in rows]

    def numbered(self, ids: Collection[int]) -> list[FollowUp]:
        """Those of these numbers, by number."""
        query = select(follow_up).where(follow_up.c.id.in_(ids)).order_by(follow_up.c.id)
        with self._database.read() as connection:
            return [_follow_up(row) for row in connection.execute(query).mappings()]

    def add(self, item: FollowUp, actor: str) -> int:
        """Keep one; its number."""
        with self._database.write() as connection:
            return save(connection, [item], actor)[0]

    def settle(self, id: int, version: int, on: date, outcome: str, actor: str) -> None:
        """Say how a promise ended that is still to be kept.

        Raises:
            StaleRow: somebody changed or ended it after it was read.
        """
        values = {"settled_on": on, "outcome": outcome} | stamp(actor, version + 1)
        with self._database.write() as connection:
            _end(connection, id, version, values)


def save(connection: Connection, items: Iterable[FollowUp], actor: str) -> Sequence[int]:
    """Write new ones; their numbers."""
    numbers = []
    for item in items:
        values = {name: getattr(item, name) for name in _NAMES if name not in ("id", "row_version")}
        values |= {"meeting_id": item.meeting} | stamp(actor)
        made = connection.execute(insert(follow_up).values(**values)).inserted_primary_key
        numbers.append(int(made[0]))  # type: ignore[index]
    return numbers


def replace_promise(connection: Connection, id: int, version: int, on: date, actor: str) -> None:
    """Say that a meeting put another step in the place of a promise.

    Raises:
        StaleRow: somebody changed or ended it after it was read.
    """
    _end(connection, id, version, {"replaced_on": on} | stamp(actor, version + 1))


def _end(connection: Connection, id: int, version: int, values: Mapping[str, Any]) -> None:
    """End a promise once: what is settled or replaced stays as it is."""
    own = follow_up.c
    open_still = (own.settled_on.is_(None), own.replaced_on.is_(None))
    change = update(follow_up).where(own.id == id, own.row_version == version, *open_still)
    if not connection.execute(change.values(**values)).rowcount:
        held = connection.execute(select(own.row_version).where(own.id == id)).scalar()
        raise StaleRow("follow_up", str(id), version, held)


def move(connection: Connection, old: str, new: str) -> None:
    """Hand those of a project that was merged away to the one that stays."""
    change = update(follow_up).where(follow_up.c.project_code == old)
    connection.execute(change.values(project_code=new))


def _follow_up(row: RowMapping) -> FollowUp:
    return FollowUp(**{name: row[name] for name in _NAMES}, meeting=row["meeting_id"])
