"""Sheets as JSON, between the child process and its parent: nothing of a pickle's power."""

from __future__ import annotations

import json
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from mapapp.ledger.cells import LONGEST_CELL, Cell, CellError, Layer, RawRow, RawSheet
from mapapp.ledger.problems import FileRefused


def dump(sheets: list[RawSheet]) -> bytes:
    """Sheets as bytes."""
    plain = [
        [
            sheet.name,
            sheet.ragged,
            sheet.hidden,
            sorted(sheet.hidden_rows),
            sheet.merges,
            sheet.layer,
            sheet.since_1904,
            sorted(sheet.hidden_columns),
            sheet.form,
            [
                [row.number, [_bounded(cell) for cell in row.cells], list(row.formulas.items())]
                for row in sheet.rows
            ],
        ]
        for sheet in sheets
    ]
    return json.dumps({"sheets": plain}, ensure_ascii=True, separators=(",", ":")).encode()


def _bounded(cell: Cell) -> object:
    """No text goes to the parent longer than it takes to see that it is too long."""
    return cell[: LONGEST_CELL + 1] if isinstance(cell, str) else dump_cell(cell)


def dump_refusal(refusal: FileRefused) -> bytes:
    """A refusal as bytes."""
    return json.dumps({"refused": [refusal.code, refusal.message]}).encode()


def load(data: bytes) -> list[RawSheet]:
    """The sheets of `dump`. Raises the FileRefused of `dump_refusal`; ValueError for others."""
    answer: dict[str, Any] = json.loads(data)
    if "refused" in answer:
        raise FileRefused(*answer["refused"])
    return [_sheet(*plain) for plain in answer["sheets"]]


def _sheet(
    name: str,
    ragged: bool,
    hidden: bool,
    hidden_rows: list[int],
    merges: list[list[int]],
    layer: str | None,
    since_1904: bool,
    hidden_columns: list[int],
    form: str,
    rows: list[Any],
) -> RawSheet:
    return RawSheet(
        name,
        tuple(
            RawRow(number, tuple(map(load_cell, cells)), dict(formulas))
            for number, cells, formulas in rows
        ),
        ragged,
        hidden,
        frozenset(hidden_rows),
        tuple((top, left, bottom, right) for top, left, bottom, right in merges),
        Layer(layer) if layer else None,
        since_1904,
        frozenset(hidden_columns),
        form,
    )


def dump_cell(cell: Cell) -> object:
    """A cell as JSON can hold it: a text as it is, anything else with its kind."""
    match cell:
        case None | str():
            return cell
        case bool():
            return ["b", cell]
        case Decimal():
            return ["n", str(cell)]
        case datetime():
            return ["t", cell.isoformat()]
        case date():
            return ["d", cell.isoformat()]
        case time():
            return ["c", cell.isoformat()]
    return ["e", cell.text]


def load_cell(value: Any) -> Cell:
    """The cell of `dump_cell`."""
    if value is None or isinstance(value, str):
        return value
    kind, inner = value
    match kind:
        case "b":
            return bool(inner)
        case "n":
            return Decimal(inner)
        case "t":
            return datetime.fromisoformat(inner)
        case "d":
            return date.fromisoformat(inner)
        case "c":
            return time.fromisoformat(inner)
    return CellError(inner)
