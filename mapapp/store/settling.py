"""What a confirmed return agrees on with its office, written down, and taken back with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, insert, select, update

from mapapp.store.collection_tables import report_return, report_row
from mapapp.store.database import stamp
from mapapp.store.tables import ledger_change

_TABLE = "report_row"


@dataclass(frozen=True, slots=True)
class Settled:
    """What a confirmed return leaves on a row: the cells now agreed on, the project it means."""

    row: str
    cells: Mapping[str, str]
    project_code: str


def settle(
    connection: Connection, dispatch: int, settled: Sequence[Settled], batch: int, actor: str
) -> None:
    """Write what is agreed on; the history keeps what was agreed on before."""
    own = report_row.c
    before = {
        row.row_id: {"cells": row.cells, "project_code": row.project_code}
        for row in connection.execute(select(report_row).where(own.dispatch_id == dispatch))
    }
    for row in settled:
        new = {"cells": dict(row.cells), "project_code": row.project_code}
        _write(connection, dispatch, row.row, new, actor)
        connection.execute(
            insert(ledger_change).values(
                batch_id=batch, table_name=_TABLE, row_key=f"{dispatch}:{row.row}",
                old=before[row.row], new=new, **stamp(actor),
            )
        )  # fmt: skip


def take_back(connection: Connection, batch: int, actor: str) -> None:
    """Bring back what was agreed on before a return, and let the return wait for confirmation.

    A later return of the same rows has changed the same projects, so the undoing that calls this
    was refused before it came here.
    """
    own = ledger_change.c
    query = select(own.row_key, own.old).where(own.batch_id == batch, own.table_name == _TABLE)
    for key, old in connection.execute(query).all():
        dispatch, _, row = key.partition(":")
        _write(connection, int(dispatch), row, old, actor)
    held = report_return.c
    blank = {"batch_id": None, "updated": 0, "inserted": 0, "kept": 0, "rejected": 0}
    connection.execute(
        update(report_return)
        .where(held.batch_id == batch)
        .values(**blank, row_version=held.row_version + 1)
    )


def _write(
    connection: Connection, dispatch: int, row: str, values: Mapping[str, Any], actor: str
) -> None:
    own = report_row.c
    mark = {k: v for k, v in stamp(actor).items() if k != "row_version"}
    connection.execute(
        update(report_row)
        .where(own.dispatch_id == dispatch, own.row_id == row)
        .values(
            cells=values["cells"],
            project_code=values["project_code"],
            row_version=own.row_version + 1,
            **mark,
        )
    )
