"""The figures of a period: signed, new, started, enrolled …, by chain, county, department, office.

Every amount is exact. A project counts at its first signing only; what a later signing added
counts, as an amount, in the period of that signing. A date that is not known to the day counts
where its whole span lies in the period, and is told of where the span only overlaps it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from mapapp.ledger.dates import PartialDate, Period
from mapapp.ledger.definitions import Definitions
from mapapp.ledger.facts import ProjectFacts
from mapapp.ledger.money import WAN_PER_YI, Money
from mapapp.ledger.project import Agreement, Stage
from mapapp.ledger.rates import Rates

Key = str | None
"""A chain's id, a county's code, a zone's, department's or office's name; None for none of them."""

EVENTS = {
    "started_projects": Stage.STARTED,
    "enrolled_projects": Stage.ENROLLED,
    "completed_projects": Stage.COMPLETED,
    "producing_projects": Stage.PRODUCING,
    "above_size_projects": Stage.ABOVE_SIZE,
}
"""Figures that count who first reached a stage in the period."""
DIMENSIONS: Mapping[str, Callable[[ProjectFacts], Key]] = {
    "chain": lambda facts: facts.chain,
    "county": lambda facts: facts.county,
    "zone": lambda facts: facts.zone,
    "department": lambda facts: facts.department or None,
    "office": lambda facts: facts.office or None,
}
ONE_KEY = ""
"""The key of the only row where nothing divides the projects."""


@dataclass(frozen=True, slots=True)
class FigureRow:
    """The figures of one key. codes has, by figure, the projects it was counted from; wan, by
    figure, what they come to in 万元."""

    key: Key
    codes: Mapping[str, Sequence[str]]
    wan: Mapping[str, Decimal]

    def count(self, figure: str) -> int:
        """How many projects a figure counts."""
        return len(self.codes.get(figure, ()))

    def yi(self, figure: str) -> Decimal:
        """An amount in 亿元, exact."""
        return self.wan.get(figure, Decimal(0)) / WAN_PER_YI

    def rate(self, figure: str) -> Decimal | None:
        """A share of the signed projects, in per cent with one decimal; None where none signed."""
        part = {
            "landing_rate": "new_projects",
            "start_rate": "signed_started",
            "enrolment_rate": "signed_enrolled",
        }[figure]
        return percent(self.count(part), self.count("signed_projects"))


@dataclass(frozen=True, slots=True)
class Doubtful:
    """What could not be counted for want of a date or a rate: project codes."""

    undated: Sequence[str] = ()
    straddling: Sequence[str] = ()
    unconverted: Sequence[str] = ()
    unstated: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Figures:
    """The rows of a period, the whole, and what was left out of them."""

    period: Period
    rows: Sequence[FigureRow]
    whole: FigureRow
    doubtful: Doubtful = field(default_factory=Doubtful)


def percent(part: int | Decimal, whole: int | Decimal) -> Decimal | None:
    """In per cent, rounded half up to one decimal; None of nothing."""
    if not whole:
        return None
    return (Decimal(part) * 100 / Decimal(whole)).quantize(Decimal("0.1"), "ROUND_HALF_UP")


def figures(
    projects: Iterable[ProjectFacts],
    period: Period,
    by: str | None = None,
    chosen: Definitions | None = None,
    rates: Rates | None = None,
) -> Figures:
    """Count the projects. by is one of DIMENSIONS, None for one row of all.

    Rows come in the order in which their keys first appear; the whole is counted by itself.
    """
    key_of = DIMENSIONS[by] if by else lambda _: ONE_KEY
    count = _Count(period, chosen or Definitions(), rates or Rates())
    for facts in projects:
        count.add(facts, key_of(facts))
    rows = [tally.row(key) for key, tally in count.tallies.items()]
    doubtful = Doubtful(*(tuple(codes) for codes in count.doubtful.values()))
    return Figures(period, rows, count.whole.row(ONE_KEY), doubtful)


def within(reached: PartialDate | None, period: Period) -> bool:
    """Whether the whole span of the date lies in the period."""
    return reached is not None and period.first <= reached.first and reached.last <= period.last


def straddles(reached: PartialDate | None, period: Period) -> bool:
    """Whether the date may or may not lie in the period."""
    if reached is None or within(reached, period):
        return False
    return reached.first <= period.last and reached.last >= period.first


def _past_signing(stage: Stage | None) -> bool:
    return stage is not None and Stage.SIGNED.order <= stage.order < Stage.ENDED.order


def year_before(period: Period) -> Period:
    """The same days of the year before; a last day of February stays one."""
    first, last = _a_year_back(period.first), _a_year_back(period.last)
    if (last.month, last.day) == (2, 28):
        last = date(last.year, 3, 1) - timedelta(days=1)
    return Period(f"{first} 至 {last}", first, last)


def until(period: Period, today: date) -> Period:
    """The part of the period that has passed by today; all of it where it lies ahead.

    A year that is not over can only be compared with as many days of the year before.
    """
    if not period.first <= today < period.last:
        return period
    return Period(f"{period.first} 至 {today}", period.first, today)


def _a_year_back(day: date) -> date:
    try:
        return day.replace(year=day.year - 1)
    except ValueError:  # 29 February
        return date(day.year - 1, 2, 28)


@dataclass(slots=True)
class _Tally:
    codes: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    wan: defaultdict[str, Decimal] = field(default_factory=lambda: defaultdict(Decimal))

    def row(self, key: Key) -> FigureRow:
        return FigureRow(key, dict(self.codes), dict(self.wan))


@dataclass(slots=True)
class _Count:
    period: Period
    chosen: Definitions
    rates: Rates
    tallies: dict[Key, _Tally] = field(default_factory=dict)
    whole: _Tally = field(default_factory=_Tally)
    doubtful: dict[str, list[str]] = field(
        default_factory=lambda: {
            "undated": [], "straddling": [], "unconverted": [], "unstated": [],
        }
    )  # fmt: skip

    def add(self, facts: ProjectFacts, key: Key) -> None:
        tally = self.tallies.setdefault(key, _Tally())
        if within(facts.signed, self.period):
            self._signed(facts, tally)
        elif straddles(facts.signed, self.period):
            self.doubtful["straddling"].append(facts.project_code)
        elif facts.signed is None and _past_signing(facts.stage):
            self.doubtful["undated"].append(facts.project_code)
        self._increments(facts, tally)
        for figure, stage in EVENTS.items():
            if within(facts.reached(stage), self.period):
                self._put(tally, figure, facts)

    def _signed(self, facts: ProjectFacts, tally: _Tally) -> None:
        money = self._first_amount(facts)
        if facts.agreement is Agreement.FRAMEWORK:
            self._put(tally, "framework_projects", facts, "framework_investment", money)
            if not self.chosen.framework_counts:
                return
        self._put(tally, "signed_projects", facts, "contracted_investment", money)
        if self._by_the_end(facts, self.chosen.landed):
            self._put(tally, "new_projects", facts, "total_investment", money)
        if self._by_the_end(facts, Stage.STARTED):
            self._put(tally, "signed_started", facts)
        if self._by_the_end(facts, Stage.ENROLLED):
            self._put(tally, "signed_enrolled", facts)
        paid = self._wan(facts, facts.paid_in)
        if paid is not None:
            self._put(tally, "paid_in_projects", facts, "paid_in", paid)

    def _increments(self, facts: ProjectFacts, tally: _Tally) -> None:
        added = [item for item in facts.increments if within(item.on, self.period)]
        if not added:
            return
        known = [self._wan(facts, item.money) for item in added]
        wan = sum((amount for amount in known if amount is not None), Decimal(0))
        self._put(tally, "increment_projects", facts, "increment_investment", wan)
        for target in (tally, self.whole):
            target.wan["contracted_investment"] += wan

    def _put(
        self,
        tally: _Tally,
        figure: str,
        facts: ProjectFacts,
        amount: str = "",
        wan: Decimal | None = None,
    ) -> None:
        for target in (tally, self.whole):
            target.codes[figure].append(facts.project_code)
            if amount:
                target.wan[amount] += wan or 0

    def _by_the_end(self, facts: ProjectFacts, stage: Stage) -> bool:
        reached = facts.reached(stage)
        return reached is not None and reached.last <= self.period.last

    def _first_amount(self, facts: ProjectFacts) -> Decimal | None:
        """What was signed at first: what stands now without what was added since."""
        money = facts.contracted
        if money is None and facts.foreign is None:
            self.doubtful["unstated"].append(facts.project_code)
            return None
        if money is None:
            return self._wan(facts, facts.foreign)
        added = [i.money.wan for i in facts.increments if i.money.currency == money.currency]
        return self._wan(facts, Money(money.wan - sum(added, Decimal(0)), money.currency))

    def _wan(self, facts: ProjectFacts, money: Money | None) -> Decimal | None:
        if money is None:
            return None
        wan = self.rates.wan(money, self.period.last)
        if wan is None:
            self.doubtful["unconverted"].append(facts.project_code)
        return wan
