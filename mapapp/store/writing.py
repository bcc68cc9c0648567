"""Writing: an import's changes, each leaving a line of history, and the sample data."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields
from typing import Any

from sqlalchemy import Connection, Table, bindparam, delete, insert, or_, select, update

from mapapp.ledger.project import InvestmentProject
from mapapp.ledger.record import changed_fields
from mapapp.store import event_rows, rows
from mapapp.store.changes import Confirmation, ImportBatch, ProjectChange, Sample
from mapapp.store.database import stamp
from mapapp.store.errors import StaleRow
from mapapp.store.tables import (
    enterprise,
    enterprise_link,
    import_batch,
    ledger_change,
    project,
    project_account,
    project_event,
    project_link,
    promotion_event,
    reported_figure,
)

_CODES_AT_ONCE = 500
_CHANGES_AT_ONCE = 1000
_PARTS = (project_link, project_event, project_account)
Values = dict[str, Any]
Told = Callable[[int], None]


def save_import(
    connection: Connection,
    batch: ImportBatch,
    changes: Sequence[ProjectChange],
    told: Told | None = None,
) -> int:
    """Write the changes of an import; the batch's number. Raises StaleRow.

    told hears how many changes are written; what it raises undoes them all.
    """
    number = _save_batch(connection, batch)
    for start in range(0, len(changes), _CHANGES_AT_ONCE):
        if told:
            told(start)
        _save_some(connection, changes[start : start + _CHANGES_AT_ONCE], number, batch.actor)
    return number


def confirm(connection: Connection, confirmed: Sequence[Confirmation]) -> None:
    """Move the day that projects were last heard of on; their versions and history stay."""
    if not confirmed:
        return
    own = project.c
    later = or_(own.confirmed_last.is_(None), own.confirmed_last < bindparam("_last"))
    connection.execute(
        update(project)
        .where(own.project_code == bindparam("_code"), later)
        .values(last_confirmed=bindparam("_on"), confirmed_last=bindparam("_last")),
        [{"_code": one.code, "_on": str(one.on), "_last": one.on.last} for one in confirmed],
    )


def _save_some(
    connection: Connection, changes: Sequence[ProjectChange], batch: int, actor: str
) -> None:
    new = [change.project for change in changes if change.before is None]
    old = [change for change in changes if change.before is not None]
    _insert_projects(connection, new, actor)
    _update_projects(connection, old, actor)
    _insert(connection, ledger_change, [_history(change, batch) for change in changes], actor)


def save_by_hand(connection: Connection, change: ProjectChange, actor: str) -> None:
    """Write one project, with its line of history. Raises StaleRow."""
    if change.before is None:
        _insert_projects(connection, [change.project], actor)
    else:
        _update_projects(connection, [change], actor)
    _insert(connection, ledger_change, [_history(change, None)], actor)


def load_sample(connection: Connection, sample: Sample, actor: str) -> None:
    """Write sample data into empty tables."""
    _insert(connection, enterprise, map(rows.enterprise_row, sample.enterprises), actor)
    links = (rows.link_rows("enterprise_id", e.id, e.links) for e in sample.enterprises)
    _insert(connection, enterprise_link, (row for some in links for row in some), actor)
    _insert_projects(connection, sample.projects, actor)
    _insert(
        connection,
        promotion_event,
        map(event_rows.event_values, sample.promotion_events),
        actor,
    )
    _insert(
        connection,
        reported_figure,
        map(rows.reported_figure_row, sample.reported_figures),
        actor,
    )


def _save_batch(connection: Connection, batch: ImportBatch) -> int:
    names = [field.name for field in fields(ImportBatch) if field.name != "actor"]
    values = {name: getattr(batch, name) for name in names} | stamp(batch.actor)
    result = connection.execute(insert(import_batch).values(**values))
    return int(result.inserted_primary_key[0])  # type: ignore[index]


def _insert_projects(
    connection: Connection, projects: Sequence[InvestmentProject], actor: str
) -> None:
    _refuse_those_there(connection, [item.project_code for item in projects])
    _insert(connection, project, map(rows.project_row, projects), actor)
    _insert_parts(connection, projects, actor)


def _refuse_those_there(connection: Connection, codes: Sequence[str]) -> None:
    """Before the insert: a batch that fails half-way would find its own rows."""
    for start in range(0, len(codes), _CODES_AT_ONCE):
        some = codes[start : start + _CODES_AT_ONCE]
        query = select(project.c.project_code, project.c.row_version)
        held = connection.execute(query.where(project.c.project_code.in_(some))).first()
        if held:
            raise StaleRow("project", held.project_code, None, held.row_version)


def _update_projects(connection: Connection, changes: Sequence[ProjectChange], actor: str) -> None:
    """Each row only in the version that the change was decided on."""
    if not changes:
        return
    held = [change.before for change in changes if change.before]
    _refuse_other_versions(connection, {item.project_code: item.row_version for item in held})
    values = [_updated(change, actor) for change in changes]
    names = [name for name in values[0] if name != "_code"]
    connection.execute(
        update(project)
        .where(project.c.project_code == bindparam("_code"))
        .values({name: bindparam(name) for name in names}),
        values,
    )
    for table in _PARTS:
        gone = delete(table).where(table.c.project_code == bindparam("_code"))
        connection.execute(gone, [{"_code": row["_code"]} for row in values])
    _insert_parts(connection, [change.project for change in changes], actor)


def _updated(change: ProjectChange, actor: str) -> Values:
    before = change.before
    assert before is not None
    mark = stamp(actor, before.row_version + 1)
    return rows.project_row(change.project) | mark | {"_code": before.project_code}


def _refuse_other_versions(connection: Connection, wanted: Mapping[str, int]) -> None:
    """The rows stay locked until the transaction ends: SQLite has one writer, PostgreSQL is
    asked to."""
    codes = list(wanted)
    held: dict[str, int] = {}
    for start in range(0, len(codes), _CODES_AT_ONCE):
        some = codes[start : start + _CODES_AT_ONCE]
        query = select(project.c.project_code, project.c.row_version)
        query = query.where(project.c.project_code.in_(some)).with_for_update()
        held |= {row.project_code: row.row_version for row in connection.execute(query)}
    for code, version in wanted.items():
        if held.get(code) != version:
            raise StaleRow("project", code, version, held.get(code))


def _insert_parts(
    connection: Connection, projects: Sequence[InvestmentProject], actor: str
) -> None:
    parts: tuple[list[Values], list[Values], list[Values]] = ([], [], [])
    for item in projects:
        parts[0].extend(rows.link_rows("project_code", item.project_code, item.links))
        parts[1].extend(rows.event_rows(item))
        parts[2].extend(rows.account_rows(item))
    for table, values in zip(_PARTS, parts, strict=True):
        _insert(connection, table, values, actor)


def _history(change: ProjectChange, batch: int | None) -> Values:
    old, new = change.fields or changed_fields(change.before, change.project)
    return {
        "batch_id": batch,
        "table_name": "project",
        "row_key": change.project.project_code,
        "old": old,
        "new": new,
    }


def _insert(connection: Connection, table: Table, values: Iterable[Values], actor: str) -> None:
    mark, stamped = stamp(actor), list(values)
    for value in stamped:
        value.update(mark)
    if stamped:
        connection.execute(insert(table), stamped)
