"""What a header of one to three rows says: which field each column is, in which unit and datum."""

from __future__ import annotations

from collections.abc import Sequence

from mapapp.ledger.cells import Cell, is_blank
from mapapp.ledger.fields import AMOUNTS, DATES, DETAILS, MONEY, PLAIN, RANKED, REQUIRED, Field
from mapapp.ledger.titles import Column, plain_title, read_title

__all__ = [
    "AMOUNTS",
    "DATES",
    "DETAILS",
    "MONEY",
    "REQUIRED",
    "Column",
    "Field",
    "missing",
    "read_header",
    "read_header_rows",
    "repeated",
    "without_lesser",
]


def read_header(cells: Sequence[Cell]) -> tuple[Column, ...]:
    """The columns that are understood, in their order; others are left out."""
    return read_header_rows([cells])


def read_header_rows(rows: Sequence[Sequence[Cell]]) -> tuple[Column, ...]:
    """The columns under a header of several rows, headings over several columns spread out."""
    width = max((len(row) for row in rows), default=0)
    padded = [[*row, *[None] * (width - len(row))] for row in rows]
    spread = [_spread(row, padded[place + 1 :]) for place, row in enumerate(padded)]
    found = (read_title([row[index] for row in spread], index) for index in range(width))
    return tuple(column for column in found if column)


def _spread(row: Sequence[Cell], below: Sequence[Sequence[Cell]]) -> list[Cell]:
    """A heading holds for the empty cells to its right, as far as titles stand below them.

    A heading with nothing below it is a column's own title, merged downwards; it ends the group.
    """
    filled: list[Cell] = []
    heading: Cell = None
    for index, cell in enumerate(row):
        titled = any(not is_blank(lower[index]) for lower in below)
        if not is_blank(cell):
            heading = cell if titled else None
            filled.append(cell)
        else:
            heading = heading if titled else None
            filled.append(heading)
    return filled


def missing(columns: Sequence[Column]) -> tuple[Field, ...]:
    """The columns that a ledger cannot do without, as far as they are not there."""
    have = {column.field for column in columns}
    return tuple(field for field in REQUIRED if field not in have)


def repeated(columns: Sequence[Column]) -> tuple[Field, ...]:
    """The fields that several columns claim."""
    fields = [column.field for column in columns]
    return tuple(dict.fromkeys(field for field in fields if fields.count(field) > 1))


def without_lesser(columns: Sequence[Column]) -> tuple[tuple[Column, ...], tuple[Column, ...]]:
    """The columns to read, and those that say the same thing under a less usual title.

    Only of texts: two amounts, dates or coordinates under two titles are two different things.
    """
    lesser: list[Column] = []
    for field in repeated(columns):
        rivals = sorted((c for c in columns if c.field is field), key=_rank)
        unequal = _rank(rivals[0]) < _rank(rivals[1])
        if field in DETAILS or (field in PLAIN and unequal):
            lesser += rivals[1:]
    return tuple(c for c in columns if c not in lesser), tuple(lesser)


def _rank(column: Column) -> int:
    title = plain_title(column.title.rpartition("/")[2])
    return RANKED.get(title.lower(), (column.field, len(RANKED)))[1]
