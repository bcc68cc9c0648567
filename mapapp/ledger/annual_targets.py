"""目标任务: what a year asks of each county, department or office, and how far it is on a day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from mapapp.ledger.statistics import percent

INDICATORS = (
    "signed_projects", "contracted_investment", "new_projects", "total_investment",
    "started_projects", "enrolled_projects", "producing_projects", "above_size_projects",
)  # fmt: skip
"""The figures that a year may set: of projects a number, of money 亿元."""
DIMENSIONS = ("county", "department", "office")
MOST = Decimal(1_000_000)


@dataclass(frozen=True, slots=True)
class AnnualTarget:
    """What a year asks of one key of a dimension."""

    year: int
    dimension: str
    key: str
    indicator: str
    value: Decimal


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a key is. rate is 完成率, gone the share of the year that has passed (序时进度), both
    in per cent; ahead is their difference. rank is by rate, None where nothing was asked."""

    key: str
    asked: Decimal | None
    done: Decimal
    rate: Decimal | None
    gone: Decimal
    rank: int | None = None

    @property
    def ahead(self) -> Decimal | None:
        return None if self.rate is None else self.rate - self.gone


def gone(year: int, on: date) -> Decimal:
    """The share of the year's days that have passed at the end of a day, in per cent."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    if on < first:
        return Decimal("0.0")
    days = (min(on, last) - first).days + 1
    return percent(days, (last - first).days + 1) or Decimal("0.0")


def progress(
    asked: Mapping[str, Decimal], done: Mapping[str, Decimal], year: int, on: date
) -> list[Progress]:
    """Every key that was asked something or did something; the best rate first, the unasked last.

    Equal rates share a rank, and the next one is counted on from there.
    """
    share = gone(year, on)
    rows = []
    for key in {**asked, **{key: value for key, value in done.items() if value}}:
        wanted, got = asked.get(key), done.get(key, Decimal(0))
        rows.append(Progress(key, wanted, got, percent(got, wanted) if wanted else None, share))
    rows.sort(key=lambda row: (row.rate is None, -(row.rate or 0), row.key))
    return _ranked(rows)


def _ranked(rows: Sequence[Progress]) -> list[Progress]:
    found: list[Progress] = []
    for number, row in enumerate(rows, start=1):
        if row.rate is None:
            found.append(row)
            continue
        same = bool(found) and found[-1].rate == row.rate
        found.append(replace(row, rank=found[-1].rank if same else number))
    return found


def total(rows: Iterable[Progress], year: int, on: date) -> Progress:
    """All keys together: what was done where nothing was asked counts as done."""
    known = list(rows)
    asked = sum((row.asked for row in known if row.asked), Decimal(0))
    done = sum((row.done for row in known), Decimal(0))
    rate = percent(done, asked) if asked else None
    return Progress("", asked or None, done, rate, gone(year, on))
