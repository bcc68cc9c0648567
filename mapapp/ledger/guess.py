"""What each column of a sheet probably is, and how sure that is: for a person to confirm."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from rapidfuzz import fuzz, process

from mapapp.ledger.amounts import Unit, parse_amount, parse_unit
from mapapp.ledger.cells import Cell, RawRow, is_blank, shown
from mapapp.ledger.date_cells import parse_date
from mapapp.ledger.fields import DATES, MONEY, RANKED, Field
from mapapp.ledger.sheet import Table
from mapapp.ledger.titles import Column, plain_title

RETURNED = ("原表位置", "退回原因")
"""The columns that a workbook of returned rows has before its own; an import passes them by."""

_SURE, _USUAL, _READ, _DOUBTED = 100, 95, 85, 50
_LIKE_AT_LEAST = 62
_SAMPLES = 40
_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Guess:
    """A column: its title, what it probably is, how sure that is (0–100), a few of its cells.

    field is None for one that is not read; likely is what it may be all the same.
    """

    index: int
    title: str
    field: Field | None
    unit: str
    datum: str
    confidence: int
    likely: Field | None
    samples: tuple[str, ...]

    @property
    def is_returned(self) -> bool:
        return self.title in RETURNED


def guess_columns(table: Table, today: date) -> tuple[Guess, ...]:
    """What the columns of a table are, those that are not understood included."""
    known = {column.index: column for column in table.columns}
    taken = {column.field for column in table.columns}
    return tuple(
        _guess(index, title, known.get(index), taken, table.rows, today)
        for index, title in enumerate(table.titles)
        if title or index in known
    )


def _guess(
    index: int,
    title: str,
    column: Column | None,
    taken: set[Field],
    rows: Sequence[RawRow],
    today: date,
) -> Guess:
    cells = [row.cells[index] for row in rows[:_SAMPLES] if index < len(row.cells)]
    cells = [cell for cell in cells if not is_blank(cell)]
    samples = tuple(dict.fromkeys(shown(cell)[:40] for cell in cells))[:_SHOWN]
    if column:
        fits = _fits(column.field, column.unit, cells, today)
        sure = _confidence(column, title) if fits else _DOUBTED
        unit = column.unit.text if column.unit else ""
        return Guess(index, title, column.field, unit, column.datum, sure, None, samples)
    likely, sure = _likely(title, taken, cells, today)
    return Guess(index, title, None, "", "", sure, likely, samples)


def _confidence(column: Column, title: str) -> int:
    plain = plain_title(title).lower()
    ranked = RANKED.get(plain) or RANKED.get(re.split(r"[(\[【]", plain)[0])
    if ranked is None:
        return _USUAL if column.field is Field.COUNTY else _READ
    return _SURE if ranked[1] == 0 or plain == column.field else _USUAL


def _likely(
    title: str, taken: set[Field], cells: Sequence[Cell], today: date
) -> tuple[Field | None, int]:
    """The field whose titles come nearest, unless another column is that or its cells speak
    against it."""
    plain = plain_title(title).lower()
    if len(plain) < 2 or title in RETURNED:
        return None, 0
    for name, score, _ in process.extract(plain, list(RANKED), scorer=fuzz.ratio, limit=5):
        field = RANKED[name][0]
        if score >= _LIKE_AT_LEAST and field not in taken and _fits(field, None, cells, today):
            return field, round(score * 0.7)
    return None, 0


def _fits(field: Field, unit: Unit | None, cells: Sequence[Cell], today: date) -> bool:
    """Whether at least half of the cells can be read as that field."""
    if field in DATES:
        return _half(cells, lambda cell: parse_date(cell, field, today)[0] is not None)
    if field in MONEY:
        of = unit or parse_unit("万元")
        return _half(cells, lambda cell: parse_amount(cell, of, field)[0] is not None)
    return True


def _half(cells: Sequence[Cell], reads: Callable[[Cell], bool]) -> bool:
    return not cells or 2 * sum(map(reads, cells)) >= len(cells)


def signature(guesses: Iterable[Guess]) -> str:
    """What a header is known again by: its titles and what they were taken for.

    The units are part of it: a sheet that now says 万元 where it said 亿元 is another header. The
    two columns of a returned workbook are none.
    """
    own = [[g.title, g.field, g.unit, g.datum] for g in guesses if not g.is_returned]
    return hashlib.sha256(json.dumps(own, ensure_ascii=False).encode()).hexdigest()[:32]


def column_of(index: int, title: str, field: str, unit: str, datum: str) -> Column:
    """The column that a person chose. Raises ValueError for a field or unit that is none."""
    of = Field(field)
    parsed = parse_unit(unit) if unit and of in MONEY else None
    if unit and of in MONEY and parsed is None:
        raise ValueError(f"“{unit}”不是金额单位")
    return Column(of, index, title, parsed, datum if of.is_coordinate else "")
