"""Taking a whole import back: every row exactly as it was before, or none and the reasons why."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, or_, select

from mapapp.ledger.project import InvestmentProject
from mapapp.ledger.record import from_record, to_record
from mapapp.store import projects, writing
from mapapp.store.changes import ImportBatch, ProjectChange
from mapapp.store.database import stamp
from mapapp.store.errors import StoreError
from mapapp.store.tables import import_batch, ledger_change, project

_PROJECT = "project"
_BLANK: tuple[object, ...] = (None, "", [], False)
_AT_ONCE = 1000
Told = Callable[[int], None]


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
class _Line:
    """What the import did to a project."""

    code: str
    old: Mapping[str, Any] | None
    new: Mapping[str, Any]


def changed_since(connection: Connection, batch: int) -> list[ChangedSince]:
    """The projects of an import that are not as it left them."""
    lines = _lines(connection, batch)
    held = projects.by_code(connection, [line.code for line in lines])
    later = _later(connection, batch)
    found = []
    for line in lines:
        now = held.get(line.code)
        if line.code in later:
            by, at, gone = later[line.code]
            reason = "导入之后被删除" if now is None or gone else "导入之后又有修改"
            found.append(ChangedSince(line.code, _name(line, now), reason, by, at))
        elif now is None:
            found.append(ChangedSince(line.code, _name(line, now), "导入之后被删除"))
        elif not _is_as_left(now, line):
            found.append(ChangedSince(line.code, now.name, "内容与导入时不同"))
    return found


def undo(connection: Connection, batch: int, actor: str, told: Told | None = None) -> Undone:
    """Take an import back. Raises UndoRefused."""
    row = connection.execute(select(import_batch).where(import_batch.c.id == batch)).first()
    if row is None:
        raise UndoRefused(f"没有批次 {batch}。")
    if row.undoes is not None:
        raise UndoRefused(f"批次 {batch} 本身是一次撤销，不能再撤销。")
    earlier = select(import_batch.c.id).where(import_batch.c.undoes == batch)
    if connection.execute(earlier).first():
        raise UndoRefused(f"批次 {batch} 已经撤销过了。")
    if changed := changed_since(connection, batch):
        raise UndoRefused(
            f"批次 {batch} 里有 {len(changed)} 个项目在导入之后又变过，"
            "撤销会丢掉这些修改，所以一行也没有撤销。",
            changed,
        )
    lines = _lines(connection, batch)
    new = [line for line in lines if line.old is None]
    old = [line for line in lines if line.old is not None]
    own = ImportBatch(
        actor, f"撤销：{row.file_name}", row.sha256, updated=len(old), sender=row.sender,
        undoes=batch,
    )  # fmt: skip
    number = _restore(connection, own, old, told)
    _remove(connection, number, new, actor, told, len(old))
    return Undone(number, len(new), len(old))


def _lines(connection: Connection, batch: int) -> list[_Line]:
    own = ledger_change.c
    query = select(own.row_key, own.old, own.new).order_by(own.id)
    found = connection.execute(query.where(own.batch_id == batch, own.table_name == _PROJECT))
    return [_Line(*row) for row in found]


def _later(connection: Connection, batch: int) -> dict[str, tuple[str, datetime, bool]]:
    """Who changed a project of the import after it, when last, and whether it was deleted.

    A later import that was taken back, and the taking back of it, change nothing together.
    """
    own, later = ledger_change, ledger_change.alias("later")
    undoing = select(import_batch.c.id).where(import_batch.c.undoes.is_not(None))
    undone = select(import_batch.c.undoes).where(import_batch.c.undoes.is_not(None))
    query = (
        select(later.c.row_key, later.c.changed_by, later.c.changed_at, later.c.new)
        .join(
            own,
            (own.c.table_name == later.c.table_name)
            & (own.c.row_key == later.c.row_key)
            & (own.c.id < later.c.id),
        )
        .where(own.c.batch_id == batch, own.c.table_name == _PROJECT)
        .where(or_(later.c.batch_id.is_(None), later.c.batch_id.not_in(undoing.union(undone))))
        .order_by(later.c.id)
    )
    return {row[0]: (row[1], row[2], not row[3]) for row in connection.execute(query)}


def _name(line: _Line, now: InvestmentProject | None) -> str:
    return now.name if now else str(line.new.get("name", ""))


def _is_as_left(now: InvestmentProject, line: _Line) -> bool:
    """Whether a project still says what the import wrote; of a new one, that and nothing else."""
    record = to_record(now)
    if line.old is not None:
        return all(record[name] == value for name, value in line.new.items())
    return {name: value for name, value in record.items() if value not in _BLANK} == line.new


def _restore(
    connection: Connection, own: ImportBatch, lines: Sequence[_Line], told: Told | None
) -> int:
    held = projects.by_code(connection, [line.code for line in lines])
    changes = [
        ProjectChange(from_record(to_record(now) | dict(line.old or {})), now)
        for line in lines
        for now in (held[line.code],)
    ]
    return writing.save_import(connection, own, changes, told)


def _remove(
    connection: Connection,
    number: int,
    lines: Sequence[_Line],
    actor: str,
    told: Told | None,
    before: int,
) -> None:
    """Projects that the import brought go, and the history keeps what they said."""
    mark = stamp(actor)
    gone = delete(project).where(project.c.project_code == bindparam("_code"))
    for start in range(0, len(lines), _AT_ONCE):
        some = lines[start : start + _AT_ONCE]
        if told:
            told(before + start)
        connection.execute(gone, [{"_code": line.code} for line in some])
        connection.execute(
            insert(ledger_change),
            [
                {
                    "batch_id": number, "table_name": _PROJECT, "row_key": line.code,
                    "old": line.new, "new": {},
                }
                | mark
                for line in some
            ],
        )  # fmt: skip
