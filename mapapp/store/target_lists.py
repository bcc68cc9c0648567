"""Target lists, their versions and rows, and the contacts with the firms on them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, Select, delete, insert, select, update

from mapapp.ledger.following import FollowUp
from mapapp.ledger.project import InvestmentProject
from mapapp.ledger.project_codes import CodeSeries
from mapapp.outreach.pursuit_cells import cells_of
from mapapp.outreach.target_list import (
    ListVersion,
    Revision,
    TargetList,
    TargetRow,
    Visit,
)
from mapapp.store import codes, follow_ups, target_rows, writing
from mapapp.store.changes import ProjectChange
from mapapp.store.database import Database, stamp
from mapapp.store.errors import StaleRow
from mapapp.store.tables import ledger_change
from mapapp.store.target_tables import target_list, target_list_version, target_row, visit

_TABLE = "target_row"
_AT_ONCE = 500
"""Ids in one query: SQLite takes a limited number of parameters."""


@dataclass(frozen=True, slots=True)
class RowChange:
    """A row as it is to be, as it was when that was decided, and the contacts it comes from."""

    row: TargetRow
    before: TargetRow
    visits: tuple[Visit, ...] = ()


class TargetListStore:
    """The lists of all teams."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def lists(self) -> list[TargetList]:
        """All of them, the newest first."""
        query = select(target_list).order_by(target_list.c.id.desc())
        with self._database.read() as connection:
            return [target_rows.to_list(row) for row in connection.execute(query).mappings()]

    def find(self, id: int) -> TargetList | None:
        """The one of that number."""
        query = select(target_list).where(target_list.c.id == id)
        with self._database.read() as connection:
            row = connection.execute(query).mappings().first()
            return target_rows.to_list(row) if row else None

    def versions(self, id: int) -> list[ListVersion]:
        """The versions of a list, the first one first."""
        own = target_list_version.c
        query = select(target_list_version).where(own.list_id == id).order_by(own.number)
        with self._database.read() as connection:
            return [target_rows.to_version(row) for row in connection.execute(query).mappings()]

    def rows(self, id: int | None = None) -> list[TargetRow]:
        """The rows of a list, dropped ones too, as they were added; those of all lists."""
        query = select(target_row).order_by(target_row.c.id)
        if id is not None:
            query = query.where(target_row.c.list_id == id)
        return self._rows(query)

    def row(self, id: int) -> TargetRow | None:
        """The row of that number."""
        return next(iter(self._rows(select(target_row).where(target_row.c.id == id))), None)

    def rows_of_project(self, code: str) -> list[TargetRow]:
        """The rows that became a project."""
        return self._rows(select(target_row).where(target_row.c.project_code == code))

    def rows_of_firm(self, firm: str) -> list[TargetRow]:
        """The rows of a firm on all lists, as they were added."""
        query = select(target_row).where(target_row.c.firm == firm)
        return self._rows(query.order_by(target_row.c.id))

    def visits(self, id: int | None = None) -> list[Visit]:
        """The contacts of the rows of a list, by day; those of all lists."""
        query = select(visit).order_by(visit.c.on, visit.c.id)
        if id is not None:
            query = query.join(target_row).where(target_row.c.list_id == id)
        with self._database.read() as connection:
            return [target_rows.to_visit(row) for row in connection.execute(query).mappings()]

    def visits_of(self, row: int) -> list[Visit]:
        """The contacts of a row, by day."""
        query = select(visit).where(visit.c.target_row_id == row).order_by(visit.c.on, visit.c.id)
        with self._database.read() as connection:
            return [target_rows.to_visit(one) for one in connection.execute(query).mappings()]

    def cells_then(self, seen: Mapping[int, int]) -> dict[int, dict[str, str]]:
        """What teams had written on rows when these were in a version, by the row's number."""
        found = {}
        own = ledger_change.c
        keys = [str(id) for id in seen]
        with self._database.read() as connection:
            for start in range(0, len(keys), _AT_ONCE):
                some = own.row_key.in_(keys[start : start + _AT_ONCE])
                query = select(own.row_key, own.new).where(own.table_name == _TABLE, some)
                for key, new in connection.execute(query):
                    if new["row_version"] == seen[int(key)]:
                        found[int(key)] = new["cells"]
        return found

    def make(
        self, item: TargetList, rows: Iterable[TargetRow], version: ListVersion, actor: str
    ) -> int:
        """Keep a new list with its rows and first version; its number."""
        with self._database.write() as connection:
            values = target_rows.list_values(item) | stamp(actor)
            made = connection.execute(insert(target_list).values(**values)).inserted_primary_key
            number = int(made[0])  # type: ignore[index]
            _add(connection, [replace(row, list=number) for row in rows], actor)
            _keep_version(connection, replace(version, list=number), actor)
        return number

    def change(self, item: TargetList, actor: str) -> None:
        """Change what is said of a list: title, owner, office, event, note, closed.

        Raises:
            StaleRow: somebody changed it after it was read.
        """
        with self._database.write() as connection:
            _change_list(connection, item, actor)

    def revise(
        self, item: TargetList, revision: Revision, version: ListVersion, actor: str
    ) -> None:
        """Make the next version of a list, `item` being the list as it was read.

        Raises:
            StaleRow: somebody changed the list, or a row that is to be dropped, meanwhile.
        """
        with self._database.write() as connection:
            _change_list(connection, replace(item, version=version.number), actor)
            _add(connection, [replace(row, added_in=version.number) for row in revision.add], actor)
            for row in revision.drop:
                _write(connection, replace(row, dropped_in=version.number), row, actor)
            _keep_version(connection, version, actor)

    def save(self, changes: Sequence[RowChange], actor: str) -> None:
        """Write rows and their new contacts, all or nothing.

        Raises:
            StaleRow: somebody changed one of the rows after it was read.
        """
        with self._database.write() as connection:
            _save(connection, changes, actor)

    def forget_visit(self, row: int, id: int, version: int) -> None:
        """Take back a contact of a row that was kept by mistake.

        Raises:
            StaleRow: it is gone, or is another than the one seen.
        """
        own = visit.c
        same = (own.id == id, own.target_row_id == row, own.row_version == version)
        with self._database.write() as connection:
            if not connection.execute(delete(visit).where(*same)).rowcount:
                raise StaleRow("visit", str(id), version, None)

    def sign(
        self,
        change: RowChange,
        project: InvestmentProject,
        series: CodeSeries,
        contacts: Sequence[FollowUp],
        actor: str,
    ) -> str:
        """Make a project of a row, with its contacts as follow-ups; the project's code.

        Raises:
            StaleRow: somebody changed the row after it was read; nothing is written.
        """
        with self._database.write() as connection:
            code = codes.issue(connection, series, actor)
            made = replace(project, project_code=code)
            writing.save_by_hand(connection, ProjectChange(made), actor)
            moved = [replace(item, project_code=code) for item in contacts]
            follow_ups.save(connection, moved, actor)
            row = replace(change.row, project_code=code)
            _save(connection, [replace(change, row=row)], actor)
        return code

    def remove(self, item: TargetList) -> None:
        """Forget a list with all that hangs on it.

        Raises:
            StaleRow: somebody changed it after it was read.
        """
        own = target_list.c
        gone = delete(target_list).where(own.id == item.id, own.row_version == item.row_version)
        with self._database.write() as connection:
            if not connection.execute(gone).rowcount:
                raise _stale(connection, item)

    def _rows(self, query: Select[Any]) -> list[TargetRow]:
        with self._database.read() as connection:
            return [target_rows.to_row(row) for row in connection.execute(query).mappings()]


def move(connection: Connection, old: str, new: str) -> None:
    """Point rows at the project that stays where theirs was merged into it."""
    change = update(target_row).where(target_row.c.project_code == old)
    connection.execute(change.values(project_code=new))


def _add(connection: Connection, rows: Sequence[TargetRow], actor: str) -> None:
    """Insert rows, each with the first line of its history."""
    if not rows:
        return
    values = [target_rows.row_values(row) | stamp(actor) for row in rows]
    made = insert(target_row).returning(target_row.c.id, sort_by_parameter_order=True)
    ids = connection.execute(made, values).scalars()
    lines = [_line(replace(row, id=id), None, actor) for row, id in zip(rows, ids, strict=True)]
    connection.execute(insert(ledger_change), lines)


def _save(connection: Connection, changes: Sequence[RowChange], actor: str) -> None:
    for change in changes:
        _write(connection, change.row, change.before, actor)
    met = target_rows.visit_values(one for change in changes for one in change.visits)
    if met:
        connection.execute(insert(visit), [values | stamp(actor) for values in met])


def _write(connection: Connection, row: TargetRow, before: TargetRow, actor: str) -> None:
    own, version = target_row.c, before.row_version
    values = target_rows.row_values(row) | stamp(actor, version + 1)
    change = update(target_row).where(own.id == row.id, own.row_version == version)
    if not connection.execute(change.values(**values)).rowcount:
        held = connection.execute(select(own.row_version).where(own.id == row.id)).scalar()
        raise StaleRow(_TABLE, str(row.id), version, held)
    now = replace(row, row_version=version + 1)
    connection.execute(insert(ledger_change), [_line(now, before, actor)])


def _line(row: TargetRow, before: TargetRow | None, actor: str) -> dict[str, Any]:
    """A line of the history, from which `cells_then` tells what stood there."""
    return {
        "batch_id": None,
        "table_name": _TABLE,
        "row_key": str(row.id),
        "old": {"cells": cells_of(before.pursuit)} if before else None,
        "new": {"cells": cells_of(row.pursuit), "row_version": row.row_version},
    } | stamp(actor)


def _change_list(connection: Connection, item: TargetList, actor: str) -> None:
    own, version = target_list.c, item.row_version
    values = target_rows.list_values(item) | stamp(actor, version + 1)
    change = update(target_list).where(own.id == item.id, own.row_version == version)
    if not connection.execute(change.values(**values)).rowcount:
        raise _stale(connection, item)


def _stale(connection: Connection, item: TargetList) -> StaleRow:
    own = target_list.c
    held = connection.execute(select(own.row_version).where(own.id == item.id)).scalar()
    return StaleRow("target_list", str(item.id), item.row_version, held)


def _keep_version(connection: Connection, version: ListVersion, actor: str) -> None:
    values = {
        "list_id": version.list,
        "number": version.number,
        "on": version.on,
        "said": version.said,
        "ranking": [*version.ranking],
    }
    connection.execute(insert(target_list_version).values(**values, **stamp(actor)))
