"""Taking a whole import back: every row exactly as it was before, or none and the reasons why."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, insert, or_, select, update

from mapapp.ledger.dates import PartialDate
from mapapp.ledger.project import InvestmentProject
from mapapp.ledger.record import to_record, with_record
from mapapp.store import projects, settling, writing
from mapapp.store.changes import ImportBatch, ProjectChange
from mapapp.store.database import stamp
from mapapp.store.errors import StoreError
from mapapp.store.import_tables import import_row, import_upload
from mapapp.store.tables import import_batch, ledger_change, project

_PROJECT = "project"
_BLANK: tuple[object, ...] = (None, "", [], False)
_HEARD = "last_confirmed"
_AT_ONCE = 1000
_UNDONE = select(import_batch.c.undoes).where(import_batch.c.undoes.is_not(None))
Told = Callable[[int], None]
Held = Mapping[str, InvestmentProject]


@dataclass(frozen=True, slots=True)
class ChangedSince:
    """A project that changed after the import: by whom and when, where the history tells."""

    code: str
    name: str
    reason: str
    by: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Undone:
    """An import that was taken back: the number of the undoing, and what it did."""

    number: int
    removed: int
    restored: int


class UndoRefused(StoreError):
    """The import cannot be taken back; rows are those that changed since."""

    def __init__(self, message: str, rows: Sequence[ChangedSince] = ()) -> None:
        super().__init__(message)
        self.rows = tuple(rows)


@dataclass(frozen=True, slots=True)
class Line:
    """What an import did to a row; old is None for one that it brought."""

    key: str
    old: Mapping[str, Any] | None
    new: Mapping[str, Any]


def changed_since(connection: Connection, batch: int) -> list[ChangedSince]:
    """The projects of an import that are not as it left them."""
    own = lines(connection, batch)
    return _changed(connection, batch, own, _held(connection, own))


def _held(connection: Connection, own: Sequence[Line]) -> Held:
    return projects.by_code(connection, [line.key for line in own])


def _changed(
    connection: Connection, batch: int, own: Sequence[Line], held: Held
) -> list[ChangedSince]:
    changes, again = later(connection, batch), _reported_again(connection, batch)
    found = []
    for line in own:
        now = held.get(line.key)
        if line.key in changes:
            by, at, gone = changes[line.key]
            reason = "导入之后被删除" if now is None or gone else "导入之后又有修改"
            found.append(ChangedSince(line.key, _name(line, now), reason, by, at))
        elif now is None:
            found.append(ChangedSince(line.key, _name(line, now), "导入之后被删除"))
        elif line.key in again:
            number, by, at = again[line.key]
            reason = f"批次 {number} 又报来同样的内容，请先撤销那一次"
            found.append(ChangedSince(line.key, now.name, reason, by, at))
        elif not _is_as_left(now, line):
            found.append(ChangedSince(line.key, now.name, "内容与导入时不同"))
    return found


def undo(connection: Connection, batch: int, actor: str, told: Told | None = None) -> Undone:
    """Take an import of projects back, with what it settled of a report. Raises UndoRefused."""
    row = standing(connection, batch)
    done = lines(connection, batch)
    held = _held(connection, done)
    if changed := _changed(connection, batch, done, held):
        raise refused(batch, "个项目", changed)
    new = [line for line in done if line.old is None]
    old = [line for line in done if line.old is not None]
    own = ImportBatch(
        actor, f"撤销：{row.file_name}", row.sha256, updated=len(old), sender=row.sender,
        undoes=batch,
    )  # fmt: skip
    changes = [_restored(held[line.key], line) for line in old]
    number = writing.save_import(connection, own, changes, told)
    _remove(connection, number, new, actor, told, len(old))
    _unconfirm(connection, batch)
    settling.take_back(connection, batch, actor)
    return Undone(number, len(new), len(old))


def standing(connection: Connection, batch: int) -> Row[Any]:
    """The import of that number, if it can be taken back at all. Raises UndoRefused."""
    row = connection.execute(select(import_batch).where(import_batch.c.id == batch)).first()
    if row is None:
        raise UndoRefused(f"没有批次 {batch}。")
    if row.undoes is not None:
        raise UndoRefused(f"批次 {batch} 本身是一次撤销，不能再撤销。")
    earlier = select(import_batch.c.id).where(import_batch.c.undoes == batch)
    if connection.execute(earlier).first():
        raise UndoRefused(f"批次 {batch} 已经撤销过了。")
    return row


def refused(batch: int, what: str, changed: Sequence[ChangedSince]) -> UndoRefused:
    """Why an import cannot be taken back: these of its rows have changed since."""
    return UndoRefused(
        f"批次 {batch} 里有 {len(changed)} {what}在导入之后又变过，"
        "撤销会丢掉这些修改，所以一行也没有撤销。",
        changed,
    )


def lines(connection: Connection, batch: int, table: str = _PROJECT) -> list[Line]:
    """What an import did to the rows of a table, in its order."""
    own = ledger_change.c
    query = select(own.row_key, own.old, own.new).order_by(own.id)
    found = connection.execute(query.where(own.batch_id == batch, own.table_name == table))
    return [Line(*row) for row in found]


def later(
    connection: Connection, batch: int, table: str = _PROJECT
) -> dict[str, tuple[str, datetime, bool]]:
    """Who changed a row of the import after it, when last, and whether it was deleted.

    A later import that was taken back, and the taking back of it, change nothing together.
    """
    own, then = ledger_change, ledger_change.alias("later")
    undoing = select(import_batch.c.id).where(import_batch.c.undoes.is_not(None))
    query = (
        select(then.c.row_key, then.c.changed_by, then.c.changed_at, then.c.new)
        .join(
            own,
            (own.c.table_name == then.c.table_name)
            & (own.c.row_key == then.c.row_key)
            & (own.c.id < then.c.id),
        )
        .where(own.c.batch_id == batch, own.c.table_name == table)
        .where(or_(then.c.batch_id.is_(None), then.c.batch_id.not_in(undoing.union(_UNDONE))))
        .order_by(then.c.id)
    )
    return {row[0]: (row[1], row[2], not row[3]) for row in connection.execute(query)}


def _reported_again(connection: Connection, batch: int) -> dict[str, tuple[int, str, datetime]]:
    """The projects of the import that a later one, which stands, found unchanged: by which."""
    own, row, upload = ledger_change.c, import_row.c, import_upload.c
    query = (
        select(row.project_code, import_batch.c.id, import_batch.c.changed_by)
        .add_columns(import_batch.c.changed_at)
        .join(import_upload, upload.id == row.upload_id)
        .join(import_batch, import_batch.c.id == upload.batch_id)
        .where(row.kind == "same", upload.batch_id > batch, upload.batch_id.not_in(_UNDONE))
        .where(
            row.project_code.in_(
                select(own.row_key).where(own.batch_id == batch, own.table_name == _PROJECT)
            )
        )
        .order_by(upload.batch_id.desc())
    )
    return {found[0]: (found[1], found[2], found[3]) for found in connection.execute(query)}


def _unconfirm(connection: Connection, batch: int) -> None:
    """Projects of which the import said nothing new were last heard of when they were before."""
    row, upload, own = import_row.c, import_upload.c, project.c
    query = (
        select(row.project_code, row.old, row.new)
        .join(import_upload, upload.id == row.upload_id)
        .where(upload.batch_id == batch, row.kind == "same", row.new.is_not(None))
    )
    values = []
    for code, old, new in connection.execute(query):
        if _HEARD in (new or {}):
            was = (old or {}).get(_HEARD)
            last = PartialDate.parse(was).last if was else None
            values.append({"_code": code, "_now": new[_HEARD], "_was": was, "_last": last})
    if values:
        connection.execute(
            update(project)
            .where(own.project_code == bindparam("_code"), own[_HEARD] == bindparam("_now"))
            .values(last_confirmed=bindparam("_was"), confirmed_last=bindparam("_last")),
            values,
        )


def _name(line: Line, now: InvestmentProject | None) -> str:
    return now.name if now else str(line.new.get("name", ""))


def _is_as_left(now: InvestmentProject, line: Line) -> bool:
    """Whether a project still says what the import wrote; of a new one, that and nothing else.

    The day that it was last heard of on moves without being a change.
    """
    wrote = {name: value for name, value in line.new.items() if name != _HEARD}
    if line.old is not None:
        return not wrote or to_record(now, wrote) == wrote
    record = to_record(now)
    del record[_HEARD]
    return {name: value for name, value in record.items() if value not in _BLANK} == wrote


def _restored(now: InvestmentProject, line: Line) -> ProjectChange:
    """A project as it was before, with what the history tells: the fields that differ."""
    before = dict(line.old or {})
    record = to_record(now, before) if before else {}
    back = {name: value for name, value in before.items() if record[name] != value}
    gone = {name: record[name] for name in back}
    return ProjectChange(with_record(now, before), now, (gone, back))


def _remove(
    connection: Connection,
    number: int,
    every: Sequence[Line],
    actor: str,
    told: Told | None,
    before: int,
) -> None:
    """Projects that the import brought go, and the history keeps what they said."""
    mark = stamp(actor)
    gone = delete(project).where(project.c.project_code == bindparam("_code"))
    for start in range(0, len(every), _AT_ONCE):
        some = every[start : start + _AT_ONCE]
        if told:
            told(before + start)
        connection.execute(gone, [{"_code": line.key} for line in some])
        connection.execute(
            insert(ledger_change),
            [
                {
                    "batch_id": number, "table_name": _PROJECT, "row_key": line.key,
                    "old": line.new, "new": {},
                }
                | mark
                for line in some
            ],
        )  # fmt: skip
