"""Which column of a file is which field: guessed, set right by a person, remembered by sender."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from mapapp.journeys.bureau import Bureau
from mapapp.journeys.vocabulary import CityVocabulary
from mapapp.ledger.areas import areas_of
from mapapp.ledger.cells import RawSheet
from mapapp.ledger.fields import MONEY, Field
from mapapp.ledger.guess import Guess, column_of, guess_columns, signature
from mapapp.ledger.sheet import Table, read_sheet
from mapapp.ledger.titles import Column
from mapapp.store.imports import Upload

UNITS = ("亿元", "万元", "元", "亿美元", "万美元")
DATUMS = ("WGS-84", "GCJ-02", "BD-09", "CGCS2000")
BY_CELL = ""
"""No unit for the column: every cell states its own, and no datum: WGS-84."""


class MappingRefused(Exception):
    """The columns chosen cannot be read; the message names them."""


@dataclass(frozen=True, slots=True)
class MappedColumn:
    """A column as guessed, and as it is to be read: field empty where it is passed by."""

    index: int
    title: str
    field: str
    unit: str
    datum: str
    confidence: int
    likely: str
    samples: tuple[str, ...]
    returned: bool = False

    @property
    def is_amount(self) -> bool:
        return self.field in MONEY

    @property
    def sure(self) -> str:
        """How sure the guess is, in a word."""
        if not self.confidence:
            return ""
        return "高" if self.confidence >= 90 else "中" if self.confidence >= 70 else "低"


@dataclass(frozen=True, slots=True)
class MappedSheet:
    """The columns of a sheet. county is what its name or title says for every row."""

    sheet: str
    signature: str
    rows: int
    county: str
    hidden: bool
    columns: tuple[MappedColumn, ...]
    remembered: bool = False

    def as_record(self) -> dict[str, Any]:
        return asdict(self)

    @property
    def lacking(self) -> tuple[str, ...]:
        """The fields that a ledger cannot do without and that no column is."""
        have = {column.field for column in self.columns}
        needed = [Field.CODE, Field.NAME]
        if not self.county:
            needed.append(Field.COUNTY)
        return tuple(field.value for field in needed if field not in have)


def survey(bureau: Bureau, sheets: Sequence[RawSheet]) -> list[MappedSheet]:
    """The sheets that may be ledgers, with what their columns probably are."""
    words = CityVocabulary(bureau)
    if areas_of(sheets, words):
        return []
    found = []
    for sheet in sheets:
        table = read_sheet(sheet, words) or read_sheet(sheet, words, chosen=())
        if table and table.projects:
            found.append(_mapped(table, guess_columns(table, words.today)))
    return found


def recall(bureau: Bureau, sender: str, sheet: MappedSheet) -> MappedSheet | None:
    """The sheet with the columns that were confirmed for this sender's header, if they were."""
    if not sender:
        return None
    kept = bureau.store.imports.mapping(sender, sheet.signature)
    own = [column for column in sheet.columns if not column.returned]
    if kept is None or len(kept) != len(own):
        return None
    again = {
        column.index: replace(column, field=field, unit=unit, datum=datum, confidence=100)
        for column, (field, unit, datum) in zip(own, kept, strict=True)
    }
    columns = tuple(again.get(column.index, column) for column in sheet.columns)
    return replace(sheet, columns=columns, remembered=True)


def choose(bureau: Bureau, upload: Upload, given: Mapping[str, str], actor: str) -> None:
    """Set the columns as a form says, and remember them for the sender.

    The form's fields are field-S-I, unit-S-I and datum-S-I, of sheet S's column I.

    Raises:
        MappingRefused: a field twice in a sheet, or none of the columns that are needed.
    """
    sheets = [
        replace(sheet, columns=tuple(_chosen(column, number, given) for column in sheet.columns))
        for number, sheet in enumerate(mapped_sheets(upload))
    ]
    _check(sheets)
    for sheet in sheets:
        own = [column for column in sheet.columns if not column.returned]
        columns = [[column.field, column.unit, column.datum] for column in own]
        if upload.sender:
            bureau.store.imports.remember(upload.sender, sheet.signature, columns, actor)
    records = [sheet.as_record() for sheet in sheets]
    bureau.store.imports.note(upload.id, upload.phase, sheets=records)


def mapped_sheets(upload: Upload) -> list[MappedSheet]:
    """The sheets of an upload as they are to be read."""
    return [
        MappedSheet(
            **{
                **record,
                "columns": tuple(
                    MappedColumn(**{**column, "samples": tuple(column["samples"])})
                    for column in record["columns"]
                ),
            }
        )
        for record in upload.sheets
    ]


def columns_of(upload: Upload) -> dict[str, Sequence[Column]]:
    """What the row rules are told: the columns of each sheet."""
    return {
        sheet.sheet: [
            column_of(c.index, c.title, c.field, c.unit, c.datum) for c in sheet.columns if c.field
        ]
        for sheet in mapped_sheets(upload)
    }


def _mapped(table: Table, guesses: Sequence[Guess]) -> MappedSheet:
    return MappedSheet(
        sheet=table.sheet,
        signature=signature(guesses),
        rows=table.projects,
        county=table.county or ("小标题所写的县市区" if table.counties else ""),
        hidden=table.hidden,
        columns=tuple(_column(guess) for guess in guesses),
    )


def _column(guess: Guess) -> MappedColumn:
    """What is not understood but looks like a field is proposed as that."""
    field = guess.field or guess.likely
    return MappedColumn(
        index=guess.index,
        title=guess.title,
        field=field.value if field else "",
        unit=guess.unit,
        datum=guess.datum,
        confidence=guess.confidence,
        likely=guess.likely.value if guess.likely else "",
        samples=guess.samples,
        returned=guess.is_returned,
    )


def _chosen(column: MappedColumn, sheet: int, given: Mapping[str, str]) -> MappedColumn:
    key = f"{sheet}-{column.index}"
    field = given.get(f"field-{key}", column.field)
    if field and field not in [known.value for known in Field]:
        raise MappingRefused(f"没有叫“{field}”的栏目。")
    unit, datum = given.get(f"unit-{key}", column.unit), given.get(f"datum-{key}", column.datum)
    if unit and unit not in UNITS and unit != column.unit:
        raise MappingRefused(f"没有叫“{unit}”的金额单位。")
    if datum and datum not in DATUMS and datum != column.datum:
        raise MappingRefused(f"没有叫“{datum}”的坐标系。")
    return replace(column, field=field, unit=unit, datum=datum)


def _check(sheets: Sequence[MappedSheet]) -> None:
    for sheet in sheets:
        where = f"工作表“{sheet.sheet}”" if sheet.sheet else "表里"
        fields = [column.field for column in sheet.columns if column.field]
        if twice := dict.fromkeys(field for field in fields if fields.count(field) > 1):
            raise MappingRefused(f"{where}有几列都选成了{'、'.join(twice)}，请只留一列。")
    if not any(not sheet.lacking for sheet in sheets):
        lacking = "、".join(sheets[0].lacking) if sheets else "列"
        raise MappingRefused(f"还缺少{lacking}，请指出是哪一列。")
