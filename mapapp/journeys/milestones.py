"""3313: every project's milestones on a day, the riskiest first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import chain
from operator import attrgetter
from typing import NamedTuple

from mapapp.journeys.bureau import Bureau
from mapapp.journeys.gaps import find_gaps
from mapapp.journeys.project_facts import chosen_facts
from mapapp.journeys.selection import Selection
from mapapp.ledger.facts import ProjectFacts
from mapapp.ledger.milestones import RULE, Milestone, Standing, Step, milestones_of
from mapapp.ledger.project import is_unconfirmed

OPEN = (Standing.OVERDUE, Standing.DUE, Standing.OPEN)
"""The milestones that somebody still has to look after."""
WORST_DAYS = 180
"""From so many days overdue on, lateness counts in full (docs/milestones.md)."""
ALONE_POINTS = 25.0
"""What a link adds whose only known source in the city is the late project."""
UNPLACED_POINTS = 10.0
"""What a project means that stands on no link."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a project's most critical link means for its chain. points = criticality + alone."""

    link: str
    criticality: float
    alone: bool

    @property
    def points(self) -> float:
        return self.criticality + (ALONE_POINTS if self.alone else 0.0)


UNPLACED = Meaning("", UNPLACED_POINTS, alone=False)


class Row(NamedTuple):
    """A milestone with the project it belongs to, and what its being late risks."""

    found: Milestone
    facts: ProjectFacts
    meaning: Meaning
    stale: bool
    """待核实: nobody knows whether it still is."""

    @property
    def lateness(self) -> float:
        """0 to 1: how far it is overdue; 0 where it is not, nobody can tell, or it is 待核实."""
        if self.found.standing is not Standing.OVERDUE or self.stale:
            return 0.0
        return min(self.found.days_overdue or 0, WORST_DAYS) / WORST_DAYS

    @property
    def risk(self) -> float:
        """lateness × meaning, 0 to 125."""
        return self.lateness * self.meaning.points


@dataclass(frozen=True, slots=True)
class MilestoneList:
    """The rows chosen, riskiest first; counts by step name and standing before that choice."""

    on: date
    rule: tuple[Step, ...]
    rows: tuple[Row, ...]
    counts: Mapping[tuple[str, Standing], int]
    departments: tuple[str, ...]


_DEPARTMENT = attrgetter("facts.department")
_KIND = attrgetter("found.step", "found.standing")


def rule_of(bureau: Bureau) -> tuple[Step, ...]:
    """The steps in force: the city's own, or 3313."""
    return bureau.city.milestones or RULE


def milestones(
    bureau: Bureau,
    on: date,
    selection: Selection | None = None,
    *,
    standings: Collection[Standing] = (),
    step: str = "",
    department: str = "",
) -> MilestoneList:
    """The milestones entered by that day in the selection. Nothing chosen means all of them."""
    chosen = selection or Selection()
    rows, counts, named = bureau.remember(
        ("milestones", on, chosen, department), lambda: _counted(bureau, on, chosen, department)
    )
    if standings or step:
        wanted = set(standings or Standing)
        rows = tuple(
            row
            for row in rows
            if row.found.standing in wanted and step in ("", row.found.milestone)
        )
    return MilestoneList(on, rule_of(bureau), rows, counts, named)


def _counted(
    bureau: Bureau, on: date, selection: Selection, department: str
) -> tuple[tuple[Row, ...], Mapping[tuple[str, Standing], int], tuple[str, ...]]:
    """The rows of the department, how many there are of each kind, and all departments."""
    rows = bureau.remember(("milestones", on, selection), lambda: _rows(bureau, on, selection))
    named = tuple(sorted(set(map(_DEPARTMENT, rows)) - {""}))
    kept = [row for row in rows if row.facts.department == department] if department else rows
    kinds = Counter(map(_KIND, kept))
    return tuple(kept), {(step.name, standing): n for (step, standing), n in kinds.items()}, named


def _rows(bureau: Bureau, on: date, selection: Selection) -> list[Row]:
    """Riskiest first; then by standing, the longest overdue first, what is 待核实 last."""
    means, rule = meanings(bureau), rule_of(bureau)
    late: list[Row] = []
    known, stale = ({standing: list[Row]() for standing in Standing} for _ in range(2))
    for facts in chosen_facts(bureau, selection):
        meaning = means.get(facts.project_code, UNPLACED)
        old = is_stale(facts, on)
        others = stale if old else known
        for found in milestones_of(facts, on, rule):
            row = Row(found, facts, meaning, old)
            standing = found.standing
            if standing is Standing.OVERDUE and not old:
                late.append(row)
            else:
                others[standing].append(row)
    late.sort(key=_by_risk)
    for rows in (stale[Standing.OVERDUE], known[Standing.DUE], stale[Standing.DUE]):
        rows.sort(key=lambda row: -(row.found.days_overdue or 0))
    return [*late, *chain.from_iterable([*known.values(), *stale.values()])]


def _by_risk(row: Row) -> tuple[float, int]:
    days = row.found.days_overdue or 0
    return -min(days, WORST_DAYS) * row.meaning.points, -days


def is_stale(facts: ProjectFacts, on: date) -> bool:
    """Whether the project is 待核实 on a day."""
    return is_unconfirmed(facts.stage, facts.last_confirmed, on)


def meanings(bureau: Bureau) -> Mapping[str, Meaning]:
    """By project code, what its most critical link means; projects on no link are left out."""
    return bureau.remember("meanings", lambda: _meanings(bureau))


def _meanings(bureau: Bureau) -> dict[str, Meaning]:
    critical: dict[str, float] = {}
    sources: dict[str, set[str]] = {}
    for gap in find_gaps(bureau):
        link = gap.here
        critical[link.link] = max(critical.get(link.link, 0.0), link.criticality)
    projects = bureau.store.linked_projects(bureau.today)
    for item in projects:
        for name in item.links:
            sources.setdefault(name, set()).add(item.carrier or item.enterprise or item.name)
    for firm in bureau.store.enterprises():
        for name in () if firm.defunct or firm.is_park else firm.links:
            sources.setdefault(name, set()).add(firm.name)
    found = {}
    for item in projects:
        known = [Meaning(n, critical[n], len(sources[n]) == 1) for n in item.links if n in critical]
        if known:
            found[item.project_code] = max(known, key=lambda meaning: meaning.points)
    return found
