"""Promotion events and trips, with what was signed at them."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import Connection, delete, insert, select, update

from mapapp.outreach.event import PromotionEvent
from mapapp.store.database import Database, stamp
from mapapp.store.errors import StaleRow
from mapapp.store.event_rows import event_values, to_event
from mapapp.store.tables import promotion_event

_OWN = "H"
"""How the ids begin that the bureau's own events are given."""


class EventStore:
    """The events of all years."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def every(self) -> list[PromotionEvent]:
        """All of them, by id."""
        query = select(promotion_event).order_by(promotion_event.c.id)
        with self._database.read() as connection:
            return [to_event(row) for row in connection.execute(query).mappings()]

    def find(self, id: str) -> PromotionEvent | None:
        """The one of that id."""
        query = select(promotion_event).where(promotion_event.c.id == id)
        with self._database.read() as connection:
            row = connection.execute(query).mappings().first()
            return to_event(row) if row else None

    def add(self, event: PromotionEvent, actor: str) -> str:
        """Keep a new one under the next id of the bureau's own; the id."""
        with self._database.write() as connection:
            id = _next_id(connection)
            values = event_values(replace(event, id=id)) | stamp(actor)
            connection.execute(insert(promotion_event).values(**values))
        return id

    def change(self, event: PromotionEvent, actor: str) -> None:
        """Write one as it is to be.

        Raises:
            StaleRow: somebody changed it after it was read.
        """
        own, version = promotion_event.c, event.row_version
        values = event_values(event) | stamp(actor, version + 1)
        query = update(promotion_event).where(own.id == event.id, own.row_version == version)
        with self._database.write() as connection:
            if not connection.execute(query.values(**values)).rowcount:
                raise _stale(connection, event)

    def remove(self, event: PromotionEvent) -> None:
        """Forget one.

        Raises:
            StaleRow: somebody changed it after it was read.
        """
        own = promotion_event.c
        query = delete(promotion_event).where(
            own.id == event.id, own.row_version == event.row_version
        )
        with self._database.write() as connection:
            if not connection.execute(query).rowcount:
                raise _stale(connection, event)


def _next_id(connection: Connection) -> str:
    """The lowest number above every one in use."""
    query = select(promotion_event.c.id).where(promotion_event.c.id.like(f"{_OWN}%"))
    used = [int(id[1:]) for id in connection.execute(query).scalars() if id[1:].isdigit()]
    return f"{_OWN}{max(used, default=0) + 1:04}"


def _stale(connection: Connection, event: PromotionEvent) -> StaleRow:
    own = promotion_event.c
    held = connection.execute(select(own.row_version).where(own.id == event.id)).scalar()
    return StaleRow("promotion_event", event.id, event.row_version, held)
