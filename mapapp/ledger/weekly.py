"""周调度: which projects the week's meeting is about, and why; what it decided."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

from mapapp.ledger.facts import ProjectFacts
from mapapp.ledger.following import SILENT_AFTER_DAYS, Contact, FollowUp, Keeping
from mapapp.ledger.milestones import Milestone, Standing
from mapapp.ledger.money import WAN_PER_YI
from mapapp.ledger.project import Stage


class RuleError(ValueError):
    """A number of the week's rule that cannot be; the message says which and what can."""


class Reason(StrEnum):
    """Why a project is on the list, in the order in which the list shows them."""

    PROMISE = "上次承诺未办结"
    OVERDUE = "里程碑逾期"
    NOT_STARTED = "签约未开工"
    TALKS = "重点在谈"


@dataclass(frozen=True, slots=True)
class WeeklyRule:
    """What puts a project on the list. talks_yi is the amount, in 亿元, from which negotiations
    are 重点 whatever their link; not_started_days how long a signing may be without a start;
    silent_days after how many days without a contact a project is 久未联系."""

    talks_yi: Decimal = Decimal(1)
    not_started_days: int = 0
    silent_days: int = SILENT_AFTER_DAYS

    @classmethod
    def read(cls, given: Mapping[str, Any]) -> WeeklyRule:
        """From a city's file. Raises RuleError."""
        try:
            amount = Decimal(str(given.get("talks_yi", cls().talks_yi)))
        except InvalidOperation:
            raise RuleError(f"talks_yi 不是一个数：“{given['talks_yi']}”") from None
        if not amount.is_finite() or amount < 0:
            raise RuleError("talks_yi 应是不小于 0 的亿元数")
        return cls(
            amount,
            _days(given, "not_started_days", cls().not_started_days),
            _days(given, "silent_days", cls().silent_days),
        )


def _days(given: Mapping[str, Any], name: str, usual: int) -> int:
    days = given.get(name, usual)
    if not isinstance(days, int) or isinstance(days, bool) or not 0 <= days <= 3650:
        raise RuleError(f"{name} 应是 0 到 3650 的整数")
    return days


@dataclass(frozen=True, slots=True)
class WeeklyItem:
    """A project on the list: its reasons, each with a sentence, and the step that is promised.

    next_step, unit and due_on are those of the earliest promise that is still open, whose number
    and version promise holds; the unit is the lead department where nobody promised anything.
    """

    project_code: str
    name: str
    reasons: tuple[tuple[Reason, str], ...]
    next_step: str = ""
    unit: str = ""
    due_on: date | None = None
    promise: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class WeeklyMeeting:
    """A meeting that was held: its day, its list as it was then. id is None before it is kept."""

    on: date
    title: str
    items: tuple[WeeklyItem, ...]
    note: str = ""
    id: int | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """A promise of a meeting and its project, what became of it, and what happened since."""

    promise: FollowUp
    keeping: Keeping
    since: tuple[str, ...] = ()
    name: str = ""


def weekly_items(
    projects: Iterable[ProjectFacts],
    milestones: Mapping[str, Sequence[Milestone]],
    standing: Mapping[str, Contact],
    key_codes: Collection[str],
    on: date,
    rule: WeeklyRule | None = None,
) -> list[WeeklyItem]:
    """The list of a day: a project once, with every reason it is there for.

    milestones and standing are by project code; key_codes are the projects on a key or a missing
    link. Sorted by their first reason, then by how late, then by code.
    """
    chosen = rule or WeeklyRule()
    found = []
    for facts in projects:
        contact = standing.get(facts.project_code)
        late = [
            item
            for item in milestones.get(facts.project_code, ())
            if item.standing is Standing.OVERDUE
        ]
        reasons = [
            *_promise(contact, on),
            *((Reason.OVERDUE, f"{x.milestone}逾期 {x.days_overdue} 天") for x in late[:1]),
            *_not_started(facts, on, chosen),
            *_talks(facts, key_codes, chosen),
        ]
        if reasons and facts.stage is not Stage.ENDED:
            days = max((item.days_overdue or 0 for item in late), default=0)
            found.append((days, _item(facts, reasons, contact)))
    places = {reason: place for place, reason in enumerate(Reason)}
    found.sort(key=lambda pair: (places[pair[1].reasons[0][0]], -pair[0], pair[1].project_code))
    return [item for _, item in found]


def _item(
    facts: ProjectFacts, reasons: Sequence[tuple[Reason, str]], contact: Contact | None
) -> WeeklyItem:
    promise = contact.next if contact else None
    return WeeklyItem(
        facts.project_code,
        facts.name,
        tuple(reasons),
        promise.next_step if promise else "",
        (promise.unit if promise else "") or facts.department,
        promise.due_on if promise else None,
        (promise.id, promise.row_version) if promise and promise.id else None,
    )


def _promise(contact: Contact | None, on: date) -> list[tuple[Reason, str]]:
    late = (
        [] if contact is None else [p for p in contact.pending if p.keeping(on) is Keeping.OVERDUE]
    )
    if not late:
        return []
    first = late[0]
    return [(Reason.PROMISE, f"“{first.next_step}”原定 {first.due_on} 前")]


def _not_started(facts: ProjectFacts, on: date, rule: WeeklyRule) -> list[tuple[Reason, str]]:
    if facts.stage is not Stage.SIGNED:
        return []
    if facts.signed is None:
        return [(Reason.NOT_STARTED, "签约日期没有写")]
    days = (on - facts.signed.last).days
    if days < rule.not_started_days or facts.signed.first > on:
        return []
    return [(Reason.NOT_STARTED, f"签约 {facts.signed}，已 {max(days, 0)} 天")]


def _talks(
    facts: ProjectFacts, key_codes: Collection[str], rule: WeeklyRule
) -> list[tuple[Reason, str]]:
    if facts.stage is not Stage.TALKS:
        return []
    if facts.project_code in key_codes:
        return [(Reason.TALKS, "在关键环节或缺环上")]
    money = facts.contracted
    if money and money.currency == "CNY" and money.wan >= rule.talks_yi * WAN_PER_YI:
        return [(Reason.TALKS, f"拟投资 {money.yi.normalize():f} 亿元")]
    return []


def happened_since(facts: ProjectFacts | None, since: date, on: date) -> tuple[str, ...]:
    """What the project reached after one day and by another, in words."""
    if facts is None:
        return ("项目已不在台账里",)
    found = []
    for stage in Stage:
        reached = facts.reached(stage)
        if reached is not None and since < reached.last and reached.first <= on:
            found.append(f"{reached} {stage}")
    return tuple(found)
