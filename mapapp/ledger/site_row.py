"""What a row of a list of sites means: the fields it states, or every reason why not."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from mapapp.ledger import cells as c
from mapapp.ledger.cells import Cell, CellError, RawRow
from mapapp.ledger.coordinates import outside, parse_pair
from mapapp.ledger.date_cells import parse_date
from mapapp.ledger.problems import Problem
from mapapp.ledger.project import PointPrecision, Position, Provenance
from mapapp.ledger.site import Area, Site, SiteKind, Utility
from mapapp.ledger.site_headers import AREAS, SiteColumn, SiteField, area_unit
from mapapp.ledger.words import UnknownPlace, Vocabulary

LONGEST_NAME = 200
_KIND_WORDS = {
    SiteKind.PLANT: "厂房 车间 仓库",
    SiteKind.LAND: "地块 土地 用地 空地 宗地 净地",
    SiteKind.PARK: "园区 产业园 工业园 开发区 示范区 基地",
}
_TEXTS = {
    SiteField.PLACE: "place",
    SiteField.INDUSTRIES: "industries",
    SiteField.CONSTRAINTS: "constraints",
    SiteField.NOTE: "note",
}
_UTILITIES = {
    SiteField.WATER: Utility.WATER,
    SiteField.POWER: Utility.POWER,
    SiteField.GAS: Utility.GAS,
    SiteField.HEAT: Utility.HEAT,
    SiteField.STEAM: Utility.STEAM,
    SiteField.SEWAGE: Utility.SEWAGE,
    SiteField.OTHER: Utility.OTHER,
}
_TOTAL = re.compile(
    r"(?:小计|合计|总计|累计|共计|填表人|填报人|制表|审核|注[:：]|备注[:：]|说明[:：])"
)
_AREA = re.compile(r"(?:约)?([0-9][0-9,]*(?:\.[0-9]+)?)\s*([^0-9\s]*[0-9]?)")


@dataclass(frozen=True, slots=True)
class ReadSite:
    """What a row says. values are fields of Site; a field it leaves empty is absent."""

    values: Mapping[str, Any]
    utilities: Mapping[str, str]
    problems: tuple[Problem, ...]

    @property
    def accepted(self) -> bool:
        return not any(problem.rejects for problem in self.problems)


@dataclass
class _Reading:
    """A row while it is being read."""

    cells: Mapping[SiteField, Cell]
    columns: Mapping[SiteField, SiteColumn]
    words: Vocabulary
    values: dict[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def say(self, code: str, message: str) -> None:
        self.problems.append(Problem(code, message))

    def text(self, of: SiteField) -> str:
        cell = self.cells.get(of)
        return "" if isinstance(cell, CellError) else c.shown(cell)


def kind_of(text: str) -> SiteKind | None:
    """The kind that a cell or a sheet's name tells of."""
    if not text:
        return None
    exact = next((kind for kind in SiteKind if kind.value == text), None)
    found = (kind for kind, words in _KIND_WORDS.items() if any(w in text for w in words.split()))
    return exact or next(found, None)


def is_no_site(row: RawRow, columns: Sequence[SiteColumn]) -> bool:
    """Whether a row is a total, a signature or a remark under the table."""
    first = next((c.folded(cell) for cell in row.cells if not c.is_blank(cell)), "")
    name = next((col.index for col in columns if col.field is SiteField.NAME), 0)
    own = c.folded(row.cells[name]) if name < len(row.cells) else ""
    return bool(_TOTAL.match(re.sub(r"\s", "", first))) and (not own or own == first)


def read_site(
    row: RawRow, columns: Sequence[SiteColumn], words: Vocabulary, sheet: str = ""
) -> ReadSite:
    """Read one row; all its problems are collected. The sheet's name may tell the kind."""
    reading = _Reading(
        {col.field: row.cells[col.index] for col in columns if col.index < len(row.cells)},
        {col.field: col for col in columns},
        words,
    )
    _check(reading, row)
    _name_and_kind(reading, sheet)
    _place(reading)
    for of, name in _TEXTS.items():
        if text := reading.text(of):
            reading.values[name] = text
    _areas(reading)
    _available(reading)
    _contact(reading)
    _position(reading)
    _source(reading)
    utilities = {
        utility.value: text for of, utility in _UTILITIES.items() if (text := reading.text(of))
    }
    return ReadSite(reading.values, utilities, tuple(reading.problems))


def put(before: Site | None, read: ReadSite) -> Site:
    """The site after a row has spoken; what the row leaves empty stays as it was."""
    utilities = {**(before.utilities if before else {}), **read.utilities}
    if before is None:
        return Site(**read.values, utilities=utilities)
    return replace(before, **read.values, utilities=utilities)


def _check(reading: _Reading, row: RawRow) -> None:
    for of, cell in reading.cells.items():
        if isinstance(cell, CellError):
            reading.say("E_CELL_ERROR", f"{of}是错误值 {cell.text}，请改正")
        elif isinstance(cell, str) and cell.strip() in c.ERROR_TEXTS:
            reading.say("E_CELL_ERROR", f"{of}是错误值 {cell.strip()}，请改正")
        elif c.has_control(cell):
            reading.say("E_CONTROL_CHAR", f"{of}里有看不见的控制字符，请重新键入")
        if row.formulas.get(reading.columns[of].index) is False:
            reading.say("E_FORMULA_NOCACHE", f"{of}是公式而没有计算结果，请改成数值再导入")


def _name_and_kind(reading: _Reading, sheet: str) -> None:
    name = reading.text(SiteField.NAME)
    if not name:
        reading.say("E_HEADER_MISSING", "没有载体名称")
    elif len(name) > LONGEST_NAME:
        reading.say("E_NAME_TOO_LONG", f"载体名称有 {len(name)} 个字，超过 {LONGEST_NAME}")
    reading.values["name"] = name
    if code := reading.text(SiteField.CODE):
        reading.values["code"] = code
    said = c.folded(reading.cells.get(SiteField.KIND))
    kind = kind_of(said) if said else kind_of(sheet) or kind_of(name)
    if kind is None:
        what = f"类型“{said}”不认识" if said else "没有写类型"
        reading.say("E_SITE_KIND", f"{what}，可用：{'、'.join(SiteKind)}")
    else:
        reading.values["kind"] = kind


def _place(reading: _Reading) -> None:
    cell = reading.cells.get(SiteField.COUNTY)
    if c.is_blank(cell):
        reading.say("E_COUNTY", "没有县市区，请填写；确实未定的填“未分县区”")
        return
    try:
        place = reading.words.place(c.folded(cell))
    except UnknownPlace as error:
        reading.say("E_COUNTY", str(error))
        return
    reading.values |= {"county": place.county, "zone": place.zone}


def _areas(reading: _Reading) -> None:
    for of, name in zip(AREAS, ("area", "floor_area"), strict=True):
        cell = reading.cells.get(of)
        if of not in reading.columns or c.says_nothing(cell) or isinstance(cell, CellError):
            continue
        number, own = _number_and_unit(cell)
        unit = own or reading.columns[of].beside
        if number is None:
            reading.say("E_AREA", f"{of}“{c.shown(cell)}”不是一个面积，请填数字")
        elif not unit:
            reading.say("E_AREA_UNIT", f"{of}没有单位，请在表头写明（如“{of}（亩）”）")
        else:
            reading.values[name] = Area(number, unit)


def _number_and_unit(cell: Cell) -> tuple[Decimal | None, str]:
    if isinstance(cell, Decimal):
        return (cell if cell.is_finite() and cell >= 0 else None), ""
    match = _AREA.fullmatch(c.folded(cell)) if isinstance(cell, str) else None
    if not match or (match[2] and not area_unit(match[2])):
        return None, ""
    return Decimal(match[1].replace(",", "")), area_unit(match[2])


def _available(reading: _Reading) -> None:
    """A day, month or year where it says one; else its own words (随时, 签约后三个月)."""
    cell = reading.cells.get(SiteField.AVAILABLE)
    if c.says_nothing(cell) or isinstance(cell, CellError):
        return
    when, _ = parse_date(cell, SiteField.AVAILABLE.value, reading.words.today)
    reading.values["available_from"] = when
    reading.values["available_text"] = "" if when else c.shown(cell)


def _contact(reading: _Reading) -> None:
    parts = [reading.text(of) for of in (SiteField.CONTACT, SiteField.PHONE)]
    if found := " ".join(filter(None, parts)):
        reading.values["contact"] = found


def _position(reading: _Reading) -> None:
    pair, fault = parse_pair(reading.cells.get(SiteField.LON), reading.cells.get(SiteField.LAT))
    if pair:
        beside = reading.columns[SiteField.LON].beside
        datum = c.folded(reading.cells.get(SiteField.DATUM)) or beside
        try:
            lon, lat = reading.words.to_wgs84(*pair, datum) if datum else pair
        except ValueError as error:
            fault = Problem("E_COORD", f"坐标系“{datum}”不认识：{error}")
        else:
            if reading.words.contains(lon, lat):
                where = Position(lon, lat, PointPrecision.SITE, datum or "WGS-84")
                reading.values["position"] = where
            else:
                fault = outside(lon, lat, reading.words.city_name)
    if fault:
        reading.problems += (fault, Problem("W_NO_POINT", "载体照收，图上不落点"))


def _source(reading: _Reading) -> None:
    text, day = reading.text(SiteField.SOURCE), reading.text(SiteField.SOURCE_DATE)
    if text or day:
        reading.values["provenance"] = Provenance(text, day)
