"""Imports under way: the file, its rows as they stood and as they were read, the mapping."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, RowMapping, and_, delete, insert, select, update

from mapapp.store import jobs, undoing, writing
from mapapp.store.changes import Confirmation, ImportBatch, ProjectChange
from mapapp.store.database import Database, stamp
from mapapp.store.errors import StoreError
from mapapp.store.import_tables import import_mapping, import_row, import_upload
from mapapp.store.tables import import_batch, project
from mapapp.store.undoing import ChangedSince, Undone

Values = dict[str, Any]
Told = Callable[[int], None]
"""How many pieces are done; it may raise, and then nothing is written."""

_AT_ONCE = 2000
CHANGES = ("insert", "update")
"""The kinds of rows that write a project."""
ACCEPTED = (*CHANGES, "same", "repeat")
"""The kinds of rows that come in."""


class Phase(StrEnum):
    """How far an upload is: received → mapping → preview → done; or refused."""

    RECEIVED = "received"
    MAPPING = "mapping"
    PREVIEW = "preview"
    REFUSED = "refused"
    DONE = "done"


class AlreadyImported(StoreError):
    """An upload is confirmed once."""

    def __init__(self) -> None:
        super().__init__("这个文件已经导入过了，没有再写入一次。")


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that somebody handed in, under a generated id. file_name is display text only.

    sheets is what its columns were read as, counts how its rows went, previous the last import of
    the same sender, batch the import it became.
    """

    id: str
    file_name: str
    sha256: str
    size: int
    sender: str
    actor: str
    at: datetime
    phase: Phase = Phase.RECEIVED
    message: str = ""
    codes: Sequence[str] = ()
    sheets: Sequence[Mapping[str, Any]] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    previous: str | None = None
    batch: int | None = None
    undone: int | None = None


@dataclass(frozen=True, slots=True)
class StoredRow:
    """A row of a file: its cells as they stood, and what becomes of it.

    kind is insert, update, same, repeat (what an earlier row of the file said), reject, skip or
    area; old and new are the fields that change.
    """

    sheet: str
    row: int
    cells: Sequence[Any]
    kind: str
    codes: str = ""
    message: str = ""
    project_code: str = ""
    name: str = ""
    before_version: int | None = None
    old: Mapping[str, Any] | None = None
    new: Mapping[str, Any] | None = None


_ROW = tuple(StoredRow.__dataclass_fields__)


class ImportStore:
    """What the database keeps of imports; every call is its own transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def receive(self, upload: Upload) -> None:
        """Note that a file arrived."""
        names = ("id", "file_name", "sha256", "size", "sender", "message")
        values = {name: getattr(upload, name) for name in names}
        values |= {"phase": upload.phase.value, "codes": [], "sheets": [], "counts": {}}
        with self._database.write() as connection:
            connection.execute(insert(import_upload).values(**values, **stamp(upload.actor)))

    def get(self, id: str) -> Upload | None:
        """The upload of that id."""
        with self._database.read() as connection:
            row = connection.execute(_uploads().where(import_upload.c.id == id)).mappings().first()
        return _upload(row) if row else None

    def uploads(self, limit: int = 200) -> list[Upload]:
        """The newest first."""
        query = _uploads().order_by(import_upload.c.changed_at.desc()).limit(limit)
        with self._database.read() as connection:
            return [_upload(row) for row in connection.execute(query).mappings()]

    def senders(self) -> list[str]:
        """Who has sent something, by name."""
        query = select(import_upload.c.sender).distinct().order_by(import_upload.c.sender)
        with self._database.read() as connection:
            return [row.sender for row in connection.execute(query) if row.sender]

    def note(self, id: str, phase: Phase, message: str = "", **facts: Any) -> None:
        """Move an upload on. Raises AlreadyImported where it has been confirmed."""
        with self._database.write() as connection:
            _move(connection, id, {"phase": phase.value, "message": message, **facts})

    def save_preview(
        self, id: str, rows: Sequence[StoredRow], facts: Values, told: Told, actor: str
    ) -> None:
        """Keep what a preview found, in place of an older one."""
        mark = stamp(actor)
        values = [
            {name: getattr(row, name) for name in _ROW} | {"upload_id": id, "number": n} | mark
            for n, row in enumerate(rows)
        ]
        with self._database.write() as connection:
            _move(connection, id, {"phase": Phase.PREVIEW.value, **facts})
            connection.execute(delete(import_row).where(import_row.c.upload_id == id))
            for start in range(0, len(values), _AT_ONCE):
                connection.execute(insert(import_row), values[start : start + _AT_ONCE])
                told(start)

    def rows(
        self,
        id: str,
        kinds: Iterable[str] = (),
        start: int = 0,
        count: int | None = None,
        code: str = "",
    ) -> list[StoredRow]:
        """The rows of an upload in their order: of some kinds or of all, with a code or without."""
        own = import_row.c
        query = select(*(own[name] for name in _ROW)).where(own.upload_id == id)
        if wanted := tuple(kinds):
            query = query.where(own.kind.in_(wanted))
        if code:
            query = query.where(own.codes.contains(code, autoescape=True))
        with self._database.read() as connection:
            found = connection.execute(query.order_by(own.number).offset(start).limit(count))
            return [StoredRow(*row) for row in found]

    def codes(self, id: str, kinds: Iterable[str]) -> set[str]:
        """The project codes of an upload's rows of some kinds."""
        own = import_row.c
        query = select(own.project_code).where(own.upload_id == id, own.kind.in_(tuple(kinds)))
        with self._database.read() as connection:
            return set(connection.execute(query).scalars())

    def last_of(self, sender: str, before: str) -> str | None:
        """The last import of a sender that stands, other than `before`; None without a sender."""
        if not sender:
            return None
        query = (
            _uploads()
            .where(import_upload.c.sender == sender, import_upload.c.id != before)
            .where(import_upload.c.batch_id.is_not(None), _UNDO.c.id.is_(None))
            .order_by(import_upload.c.batch_id.desc())
        )
        with self._database.read() as connection:
            row = connection.execute(query.limit(1)).mappings().first()
        return str(row["id"]) if row else None

    def missing(self, id: str, previous: str) -> list[tuple[str, str]]:
        """Code and name of the projects that an earlier upload held and this one does not."""
        own, here = import_row.c, import_row.alias()
        still = select(here.c.project_code).where(here.c.upload_id == id)
        query = (
            select(project.c.project_code, project.c.name)
            .join(import_row, own.project_code == project.c.project_code)
            .where(own.upload_id == previous, own.kind.in_(ACCEPTED))
            .where(own.project_code.not_in(still))
            .distinct()
            .order_by(project.c.project_code)
        )
        with self._database.read() as connection:
            return [(row.project_code, row.name) for row in connection.execute(query)]

    def mapping(self, sender: str, signature: str) -> list[list[Any]] | None:
        """The columns that were chosen for this sender's header, if any."""
        own = import_mapping.c
        query = select(own.columns).where(own.sender == sender, own.signature == signature)
        with self._database.read() as connection:
            found: list[list[Any]] | None = connection.execute(query).scalar_one_or_none()
        return found

    def remember(self, sender: str, signature: str, columns: list[list[Any]], actor: str) -> None:
        """Keep the columns that were chosen for a sender's header."""
        own = import_mapping.c
        key = and_(own.sender == sender, own.signature == signature)
        with self._database.write() as connection:
            held = connection.execute(select(own.row_version).where(key)).scalar_one_or_none()
            connection.execute(delete(import_mapping).where(key))
            values = {"sender": sender, "signature": signature, "columns": columns}
            mark = stamp(actor, (held or 0) + 1)
            connection.execute(insert(import_mapping).values(**values, **mark))

    def commit(
        self,
        id: str,
        batch: ImportBatch,
        changes: Sequence[ProjectChange],
        confirmed: Sequence[Confirmation] = (),
        told: Told | None = None,
        job: str = "",
    ) -> int:
        """Write an upload's changes, all of it or nothing; the batch's number.

        The job that does it is done in the same transaction: it cannot be shown as failed where
        the rows came in, nor the other way round.

        Raises:
            StaleRow: somebody changed one of the rows after the preview.
            AlreadyImported: it has been confirmed before.
        """
        with self._database.write() as connection:
            number = writing.save_import(connection, batch, changes, told)
            writing.confirm(connection, confirmed)
            _move(connection, id, {"phase": Phase.DONE.value, "batch_id": number})
            jobs.finish(connection, job, f"已写入，批次 {number}")
        return number

    def changed_since(self, batch: int) -> list[ChangedSince]:
        """The projects of an import that are not as it left them: why it cannot be undone."""
        with self._database.read() as connection:
            return undoing.changed_since(connection, batch)

    def undo(self, batch: int, actor: str, told: Told | None = None, job: str = "") -> Undone:
        """Take an import back, all of it or nothing; the exact values before it return.

        Raises:
            UndoRefused: rows changed since, with every one of them; nothing was written.
        """
        with self._database.write() as connection:
            undone = undoing.undo(connection, batch, actor, told)
            jobs.finish(connection, job, f"已撤销批次 {batch}")
        return undone


_UNDO = import_batch.alias("undo")


def _uploads() -> Any:
    undo = and_(_UNDO.c.undoes == import_upload.c.batch_id, import_upload.c.batch_id.is_not(None))
    return select(import_upload, _UNDO.c.id.label("undone")).outerjoin(_UNDO, undo)


def _move(connection: Connection, id: str, values: Values) -> None:
    """An upload that has been confirmed does not move any more."""
    own = import_upload.c
    done = connection.execute(
        update(import_upload)
        .where(own.id == id, own.batch_id.is_(None))
        .values(**values, row_version=own.row_version + 1)
    )
    if done.rowcount != 1:
        raise AlreadyImported()


def _upload(row: RowMapping) -> Upload:
    names = ("id", "file_name", "sha256", "size", "sender", "message")
    return Upload(
        **{name: row[name] for name in names},
        actor=row["changed_by"],
        at=row["changed_at"],
        phase=Phase(row["phase"]),
        codes=row["codes"],
        sheets=row["sheets"],
        counts=row["counts"],
        previous=row["previous"],
        batch=row["batch_id"],
        undone=row["undone"],
    )
