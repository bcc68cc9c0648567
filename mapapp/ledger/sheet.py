"""Where in a sheet the table is: its header, its columns, its rows."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from mapapp.ledger.asides import aside, heading
from mapapp.ledger.cells import Cell, Layer, RawRow, RawSheet, is_blank, shown
from mapapp.ledger.headers import Column, Field, read_header, read_header_rows, without_lesser
from mapapp.ledger.merged import Notes, unmerge
from mapapp.ledger.preamble import NOTHING, Preamble, place_in_name, read_preamble
from mapapp.ledger.problems import FileRefused
from mapapp.ledger.row_units import with_row_units
from mapapp.ledger.second_headers import repeats, titles_of, under_other_headers
from mapapp.ledger.since_1904 import as_dates
from mapapp.ledger.words import Vocabulary

HEADER_WITHIN = 30
"""The header begins in one of the first rows that are not blank."""

HEADER_ROWS = 3

WIDEST = 500
"""A header has no more columns than this."""

_FEWEST_COLUMNS = 3
_LINE = re.compile(r".{0,6}单位\s*[:：]")
Chosen = Mapping[str, Sequence[Column]]
"""Sheet name to the columns that a person chose for it, instead of those that were guessed."""


@dataclass(frozen=True, slots=True)
class Table:
    """A ledger in a sheet: its columns and the rows below its header, `width` cells wide.

    columns is as guessed, or as chosen; lesser are those left unread because another says the
    same. county is what the sheet's name or title says for rows that name none; counties the
    same by row, from headings inside the table. notes are findings about rows, asides the
    reasons why rows are no projects, both by row number.
    """

    sheet: str
    columns: tuple[Column, ...]
    rows: tuple[RawRow, ...]
    width: int
    ragged: bool
    titles: tuple[str, ...] = ()
    lesser: tuple[Column, ...] = ()
    preamble: Preamble = NOTHING
    counties: Mapping[int, str] = field(default_factory=dict)
    notes: Notes = field(default_factory=dict)
    asides: Mapping[int, str] = field(default_factory=dict)
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    layer: Layer | None = None

    @property
    def county(self) -> str:
        return self.preamble.county

    def county_of(self, row: int) -> str:
        """What a row without a county cell belongs to; empty if nothing says it."""
        return self.counties.get(row) or self.county

    @property
    def missing(self) -> tuple[Field, ...]:
        """The columns it cannot do without, as far as neither they nor a title say it."""
        have = {column.field for column in self.columns}
        lacking = [f for f in (Field.CODE, Field.NAME) if f not in have]
        if Field.COUNTY not in have and not (self.county or self.counties):
            lacking.append(Field.COUNTY)
        return tuple(lacking)

    @property
    def projects(self) -> int:
        """How many rows may be projects."""
        return len(self.rows) - len(self.asides)


def read_sheet(
    sheet: RawSheet, words: Vocabulary, chosen: Sequence[Column] | None = None
) -> Table | None:
    """The table of a sheet, whole or lacking columns; None where there is no header.

    With columns chosen, even none, a row of titles that nobody knows is a header as well.
    """
    found = _find_header(sheet)
    if not found and chosen is not None:
        found = _unknown_header(sheet)
    if not found:
        return None
    place, depth, columns = found
    header = sheet.rows[place : place + depth]
    preamble = read_preamble(sheet.rows[:place], sheet.name, words)
    kept, lesser = without_lesser(columns)
    kept = tuple(preamble.complete(column) for column in kept)
    if chosen is not None:
        kept, lesser = tuple(chosen), ()
    rows = tuple(row for row in sheet.rows[place + depth :] if _filled(row))
    rows, notes = unmerge(rows, sheet.merges, kept)
    titles = _titles_by_column(header)
    rows = with_row_units(rows, kept, titles)
    if sheet.since_1904:
        rows, notes = as_dates(rows, kept, notes, words.today)
    asides = _asides(rows, kept, words, header) if not sheet.layer else {}
    if not sheet.layer:
        asides, notes = under_other_headers(rows, kept, header, asides, notes)
    return Table(
        sheet=sheet.name,
        columns=kept,
        rows=rows,
        width=_width(header, sheet.ragged, rows),
        ragged=sheet.ragged,
        titles=titles,
        lesser=lesser,
        preamble=preamble,
        counties=_counties(rows, kept, asides, words),
        notes=notes,
        asides=asides,
        hidden=sheet.hidden,
        hidden_rows=sheet.hidden_rows,
        hidden_columns=sheet.hidden_columns,
        layer=sheet.layer,
    )


def _find_header(sheet: RawSheet) -> tuple[int, int, tuple[Column, ...]] | None:
    """Place and number of rows of the header that says most, the shortest and first of equals."""
    best: tuple[int, int, tuple[Column, ...]] | None = None
    most = 0
    for depth in range(1, 2 if sheet.layer else HEADER_ROWS + 1):
        for place in range(1 if sheet.layer else min(HEADER_WITHIN, len(sheet.rows))):
            rows = sheet.rows[place : place + depth]
            if len(rows) < depth or (depth > 1 and not _is_stack(rows)):
                continue
            columns = read_header_rows([row.cells[:WIDEST] for row in rows])
            says = _says(columns)
            if says > most and len({c.field for c in columns}) >= _least(sheet):
                best, most = (place, depth, columns), says
    return best


def _unknown_header(sheet: RawSheet) -> tuple[int, int, tuple[Column, ...]] | None:
    """The first row of at least three short texts."""
    for place, row in enumerate(sheet.rows[:HEADER_WITHIN]):
        filled = sum(not is_blank(cell) for cell in row.cells)
        if filled >= _FEWEST_COLUMNS and looks_like_header(row):
            return place, 1, ()
    return None


def _least(sheet: RawSheet) -> int:
    return 1 if sheet.layer else _FEWEST_COLUMNS


def _says(columns: Sequence[Column]) -> int:
    """Fields count most, then units and datums; a field said twice speaks against a header."""
    fields = {column.field for column in columns}
    return 4 * len(fields) + sum(bool(c.unit) + bool(c.datum) for c in columns)


def _is_stack(rows: Sequence[RawRow]) -> bool:
    """Whether rows may be one header: texts only, and no title or unit line on top."""
    top = [cell for cell in rows[0].cells if not is_blank(cell)]
    if len(top) < 2 or any(_LINE.match(shown(cell)) for cell in top):
        return False
    return all(isinstance(cell, str) or cell is None for row in rows for cell in row.cells)


def _asides(
    rows: Sequence[RawRow],
    columns: Sequence[Column],
    words: Vocabulary,
    header: Sequence[RawRow],
) -> dict[int, str]:
    above = titles_of(header)

    def is_place(text: str) -> bool:
        return bool(place_in_name(text, words))

    def reason(row: RawRow) -> str:
        if repeats(row, above):
            return "重复的表头，不是项目"
        return aside(row, columns, is_place)

    found = ((row.number, reason(row)) for row in rows)
    return {number: reason for number, reason in found if reason}


def _counties(
    rows: Sequence[RawRow],
    columns: Sequence[Column],
    asides: Mapping[int, str],
    words: Vocabulary,
) -> dict[int, str]:
    """In a table without a county column, a heading that names a county holds until the next."""
    if any(column.field is Field.COUNTY for column in columns):
        return {}
    counties: dict[int, str] = {}
    current = ""
    for row in rows:
        if asides.get(row.number, "").startswith("小标题"):
            current = place_in_name(heading(row), words)
        elif current:
            counties[row.number] = current
    return counties


def refuse_repeated(table: Table) -> None:
    """Raises FileRefused where two columns say the same thing and nobody can tell which holds."""
    fields = [column.field for column in table.columns]
    twice = {f for f in fields if fields.count(f) > 1}
    if not twice:
        return
    titles = [_title(table, column) for column in table.columns if column.field in twice]
    raise FileRefused(
        "E_DUP_HEADER",
        f"{where(table.sheet)}里有几列说的是同一件事：{'、'.join(titles)}。"
        "请只留一列，或把列名写得不同",
    )


def _title(table: Table, column: Column) -> str:
    return table.titles[column.index] if column.index < len(table.titles) else column.title


def where(sheet: str) -> str:
    """A sheet as a message names it."""
    return f"工作表“{sheet}”" if sheet else "表头"


def shown_titles(cells: Sequence[Cell]) -> str:
    """The first texts of a row, for a message."""
    return "、".join(re.sub(r"\s", "", shown(c))[:20] for c in cells[:30] if not is_blank(c))


def looks_like_header(row: RawRow) -> bool:
    """Whether a row may be the header of something else: several short texts without figures."""
    texts = [cell for cell in row.cells if not is_blank(cell)]
    plain = [c for c in texts if isinstance(c, str) and len(c) <= 40 and not re.search(r"\d{4}", c)]
    return (len(plain) > 1 and len(plain) == len(texts)) or len(read_header(row.cells)) > 0


def _titles_by_column(header: Sequence[RawRow]) -> tuple[str, ...]:
    width = max(len(row.cells) for row in header)
    return tuple(
        "/".join(
            dict.fromkeys(
                re.sub(r"\s", "", shown(row.cells[index]))
                for row in header
                if index < len(row.cells) and not is_blank(row.cells[index])
            )
        )
        for index in range(width)
    )


def _filled(row: RawRow) -> bool:
    """Whether a row says something, or holds a formula whose result nobody knows."""
    return not all(row.formulas.values()) or not all(is_blank(cell) for cell in row.cells)


def _width(header: Sequence[RawRow], ragged: bool, rows: Sequence[RawRow]) -> int:
    """As far as the header says something; in a CSV as many cells as it has, if the rows agree."""
    filled = max(
        index + 1 for row in header for index, cell in enumerate(row.cells) if not is_blank(cell)
    )
    whole = max(len(row.cells) for row in header)
    if ragged and whole > filled and any(len(row.cells) == whole for row in rows):
        return whole
    return filled


def with_columns(table: Table, columns: Sequence[Column]) -> Table:
    """The table read by other columns."""
    return replace(table, columns=tuple(columns), lesser=())
