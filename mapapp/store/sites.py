"""Sites (载体) in the database: read, and written by an import that leaves its history."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from mapapp.ledger.site import Site
from mapapp.store import undoing, writing
from mapapp.store.changes import ImportBatch
from mapapp.store.collection_tables import site
from mapapp.store.database import Database, stamp
from mapapp.store.errors import StaleRow
from mapapp.store.site_rows import site_record, site_row, to_site, with_record
from mapapp.store.tables import import_batch, ledger_change
from mapapp.store.undoing import ChangedSince, Line, Undone

Values = dict[str, Any]
_TABLE = "site"
_BLANK: tuple[object, ...] = (None, "", {})
_OF_SITES = ledger_change.c.table_name == _TABLE


@dataclass(frozen=True, slots=True)
class SiteChange:
    """A site as it shall be; before is what the change was decided on, None if it is new."""

    site: Site
    before: Site | None = None


@dataclass(frozen=True, slots=True)
class SiteImport:
    """One import of sites, as the list of them shows it."""

    batch: int
    file_name: str
    inserted: int
    updated: int
    by: str
    at: datetime


class SiteStore:
    """The sites of one city's database; every call is its own transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> list[Site]:
        """All sites, by county and name."""
        query = select(site).order_by(site.c.county, site.c.name, site.c.id)
        with self._database.read() as connection:
            return [to_site(row) for row in connection.execute(query).mappings()]

    def get(self, id: int) -> Site | None:
        with self._database.read() as connection:
            row = connection.execute(select(site).where(site.c.id == id)).mappings().first()
        return to_site(row) if row else None

    def save_import(self, batch: ImportBatch, changes: Sequence[SiteChange]) -> int:
        """Write an import in one transaction, all of it or nothing; its number.

        Raises:
            StaleRow: somebody changed one of the sites after it was read.
        """
        with self._database.write() as connection:
            number = writing.save_import(connection, batch, [])
            for change in changes:
                id = _write(connection, change, batch.actor)
                values = _history(change, number, id) | stamp(batch.actor)
                connection.execute(insert(ledger_change).values(**values))
        return number

    def imports(self, limit: int = 20) -> list[SiteImport]:
        """The imports of sites that stand, the newest first."""
        own = import_batch.c
        undone = select(own.undoes).where(own.undoes.is_not(None))
        query = (
            select(import_batch)
            .where(own.id.in_(select(ledger_change.c.batch_id).where(_OF_SITES)))
            .where(own.undoes.is_(None), own.id.not_in(undone))
            .order_by(own.id.desc())
            .limit(limit)
        )
        with self._database.read() as connection:
            return [
                SiteImport(r.id, r.file_name, r.inserted, r.updated, r.changed_by, r.changed_at)
                for r in connection.execute(query)
            ]

    def changed_since(self, batch: int) -> list[ChangedSince]:
        """The sites of an import that are not as it left them: why it cannot be undone."""
        with self._database.read() as connection:
            return _changed_since(connection, batch)

    def undo(self, batch: int, actor: str) -> Undone:
        """Take an import back, all of it or nothing; the exact values before it return.

        Raises:
            UndoRefused: sites changed since, with every one of them; nothing was written.
        """
        with self._database.write() as connection:
            return _undo(connection, batch, actor)


def _changed_since(connection: Connection, batch: int) -> list[ChangedSince]:
    later, held = undoing.later(connection, batch, _TABLE), _held(connection)
    found = []
    for line in undoing.lines(connection, batch, _TABLE):
        now = held.get(line.key)
        name = now.name if now else str(line.new.get("name", ""))
        if line.key in later:
            by, at, _ = later[line.key]
            found.append(ChangedSince(line.key, name, "导入之后又有修改", by, at))
        elif now is None:
            found.append(ChangedSince(line.key, name, "导入之后被删除"))
    return found


def _undo(connection: Connection, batch: int, actor: str) -> Undone:
    row = undoing.standing(connection, batch)
    if changed := _changed_since(connection, batch):
        raise undoing.refused(batch, "处载体", changed)
    held, lines = _held(connection), undoing.lines(connection, batch, _TABLE)
    restored = sum(line.old is not None for line in lines)
    own = ImportBatch(actor, f"撤销：{row.file_name}", row.sha256, updated=restored, undoes=batch)
    number = writing.save_import(connection, own, [])
    for line in lines:
        _take_back(connection, line, held[line.key], number, actor)
    return Undone(number, len(lines) - restored, restored)


def _take_back(connection: Connection, line: Line, now: Site, batch: int, actor: str) -> None:
    if line.old is not None:
        change = SiteChange(with_record(now, line.old), now)
        _write(connection, change, actor)
        values = _history(change, batch, now.id)
    else:
        connection.execute(delete(site).where(site.c.id == now.id))
        values = {
            "batch_id": batch, "table_name": _TABLE, "row_key": line.key,
            "old": line.new, "new": {},
        }  # fmt: skip
    connection.execute(insert(ledger_change).values(**values, **stamp(actor)))


def _held(connection: Connection) -> dict[str, Site]:
    return {str(row["id"]): to_site(row) for row in connection.execute(select(site)).mappings()}


def _write(connection: Connection, change: SiteChange, actor: str) -> int:
    before, values = change.before, site_row(change.site)
    if before is None:
        _refuse_if_there(connection, change.site)
        result = connection.execute(insert(site).values(**values, **stamp(actor)))
        return int(result.inserted_primary_key[0])  # type: ignore[index]
    done = connection.execute(
        update(site)
        .where(site.c.id == before.id, site.c.row_version == before.row_version)
        .values(**values, **stamp(actor, before.row_version + 1))
    )
    if done.rowcount != 1:
        version = select(site.c.row_version).where(site.c.id == before.id)
        found = connection.execute(version).scalar_one_or_none()
        raise StaleRow("site", before.name, before.row_version, found)
    return before.id


def _refuse_if_there(connection: Connection, new: Site) -> None:
    """Somebody else may have brought the same site in after it was looked for."""
    own = site.c
    known = [own.name == new.name, own.county.is_not_distinct_from(new.county)]
    where = [own.code == new.code] if new.code else known
    held = connection.execute(select(own.row_version).where(*where)).first()
    if held and not (new.code == "" and _only_coded(connection, known)):
        raise StaleRow("site", new.name, None, held.row_version)


def _only_coded(connection: Connection, known: list[Any]) -> bool:
    """Whether all sites of this name have a code of their own, which the new one has not."""
    return connection.execute(select(site.c.id).where(*known, site.c.code == "")).first() is None


def _history(change: SiteChange, batch: int, id: int) -> Values:
    new = site_record(change.site)
    old = site_record(change.before) if change.before else None
    if old is None:
        new = {name: value for name, value in new.items() if value not in _BLANK}
    else:
        names = [name for name in new if new[name] != old[name]]
        old, new = {n: old[n] for n in names}, {n: new[n] for n in names}
    return {
        "batch_id": batch, "table_name": "site", "row_key": str(id), "old": old, "new": new,
    }  # fmt: skip
