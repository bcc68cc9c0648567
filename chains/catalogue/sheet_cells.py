"""Cells of the expert's workbook to the nodes that an authored file is read from, and back.

Several items of one cell stand apart by ；; an item that holds a mark of separation is quoted.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Protocol

import yaml

from chains.catalogue.sheet_forms import YES, Column, Kind

LONGEST = 5_000
_STR, _NUMBER, _BOOL, _DAY = (
    f"tag:yaml.org,2002:{x}" for x in ("str", "float", "bool", "timestamp")
)
_ON, _OFF = frozenset({YES, "√", "✓", "TRUE", "Y"}), frozenset({"否", "×", "FALSE", "N", "无", "-"})
_ITEM = re.compile(r'\s*(?:"((?:[^"]|"")*)"|((?!")[^；;、\n]*?))\s*(?:[；;、\n]|$)')
_APART = re.compile(r'[；;、\n"]|^\s|\s$')
_PLACE = re.compile(r"(\d{6})\s*(.*)", re.DOTALL)
_NUMERIC = re.compile(r"\d+(\.\d+)?")


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A cell that the programme which wrote the file could not work out, and what it says."""

    why: str


Value = str | int | float | Decimal | bool | date | Unreadable | None
"""What stands in a cell."""


class CellFault(Exception):
    """A cell that cannot be read; the message says why and what to write."""


class Places(Protocol):
    """Divisions by name, as far as somebody knows them."""

    def name(self, code: str) -> str:
        """The name of a six-digit code; empty where unknown."""

    def code(self, name: str) -> str:
        """The six-digit code of a name. Raises ValueError with the way out."""


class NoNames:
    """Divisions by their codes only."""

    def name(self, code: str) -> str:
        return ""

    def code(self, name: str) -> str:
        raise ValueError(f"“{name}”不是六位行政区划代码")


class CellMark(yaml.Mark):
    """Where something stands: a sheet, a row (from 1), a column (from 0; -1 for the whole row)."""

    def __init__(self, sheet: str, row: int, column: int = -1) -> None:
        super().__init__(sheet, 0, row - 1, column, None, 0)


def mapping(pairs: Iterable[tuple[str, yaml.Node]], mark: CellMark) -> yaml.MappingNode:
    """A mapping; its keys stand where it does."""
    named = [(yaml.ScalarNode(_STR, key, mark), node) for key, node in pairs]
    return yaml.MappingNode("tag:yaml.org,2002:map", named, mark)


def sequence(nodes: list[yaml.Node], mark: CellMark) -> yaml.SequenceNode:
    return yaml.SequenceNode("tag:yaml.org,2002:seq", nodes, mark)


def scalar(text: str, mark: CellMark, tag: str = _STR) -> yaml.ScalarNode:
    return yaml.ScalarNode(tag, text, mark)


def node_of(value: Value, column: Column, mark: CellMark, places: Places) -> yaml.Node | None:
    """What a cell says; None where it says nothing.

    Raises:
        CellFault: it says something that its column cannot hold.
    """
    if isinstance(value, Unreadable):
        raise CellFault(f"这一格是{value.why}，没有内容：请改成文字或数字")
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    if column.kind is Kind.FLAG:
        return scalar("true", mark, _BOOL) if _flag(value) else None
    if column.kind is Kind.NUMBER:
        return _number(value, mark)
    if column.kind is Kind.DATE and not isinstance(value, str):
        return scalar(_text(value, column), mark, _DAY if isinstance(value, date) else _STR)
    text = _text(value, column)
    match column.kind:
        case Kind.TEXTS | Kind.CODES:
            return sequence([scalar(item, mark) for item in items_of(text)], mark)
        case Kind.PLACES:
            return sequence([scalar(_code(item, places), mark) for item in items_of(text)], mark)
        case Kind.PLACE:
            return scalar(_code(text, places), mark)
    if column.choices:
        return scalar(_choice(text, column), mark)
    return scalar(text, mark)


def _text(value: Value, column: Column) -> str:
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, bool):
        raise CellFault(f"“{column.title}”应是文字，现在是{'TRUE' if value else 'FALSE'}")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float | Decimal):
        text = plain(value)
        coded = column.kind in (Kind.CODE, Kind.CODES, Kind.PLACE, Kind.PLACES)
        if coded and not re.fullmatch(r"[1-9]\d{5}", text):
            raise CellFault(
                f"“{column.title}”是代码，这一格却是数字 {text}，开头的 0 可能已经丢了："
                "请把这一格设成文本格式再填"
            )
        return text
    text = str(value).replace("\r\n", "\n").replace("\r", "\n").strip()
    if len(text) > LONGEST:
        raise CellFault(f"这一格有 {len(text):,} 字，最多 {LONGEST:,} 字")
    if odd := next((c for c in text if c != "\n" and unicodedata.category(c)[0] == "C"), ""):
        raise CellFault(f"有看不见的字符（U+{ord(odd):04X}）：请删去，或重新手工输入这一格")
    return text


def _flag(value: Value) -> bool:
    if isinstance(value, bool):
        return value
    text = str(value).strip().upper()
    if text not in _ON | _OFF:
        raise CellFault(f"应填“{YES}”，或者空着，现在是“{text[:20]}”")
    return text in _ON


def _number(value: Value, mark: CellMark) -> yaml.Node:
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        return scalar(plain(value), mark, _NUMBER)
    text = str(value).strip()
    return scalar(text, mark, _NUMBER if _NUMERIC.fullmatch(text) else _STR)


def _choice(text: str, column: Column) -> str:
    meant = dict(column.choices)
    if text not in meant:
        raise CellFault(f"“{column.title}”应是 {'、'.join(meant)} 之一，现在是“{text[:20]}”")
    return meant[text]


def _code(text: str, places: Places) -> str:
    """`420381`, `420381 丹江口市` or `丹江口市`; the name beside a code has to be its own."""
    match = _PLACE.fullmatch(text)
    if match is None:
        if re.fullmatch(r"\d+", text):
            return text  # a code of another length: the reader says so
        try:
            return places.code(text)
        except ValueError as unknown:
            raise CellFault(str(unknown)) from unknown
    code, name = match.groups()
    known = places.name(code)
    if name and known and name.strip() != known:
        raise CellFault(f"代码 {code} 是{known}，不是“{name.strip()}”：请只留代码，或改成一致的")
    return code


def items_of(text: str) -> list[str]:
    """The items of a cell."""
    found: list[str] = []
    place = 0
    while place < len(text):
        match = _ITEM.match(text, place)
        if match is None:
            raise CellFault("引号没有成对，或引号后面还有字：请改成几个词，之间用；隔开")
        quoted, bare = match.groups()
        item = quoted.replace('""', '"') if quoted is not None else bare
        if item:
            found.append(item)
        place = match.end()
    return found


def cell_of(items: Iterable[str]) -> str:
    """Items as one cell that `items_of` reads back."""
    quoted = [
        '"' + item.replace('"', '""') + '"' if _APART.search(item) else item for item in items
    ]
    return "；".join(quoted)


def plain(number: int | float | Decimal) -> str:
    """A number without an exponent."""
    text = format(Decimal(repr(number)) if isinstance(number, float) else Decimal(number), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def letter(column: int) -> str:
    """A column (from 0) as Excel names it."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name
