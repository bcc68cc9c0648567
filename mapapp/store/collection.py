"""Rounds of reporting: what went out to whom, what came back, and the files as they came."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, RowMapping, insert, select, update

from mapapp.ledger.reporting import (
    Dispatch,
    DispatchRow,
    ReceiverKind,
    ReportReturn,
    ReportRound,
)
from mapapp.store import writing
from mapapp.store.changes import ImportBatch, ProjectChange
from mapapp.store.collection_tables import (
    kept_file,
    report_dispatch,
    report_return,
    report_round,
    report_row,
)
from mapapp.store.database import Database, stamp
from mapapp.store.errors import StoreError
from mapapp.store.settling import Settled, settle

Values = dict[str, Any]
NewDispatch = tuple[str, str, Sequence[DispatchRow], int]
"""Receiver, its name, its rows, how many of these hold a project."""
TokenMaker = Callable[[int, int], str]
"""From the numbers of a round and of a dispatch."""


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file as it came; its name is display text only."""

    id: int
    purpose: str
    name: str
    sha256: str
    content: bytes


class AlreadyConfirmed(StoreError):
    """A return is confirmed once."""


class CollectionStore:
    """The rounds of one city's database; every call is its own transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep_file(self, purpose: str, name: str, sha256: str, content: bytes, actor: str) -> int:
        """Keep a file as it came; its number."""
        with self._database.write() as connection:
            values = {"purpose": purpose, "name": name, "sha256": sha256, "content": content}
            return _insert(connection, kept_file, values, actor)

    def file(self, id: int) -> KeptFile | None:
        with self._database.read() as connection:
            row = connection.execute(select(kept_file).where(kept_file.c.id == id)).first()
        return KeptFile(row.id, row.purpose, row.name, row.sha256, row.content) if row else None

    def open_round(
        self,
        title: str,
        kind: ReceiverKind,
        due: date | None,
        dispatches: Sequence[NewDispatch],
        token: TokenMaker,
        actor: str,
    ) -> int:
        """Write a round with all that it sends out; its number."""
        with self._database.write() as connection:
            values = {"title": title, "kind": kind.value, "due": due}
            number = _insert(connection, report_round, values, actor)
            for receiver, name, rows, projects in dispatches:
                own = {
                    "round_id": number, "receiver": receiver, "receiver_name": name,
                    "token": "", "projects": projects,
                }  # fmt: skip
                dispatch = _insert(connection, report_dispatch, own, actor)
                connection.execute(
                    update(report_dispatch)
                    .where(report_dispatch.c.id == dispatch)
                    .values(token=token(number, dispatch))
                )
                _insert_rows(connection, dispatch, rows, actor)
        return number

    def rounds(self) -> list[ReportRound]:
        """All rounds, the newest first."""
        query = select(report_round).order_by(report_round.c.id.desc())
        with self._database.read() as connection:
            return [_round(row) for row in connection.execute(query).mappings()]

    def dispatches(self, round: int | None = None) -> list[Dispatch]:
        """Of a round, or of all, in the order they were made."""
        query = select(report_dispatch).order_by(report_dispatch.c.id)
        if round is not None:
            query = query.where(report_dispatch.c.round_id == round)
        with self._database.read() as connection:
            return [_dispatch(row) for row in connection.execute(query).mappings()]

    def rows(self, dispatch: int) -> list[DispatchRow]:
        """The rows of a workbook, in their order."""
        own = report_row.c
        query = select(report_row).where(own.dispatch_id == dispatch).order_by(own.number)
        with self._database.read() as connection:
            return [
                DispatchRow(row.row_id, row.project_code, row.project_version, row.cells)
                for row in connection.execute(query)
            ]

    def returns(self, round: int | None = None) -> list[ReportReturn]:
        """What came back, oldest first."""
        query = (
            select(report_return, kept_file.c.name.label("file_name"))
            .join(kept_file, kept_file.c.id == report_return.c.file_id)
            .join(report_dispatch, report_dispatch.c.id == report_return.c.dispatch_id)
            .order_by(report_return.c.id)
        )
        if round is not None:
            query = query.where(report_dispatch.c.round_id == round)
        with self._database.read() as connection:
            return [_return(row) for row in connection.execute(query).mappings()]

    def note_return(self, dispatch: int, file: int, actor: str) -> int:
        """Note that a workbook came back, before anybody confirms it; its number."""
        values = {
            "dispatch_id": dispatch, "file_id": file, "batch_id": None,
            "updated": 0, "inserted": 0, "kept": 0, "rejected": 0,
        }  # fmt: skip
        with self._database.write() as connection:
            return _insert(connection, report_return, values, actor)

    def confirm_return(
        self,
        number: int,
        batch: ImportBatch,
        changes: Sequence[ProjectChange],
        settled: Sequence[Settled],
        kept: int,
    ) -> int:
        """Write a return's changes and what it settles, all of it or nothing; the batch's number.

        Raises:
            StaleRow: somebody changed one of the projects after it was read.
            AlreadyConfirmed: somebody confirmed this return before.
        """
        own = report_return.c
        with self._database.write() as connection:
            held = connection.execute(select(report_return).where(own.id == number)).one()
            if held.batch_id is not None:
                raise AlreadyConfirmed("这份报送已经确认过，没有再写入。")
            done = writing.save_import(connection, batch, changes)
            settle(connection, held.dispatch_id, settled, done, batch.actor)
            values = {
                "batch_id": done, "updated": batch.updated, "inserted": batch.inserted,
                "kept": kept, "rejected": batch.rejected,
            }  # fmt: skip
            mark = stamp(batch.actor, held.row_version + 1)
            connection.execute(
                update(report_return).where(own.id == number).values(**values, **mark)
            )
        return done


def _insert(connection: Connection, table: Any, values: Values, actor: str) -> int:
    result = connection.execute(insert(table).values(**values, **stamp(actor)))
    return int(result.inserted_primary_key[0])  # type: ignore[index]


def _insert_rows(
    connection: Connection, dispatch: int, rows: Sequence[DispatchRow], actor: str
) -> None:
    values = [
        {
            "dispatch_id": dispatch, "row_id": row.id, "number": number,
            "project_code": row.project_code, "project_version": row.version,
            "cells": dict(row.cells), **stamp(actor),
        }
        for number, row in enumerate(rows)
    ]  # fmt: skip
    if values:
        connection.execute(insert(report_row), values)


def _round(row: RowMapping) -> ReportRound:
    return ReportRound(
        row["id"], row["title"], ReceiverKind(row["kind"]), row["due"], row["changed_by"],
        row["changed_at"],
    )  # fmt: skip


def _dispatch(row: RowMapping) -> Dispatch:
    return Dispatch(
        row["id"], row["round_id"], row["receiver"], row["receiver_name"], row["token"],
        row["projects"], row["changed_at"],
    )  # fmt: skip


def _return(row: RowMapping) -> ReportReturn:
    return ReportReturn(
        row["id"], row["dispatch_id"], row["file_id"], row["file_name"], row["batch_id"],
        row["updated"], row["inserted"], row["kept"], row["rejected"], row["changed_by"],
        row["changed_at"],
    )  # fmt: skip
