"""Dates that know how precisely they are known."""

import calendar
import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache


class Precision(StrEnum):
    """How finely a date is known."""

    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"

    __hash__ = str.__hash__  # as in Stage


_MONTHS = {Precision.MONTH: 1, Precision.QUARTER: 3, Precision.YEAR: 12}


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A day, month, quarter or year; `first` is its first day."""

    first: date
    precision: Precision = Precision.DAY

    @classmethod
    def parse(cls, text: str) -> "PartialDate":
        """From `2023-05-12`, `2023-05`, `2023-Q2` or `2023`.

        Raises:
            ValueError: anything else.
        """
        match = re.fullmatch(r"(\d{4})(?:-(?:Q([1-4])|(\d\d)(?:-(\d\d))?))?", text)
        if not match:
            raise ValueError(f"“{text}”不是 2023-05-12、2023-05、2023-Q2 或 2023 这样的日期")
        year, quarter, month, day = match.groups()
        if quarter:
            return cls(date(int(year), 3 * int(quarter) - 2, 1), Precision.QUARTER)
        if not month:
            return cls(date(int(year), 1, 1), Precision.YEAR)
        precision = Precision.DAY if day else Precision.MONTH
        return cls(date(int(year), int(month), int(day or 1)), precision)

    @property
    def last(self) -> date:
        """The last day of the span that the date may mean."""
        return self.first if self.precision is Precision.DAY else _last(self.first, self.precision)

    def __str__(self) -> str:
        year, month = self.first.year, self.first.month
        match self.precision:
            case Precision.YEAR:
                return f"{year:04d}"
            case Precision.QUARTER:
                return f"{year:04d}-Q{(month + 2) // 3}"
            case Precision.MONTH:
                return f"{year:04d}-{month:02d}"
        return self.first.isoformat()


def read_day(text: str) -> date | None:
    """From `2023-06-30`, spaces around it or not; None of anything else."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None


@lru_cache(maxsize=4096)
def _last(first: date, precision: Precision) -> date:
    month = first.month + _MONTHS[precision] - 1
    return first.replace(month=month, day=calendar.monthrange(first.year, month)[1])


@dataclass(frozen=True, slots=True)
class Period:
    """A span of days that a planner names: 2023, 2023H1, 2023Q2, 2023-05 or 2021-2023."""

    text: str
    first: date
    last: date

    @classmethod
    def parse(cls, text: str) -> "Period":
        """From `2023`, `2023H1`, `2023Q2`, `2023-05` or the years `2021-2023`.

        Raises:
            ValueError: anything else.
        """
        if match := re.fullmatch(r"(\d{4})-(\d{4})", text):
            first, last = (int(year) for year in match.groups())
            if 1900 <= first <= last:
                return cls(text, date(first, 1, 1), date(last, 12, 31))
        elif match := re.fullmatch(r"(\d{4})(?:H([12])|Q([1-4])|-(0[1-9]|1[0-2]))?", text):
            year, half, quarter, month = (int(part) if part else 0 for part in match.groups())
            if year >= 1900:
                start, months = _span(half, quarter, month)
                end = start + months - 1
                day = calendar.monthrange(year, end)[1]
                return cls(text, date(year, start, 1), date(year, end, day))
        raise ValueError(f"“{text}”不是 2023、2023H1、2023Q2、2023-05 或 2021-2023 这样的时段")

    def __str__(self) -> str:
        return self.text


def _span(half: int, quarter: int, month: int) -> tuple[int, int]:
    """First month and number of months of a half year, a quarter, a month, or the year."""
    if half:
        return 6 * half - 5, 6
    if quarter:
        return 3 * quarter - 2, 3
    return (month, 1) if month else (1, 12)
