"""Recognise a workbook that came back: whose it is, of which round, and what its rows say."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from mapapp.documents import KEY_TITLE, TOKEN_SHEET, VERSION_TITLE
from mapapp.journeys.bureau import Bureau
from mapapp.journeys.report_form import NUMBERS, REASON, TITLES
from mapapp.ledger.cells import Cell, CellError, RawRow, RawSheet, has_control, is_blank, shown
from mapapp.ledger.headers import Field
from mapapp.ledger.problems import FileRefused
from mapapp.ledger.reporting import Dispatch, ReportRound, TokenParts, read_token
from mapapp.ledger.three_way import comparable

_HEADER_WITHIN = 20


@dataclass(frozen=True, slots=True)
class ReturnedRow:
    """A row as it came back, with every reason why it cannot be taken."""

    number: int
    key: str
    version: str
    cells: Mapping[str, str]
    problems: tuple[str, ...] = ()

    @property
    def is_blank(self) -> bool:
        return not any(self.cells.values())


def find_dispatch(
    bureau: Bureau, sheets: Sequence[RawSheet], round: int
) -> tuple[ReportRound, Dispatch]:
    """What a workbook is the answer to.

    Raises:
        FileRefused: it is none of ours, another city's, another round's, or its token was altered.
    """
    parts, token = _token(sheets)
    if parts.city != bureau.city.code:
        name = _city(bureau, parts.city)
        raise FileRefused(
            "E_RETURN_CITY", f"这是{name}下发的报送表，不是{bureau.city.name}的，没有收"
        )
    collection = bureau.store.collection
    rounds = {item.id: item for item in collection.rounds()}
    dispatch = next((d for d in collection.dispatches() if d.id == parts.dispatch), None)
    if dispatch is None or dispatch.token != token or dispatch.round != parts.round:
        raise _altered("报送表里的标识与下发时的记录对不上，像是被改动过")
    if dispatch.round != round:
        raise FileRefused(
            "E_RETURN_ROUND",
            f"这是“{rounds[dispatch.round].title}”这一轮下发给{dispatch.name}的报送表，"
            f"不是“{rounds[round].title}”的，没有收",
        )
    return rounds[round], dispatch


def _token(sheets: Sequence[RawSheet]) -> tuple[TokenParts, str]:
    """The token, which every place that holds it must state alike."""
    corners = [
        shown(sheet.rows[0].cells[0])
        for sheet in sheets
        if sheet.rows and sheet.rows[0].cells and (sheet.name == TOKEN_SHEET or _is_form(sheet))
    ]
    said = {text for text in corners if text}
    if not said:
        raise FileRefused(
            "E_RETURN_UNKNOWN",
            "这不是链图下发的报送表：里面没有下发时写入的标识。"
            "自己另做的表请从“导入”进来，或者把内容抄到下发的工作簿里再报",
        )
    parts = [read_token(text) for text in said]
    if len(said) > 1 or parts[0] is None:
        raise _altered("报送表里的标识被改动过")
    return parts[0], said.pop()


def _altered(why: str) -> FileRefused:
    return FileRefused("E_RETURN_TOKEN", f"{why}，没有收。请重新下载本轮的工作簿，把改动抄进去再报")


def _city(bureau: Bureau, code: str) -> str:
    try:
        return f"{bureau.gazetteer.divisions[code].name}（{code}）"
    except KeyError:
        return f"代码 {code} 的地市"


def _is_form(sheet: RawSheet) -> bool:
    return _header(sheet) is not None


def _header(sheet: RawSheet) -> int | None:
    """The place among the sheet's rows of the form's header."""
    for place, row in enumerate(sheet.rows[:_HEADER_WITHIN]):
        if [shown(cell) for cell in row.cells[:2]] == [KEY_TITLE, VERSION_TITLE]:
            return place
    return None


def read_rows(sheets: Sequence[RawSheet]) -> list[ReturnedRow]:
    """The rows of the form, blank ones too.

    Raises:
        FileRefused: its columns are not those that went out.
    """
    sheet = next((sheet for sheet in sheets if _is_form(sheet)), None)
    if sheet is None:
        raise FileRefused("E_HEADER_MISSING", "报送表的表头被改动过，找不到“项目”表的表头行")
    start = _header(sheet)
    assert start is not None
    header = sheet.rows[start]
    places = _columns(header)
    told = {n for n, cell in enumerate(header.cells) if shown(cell) == REASON.title}
    return [_row(row, places, told) for row in sheet.rows[start + 1 :]]


def _columns(header: RawRow) -> dict[Field, int]:
    titles = [re.sub(r"\s", "", shown(cell)) for cell in header.cells]
    if lacking := [title for title in TITLES if title not in titles]:
        raise FileRefused("E_HEADER_MISSING", f"报送表缺少这几列：{'、'.join(lacking)}")
    if twice := [title for title in TITLES if titles.count(title) > 1]:
        raise FileRefused("E_DUP_HEADER", f"报送表里有重复的列：{'、'.join(twice)}")
    return {field: titles.index(title) for title, field in TITLES.items()}


def _row(row: RawRow, places: Mapping[Field, int], told: Collection[int]) -> ReturnedRow:
    """A row; what stands in the columns `told` are our own words."""

    def at(place: int) -> Cell:
        return row.cells[place] if place < len(row.cells) else None

    problems = []
    for field, place in places.items():
        cell = at(place)
        if isinstance(cell, CellError):
            problems.append(f"{field}是错误值 {cell.text}，请改正")
        elif has_control(cell):
            problems.append(f"{field}里有看不见的控制字符，请重新键入")
        if row.formulas.get(place) is False:
            problems.append(f"{field}是公式而没有计算结果，请改成数值")
    known = {0, 1, *places.values(), *told}
    beyond = [shown(c) for n, c in enumerate(row.cells) if n not in known and not is_blank(c)]
    if beyond:
        problems.append(f"表外的列里有内容：{'、'.join(beyond)[:60]}，请移到备注里")
    cells = {
        field.value: comparable(at(place), field in NUMBERS) for field, place in places.items()
    }
    return ReturnedRow(row.number, shown(at(0)), shown(at(1)), cells, tuple(problems))
