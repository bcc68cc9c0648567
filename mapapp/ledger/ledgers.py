"""Which sheets of a file are ledgers, which are not, and why a file is none at all."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from mapapp.ledger.cells import ROWS_AT_MOST, RawRow, RawSheet, folded, is_blank, shown
from mapapp.ledger.headers import Field
from mapapp.ledger.problems import FileRefused, Problem
from mapapp.ledger.sheet import (
    Chosen,
    Table,
    looks_like_header,
    read_sheet,
    refuse_repeated,
    shown_titles,
    where,
)
from mapapp.ledger.words import Vocabulary

_SUMMARY = re.compile(r"汇总|总表|合计|统计|总览|全部|全市")
_MOJIBAKE = re.compile(r"[\u0080-\u00ff]{2}|\ufffd|锟斤拷|\?{3,}|烫烫|[À-ÿ][€-™]")


@dataclass(frozen=True, slots=True)
class Ledgers:
    """The ledgers of a file, and what to tell about the sheets that were left out or hidden."""

    tables: tuple[Table, ...]
    notes: tuple[Problem, ...] = ()


def find_ledgers(
    sheets: Sequence[RawSheet], words: Vocabulary, chosen: Chosen | None = None
) -> Ledgers:
    """The ledgers of a file.

    Raises:
        FileRefused: there is none; the only one lacks a required column; one has a column twice.
    """
    chosen = chosen or {}
    read = [(sheet, read_sheet(sheet, words, chosen.get(sheet.name))) for sheet in sheets]
    whole = [t for _, t in read if t and not t.missing]
    if not whole:
        raise _none(sheets, [t for _, t in read if t])
    left_out: dict[str, str] = {}
    tables = []
    for sheet, table in read:
        if reason := _why_not(sheet, table, whole):
            left_out[sheet.name] = reason
        elif table:
            refuse_repeated(table)
            tables.append(table)
    _check_size(tables)
    return Ledgers(tuple(tables), tuple(_notes(sheets, left_out)))


def _why_not(sheet: RawSheet, table: Table | None, whole: Sequence[Table]) -> str:
    """Why a sheet is left out; empty where it is read."""
    if table is None:
        return "是空的" if not sheet.rows else "没有台账的表头"
    if table.missing and Field.NAME in table.missing:
        return f"缺少{'、'.join(table.missing)}"
    others = [t for t in whole if t is not table and not _SUMMARY.search(t.sheet)]
    if (sheet.hidden or _SUMMARY.search(sheet.name)) and others and not table.missing:
        visible = [t for t in others if not t.hidden]
        if _codes(table) <= {code for other in visible for code in _codes(other)}:
            return "里面的项目别的工作表都有"
    return ""


def _codes(table: Table) -> set[str]:
    index = next((c.index for c in table.columns if c.field is Field.CODE), None)
    return {
        folded(row.cells[index])
        for row in table.rows
        if index is not None and index < len(row.cells) and row.number not in table.asides
    }


def _check_size(tables: Sequence[Table]) -> None:
    rows = sum(len(table.rows) for table in tables)
    if not sum(table.projects for table in tables):
        raise FileRefused("E_NO_ROWS", "只有表头，没有数据行。请填好项目再导入")
    if rows > ROWS_AT_MOST:
        raise FileRefused("E_TOO_MANY_ROWS", f"有 {rows} 行，上限 {ROWS_AT_MOST} 行，请分开导入")


def _notes(sheets: Sequence[RawSheet], left_out: dict[str, str]) -> list[Problem]:
    notes = [
        Problem("W_SHEET_SKIPPED", f"工作表“{name}”没有读：{reason}")
        for name, reason in left_out.items()
    ]
    for sheet in sheets:
        if sheet.hidden and sheet.rows:
            read = "没有读" if sheet.name in left_out else "照样读了，请核对是不是该导入"
            notes.append(Problem("W_HIDDEN_SHEET", f"工作表“{sheet.name}”是隐藏的，{read}"))
    return notes


def _none(sheets: Sequence[RawSheet], partial: Sequence[Table]) -> FileRefused:
    rows = [row for sheet in sheets for row in sheet.rows]
    if not rows:
        return FileRefused("E_NO_HEADER", "文件里没有内容，也没有表头")
    partial = [table for table in partial if table.projects] or list(partial)
    if partial:
        table = max(partial, key=lambda t: len(t.columns))
        refuse_repeated(table)
        titles = "、".join(filter(None, table.titles[:30]))
        return FileRefused(
            "E_HEADER_MISSING", f"{where(table.sheet)}缺少{_lacking(table.missing)}。现有：{titles}"
        )
    text = shown_titles([cell for row in rows[:5] for cell in row.cells])
    if _is_mojibake(text):
        return FileRefused(
            "E_HEADER_MISSING",
            f"表头是乱码（{text[:40]}），文件曾以错误的编码保存，请从原来的表格重新导出",
        )
    first = next((row for row in rows[:20] if looks_like_header(row)), None)
    if first is None:
        return FileRefused(
            "E_NO_HEADER",
            f"找不到表头：前几行里没有列名（开头是“{text[:40]}”）。"
            "请加上一行表头，至少有项目编号、项目名称、县市区",
        )
    return FileRefused(
        "E_HEADER_MISSING",
        f"没有台账的表头，缺少{_lacking(_lacking_in(first))}。现有：{shown_titles(first.cells)}",
    )


def _lacking(fields: Sequence[Field]) -> str:
    return "、".join(fields)


def _lacking_in(row: RawRow) -> tuple[Field, ...]:
    named = {shown(cell) for cell in row.cells if not is_blank(cell)}
    return tuple(f for f in (Field.CODE, Field.NAME, Field.COUNTY) if f not in named)


def _is_mojibake(text: str) -> bool:
    """Signs of bytes read in the wrong encoding, or UTF-8 read as GBK (椤圭洰 is 项目)."""
    if _MOJIBAKE.search(text):
        return True
    try:
        again = text.encode("gb18030").decode("utf-8", "ignore")
    except UnicodeError:
        return False
    return any(word in again for word in ("项目", "企业", "编号", "名称"))
