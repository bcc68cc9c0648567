"""What an amount cell says: exact money, or why it is none."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal

from mapapp.ledger.cells import Cell, folded, looks_numeric, says_nothing, shown
from mapapp.ledger.money import WAN_PER_YI, Money
from mapapp.ledger.problems import Problem

LARGEST = Money.from_yi(Decimal(10_000))
"""一万亿元: no project is larger; a larger figure has the wrong unit."""

_LONGEST = 100
"""A longer text is a remark, no amount."""

_FEN = Decimal("0.000001")


@dataclass(frozen=True, slots=True)
class Unit:
    """What one of a column's numbers stands for."""

    text: str
    wan: Decimal
    currency: str = "CNY"


_SCALES = {
    "亿": WAN_PER_YI,
    "千万": Decimal(1000),
    "百万": Decimal(100),
    "十万": Decimal(10),
    "万": Decimal(1),
    "千": Decimal("0.1"),
}
_CURRENCIES = {
    **dict.fromkeys(("", "元", "元人民币", "人民币", "人民币元", "RMB"), "CNY"),
    **dict.fromkeys(("美元", "美金", "USD"), "USD"),
    **dict.fromkeys(("港元", "港币", "HKD"), "HKD"),
    **dict.fromkeys(("欧元", "EUR"), "EUR"),
    **dict.fromkeys(("日元", "JPY"), "JPY"),
}
_UNIT = re.compile(rf"({'|'.join(_SCALES)})?({'|'.join(filter(None, _CURRENCIES))})?")
_NUMBER = r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?"
_AMOUNT = re.compile(rf"(-?)({_NUMBER})\s*([^0-9.,\s]*)")
_CURRENCY_FIRST = re.compile(
    r"^(人民币|RMB|CNY|[¥￥]|US\$|USD|美元|\$|HK\$|€|EUR)[:：]?\s*(?=[-0-9])", re.I
)
_SIGNS = {"$": "美元", "US$": "美元", "HK$": "港元", "€": "欧元"}
_SPAN = re.compile(rf"{_NUMBER}[^0-9]{{0,3}}[-~—–至到]{_NUMBER}.*")
_ABOUT = re.compile(
    r"^(?:大约|大概|约为|约|近|超过|超|不低于|不少于|逾|>=|[≈~>≥])\s*|(?:左右|上下|以上|\+)$|(?:余|多|\+)(?=$|[亿万元])"
)


def parse_unit(text: str) -> Unit | None:
    """亿元, 万元, 元, 万美元, …; None for anything else."""
    # 人民币亿元, RMB 亿: the home currency before the scale says nothing more.
    text = re.sub(r"^(?:人民币|RMB|CNY)[:：]?\s*(?=[亿千百十万元])", "", text, flags=re.I)
    match = _UNIT.fullmatch(text)
    if not text or not match:
        return None
    scale, currency = match.groups()
    wan = _SCALES[scale] if scale else 1 / WAN_PER_YI
    return Unit(text, wan, _CURRENCIES[currency or ""])


def parse_amount(
    cell: Cell, unit: Unit | None, column: str
) -> tuple[Money | None, tuple[Problem, ...]]:
    """The money that a cell of a column means, in the column's unit or in the cell's own."""
    if isinstance(cell, bool):
        return None, (_no_number(column, cell),)
    if isinstance(cell, Decimal):
        return _money(cell, unit, column, ())
    if not isinstance(cell, str | None):
        return None, (_no_number(column, cell),)
    if says_nothing(cell):
        return None, (Problem("W_NULL", f"{column}没有数，按未填处理"),)
    return _from_text(cell, unit, column)


def _from_text(
    cell: Cell, unit: Unit | None, column: str
) -> tuple[Money | None, tuple[Problem, ...]]:
    if isinstance(cell, str) and (len(cell) > _LONGEST or looks_numeric(cell)):
        return None, (_no_number(column, cell),)
    text = folded(cell).replace("\u2212", "-")
    plain, currency = _without_currency(_ABOUT.sub("", text))
    match = _AMOUNT.fullmatch(plain)
    own = _own_unit(match[3], currency, unit) if match else None
    if not match or ((match[3] or currency) and own is None):
        if _SPAN.fullmatch(plain):
            return None, (
                Problem("E_AMOUNT_SPAN", f"{column}“{shown(cell)}”是一个范围，请填一个数"),
            )
        return None, (_huge_or_none(plain, column, cell),)
    notes: list[Problem] = []
    if _ABOUT.search(text):
        notes.append(Problem("W_APPROX", f"{column}“{shown(cell)}”是约数，按 {match[2]} 计"))
    if own and unit and own.currency != unit.currency:
        return None, (_no_rate(column, cell),)
    if own and unit and own.wan != unit.wan:
        notes.append(Problem("W_UNIT_OVERRIDE", f"{column}“{shown(cell)}”以单元格里的单位为准"))
    number = Decimal(match[1] + match[2].replace(",", ""))
    return _money(number, own or unit, column, tuple(notes))


def _without_currency(text: str) -> tuple[str, str]:
    """￥5000万 without its sign, and the currency that the sign means."""
    if not (match := _CURRENCY_FIRST.match(text)):
        return text, ""
    sign = match[1].upper()
    return text[match.end() :], _SIGNS.get(sign, sign).replace("¥", "元").replace("￥", "元")


def _own_unit(text: str, currency: str, column: Unit | None) -> Unit | None:
    """The unit that a cell states: behind the number, or with its currency before it."""
    if not currency:
        return parse_unit(text) if text else None
    behind = parse_unit(text) if text else None
    if text and (behind is None or _CURRENCIES.get(currency) is None):
        return None
    if behind is None and column is None:
        return None
    scale = behind or column
    assert scale is not None
    return Unit(text or scale.text, scale.wan, _CURRENCIES.get(currency, "CNY"))


def _money(
    number: Decimal, unit: Unit | None, column: str, notes: tuple[Problem, ...]
) -> tuple[Money | None, tuple[Problem, ...]]:
    if not number.is_finite():
        return None, (_no_number(column, number),)
    if number < 0:
        return None, (Problem("E_AMOUNT_NEG", f"{column}是负数（{shown(number)}），请核对"),)
    if unit is None:
        return None, (
            Problem("E_AMOUNT_UNIT", f"{column}没有单位，请在表头写明（如“投资额（亿元）”）"),
        )
    if number.adjusted() > 15 or number * unit.wan > LARGEST.wan:
        return None, (
            Problem(
                "E_AMOUNT_RANGE", f"{column}大得不合理（{number:.6g} {unit.text}），请核对单位"
            ),
        )
    if not number:
        notes += (Problem("W_ZERO", f"{column}是 0，如未定请留空"),)
    if unit.currency != "CNY":
        notes += (Problem("W_FX", f"{column}按 {unit.text} 保存，不折算成人民币"),)
    wan = (number * unit.wan).quantize(_FEN, ROUND_HALF_EVEN)
    return Money(_plain(wan), unit.currency), notes


def _plain(value: Decimal) -> Decimal:
    """Without trailing zeros and without an exponent."""
    whole = value.to_integral_value()
    return whole if value == whole else value.normalize()


def _huge_or_none(text: str, column: str, cell: Cell) -> Problem:
    """1e308 is a number, and absurd; 1E2 may be a code or a hundred."""
    match = re.fullmatch(r"[0-9]+(?:\.[0-9]+)?[eE]\+?([0-9]{1,9})", text)
    if match and int(match[1]) > 15:
        return Problem("E_AMOUNT_RANGE", f"{column}大得不合理（{shown(cell)}），请核对")
    return _no_number(column, cell)


def _no_number(column: str, cell: Cell) -> Problem:
    return Problem("E_AMOUNT", f"{column}“{shown(cell)[:40]}”不是一个数，请只填数字")


def _no_rate(column: str, cell: Cell) -> Problem:
    return Problem(
        "E_CURRENCY_NO_RATE",
        f"{column}“{shown(cell)}”的币种与表头不同，又没有登记汇率，请按表头的币种填写",
    )
