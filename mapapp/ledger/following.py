"""包联: who follows which project, when it was last spoken to, and what was promised next."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from mapapp.ledger.facts import ProjectFacts
from mapapp.ledger.project import Stage

SILENT_AFTER_DAYS = 30
"""A followed project that nobody spoke to for longer is listed; a city's file may set it."""
NOBODY = "未定责任单位"


class Keeping(StrEnum):
    """What became of a promise, as of a day."""

    OPEN = "未到期"
    OVERDUE = "逾期"
    KEPT = "按期办结"
    LATE = "逾期办结"
    REPLACED = "已改办"
    UNDATED = "未定期限"


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A contact with a project: on which day, by whom, what was said, and the step promised next.

    unit is who has to take the step, due_on until when; settled_on and outcome say how it ended.
    meeting names the weekly meeting that set it; replaced_on is the day of a meeting that put
    another step in its place. id is None before it is kept.
    """

    project_code: str
    on: date
    by: str = ""
    said: str = ""
    next_step: str = ""
    unit: str = ""
    due_on: date | None = None
    settled_on: date | None = None
    outcome: str = ""
    replaced_on: date | None = None
    meeting: int | None = None
    id: int | None = None
    row_version: int = 1

    def keeping(self, on: date) -> Keeping | None:
        """What became of its promise by a day; None where it promises nothing.

        What was settled after that day counts as open on it.
        """
        if not self.next_step:
            return None
        if self.replaced_on and self.replaced_on <= on:
            return Keeping.REPLACED
        if self.settled_on and self.settled_on <= on:
            late = self.due_on is not None and self.settled_on > self.due_on
            return Keeping.LATE if late else Keeping.KEPT
        if self.due_on is None:
            return Keeping.UNDATED
        return Keeping.OVERDUE if self.due_on < on else Keeping.OPEN

    def standing(self, on: date) -> Keeping | None:
        """As keeping, but for one that was replaced by then: how it stood when it was."""
        day = min(on, self.replaced_on) if self.replaced_on else on
        return replace(self, replaced_on=None).keeping(day)

    def pending(self, on: date) -> bool:
        """Whether its promise is still to be kept on a day."""
        return self.keeping(on) in (Keeping.OPEN, Keeping.OVERDUE, Keeping.UNDATED)


@dataclass(frozen=True, slots=True)
class Contact:
    """How a project stands with its followers on a day.

    last is the newest contact (a step that a weekly meeting set is none); pending are the promises
    still to be kept, the earliest due first; silent_days count from the last contact, None where
    there was none.
    """

    last: FollowUp | None
    pending: tuple[FollowUp, ...]
    silent_days: int | None

    @property
    def next(self) -> FollowUp | None:
        return next(iter(self.pending), None)


NEVER = Contact(None, (), None)


def contacts(kept: Iterable[FollowUp], on: date) -> dict[str, Contact]:
    """How each project stands that was spoken to by a day, by project code."""
    of: defaultdict[str, list[FollowUp]] = defaultdict(list)
    for item in kept:
        if item.on <= on:
            of[item.project_code].append(item)
    return {code: _contact(some, on) for code, some in of.items()}


def _contact(kept: Sequence[FollowUp], on: date) -> Contact:
    spoken = [item for item in kept if item.meeting is None]
    last = max(spoken, key=lambda item: (item.on, item.id or 0), default=None)
    pending = [item for item in kept if item.pending(on)]
    pending.sort(key=lambda item: (item.due_on or date.max, item.id or 0))
    return Contact(last, tuple(pending), (on - last.on).days if last else None)


def is_followed(project: ProjectFacts) -> bool:
    """Whether a project still needs someone: not ended, and not yet 进规."""
    return project.stage not in (Stage.ENDED, Stage.ABOVE_SIZE)


@dataclass(frozen=True, slots=True)
class Load:
    """What one department or leader carries; contracted is in 万元, of amounts in CNY alone."""

    key: str
    projects: tuple[str, ...]
    contracted: Decimal
    never: int
    silent: int
    pending: int
    overdue: int


def loads(
    projects: Iterable[ProjectFacts],
    standing: Mapping[str, Contact],
    on: date,
    by: str = "department",
    silent_after: int = SILENT_AFTER_DAYS,
) -> list[Load]:
    """The load of each department (or `by="leader"`), the most projects first, nobody's last.

    Only projects that still need someone count; `silent` are those spoken to, but not for longer
    than silent_after days.
    """
    of: defaultdict[str, list[ProjectFacts]] = defaultdict(list)
    for project in projects:
        if is_followed(project):
            of[project.leader if by == "leader" else project.department].append(project)
    found = [_load(key, some, standing, on, silent_after) for key, some in of.items()]
    return sorted(found, key=lambda load: (not load.key, -len(load.projects), load.key))


def _load(
    key: str,
    projects: Sequence[ProjectFacts],
    standing: Mapping[str, Contact],
    on: date,
    silent_after: int,
) -> Load:
    seen = [standing.get(project.project_code, NEVER) for project in projects]
    pending = [promise for contact in seen for promise in contact.pending]
    money = [p.contracted.wan for p in projects if p.contracted and p.contracted.currency == "CNY"]
    return Load(
        key=key,
        projects=tuple(project.project_code for project in projects),
        contracted=sum(money, Decimal()),
        never=sum(contact.last is None for contact in seen),
        silent=sum(is_silent(contact, silent_after) for contact in seen),
        pending=len(pending),
        overdue=sum(promise.keeping(on) is Keeping.OVERDUE for promise in pending),
    )


def is_silent(contact: Contact, silent_after: int = SILENT_AFTER_DAYS) -> bool:
    """Whether it was spoken to once, and not for longer than that many days."""
    return contact.silent_days is not None and contact.silent_days > silent_after
