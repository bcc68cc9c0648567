"""活动: roadshows, signings, forums and trips, and what was signed at them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from mapapp.ledger.money import Money
from mapapp.ledger.project import Provenance


class EventKind(StrEnum):
    """What an event is."""

    ROADSHOW = "推介会"
    SIGNING = "集中签约"
    MATCHING = "产业对接会"
    FORUM = "论坛"
    FAIR = "展会"
    MISSION = "外出招商"
    RECEPTION = "来访接待"
    OTHER = "未分类"


class LeaderRank(StrEnum):
    """Who led a team: as the bureau counts leaders' trips."""

    CITY_FIRST = "市主要领导"
    CITY = "市领导"
    COUNTY_FIRST = "县（市、区）主要领导"
    COUNTY = "县（市、区）领导"
    DEPARTMENT = "部门负责人"
    OTHER = "其他"


class Contract(StrEnum):
    """What was signed. Only an investment agreement counts as investment."""

    INVESTMENT = "投资协议"
    FRAMEWORK = "框架协议"
    SALES = "购销合同"


@dataclass(frozen=True, slots=True)
class Signing:
    """A contract signed at an event. project is its code in the ledger, else its name."""

    contract: Contract
    project: str
    enterprise: str = ""
    amount: Money | None = None
    chain: str | None = None

    @property
    def key(self) -> str:
        """What tells that two events speak of the same project."""
        return self.project.strip()


@dataclass(frozen=True, slots=True)
class PromotionEvent:
    """An event or a team's trip.

    date is ISO text of any precision, or a span as published (2020-07-09~11). result, projects
    and amount_yi are what was published, in its own words (“102(合计)”, “近20”): shown, never
    added up. visited are firms by name; office a resident office's name.
    """

    id: str
    date: str
    city: str
    name: str
    host: str = ""
    result: str = ""
    projects: str = ""
    amount_yi: str = ""
    note: str = ""
    provenance: Provenance | None = None
    kind: EventKind = EventKind.OTHER
    team: str = ""
    leader: str = ""
    leader_rank: LeaderRank | None = None
    office: str = ""
    visited: tuple[str, ...] = ()
    signings: tuple[Signing, ...] = ()
    row_version: int = 1

    @property
    def year(self) -> str:
        return self.date[:4]


_NAMED = (
    ("签约", EventKind.SIGNING),
    ("论坛", EventKind.FORUM),
    ("推介", EventKind.ROADSHOW),
    ("招商活动", EventKind.ROADSHOW),
    ("洽谈会", EventKind.ROADSHOW),
    ("对接", EventKind.MATCHING),
    ("交易会", EventKind.FAIR),
    ("科技展", EventKind.FAIR),
    ("发展会议", EventKind.FORUM),
    ("考察", EventKind.MISSION),
    ("赴", EventKind.MISSION),
)


def kind_of(name: str) -> EventKind:
    """What an event is as far as its own name says; 未分类 where it does not."""
    return next((kind for word, kind in _NAMED if word in name), EventKind.OTHER)


def first_signings(events: Iterable[PromotionEvent]) -> dict[str, str]:
    """Where each project was first signed with an investment agreement: project → event's id.

    The earliest date counts, of equal ones the lower id; a project counts nowhere else.
    """
    found: dict[str, str] = {}
    for event in sorted(events, key=lambda event: (event.date, event.id)):
        for signing in event.signings:
            if signing.contract is Contract.INVESTMENT and signing.key:
                found.setdefault(signing.key, event.id)
    return found


@dataclass(frozen=True, slots=True)
class EventFigures:
    """What events of a group come to, each figure with what it was counted from.

    projects are those first signed there; contracted and framework are in 万元, other currencies
    apart in `foreign`. sales contracts are numbers of contracts: they are no investment.
    """

    key: str
    events: tuple[str, ...] = ()
    visited: tuple[str, ...] = ()
    projects: tuple[str, ...] = ()
    repeated: tuple[str, ...] = ()
    contracted: Decimal = Decimal(0)
    frameworks: int = 0
    framework: Decimal = Decimal(0)
    sales: int = 0
    foreign: tuple[str, ...] = ()


def figures_by(
    events: Sequence[PromotionEvent], of: Callable[[PromotionEvent, Signing | None], str]
) -> list[EventFigures]:
    """The events' figures by what `of` says of an event or of a contract signed at it.

    `of` is asked with None for the event itself; "" leaves it out of every group.
    """
    first = first_signings(events)
    groups: dict[str, list[tuple[PromotionEvent, Signing | None]]] = {}
    for event in events:
        for signing in (None, *event.signings):
            if key := of(event, signing):
                groups.setdefault(key, []).append((event, signing))
    return sorted(
        (_figures(key, some, first) for key, some in groups.items()),
        key=lambda figures: (-figures.contracted, -len(figures.projects), figures.key),
    )


def _figures(
    key: str, found: Sequence[tuple[PromotionEvent, Signing | None]], first: Mapping[str, str]
) -> EventFigures:
    signed = [(event, signing) for event, signing in found if signing]
    agreed = [pair for pair in signed if pair[1].contract is Contract.INVESTMENT]
    counted: dict[str, Signing] = {}
    repeated: dict[str, None] = {}
    for event, signing in agreed:
        if first.get(signing.key) == event.id and signing.key not in counted:
            counted[signing.key] = signing
        elif signing.key:
            repeated[signing.key] = None
    frameworks = [s for _, s in signed if s.contract is Contract.FRAMEWORK]
    return EventFigures(
        key=key,
        events=tuple(dict.fromkeys(event.id for event, _ in found)),
        visited=tuple(dict.fromkeys(f for event, s in found if s is None for f in event.visited)),
        projects=tuple(counted),
        repeated=tuple(repeated),
        contracted=_yuan(counted.values()),
        frameworks=len(frameworks),
        framework=_yuan(frameworks),
        sales=sum(s.contract is Contract.SALES for _, s in signed),
        foreign=tuple(
            s.amount.says()
            for s in (*counted.values(), *frameworks)
            if s.amount and s.amount.currency != "CNY"
        ),
    )


def _yuan(signings: Iterable[Signing]) -> Decimal:
    return sum(
        (s.amount.wan for s in signings if s.amount and s.amount.currency == "CNY"), Decimal(0)
    )
