"""What a raw row means: the fields it states about one project, or every reason why not."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal
from typing import Any

from mapapp.ledger import cells as c
from mapapp.ledger.amounts import parse_amount
from mapapp.ledger.cells import Cell, CellError, RawRow
from mapapp.ledger.date_cells import parse_date
from mapapp.ledger.dates import PartialDate
from mapapp.ledger.details import Details, read_details
from mapapp.ledger.fields import AMOUNTS, DATES, DETAILS, Field
from mapapp.ledger.placing import position_of
from mapapp.ledger.problems import Problem
from mapapp.ledger.project import Stage
from mapapp.ledger.stages import is_halt, parse_stage
from mapapp.ledger.titles import Column
from mapapp.ledger.words import UnknownPlace, Vocabulary

LONGEST_NAME = 200
LONGEST_CODE = 64

_AMOUNT_FIELDS = {
    Field.CONTRACTED: "contracted_investment",
    Field.PAID_IN: "paid_in_investment",
    Field.FOREIGN: "foreign_investment",
}
_TEXT_FIELDS = {
    Field.PLACE: "place",
    Field.PRODUCT: "product",
    Field.LEADER: "leader",
    Field.DEPARTMENT: "lead_department",
    Field.NOTE: "note",
}
_SCIENTIFIC = re.compile(r"[0-9]\.[0-9]+[eE]\+?[0-9]{1,3}|[0-9][eE]\+[0-9]{1,3}")
_SEPARATORS = re.compile(r"[、;；,，]+")


@dataclass(frozen=True, slots=True)
class ReadRow:
    """What a row says. values are fields of InvestmentProject; a field it leaves empty is absent.

    place is the county's or zone's name as the row's own; stage is what the status column says.
    wordings and days are those of the details (mapapp.ledger.details).
    """

    code: str
    values: Mapping[str, Any]
    place: str
    stage: Stage | None
    dates: Mapping[Stage, PartialDate]
    problems: tuple[Problem, ...]
    wordings: Mapping[str, str] = field(default_factory=dict)
    days: Mapping[Field, PartialDate | None] = field(default_factory=dict)

    @property
    def accepted(self) -> bool:
        return not any(problem.rejects for problem in self.problems)


@dataclass
class _Reading:
    """A row while it is being read."""

    cells: Mapping[Field, Cell]
    columns: Mapping[Field, Column]
    words: Vocabulary
    values: dict[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def say(self, code: str, message: str) -> None:
        self.problems.append(Problem(code, message))

    @property
    def codes(self) -> set[str]:
        return {problem.code for problem in self.problems}

    def text(self, of: Field) -> str:
        return c.shown(self.cells.get(of))


def read_row(
    row: RawRow,
    columns: Sequence[Column],
    words: Vocabulary,
    width: int,
    ragged: bool = False,
    county: str = "",
) -> ReadRow:
    """Read one row under a header of `width` cells; all its problems are collected.

    county is what the sheet says for a row that names none itself.
    """
    by_field = {col.field: col for col in columns}
    strict = {of: col for of, col in by_field.items() if of not in DETAILS}
    reading = _Reading(
        {of: row.cells[col.index] for of, col in strict.items() if col.index < len(row.cells)},
        strict,
        words,
    )
    if misaligned := _check_width(row, width, ragged):
        return ReadRow(reading.text(Field.CODE), {}, "", None, {}, (misaligned,))
    _check_cells(reading)
    _check_formulas(reading, row)
    code = _code(reading)
    _names(reading)
    place = _place(reading, county)
    _chain_and_links(reading)
    _amounts(reading)
    dates = _dates(reading)
    stage = _stage(reading)
    position, faults = position_of(reading.cells, reading.columns, words)
    if position:
        reading.values["position"] = position
    reading.problems += faults
    details = read_details(row, by_field, words.today)
    if ragged and len(row.cells) > width and any(p.rejects for p in reading.problems):
        # One blank cell too many is a comma at the end; with faults beside it, a comma inside.
        return ReadRow(code, {}, "", None, {}, (_out_of_line(row, width),))
    return ReadRow(
        code,
        _joined(reading.values, details),
        place,
        stage,
        dates,
        (*reading.problems, *details.problems),
        details.wordings,
        details.days,
    )


def _joined(values: Mapping[str, Any], details: Details) -> dict[str, Any]:
    """The row's values with its details; a word that is not known joins the note on links."""
    notes = [details.values.get("link_note", ""), values.get("link_note", "")]
    if notes[1] and notes[1] not in notes[0]:
        joined = {"link_note": "；".join(filter(None, notes))}
        return {**values, **details.values, **joined}
    return {**values, **details.values}


def _check_width(row: RawRow, width: int, ragged: bool) -> Problem | None:
    """A row out of line with its header: then no cell of it can be trusted."""
    beyond = any(not c.is_blank(cell) for cell in row.cells[width:])
    if beyond or (ragged and len(row.cells) < width):
        return _out_of_line(row, width)
    return None


def _out_of_line(row: RawRow, width: int) -> Problem:
    text = f"这一行有 {len(row.cells)} 列，表头有 {width} 列，请把单元格对齐"
    return Problem("E_COLUMNS", text)


def _check_cells(reading: _Reading) -> None:
    for of, cell in reading.cells.items():
        if isinstance(cell, CellError):
            reading.say("E_CELL_ERROR", f"{of}是错误值 {cell.text}，请改正")
        if not isinstance(cell, str):
            continue
        if len(cell) <= c.LONGEST_CELL and c.is_plain(cell):
            continue
        if c.has_nul(cell) or (of is Field.CODE and c.has_control(cell)):
            reading.say("E_CONTROL_CHAR", f"{of}里有看不见的控制字符，请重新键入")
        elif c.has_control(cell):
            reading.say("W_CONTROL", f"{of}里有看不见的控制字符，已去掉")
        if len(cell) > c.LONGEST_CELL:
            reading.say("E_CELL_TOO_LONG", f"{of}超过 {c.LONGEST_CELL} 个字，请缩短")
        if "\ufffd" in cell:
            reading.say("E_ENCODING", f"{of}里有丢失的字（显示为�），请从原来的表格重新填写")
        if of is Field.CODE and c.has_invisible(cell):
            reading.say("W_INVISIBLE", f"{of}里有看不见的字符，已去掉")
        elif c.hides_something(cell):
            reading.say("W_INVISIBLE", f"{of}里有看不见的字符，照样保存，请核对")


def _check_formulas(reading: _Reading, row: RawRow) -> None:
    for of, column in reading.columns.items():
        if column.index not in row.formulas:
            continue
        if row.formulas[column.index]:
            reading.say("W_FORMULA", f"{of}是公式，取文件里存的计算结果")
        else:
            reading.say("E_FORMULA_NOCACHE", f"{of}是公式而没有计算结果，请改成数值再导入")


def _code(reading: _Reading) -> str:
    cell = reading.cells.get(Field.CODE)
    code = c.folded(cell)
    if c.says_nothing(cell):
        if not isinstance(cell, CellError):
            reading.say("E_CODE_MISSING", "没有项目编号，请补上")
        return ""
    if len(code) > LONGEST_CODE:
        reading.say("E_CELL_TOO_LONG", f"项目编号有 {len(code)} 个字，超过 {LONGEST_CODE}，请核对")
    if isinstance(cell, str) and _SCIENTIFIC.fullmatch(code):
        reading.say("E_CODE_PRECISION", f"项目编号 {code} 成了科学记数，末尾几位已丢失，请存为文本")
    if isinstance(cell, date | time | bool):
        reading.say(
            "E_CODE_PRECISION", f"项目编号被表格改成了“{code}”，原来的编号已丢失，请存为文本"
        )
    if isinstance(cell, Decimal):
        if abs(cell) >= 10**15:
            reading.say(
                "E_CODE_PRECISION", f"项目编号 {code} 存成了数字，末尾几位已丢失，请存为文本"
            )
        else:
            reading.say("W_CODE_NUMERIC", f"项目编号 {code} 是数字，按文本保存")
    return code


def _names(reading: _Reading) -> None:
    if c.is_blank(reading.cells.get(Field.NAME)) and "E_FORMULA_NOCACHE" not in reading.codes:
        reading.say("E_HEADER_MISSING", "没有项目名称，请补上")
    for of, name in ((Field.NAME, "name"), (Field.ENTERPRISE, "enterprise"), *_TEXT_FIELDS.items()):
        cell = reading.cells.get(of)
        if isinstance(cell, CellError) or c.is_blank(cell):
            continue
        reading.values[name] = c.without_control(cell if isinstance(cell, str) else c.shown(cell))
        if of in (Field.NAME, Field.ENTERPRISE) and len(reading.text(of)) > LONGEST_NAME:
            reading.say(
                "E_NAME_TOO_LONG", f"{of}有 {len(reading.text(of))} 个字，超过 {LONGEST_NAME}"
            )


def _place(reading: _Reading, county: str) -> str:
    cell = reading.cells.get(Field.COUNTY)
    if isinstance(cell, CellError):
        return ""
    text = county if c.says_nothing(cell) else c.folded(cell)[:LONGEST_NAME]
    if not text:
        reading.say("E_COUNTY", "没有县市区，请填写；确实未定的填“未分县区”")
        return ""
    try:
        place = reading.words.place(text)
    except UnknownPlace as error:
        reading.say("E_COUNTY", str(error))
        return ""
    reading.values |= {"county": place.county, "zone": place.zone}
    return place.name


def _chain_and_links(reading: _Reading) -> None:
    """Words that the catalogue does not know are kept as text, and nothing is guessed."""
    text = c.folded(reading.cells.get(Field.CHAIN))
    chain = reading.words.chain(text) if text else None
    if chain:
        reading.values["chain"] = chain
    unknown = [f"产业链：{text}"] if text and not chain else []
    whole = c.folded(reading.cells.get(Field.LINK))
    if whole:
        named = [whole] if reading.words.link(whole, chain) else _SEPARATORS.split(whole)
        known = [reading.words.link(name.strip(), chain) for name in named]
        if links := tuple(dict.fromkeys(link for link in known if link)):
            reading.values["links"] = links
        strange = [name for name, link in zip(named, known, strict=True) if name and not link]
        unknown += [f"环节：{'、'.join(strange)}"] if strange else []
    if unknown:
        reading.values["link_note"] = "；".join(unknown)


def _amounts(reading: _Reading) -> None:
    for of in AMOUNTS:
        if not (column := reading.columns.get(of)):
            continue
        cell = reading.cells.get(of)
        if isinstance(cell, CellError) or (c.is_blank(cell) and of is not Field.CONTRACTED):
            continue
        money, problems = parse_amount(cell, column.unit, str(of))
        reading.problems += problems
        if money:
            reading.values[_AMOUNT_FIELDS[of]] = money
        if money and of is Field.CONTRACTED:
            about = any(problem.code == "W_APPROX" for problem in problems)
            reading.values["investment_text"] = c.shown(cell) if about else ""


def _dates(reading: _Reading) -> dict[Stage, PartialDate]:
    found: dict[Stage, PartialDate] = {}
    for of, stage in DATES.items():
        cell = reading.cells.get(of)
        if of not in reading.columns or isinstance(cell, CellError):
            continue
        if c.is_blank(cell) and of is not Field.SIGNED:
            continue
        when, problems = parse_date(cell, str(of), reading.words.today)
        reading.problems += problems
        if when and stage is not Stage.SIGNED and when.first > reading.words.today:
            reading.say("W_DATE_FUTURE", f"{of}“{when}”还没有到，是计划，不算已经发生")
        elif when:
            found[stage] = when
    return found


def _stage(reading: _Reading) -> Stage | None:
    cell = reading.cells.get(Field.STATUS)
    text = c.closed_up(cell)
    if isinstance(cell, CellError) or c.says_nothing(text or None):
        return None
    stage, halted = parse_stage(text), is_halt(text)
    if halted:
        reading.values["halted"] = True
        reading.say("", f"状态“{text}”{f'读作{stage}，' if stage else ''}记作停滞")
    if stage is None and not halted:
        reading.say("E_STATUS", f"状态“{text[:40]}”不认识，可用：{'、'.join(Stage)}")
    else:
        reading.values["stage_text"] = reading.text(Field.STATUS)
    return stage
