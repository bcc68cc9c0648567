"""A header that comes again inside a table: on every printed page, or with other columns."""

from __future__ import annotations

from collections.abc import Sequence

from mapapp.ledger.cells import RawRow, is_blank
from mapapp.ledger.fields import RANKED, Field
from mapapp.ledger.headers import read_header
from mapapp.ledger.merged import Notes
from mapapp.ledger.problems import Problem
from mapapp.ledger.titles import Column, plain_title

_WIDEST = 500
_FEWEST_COLUMNS = 3
_USUAL = 2
"""Cells that are titles word for word: fewer, and a row is not even looked at."""


Titles = frozenset[tuple[tuple[int, str], ...]]
"""Rows of titles: each title and where it stands."""


def titles_of(header: Sequence[RawRow]) -> Titles:
    """The titles of each row of a header, and where they stand."""
    return frozenset(texts for row in header if len(texts := _texts(row)) > 1)


def repeats(row: RawRow, titles: Titles) -> bool:
    """Whether a row says what a row of the header says, cell by cell; the first cell decides."""
    first = next(((i, cell) for i, cell in enumerate(row.cells) if not is_blank(cell)), None)
    if first is None or not isinstance(first[1], str):
        return False
    said = (first[0], plain_title(first[1]))
    return any(texts[0] == said for texts in titles) and _texts(row) in titles


def _texts(row: RawRow) -> tuple[tuple[int, str], ...]:
    """The texts of a row and where they stand; of no row with anything else in it."""
    filled = [(i, cell) for i, cell in enumerate(row.cells) if not is_blank(cell)]
    if any(not isinstance(cell, str) for _, cell in filled):
        return ()
    return tuple((index, plain_title(cell)) for index, cell in filled)


def under_other_headers(
    rows: Sequence[RawRow],
    columns: Sequence[Column],
    header: Sequence[RawRow],
    asides: dict[int, str],
    notes: Notes,
) -> tuple[dict[int, str], Notes]:
    """Rows under a second header with other columns: nobody may read them by the first."""
    own = {(column.field, column.index) for column in columns}
    above = titles_of(header)
    other = 0
    found = dict(notes)
    for row in rows:
        said = {(column.field, column.index) for column in _second_header(row)}
        if row.number in asides and repeats(row, above):
            other = 0
        elif said:
            other = 0 if said <= own else row.number
            asides = asides | {row.number: "重复的表头，不是项目"}
        elif other and row.number not in asides:
            text = f"这一行在第{other}行的另一个表头下面，各列与前面不同，请另放一张工作表再导入"
            found[row.number] = (*found.get(row.number, ()), Problem("E_COLUMNS", text))
    return asides, found


def _second_header(row: RawRow) -> tuple[Column, ...]:
    """The columns of a row that is a header again, with code or name among them."""
    usual = sum(isinstance(cell, str) and cell.strip() in RANKED for cell in row.cells)
    if usual < _USUAL or not _texts(row):
        return ()
    columns = read_header(row.cells[:_WIDEST])
    fields = {column.field for column in columns}
    return columns if len(fields) >= _FEWEST_COLUMNS and Field.NAME in fields else ()
