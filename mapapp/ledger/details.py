"""What a ledger may add about a project: read as far as it goes, never a reason against the row.

Scale, annual output, source, how a stage or an amount was worded: an office keeps such columns in
its own way. A cell that cannot be read is told of, without a code, and the row comes in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from mapapp.ledger import cells as c
from mapapp.ledger.amounts import parse_amount
from mapapp.ledger.cells import Cell, CellError, RawRow
from mapapp.ledger.date_cells import parse_date
from mapapp.ledger.dates import PartialDate
from mapapp.ledger.fields import DETAILS, Field
from mapapp.ledger.national_code import NationalCodeError, read_national_code
from mapapp.ledger.problems import Problem
from mapapp.ledger.project import Provenance
from mapapp.ledger.terms import parse_agreement, parse_jobs, parse_land, parse_words
from mapapp.ledger.titles import Column

_TEXTS = {
    Field.CAPACITY: "capacity",
    Field.LINK_NOTE: "link_note",
    Field.ORIGIN: "origin",
    Field.OFFICE: "office",
    Field.BROUGHT_BY: "brought_by",
}
_LISTS = {Field.PARTIES: "parties", Field.TAGS: "tags"}
_FIGURES = {Field.FIXED_ASSET: "fixed_asset_investment", Field.TAX: "expected_tax"}
"""Amounts besides the output: read as a figure, or not at all."""
_FLAGS = {Field.PARK: "is_park", Field.HALTED: "halted"}
_WORDINGS = {
    Field.AMOUNT_TEXT: "investment_text",
    Field.OUTPUT_TEXT: "output_text",
    Field.STATUS_TEXT: "stage_text",
}
_DATES = (Field.CONFIRMED, Field.STATUS_AS_OF)
YES, _NO = "是", "否"


@dataclass(frozen=True, slots=True)
class Details:
    """values are fields of InvestmentProject; wordings and days stand where the row has the column.

    wordings: how the original words an amount or a stage, empty where it does not. days: when the
    project was last heard of, and the day that its status is of; None where the cell is empty.
    """

    values: dict[str, Any] = field(default_factory=dict)
    wordings: dict[str, str] = field(default_factory=dict)
    days: dict[Field, PartialDate | None] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def say(self, message: str) -> None:
        self.problems.append(Problem("", message))


def read_details(row: RawRow, columns: Mapping[Field, Column], today: date) -> Details:
    """What the detail columns of a row say."""
    found = Details()
    said = dict(_cells(row, columns, found))
    for of, name in _TEXTS.items():
        if text := _text(said.get(of), of, found):
            found.values[name] = text
    for of, name in _WORDINGS.items():
        if of in said:
            found.wordings[name] = _text(said[of], of, found)
    for of, name in _FLAGS.items():
        _flag(said.get(of), of, name, found)
    for of, name in _LISTS.items():
        if words := parse_words(_text(said.get(of), of, found)):
            found.values[name] = words
    for of in _DATES:
        if of in said:
            _day(said[of], of, today, found)
    for of, name in _FIGURES.items():
        if of in said:
            _figure(said[of], columns[of], name, found)
    _terms(said, columns, found)
    if Field.OUTPUT in said:
        _output(said[Field.OUTPUT], columns[Field.OUTPUT], found)
    _source(said, found)
    return found


def _cells(
    row: RawRow, columns: Mapping[Field, Column], found: Details
) -> Iterator[tuple[Field, Cell]]:
    for of, column in columns.items():
        if of not in DETAILS:
            continue
        cell = row.cells[column.index] if column.index < len(row.cells) else None
        if isinstance(cell, CellError):
            found.say(f"{of}是错误值 {cell.text}，没有读")
        elif row.formulas.get(column.index) is False:
            found.say(f"{of}是公式而没有计算结果，没有读")
        elif isinstance(cell, str) and len(cell) > c.LONGEST_CELL:
            found.say(f"{of}有 {len(cell)} 个字，超过 {c.LONGEST_CELL}，没有读")
        else:
            yield of, cell


def _text(cell: Cell, of: Field, found: Details) -> str:
    if c.is_blank(cell):
        return ""
    text = cell if isinstance(cell, str) else c.shown(cell)
    plain = c.without_control(text).replace("\x00", "")
    if plain != text:
        found.say(f"{of}里有看不见的控制字符，已去掉")
    return plain


def _flag(cell: Cell, of: Field, name: str, found: Details) -> None:
    if c.says_nothing(cell):
        return
    text = c.folded(cell)
    if text in (YES, _NO):
        found.values[name] = text == YES
    else:
        found.say(f"{of}“{text[:20]}”没有读，请填“{YES}”或“{_NO}”")


def _day(cell: Cell, of: Field, today: date, found: Details) -> None:
    if c.says_nothing(cell):
        found.days[of] = None
        return
    when, problems = parse_date(cell, str(of), today)
    if when:
        found.days[of] = when
    else:
        found.problems.extend(Problem("", problem.message) for problem in problems)


def _output(cell: Cell, column: Column, found: Details) -> None:
    """A figure; what is none is kept in its own words."""
    if c.says_nothing(cell):
        return
    money, problems = parse_amount(cell, column.unit, str(Field.OUTPUT))
    codes = {problem.code for problem in problems}
    if money:
        found.values["expected_output"] = money
        found.values["output_text"] = c.shown(cell) if "W_APPROX" in codes else ""
        return
    found.values["output_text"] = _text(cell, Field.OUTPUT, found)
    found.problems.extend(Problem("", f"{p.message}；照原文保存") for p in problems)


def _figure(cell: Cell, column: Column, name: str, found: Details) -> None:
    if c.says_nothing(cell):
        return
    money, problems = parse_amount(cell, column.unit, str(column.field))
    if money:
        found.values[name] = money
    ending = "" if money else "；没有读"
    found.problems.extend(Problem("", f"{p.message}{ending}") for p in problems)


def _terms(said: Mapping[Field, Cell], columns: Mapping[Field, Column], found: Details) -> None:
    """Agreement, land, jobs and national code: each is one of its kind, or told of."""
    readers: dict[Field, tuple[str, Callable[[Cell], object]]] = {
        Field.AGREEMENT: ("agreement", parse_agreement),
        Field.LAND: ("land", lambda cell: parse_land(cell, columns[Field.LAND].title)),
        Field.JOBS: ("jobs", parse_jobs),
    }
    for of, (name, read) in readers.items():
        if c.says_nothing(said.get(of)):
            continue
        try:
            found.values[name] = read(said[of])
        except ValueError as fault:
            found.say(f"{of}{fault}")
    if not c.says_nothing(text := said.get(Field.NATIONAL_CODE)):
        _national_code(c.shown(text), found)


def _national_code(text: str, found: Details) -> None:
    try:
        code = read_national_code(text)
    except NationalCodeError as fault:
        found.say(f"{fault}，没有读")
        return
    found.values["national_code"] = code.text
    if code.remark:
        found.say(code.remark)


def _source(said: Mapping[Field, Cell], found: Details) -> None:
    fields = (Field.SOURCE, Field.SOURCE_DATE, Field.SOURCE_GRADE)
    text, day, grade = (_text(said.get(of), of, found) for of in fields)
    if text:
        found.values["provenance"] = Provenance(text, day, grade)
    elif day or grade:
        found.say(f"{Field.SOURCE}是空的，它的日期和等级没有读")
