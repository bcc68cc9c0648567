"""What a date cell says: a day, month, quarter or year, or why it is none."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from mapapp.ledger.cells import Cell, folded, says_nothing, shown
from mapapp.ledger.dates import PartialDate, Precision
from mapapp.ledger.problems import Problem

EARLIEST = date(1978, 1, 1)
"""Nothing in a bureau's ledger is older than 改革开放."""

YEARS_AHEAD = 5
"""A date further ahead than this is a slip."""

Parsed = tuple[PartialDate | None, tuple[Problem, ...]]

_EPOCH = date(1899, 12, 30)
_LAST_SERIAL = 2_958_465
_CHINESE_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_TIME = r"(?:[ T][0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?)?"
_SEPARATED = re.compile(
    r"([0-9]{4}|[0-9]{2})\s*[-./年 ]\s*([0-9]{1,2})\s*"
    rf"(?:[-./月 ]\s*([0-9]{{1,2}})?)?\s*[日号]?{_TIME}"
)
_YEAR = re.compile(r"([0-9]{4})\s*年?")
_QUARTER = re.compile(r"([0-9]{4})\s*[-年./ ]?\s*(?:第?\s*([1-4一二三四])\s*季度?|Q([1-4]))")
_NO_YEAR = re.compile(r"[0-9]{1,2}月(?:[0-9]{1,2}[日号]?|[上中下]旬|初|中|底|末)?")
_FOREIGN = re.compile(r"([0-9]{1,2})[-./]([0-9]{1,2})[-./]([0-9]{4})")
_QUARTERS = "一二三四1234"


def parse_date(cell: Cell, column: str, today: date) -> Parsed:
    """The date that a cell of a column means; only plausible years are taken."""
    if isinstance(cell, Decimal) and not isinstance(cell, bool):
        return _from_number(cell, column, today)
    if isinstance(cell, datetime):
        return _plausible(PartialDate(cell.date()), column, today)
    if isinstance(cell, date):
        return _plausible(PartialDate(cell), column, today)
    if says_nothing(cell):
        return None, (Problem("W_DATE_NULL", f"{column}没有日期，按未填处理"),)
    if not isinstance(cell, str):
        return _none(cell, column)
    return _from_text(cell, column, today)


def _from_text(cell: str, column: str, today: date) -> Parsed:
    text = folded(cell).translate(_CHINESE_DIGITS)
    if re.fullmatch(r"[0-9]+", text):
        return _from_number(Decimal(text), column, today)
    if match := _QUARTER.fullmatch(folded(cell)):
        return _quarter(match, column, today)
    if match := _SEPARATED.fullmatch(text):
        return _separated(match, cell, column, today)
    if match := _YEAR.fullmatch(text):
        return _plausible(PartialDate(date(int(match[1]), 1, 1), Precision.YEAR), column, today)
    if _FOREIGN.fullmatch(text):
        return None, (
            Problem(
                "E_DATE_AMBIGUOUS",
                f"{column}“{shown(cell)}”分不清月和日，请写成 2023-05-12 这样",
            ),
        )
    if _NO_YEAR.fullmatch(folded(cell)):
        return None, (Problem("E_DATE_NO_YEAR", f"{column}“{shown(cell)}”没有年份，请补上"),)
    return _none(cell, column)


def _from_number(number: Decimal, column: str, today: date) -> Parsed:
    """20230501, a year, or the number of days that a spreadsheet counts from 1900."""
    if not number.is_finite():
        return _none(number, column)
    if number == number.to_integral_value():
        whole = int(number) if abs(number) < 10**9 else -1
        if EARLIEST.year <= whole <= today.year + YEARS_AHEAD:
            return PartialDate(date(whole, 1, 1), Precision.YEAR), ()
        if 19_000_000 <= whole <= 21_001_231:
            text = str(whole)
            return _day(text[:4], text[4:6], text[6:], number, column, today)
    if not 0 < number <= _LAST_SERIAL:
        return _out_of_range(shown(number), column)
    found, problems = _plausible(PartialDate(_EPOCH + timedelta(days=int(number))), column, today)
    if found:
        problems = (
            Problem("W_DATE_SERIAL", f"{column}是日期序列号 {shown(number)}，读作 {found}"),
        )
    return found, problems


def _separated(match: re.Match[str], cell: Cell, column: str, today: date) -> Parsed:
    year, month, day = match.groups()
    notes: tuple[Problem, ...] = ()
    if len(year) == 2:
        if not day:
            return _none(cell, column)
        year = f"20{year}"
        notes = (Problem("W_DATE_2DIGIT", f"{column}“{shown(cell)}”只有两位年份，读作 {year} 年"),)
    if day:
        found, problems = _day(year, month, day, cell, column, today)
        return found, notes + problems
    if not 1 <= int(month) <= 12:
        return _none(cell, column)
    return _coarse(
        PartialDate(date(int(year), int(month), 1), Precision.MONTH),
        Problem("W_DATE_MONTH", f"{column}“{shown(cell)}”只到月"),
        column,
        today,
    )


def _quarter(match: re.Match[str], column: str, today: date) -> Parsed:
    year, word, digit = match.groups()
    quarter = _QUARTERS.index(word or digit) % 4 + 1
    return _coarse(
        PartialDate(date(int(year), 3 * quarter - 2, 1), Precision.QUARTER),
        Problem("W_DATE_QUARTER", f"{column}“{match[0]}”只到季度"),
        column,
        today,
    )


def _day(year: str, month: str, day: str, cell: Cell, column: str, today: date) -> Parsed:
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        return _none(cell, column)
    return _plausible(PartialDate(found), column, today)


def _coarse(found: PartialDate, note: Problem, column: str, today: date) -> Parsed:
    kept, problems = _plausible(found, column, today)
    return kept, (note,) if kept else problems


def _plausible(found: PartialDate, column: str, today: date) -> Parsed:
    if not EARLIEST <= found.first <= date(today.year + YEARS_AHEAD, 12, 31):
        return _out_of_range(str(found), column)
    return found, ()


def _out_of_range(text: str, column: str) -> Parsed:
    return None, (Problem("E_DATE_RANGE", f"{column}“{text}”不在合理的年份里，请核对"),)


def _none(cell: Cell | time, column: str) -> Parsed:
    return None, (Problem("E_DATE", f"{column}“{shown(cell)}”不是日期，请写成 2023-05-12 这样"),)
