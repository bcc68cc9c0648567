"""A column of units or currencies beside the amounts: what it says holds for its own row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from mapapp.ledger.amounts import parse_unit
from mapapp.ledger.cells import Cell, RawRow, folded, number_text, says_nothing
from mapapp.ledger.fields import AMOUNTS, MONEY
from mapapp.ledger.titles import Column, plain_title

_UNITS = ("单位", "金额单位", "计量单位", "货币单位", "投资额单位")
_CURRENCIES = ("币种", "货币", "币别", "货币种类", "货币类型")
_TITLES = frozenset(_UNITS + _CURRENCIES)


def with_row_units(
    rows: Sequence[RawRow], columns: Sequence[Column], titles: Sequence[str]
) -> tuple[RawRow, ...]:
    """The rows with 亿元 or 美元 of a column of its own put to the number that it belongs to.

    It belongs to the amounts right before it; where none stands there, to every amount.
    """
    read = {column.index for column in columns}
    stated = [i for i, t in enumerate(titles) if i not in read and plain_title(t) in _TITLES]
    amounts = [column for column in columns if column.field in AMOUNTS]
    if not stated or not amounts:
        return tuple(rows)
    for place in stated:
        own = [c for c in columns if c.field in MONEY and c.index == place - 1] or amounts
        rows = [_row(row, place, own) for row in rows]
    return tuple(rows)


def _row(row: RawRow, place: int, amounts: Sequence[Column]) -> RawRow:
    if place >= len(row.cells) or says_nothing(row.cells[place]):
        return row
    said = folded(row.cells[place])
    if parse_unit(said) is None:
        return row
    cells = list(row.cells)
    for column in amounts:
        if column.index < len(cells):
            cells[column.index] = _with_unit(cells[column.index], said, column)
    return replace(row, cells=tuple(cells))


def _with_unit(cell: Cell, said: str, column: Column) -> Cell:
    """5 and 亿元: 5亿元. 5 and 美元 under 万元: 5万美元; 人民币 leaves 万元 as it is."""
    number = number_text(cell) if isinstance(cell, Decimal) else folded(cell)
    if not number or not number[-1].isdigit():
        return cell
    unit = parse_unit(said)
    assert unit is not None
    scaled = said[:1] in "亿万千百十" or said == "元"
    if not scaled and unit.currency == "CNY":
        return cell
    if scaled or not column.unit:
        return f"{number}{said}" if scaled else cell
    scale = column.unit.text.rstrip("元") if column.unit.currency == "CNY" else ""
    return f"{number}{scale}{said}" if column.unit.currency != unit.currency else cell
