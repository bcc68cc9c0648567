"""Saved views of the ledger: a name for an address."""

from __future__ import annotations

from sqlalchemy import Connection, delete, insert, select, update

from mapapp.store.changes import SavedView
from mapapp.store.database import stamp
from mapapp.store.tables import saved_view


def every(connection: Connection) -> list[SavedView]:
    """All views, by name."""
    rows = connection.execute(select(saved_view).order_by(saved_view.c.name)).mappings()
    return [
        SavedView(row["id"], row["name"], row["query"], row["changed_by"], row["changed_at"])
        for row in rows
    ]


def save(connection: Connection, name: str, query: str, actor: str) -> None:
    """Keep a view under a name; the one of that name before gives way."""
    own = saved_view.c
    held = connection.execute(select(own.row_version).where(own.name == name)).scalar_one_or_none()
    values = {"name": name, "query": query} | stamp(actor, (held or 0) + 1)
    if held is None:
        connection.execute(insert(saved_view).values(**values))
    else:
        connection.execute(update(saved_view).where(own.name == name).values(**values))


def drop(connection: Connection, id: int) -> bool:
    """Forget a view; whether it was there."""
    return connection.execute(delete(saved_view).where(saved_view.c.id == id)).rowcount == 1
