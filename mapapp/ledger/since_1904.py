"""Days counted from 1904, as an old Mac's workbook does: read as the days that they are."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from mapapp.ledger.cells import Cell, RawRow, folded, shown
from mapapp.ledger.date_cells import parse_date
from mapapp.ledger.fields import DATES
from mapapp.ledger.merged import Notes
from mapapp.ledger.problems import Problem
from mapapp.ledger.titles import Column

_EPOCH = date(1904, 1, 1)
_SERIAL = re.compile(r"[0-9]{5}(?:\.[0-9]+)?")


def as_dates(
    rows: Sequence[RawRow], columns: Sequence[Column], notes: Notes, today: date
) -> tuple[tuple[RawRow, ...], Notes]:
    """The rows with the plain day counts of their date columns as dates, each with a note."""
    dated = [column for column in columns if column.field in DATES]
    found = dict(notes)
    read = []
    for row in rows:
        days: dict[int, Cell] = {}
        for column in dated:
            cell = row.cells[column.index] if column.index < len(row.cells) else None
            day = _day(cell)
            if day is None:
                continue
            days[column.index] = day
            if parse_date(day, str(column.field), today)[0]:
                text = f"{column.field}是日期序列号 {shown(cell)}，按 1904 年起算读作 {day}"
                found[row.number] = (*found.get(row.number, ()), Problem("W_DATE_SERIAL", text))
        read.append(_with(row, days) if days else row)
    return tuple(read), found


def _day(cell: Cell) -> date | None:
    """45047 as a number or a text; anything else reads as in any workbook."""
    if not isinstance(cell, Decimal | str) or not _SERIAL.fullmatch(text := folded(cell)):
        return None
    return _EPOCH + timedelta(days=int(Decimal(text)))


def _with(row: RawRow, others: Mapping[int, Cell]) -> RawRow:
    return replace(row, cells=tuple(others.get(i, cell) for i, cell in enumerate(row.cells)))
