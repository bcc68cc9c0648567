"""名单: all lists of firms to win, one of them in a version, what is said of it, its end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from chains import Status, UnknownName
from mapapp.journeys.bureau import Bureau
from mapapp.journeys.gaps import assess_chain
from mapapp.journeys.list_making import Made, get_list, read_facts
from mapapp.outreach.target_list import (
    Listing,
    ListRule,
    ListVersion,
    Pursuit,
    TargetList,
    TargetRow,
    Visit,
    listings,
)

_LACKING = ("missing", "weak")
"""Statuses of a link that firms are sought for."""


@dataclass(frozen=True, slots=True)
class ListSummary:
    """A list as it stands among others: how many firms, how far they were brought."""

    item: TargetList
    firms: int
    rows: int
    approaches: Counter[str]
    overdue: int

    @property
    def done(self) -> int:
        """How many rows were at least contacted."""
        return self.rows - self.approaches["未接触"]


@dataclass(frozen=True, slots=True)
class ListedRow:
    """A row with what is true of it today. others are further open lists that hold the firm, and
    how far it was brought there."""

    row: TargetRow
    number: int
    chain_name: str
    city_name: str
    status: Status | None
    others: tuple[Listing, ...]
    visits: tuple[Visit, ...]
    overdue: bool

    @property
    def filled(self) -> bool:
        """Whether the link was missing or weak when the row was made, and no longer is."""
        now = self.status.value if self.status else ""
        return self.row.why.status in _LACKING and now in ("present", "planned")


@dataclass(frozen=True, slots=True)
class ListView:
    """A list as it was in a version, with what is true of its rows today."""

    item: TargetList
    version: int
    versions: tuple[ListVersion, ...]
    rows: tuple[ListedRow, ...]

    @property
    def firms(self) -> int:
        return len({listed.row.firm for listed in self.rows})

    @property
    def is_newest(self) -> bool:
        return self.version == self.item.version


def summaries(bureau: Bureau) -> list[ListSummary]:
    """Every list, open ones first, the newest first."""
    return bureau.remember("target lists", lambda: _summaries(bureau))


def _summaries(bureau: Bureau) -> list[ListSummary]:
    by_list: dict[int, list[TargetRow]] = {}
    for row in bureau.store.target_lists.rows():
        if row.dropped_in is None:
            by_list.setdefault(row.list, []).append(row)
    found = []
    for item in bureau.store.target_lists.lists():
        rows = by_list.get(item.id, [])
        found.append(
            ListSummary(
                item,
                len({row.firm for row in rows}),
                len(rows),
                Counter(row.pursuit.approach.value for row in rows),
                sum(row.pursuit.overdue(bureau.today) for row in rows),
            )
        )
    return sorted(found, key=lambda summary: summary.item.closed)


def view_list(bureau: Bureau, id: int, version: int | None = None) -> ListView:
    """A list in a version, the newest one unless asked otherwise.

    Raises:
        UnknownName: there is no such list or version.
    """
    item, store = get_list(bureau, id), bureau.store.target_lists
    versions = store.versions(id)
    shown = item.version if version is None else version
    if shown not in {one.number for one in versions}:
        raise UnknownName("名单版本", str(shown), [str(one.number) for one in versions])
    rows = [row for row in store.rows(id) if row.stands_in(shown)]
    return ListView(item, shown, tuple(versions), tuple(listed_rows(bureau, item, rows)))


def listed_rows(
    bureau: Bureau, item: TargetList | None, rows: Sequence[TargetRow]
) -> list[ListedRow]:
    """Rows with what is true of them today, by rank; item is None for rows of no list yet."""
    statuses = _statuses(bureau, {row.chain for row in rows})
    held = listed_firms(bureau)
    visits: dict[int, list[Visit]] = {}
    for visit in bureau.store.target_lists.visits(item.id) if item else ():
        visits.setdefault(visit.row, []).append(visit)
    divisions = bureau.gazetteer.divisions
    return [
        ListedRow(
            row=row,
            number=number,
            chain_name=_chain_name(bureau, row.chain),
            city_name=divisions[row.why.city].name if row.why.city in divisions else "",
            status=statuses.get((row.chain, row.link)),
            others=tuple(
                one for one in held.get(row.firm, ()) if item is None or one.item.id != item.id
            ),
            visits=tuple(visits.get(row.id, ())),
            overdue=row.pursuit.overdue(bureau.today),
        )
        for number, row in enumerate(sorted(rows, key=_place), start=1)
    ]


def _place(row: TargetRow) -> tuple[bool, int, int]:
    """By the rank that it had; what was put in by hand outside the ranking comes last."""
    return row.why.rank is None, row.why.rank or 0, row.id


def _chain_name(bureau: Bureau, chain: str) -> str:
    """A chain may have left the catalogue since: then its id stands for it."""
    known = bureau.catalogue.chains.get(chain)
    return known.name if known else chain


def _statuses(bureau: Bureau, chains: Collection[str]) -> dict[tuple[str, str], Status]:
    """What each link of these chains is in the city today."""
    return {
        (chain, item.link): item.status
        for chain in chains
        if chain in bureau.catalogue.chains
        for item in assess_chain(bureau, bureau.catalogue.chains[chain])
    }


def listed_firms(bureau: Bureau) -> Mapping[str, tuple[Listing, ...]]:
    """The open lists that each firm stands on, by the firm's name."""
    store = bureau.store.target_lists
    return bureau.remember("listed firms", lambda: listings(store.lists(), store.rows()))


def change_list(
    bureau: Bureau, id: int, version: int, given: Mapping[str, str], actor: str
) -> Made:
    """Change what is said of a list: title, owner, office, event, note, closed.

    Raises:
        UnknownName: there is no such list.
        StaleRow: somebody changed it meanwhile.
    """
    item = replace(get_list(bureau, id), row_version=version)
    typed, problems = read_facts(bureau, given)
    if problems:
        return Made(problems=problems)
    changed = replace(item, **typed, closed=bool(given.get("closed")))  # type: ignore[arg-type]
    if changed != item:
        bureau.store.target_lists.change(changed, actor)
    return Made(id)


def remove_list(bureau: Bureau, id: int, version: int) -> str:
    """Forget a list that nobody has worked on; why not, where somebody has.

    Raises:
        UnknownName: there is no such list.
        StaleRow: somebody changed it meanwhile.
    """
    item, store = get_list(bureau, id), bureau.store.target_lists
    if store.visits(id) or any(row.pursuit != Pursuit() for row in store.rows(id)):
        return "名单里已有接洽记录，不能删除。不再使用的请改为“已归档”"
    store.remove(replace(item, row_version=version))
    return ""


def rule_words(bureau: Bureau, rule: ListRule | None) -> str:
    """A rule in the words of the page."""
    if rule is None:
        return "手工勾选"
    said = [bureau.county_name(rule.county) if rule.county else bureau.city.name]
    said.append(_chain_name(bureau, rule.chain) if rule.chain else "全部产业链")
    said.append(rule.link or "全部缺环和薄弱环节")
    if rule.office:
        said.append(f"离{rule.office}最近的企业")
    if rule.roadshow:
        said.append(f"出访{bureau.gazetteer.divisions[rule.roadshow].name}")
    if rule.per_link:
        said.append(f"每个环节前 {rule.per_link} 家")
    if rule.most:
        said.append(f"共 {rule.most} 行以内")
    return "，".join(said)


def default_title(bureau: Bureau, rule: ListRule, on: date) -> str:
    """What a list may be called."""
    head = rule.office or (rule.link or (_chain_name(bureau, rule.chain) if rule.chain else ""))
    return f"{head or bureau.city.name}目标企业 {on:%Y-%m-%d}"
