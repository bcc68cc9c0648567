"""What a raw row means: the fields it states about one project, or every reason why not."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from mapapp.ledger import cells as c
from mapapp.ledger.amounts import parse_amount
from mapapp.ledger.cells import Cell, CellError, RawRow
from mapapp.ledger.coordinates import outside, parse_pair
from mapapp.ledger.date_cells import parse_date
from mapapp.ledger.dates import PartialDate
from mapapp.ledger.headers import AMOUNTS, DATES, Column, Field
from mapapp.ledger.problems import Problem
from mapapp.ledger.project import PointPrecision, Position, Stage
from mapapp.ledger.words import UnknownPlace, Vocabulary

LONGEST_NAME = 200

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
_STAGE_WORDS = {
    Stage.LEAD: "线索 意向 储备",
    Stage.TALKS: "在谈 洽谈 洽谈中 在谈中 跟踪",
    Stage.SIGNED: "签约 已签约 签约项目 已签",
    Stage.STARTED: "开工 已开工 在建 开工在建 开工/在建 建设中 续建",
    Stage.ENROLLED: "入统 已入统 入库",
    Stage.COMPLETED: "竣工 已竣工 完工 建成",
    Stage.PRODUCING: "投产 已投产 建成投产 试生产 运营 达产",
    Stage.ABOVE_SIZE: "进规 已进规",
    Stage.ENDED: "终止 已终止 中止 取消 解约",
}
_STAGES = {word: stage for stage, words in _STAGE_WORDS.items() for word in words.split()}
_NOT_A_PROJECT = re.compile(
    r"(?:小计|合计|总计|累计|共计|其中[:：]?|填表人|填报人|制表人?|审核人?|负责人|注[:：]|备注[:：]|说明[:：])"
)
_SEPARATORS = re.compile(r"[、;；,，]+")


@dataclass(frozen=True, slots=True)
class ReadRow:
    """What a row says. values are fields of InvestmentProject; a field it leaves empty is absent.

    place is the county's or zone's name as the row's own; stage is what the status column says.
    """

    code: str
    values: Mapping[str, Any]
    place: str
    stage: Stage | None
    dates: Mapping[Stage, PartialDate]
    problems: tuple[Problem, ...]

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


def is_no_project(row: RawRow, columns: Sequence[Column]) -> bool:
    """Whether a row is a total, a signature or a remark under the table."""
    first = next((c.folded(cell) for cell in row.cells if not c.is_blank(cell)), "")
    name = next((col.index for col in columns if col.field is Field.NAME), 0)
    has_name = name > 0 and name < len(row.cells) and not c.is_blank(row.cells[name])
    return bool(_NOT_A_PROJECT.match(re.sub(r"\s", "", first))) and not has_name


def read_row(
    row: RawRow, columns: Sequence[Column], words: Vocabulary, width: int, ragged: bool = False
) -> ReadRow:
    """Read one row under a header of `width` cells; all its problems are collected."""
    reading = _Reading(
        {col.field: row.cells[col.index] for col in columns if col.index < len(row.cells)},
        {col.field: col for col in columns},
        words,
    )
    if misaligned := _check_width(row, width, ragged):
        return ReadRow(reading.text(Field.CODE), {}, "", None, {}, (misaligned,))
    _check_cells(reading)
    _check_formulas(reading, row)
    code = _code(reading)
    _names(reading)
    place = _place(reading)
    _chain_and_links(reading)
    _amounts(reading)
    dates = _dates(reading)
    stage = _stage(reading)
    _position(reading)
    return ReadRow(code, reading.values, place, stage, dates, tuple(reading.problems))


def _check_width(row: RawRow, width: int, ragged: bool) -> Problem | None:
    """A row out of line with its header: then no cell of it can be trusted."""
    beyond = any(not c.is_blank(cell) for cell in row.cells[width:])
    if beyond or (ragged and len(row.cells) != width):
        return Problem(
            "E_COLUMNS", f"这一行有 {len(row.cells)} 列，表头有 {width} 列，请把单元格对齐"
        )
    return None


def _check_cells(reading: _Reading) -> None:
    for of, cell in reading.cells.items():
        if isinstance(cell, CellError):
            reading.say("E_CELL_ERROR", f"{of}是错误值 {cell.text}，请改正")
        elif c.has_control(cell):
            reading.say("E_CONTROL_CHAR", f"{of}里有看不见的控制字符，请重新键入")
        elif isinstance(cell, str) and len(cell) > c.LONGEST_CELL:
            reading.say("E_CELL_TOO_LONG", f"{of}有 {len(cell)} 个字，超过 {c.LONGEST_CELL}")


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
    code = reading.text(Field.CODE)
    if c.says_nothing(cell):
        reading.say("E_CODE_MISSING", "没有项目编号")
        return ""
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
        reading.say("E_HEADER_MISSING", "没有项目名称")
    for of, name in ((Field.NAME, "name"), (Field.ENTERPRISE, "enterprise"), *_TEXT_FIELDS.items()):
        cell = reading.cells.get(of)
        if isinstance(cell, CellError) or c.is_blank(cell):
            continue
        reading.values[name] = cell if isinstance(cell, str) else c.shown(cell)
        if of in (Field.NAME, Field.ENTERPRISE) and len(reading.text(of)) > LONGEST_NAME:
            reading.say(
                "E_NAME_TOO_LONG", f"{of}有 {len(reading.text(of))} 个字，超过 {LONGEST_NAME}"
            )


def _place(reading: _Reading) -> str:
    if c.is_blank(reading.cells.get(Field.COUNTY)):
        reading.say("E_COUNTY", "没有县市区，请填写；确实未定的填“未分县区”")
        return ""
    try:
        place = reading.words.place(c.folded(reading.cells[Field.COUNTY]))
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
    elif text:
        kept = (reading.values.get("note"), f"产业链：{text}")
        reading.values["note"] = ";".join(filter(None, kept))
    whole = c.folded(reading.cells.get(Field.LINK))
    if not whole:
        return
    named = [whole] if reading.words.link(whole, chain) else _SEPARATORS.split(whole)
    known = [reading.words.link(name.strip(), chain) for name in named]
    reading.values["links"] = tuple(dict.fromkeys(link for link in known if link))
    unknown = [name for name, link in zip(named, known, strict=True) if name and not link]
    if unknown:
        reading.values["link_note"] = f"环节：{'、'.join(unknown)}"


def _amounts(reading: _Reading) -> None:
    for of in AMOUNTS:
        if not (column := reading.columns.get(of)):
            continue
        cell = reading.cells.get(of)
        if isinstance(cell, CellError):
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
        when, problems = parse_date(cell, str(of), reading.words.today)
        reading.problems += problems
        if when:
            found[stage] = when
    return found


def _stage(reading: _Reading) -> Stage | None:
    text = re.sub(r"\s", "", c.folded(reading.cells.get(Field.STATUS)))
    if c.says_nothing(text or None):
        return None
    stage = _STAGES.get(text)
    if stage is None:
        reading.say("E_STATUS", f"状态“{text}”不认识，可用：{'、'.join(Stage)}")
    else:
        reading.values["stage_text"] = reading.text(Field.STATUS)
    return stage


def _position(reading: _Reading) -> None:
    pair, fault = parse_pair(reading.cells.get(Field.LON), reading.cells.get(Field.LAT))
    if pair:
        datum = c.folded(reading.cells.get(Field.DATUM)) or reading.columns[Field.LON].datum
        try:
            lon, lat = reading.words.to_wgs84(*pair, datum) if datum else pair
        except ValueError as error:
            fault = Problem("E_COORD", f"坐标系“{datum}”不认识：{error}")
        else:
            if reading.words.contains(lon, lat):
                reading.values["position"] = Position(
                    lon, lat, PointPrecision.SITE, datum or "WGS-84"
                )
            else:
                fault = outside(lon, lat, reading.words.city_name)
    if fault:
        reading.problems += (fault, Problem("W_NO_POINT", "项目照收，图上不落点"))
