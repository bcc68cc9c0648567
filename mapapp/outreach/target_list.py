"""名单: which firms a team sets out to win, why each is on it, and how far each was brought."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Approach(StrEnum):
    """How far a firm was brought; 放弃 apart, from the first contact to the signature."""

    UNTOUCHED = "未接触"
    CONTACTED = "已联系"
    VISITED = "已拜访"
    CAME = "来访考察"
    TALKS = "在谈"
    SIGNED = "签约"
    GIVEN_UP = "放弃"

    @property
    def order(self) -> int:
        return list(Approach).index(self)

    @property
    def is_open(self) -> bool:
        """Whether there is still something to do before a signature."""
        return self not in (Approach.SIGNED, Approach.GIVEN_UP)


@dataclass(frozen=True, slots=True)
class ListRule:
    """What a list was made of: the ranking of a place, cut.

    county is a division code, chain a chain's id; roadshow is the division code of the city
    visited; office keeps the firms that are nearer to that resident office than to any other.
    per_link and most cut the ranking: so many firms of a link, so many in all.
    """

    county: str | None = None
    chain: str | None = None
    link: str | None = None
    roadshow: str | None = None
    office: str = ""
    per_link: int | None = None
    most: int | None = None


@dataclass(frozen=True, slots=True)
class ScorePart:
    """A part of a score as it was when the row was made; not known where half was given for want
    of data."""

    label: str
    points: float
    most: float
    known: bool = True


@dataclass(frozen=True, slots=True)
class Why:
    """Why a firm is on a list, as it was on the day when it was put there.

    rank is its place in the ranking that the list was made from, None where that did not hold it.
    status is the link's then (missing, weak …), remedy 补链, 强链 or 延链; gates are what the link
    is barred or bound by, in words. customers and suppliers are local firms, by name. city is the
    division code of the head office.
    """

    rank: int | None = None
    score: float | None = None
    parts: tuple[ScorePart, ...] = ()
    reasons: tuple[str, ...] = ()
    status: str = ""
    remedy: str = ""
    criticality: float | None = None
    banned: bool = False
    gates: tuple[str, ...] = ()
    customers: tuple[str, ...] = ()
    suppliers: tuple[str, ...] = ()
    city: str = ""


@dataclass(frozen=True, slots=True)
class Pursuit:
    """What a team writes down about a firm that it goes after.

    given_up is the reason of 放弃; ties are 楚商, 校友, 商会 as far as recorded.
    """

    approach: Approach = Approach.UNTOUCHED
    given_up: str = ""
    contact: str = ""
    phone: str = ""
    ties: str = ""
    next_step: str = ""
    next_on: date | None = None
    note: str = ""

    def overdue(self, on: date) -> bool:
        """Whether a next step should have been taken before a day."""
        return self.approach.is_open and self.next_on is not None and self.next_on < on


@dataclass(frozen=True, slots=True)
class TargetRow:
    """A firm for a link on a list, from version `added_in` until `dropped_in`, if ever.

    project_code is the project that it became.
    """

    list: int
    firm: str
    link: str
    chain: str
    why: Why = field(default_factory=Why)
    pursuit: Pursuit = field(default_factory=Pursuit)
    added_in: int = 1
    dropped_in: int | None = None
    project_code: str | None = None
    id: int = 0
    row_version: int = 1

    @property
    def target(self) -> str:
        """Identifies firm and link, as in the ranking."""
        return f"{self.link}|{self.firm}"

    def stands_in(self, version: int) -> bool:
        """Whether a version of the list holds it."""
        return self.added_in <= version and (self.dropped_in is None or version < self.dropped_in)


@dataclass(frozen=True, slots=True)
class Visit:
    """A contact with a firm of a list: on a day, what it brought the firm to, by and with whom."""

    row: int
    on: date
    approach: Approach
    by: str = ""
    met: str = ""
    said: str = ""
    id: int = 0
    row_version: int = 1


@dataclass(frozen=True, slots=True)
class ListVersion:
    """A state of a list: what was said of the change, and the whole ranking of that day.

    ranking is every target in order (`TargetRow.target`), those left off the list too: where a
    firm stood that came later is read from it.
    """

    list: int
    number: int
    on: date
    said: str = ""
    ranking: tuple[str, ...] = ()
    by: str = ""


@dataclass(frozen=True, slots=True)
class TargetList:
    """A list of firms to win. office is a resident office's name; event the id of an event.

    rule is None for one put together by hand. A closed list is kept and no longer worked on.
    """

    title: str
    made_on: date
    owner: str = ""
    office: str = ""
    event: str = ""
    note: str = ""
    rule: ListRule | None = None
    version: int = 1
    closed: bool = False
    id: int = 0
    row_version: int = 1


@dataclass(frozen=True, slots=True)
class Revision:
    """What a newer ranking makes of a list: rows that stay, rows to add, rows to drop.

    kept_on are rows that the ranking no longer holds and that somebody already works on: they
    stay, because a firm in talks is not dropped by a formula.
    """

    add: tuple[TargetRow, ...]
    drop: tuple[TargetRow, ...]
    stay: tuple[TargetRow, ...]
    kept_on: tuple[TargetRow, ...]

    @property
    def is_empty(self) -> bool:
        return not (self.add or self.drop)


def revise(held: Sequence[TargetRow], found: Sequence[TargetRow]) -> Revision:
    """Set the rows that a list holds beside those that its rule finds now."""
    wanted = {row.target for row in found}
    there = {row.target for row in held}
    gone = [row for row in held if row.target not in wanted]
    return Revision(
        add=tuple(row for row in found if row.target not in there),
        drop=tuple(row for row in gone if row.pursuit == Pursuit()),
        stay=tuple(row for row in held if row.target in wanted),
        kept_on=tuple(row for row in gone if row.pursuit != Pursuit()),
    )


@dataclass(frozen=True, slots=True)
class Listing:
    """That a firm stands on an open list, and how far it was brought there."""

    item: TargetList
    approach: Approach

    def says(self) -> str:
        """The list, whose it is, and how far: what another team must know before it calls."""
        whose = "，".join(part for part in (self.item.office, self.item.owner) if part)
        return f"{self.item.title}（{f'{whose}，' if whose else ''}{self.approach}）"


def furthest(approaches: Iterable[Approach]) -> Approach:
    """The furthest of some; 放弃 only where all were given up."""
    going = [one for one in approaches if one is not Approach.GIVEN_UP]
    return max(going, key=lambda one: one.order, default=Approach.GIVEN_UP)


def listings(
    lists: Iterable[TargetList], rows: Iterable[TargetRow]
) -> Mapping[str, tuple[Listing, ...]]:
    """The open lists that each firm stands on."""
    open_lists = {item.id: item for item in lists if not item.closed}
    found: defaultdict[str, defaultdict[int, list[Approach]]]
    found = defaultdict(lambda: defaultdict(list))
    for row in rows:
        if row.list in open_lists and row.dropped_in is None:
            found[row.firm][row.list].append(row.pursuit.approach)
    return {
        firm: tuple(Listing(open_lists[id], furthest(some)) for id, some in of_list.items())
        for firm, of_list in found.items()
    }
