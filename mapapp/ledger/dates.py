"""Dates that know how precisely they are known."""

import calendar
import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Precision(StrEnum):
    """How finely a date is known."""

    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


_MONTHS = {Precision.DAY: 0, Precision.MONTH: 1, Precision.QUARTER: 3, Precision.YEAR: 12}


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
        months = _MONTHS[self.precision]
        if not months:
            return self.first
        month = self.first.month + months - 1
        return self.first.replace(
            month=month, day=calendar.monthrange(self.first.year, month)[1]
        )

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
