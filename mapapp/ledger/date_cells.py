"""What a date cell says: a day, month, quarter or year, or why it is none."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from mapapp.ledger.cells import Cell, folded, looks_numeric, says_nothing, shown
from mapapp.ledger.dates import PartialDate, Precision
from mapapp.ledger.problems import Problem

EARLIEST = date(1978, 1, 1)
"""Nothing in a bureau's ledger is older than 改革开放."""

YEARS_AHEAD = 5
"""A date further ahead than this is a slip."""

_LONGEST = 60
"""A longer text is a remark, no date."""

Parsed = tuple[PartialDate | None, tuple[Problem, ...]]

_EPOCH = date(1899, 12, 30)
_LAST_SERIAL = 2_958_465
_CHINESE_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_CHINESE_TEN = re.compile(r"([一二三])?十([一二三四五六七八九])?(?=[月日号])")
_WEEKDAY = re.compile(
    r"\s*[(]?(?:星期|周|礼拜)[一二三四五六日天][)]?$|\s*(?:上午|下午|AM|PM)(?=\s*[0-9]|$)"
)
_TIME = r"(?:[ T]?\s*[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?\s*(?:Z|\+08:?00)?)?"
_SEPARATED = re.compile(
    r"([0-9]{4}|'?[0-9]{2})\s*[-./年 、]\s*([0-9]{1,2})\s*"
    rf"(?:[-./月 、]\s*([0-9]{{1,2}})?)?\s*[日号.]?{_TIME}"
)
_YEAR = re.compile(r"([0-9]{4})\s*年?度?")
_YEAR_MONTH = re.compile(r"((?:19|20)[0-9]{2})(0[1-9]|1[0-2])")
_YEAR_POINT_MONTH = re.compile(r"((?:19|20)[0-9]{2})\.(0?[1-9]|1[0-2])")
_PART_OF_MONTH = re.compile(
    r"([0-9]{4})\s*[-./年]\s*([0-9]{1,2})\s*月?份?(?:初|中|底|末|[上中下]旬|月初|月中|月底|月末)?"
)
_QUARTER = re.compile(r"([0-9]{4})\s*[-年./ ]?\s*(?:第?\s*([1-4一二三四])\s*季度?|[Qq]([1-4]))")
_SHORT_YEAR_MONTH = re.compile(r"'?([0-9]{2})\s*年\s*([0-9]{1,2})\s*月份?")
_MONTH_DAY = re.compile(r"(?:0?[1-9]|1[0-2])[-/.](?:0?[1-9]|[12][0-9]|3[01])")
_NO_YEAR = re.compile(
    r"[0-9]{1,2}月份?(?:[0-9]{1,2}[日号]?|[上中下]旬|初|中|底|末)?|(?:今|去|明|本|当)年[0-9].*|[一二三四]季度"
)
_FOREIGN = re.compile(rf"([0-9]{{1,2}})[-./]([0-9]{{1,2}})[-./]([0-9]{{4}}){_TIME}")
_MONTH_NAMES = {
    name: number
    for number, name in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1
    )
}
_ENGLISH = re.compile(
    r"(?:([0-9]{1,2})[-. ]+([A-Za-z]{3,9})\.?[-., ]+([0-9]{4})"
    r"|([A-Za-z]{3,9})\.? +([0-9]{1,2}),? +([0-9]{4}))"
)
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
    if len(cell) > _LONGEST or looks_numeric(cell):
        return _none(cell, column)
    plain = _WEEKDAY.sub("", re.sub(r"\s+", " ", folded(cell))).strip().removeprefix("'")
    text = _CHINESE_TEN.sub(_ten, plain).translate(_CHINESE_DIGITS)
    if re.fullmatch(r"[0-9]+", text):
        return _from_number(Decimal(text), column, today)
    if re.fullmatch(r"[0-9]{5}\.[0-9]+", text):
        return _from_number(Decimal(text), column, today)
    if match := _QUARTER.fullmatch(text):
        return _quarter(match, column, today)
    if match := _SHORT_YEAR_MONTH.fullmatch(text):
        return _short_year(match, cell, column, today)
    if _MONTH_DAY.fullmatch(text):
        return _no_year(cell, column)
    if match := _SEPARATED.fullmatch(text):
        return _separated(match, cell, column, today)
    if match := _PART_OF_MONTH.fullmatch(text):
        return _month(match[1], match[2], cell, column, today)
    if match := _YEAR.fullmatch(text):
        return _year(int(match[1]), column, today)
    if match := _FOREIGN.fullmatch(text):
        return _foreign(match, cell, column, today)
    if match := _ENGLISH.fullmatch(text):
        return _english(match, cell, column, today)
    if _NO_YEAR.fullmatch(plain):
        return _no_year(cell, column)
    return _none(cell, column)


def _no_year(cell: Cell, column: str) -> Parsed:
    return None, (Problem("E_DATE_NO_YEAR", f"{column}“{shown(cell)}”没有年份，请补上"),)


def _ten(match: re.Match[str]) -> str:
    """十二月, 二十日: 12, 20."""
    tens = "一二三".index(match[1]) + 1 if match[1] else 1
    return str(tens * 10 + ("一二三四五六七八九".index(match[2]) + 1 if match[2] else 0))


def _year(year: int, column: str, today: date) -> Parsed:
    if not 1 <= year <= 9999:
        return _out_of_range(str(year), column)
    return _plausible(PartialDate(date(year, 1, 1), Precision.YEAR), column, today)


def _month(year: str, month: str, cell: Cell, column: str, today: date) -> Parsed:
    if not 1 <= int(month) <= 12 or not int(year):
        return _none(cell, column)
    return _coarse(
        PartialDate(date(int(year), int(month), 1), Precision.MONTH),
        Problem("W_DATE_MONTH", f"{column}“{shown(cell)}”只到月"),
        column,
        today,
    )


def _foreign(match: re.Match[str], cell: Cell, column: str, today: date) -> Parsed:
    """25/12/2023 reads one way only; 05/06/2023 two."""
    first, second, year = match.groups()
    if int(first) != int(second) and int(first) <= 12 and int(second) <= 12:
        return None, (
            Problem(
                "E_DATE_AMBIGUOUS",
                f"{column}“{shown(cell)}”分不清月和日，请写成 2023-05-12 这样",
            ),
        )
    month, day = (second, first) if int(first) > 12 else (first, second)
    return _day(year, month, day, cell, column, today)


def _english(match: re.Match[str], cell: Cell, column: str, today: date) -> Parsed:
    day, name, year = match.groups()[:3] if match[1] else (match[5], match[4], match[6])
    month = _MONTH_NAMES.get(name[:3].lower())
    if month is None:
        return _none(cell, column)
    return _day(year, str(month), day, cell, column, today)


def _from_number(number: Decimal, column: str, today: date) -> Parsed:
    """20230501, a year, or the number of days that a spreadsheet counts from 1900."""
    if not number.is_finite():
        return _none(number, column)
    if number == number.to_integral_value():
        whole = int(number) if abs(number) < 10**9 else -1
        if EARLIEST.year <= whole <= today.year + YEARS_AHEAD:
            return PartialDate(date(whole, 1, 1), Precision.YEAR), ()
        if match := _YEAR_MONTH.fullmatch(str(whole)):
            return _month(match[1], match[2], number, column, today)
        if 19_000_000 <= whole <= 21_001_231:
            text = str(whole)
            return _day(text[:4], text[4:6], text[6:], number, column, today)
    if written := _YEAR_POINT_MONTH.fullmatch(shown(number)):
        return _year_point_month(written, number, column, today)
    if not 0 < number <= _LAST_SERIAL:
        return _out_of_range(shown(number), column)
    found, problems = _plausible(PartialDate(_EPOCH + timedelta(days=int(number))), column, today)
    if found:
        problems = (
            Problem("W_DATE_SERIAL", f"{column}是日期序列号 {shown(number)}，读作 {found}"),
        )
    return found, problems


def _year_point_month(match: re.Match[str], number: Decimal, column: str, today: date) -> Parsed:
    """2023.5 typed as a number is May; 2023.1 may have been 2023.10 with its zero cut off."""
    year, month = match.groups()
    if month == "1":
        text = f"{column}“{shown(number)}”分不清是 1 月还是 10 月，请写成 2023-01 或 2023-10"
        return None, (Problem("E_DATE_AMBIGUOUS", text),)
    return _month(year, month, number, column, today)


def _separated(match: re.Match[str], cell: Cell, column: str, today: date) -> Parsed:
    year, month, day = match.groups()
    year = year.lstrip("'")
    notes: tuple[Problem, ...] = ()
    if len(year) == 2:
        if not day:
            return _none(cell, column)
        year = f"20{year}"
        notes = (_two_digits(cell, column, year),)
    if day:
        found, problems = _day(year, month, day, cell, column, today)
        return found, notes + problems
    return _month(year, month, cell, column, today)


def _short_year(match: re.Match[str], cell: Cell, column: str, today: date) -> Parsed:
    """23年6月: with its 年 and 月 it reads one way only, unlike 23.6."""
    year = f"20{match[1]}"
    found, problems = _month(year, match[2], cell, column, today)
    return found, (_two_digits(cell, column, year), *problems) if found else problems


def _two_digits(cell: Cell, column: str, year: str) -> Problem:
    return Problem("W_DATE_2DIGIT", f"{column}“{shown(cell)}”只有两位年份，读作 {year} 年")


def _quarter(match: re.Match[str], column: str, today: date) -> Parsed:
    year, word, digit = match.groups()
    if not int(year):
        return _out_of_range(match[0], column)
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
    return None, (
        Problem("E_DATE", f"{column}“{shown(cell)[:40]}”不是日期，请写成 2023-05-12 这样"),
    )
