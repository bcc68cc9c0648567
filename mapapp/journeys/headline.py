"""What a leader asks first: this month and year against the last, month by month, what is late."""

from __future__ import annotations

import calendar
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from mapapp.journeys.bureau import Bureau
from mapapp.journeys.milestones import milestones
from mapapp.journeys.project_facts import chosen_facts
from mapapp.journeys.selection import Selection
from mapapp.journeys.statistics import Statistics, statistics
from mapapp.ledger.dates import PartialDate, Period
from mapapp.ledger.facts import ProjectFacts
from mapapp.ledger.milestones import Standing
from mapapp.ledger.rates import Rates
from mapapp.ledger.statistics import figures

Start = tuple[int, int]
"""A year and a month."""


@dataclass(frozen=True, slots=True)
class Month:
    """A month of the year, whole or up to the day, beside the whole month of the year before.

    signed is None for a month that has not begun.
    """

    number: int
    period: Period
    signed: int | None
    before: Period
    signed_before: int


@dataclass(frozen=True, slots=True)
class Overdue:
    """3313 milestones that are 逾期: how many, of how many projects, how many of them 待核实."""

    milestones: int
    projects: int
    unconfirmed: int


@dataclass(frozen=True, slots=True)
class Headline:
    """The place, chain and link of a selection on a day, counted as 统计 and 3313 count.

    month and year end on that day; `before` of their rows is the same days of the year before.
    latest is the last dated signing by that day, None where there is none.
    """

    on: date
    month: Statistics
    year: Statistics
    months: Sequence[Month]
    overdue: Overdue
    latest: PartialDate | None


def headline(bureau: Bureau, selection: Selection, on: date) -> Headline:
    """What is to be said first of a day. Stage and period of the selection do not matter."""
    chosen = replace(selection, stage=None, period=None)
    return bureau.remember(("headline", chosen, on), lambda: _headline(bureau, chosen, on))


def _headline(bureau: Bureau, chosen: Selection, on: date) -> Headline:
    facts = chosen_facts(bureau, chosen)
    dated = [item.signed for item in facts if item.signed and item.signed.last <= on]
    return Headline(
        on=on,
        month=statistics(bureau, _until(on.replace(day=1), on), None, chosen),
        year=statistics(bureau, year_to(on), None, chosen),
        months=_months(bureau, facts, on),
        overdue=_overdue(bureau, chosen, on),
        latest=max(dated, key=lambda signed: signed.last, default=None),
    )


def year_to(on: date) -> Period:
    """From New Year to that day."""
    return _until(date(on.year, 1, 1), on)


def _until(first: date, last: date) -> Period:
    return Period(f"{first} 至 {last}", first, last)


def _months(bureau: Bureau, facts: Sequence[ProjectFacts], on: date) -> tuple[Month, ...]:
    signed = _Signed(bureau, facts)
    found = []
    for number in range(1, 13):
        first, last = _days(on.year, number)
        period, before = _until(first, min(last, on)), _until(*_days(on.year - 1, number))
        now = None if first > on else signed.within(period)
        found.append(Month(number, period, now, before, signed.within(before)))
    return tuple(found)


def _days(year: int, month: int) -> tuple[date, date]:
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


class _Signed:
    """How many projects were signed in a month, as 统计 counts them.

    What was signed within a month begins in it, so only those that do are counted through: 24
    months cost as much as one pass.
    """

    def __init__(self, bureau: Bureau, facts: Sequence[ProjectFacts]) -> None:
        self._meant = bureau.city.definitions
        self._rates = Rates(bureau.store.rates.rates())
        self._begun: defaultdict[Start, list[ProjectFacts]] = defaultdict(list)
        for item in facts:
            if item.signed is not None:
                self._begun[item.signed.first.year, item.signed.first.month].append(item)

    def within(self, period: Period) -> int:
        begun = self._begun.get((period.first.year, period.first.month), [])
        found = figures(begun, period, None, self._meant, self._rates)
        return found.whole.count("signed_projects")


def _overdue(bureau: Bureau, chosen: Selection, on: date) -> Overdue:
    rows = milestones(bureau, on, chosen, standings=[Standing.OVERDUE]).rows
    return Overdue(
        milestones=len(rows),
        projects=len({row.facts.project_code for row in rows}),
        unconfirmed=sum(row.stale for row in rows),
    )
