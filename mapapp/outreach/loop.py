"""闭环: from the locked target to the working plant, and whether past rankings were right."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from mapapp.ledger.project import Stage
from mapapp.outreach.target_list import Approach, ListVersion, TargetRow, Visit

AT = (5, 10, 20)
"""The k of hit@k."""


class Step(StrEnum):
    """A step of the funnel; whoever reached one has passed those before it."""

    LOCKED = "锁定目标"
    CONTACTED = "已联系"
    VISITED = "已拜访"
    CAME = "来访考察"
    TALKS = "在谈"
    SIGNED = "签约"
    STARTED = "开工"
    PRODUCING = "投产"

    @property
    def order(self) -> int:
        return list(Step).index(self)


_OF_APPROACH = {
    Approach.UNTOUCHED: Step.LOCKED,
    Approach.CONTACTED: Step.CONTACTED,
    Approach.VISITED: Step.VISITED,
    Approach.CAME: Step.CAME,
    Approach.TALKS: Step.TALKS,
    Approach.SIGNED: Step.SIGNED,
    Approach.GIVEN_UP: Step.LOCKED,
}
_OF_STAGE = {
    Stage.LEAD: Step.CONTACTED,
    Stage.TALKS: Step.TALKS,
    Stage.SIGNED: Step.SIGNED,
    Stage.STARTED: Step.STARTED,
    Stage.ENROLLED: Step.STARTED,
    Stage.COMPLETED: Step.STARTED,
    Stage.PRODUCING: Step.PRODUCING,
    Stage.ABOVE_SIZE: Step.PRODUCING,
    Stage.ENDED: Step.LOCKED,
}


@dataclass(frozen=True, slots=True)
class Funnel:
    """How many firms reached each step; `firms` names those that got so far and no further."""

    key: str
    firms: Mapping[Step, tuple[str, ...]]
    given_up: tuple[str, ...]

    def reached(self, step: Step) -> int:
        """How many firms came to a step or beyond."""
        return sum(len(some) for at, some in self.firms.items() if at.order >= step.order)

    def share(self, step: Step) -> float | None:
        """Of those who reached the step before, how many went on; None for the first step."""
        if step is Step.LOCKED:
            return None
        before = self.reached(list(Step)[step.order - 1])
        return self.reached(step) / before if before else None


def funnel(
    key: str,
    rows: Iterable[TargetRow],
    visits: Mapping[int, Sequence[Visit]],
    stages: Mapping[str, Stage | None],
) -> Funnel:
    """The funnel of firms, each once, at the furthest step that any of its rows shows.

    stages are those of the ledger's projects, by code: a project may have gone on since. A firm
    that was given up stays at the step that its contacts show.
    """
    furthest: dict[str, Step] = {}
    open_: set[str] = set()
    for row in rows:
        step = _step(row, visits.get(row.id, ()), stages)
        held = furthest.get(row.firm, Step.LOCKED)
        furthest[row.firm] = max(step, held, key=lambda one: one.order)
        if row.pursuit.approach is not Approach.GIVEN_UP:
            open_.add(row.firm)
    at = {step: tuple(f for f, one in furthest.items() if one is step) for step in Step}
    return Funnel(key, at, tuple(firm for firm in furthest if firm not in open_))


def _step(row: TargetRow, visits: Sequence[Visit], stages: Mapping[str, Stage | None]) -> Step:
    found = [_OF_APPROACH[row.pursuit.approach]]
    found += [_OF_APPROACH[visit.approach] for visit in visits]
    stage = stages.get(row.project_code) if row.project_code else None
    if stage:
        found.append(_OF_STAGE[stage])
    return max(found, key=lambda step: step.order)


@dataclass(frozen=True, slots=True)
class Arrival:
    """A firm that signed: its names, the links of its project, and when. project is its code."""

    project: str
    names: tuple[str, ...]
    links: tuple[str, ...]
    on: date


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a firm that came had stood in a ranking: over all, and among those for its link.

    None where the ranking did not hold it.
    """

    arrival: Arrival
    overall: int | None
    within_link: int | None


@dataclass(frozen=True, slots=True)
class Hindsight:
    """How a list's ranking looks from today: everybody who signed on its links since."""

    placed: tuple[Placed, ...]

    def hits(self, at: int) -> int:
        """How many of them stood among the first `at` for their link."""
        return sum(p.within_link is not None and p.within_link <= at for p in self.placed)


def hindsight(version: ListVersion, arrivals: Iterable[Arrival]) -> Hindsight:
    """The firms that signed after a ranking was made, on links that it ranks, and their places."""
    places: dict[str, dict[str, int]] = {}
    overall: dict[tuple[str, str], int] = {}
    for number, target in enumerate(version.ranking, start=1):
        link, _, firm = target.partition("|")
        of_link = places.setdefault(link, {})
        of_link[firm] = len(of_link) + 1
        overall[link, firm] = number
    found = []
    for arrival in arrivals:
        links = [link for link in arrival.links if link in places]
        if arrival.on <= version.on or not links:
            continue
        pairs = [(link, name) for link in links for name in arrival.names]
        found.append(
            Placed(
                arrival,
                min((overall[pair] for pair in pairs if pair in overall), default=None),
                min((places[a][b] for a, b in pairs if b in places[a]), default=None),
            )
        )
    return Hindsight(tuple(found))
