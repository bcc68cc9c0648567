"""The overview: what the city has, by chain, county and stage, beside what was reported."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from chains import LinkAssessment, Status
from mapapp.journeys.browse import is_in
from mapapp.journeys.bureau import OTHER, UNASSIGNED, Bureau
from mapapp.journeys.gaps import find_gaps
from mapapp.journeys.published import Comparison, compare
from mapapp.journeys.selection import OTHER_CHAIN, STAGE_UNKNOWN, Selection
from mapapp.journeys.sums import Sum, add, sum_of, total_of
from mapapp.ledger.dates import Period
from mapapp.ledger.money import Money
from mapapp.ledger.project import Stage
from mapapp.ledger.statistics import percent
from mapapp.outreach.event import PromotionEvent
from mapapp.store import ProjectFilter

_WORST_FIRST = (Status.MISSING, Status.WEAK, Status.PLANNED, Status.PRESENT, Status.NO_DEMAND)
_ANY_PERIOD = Period.parse("2000")
"""The store counts what a period leaves out for want of a date; that is the same for each."""


@dataclass(frozen=True, slots=True)
class ChainRow:
    """A chain in the place: id `other` for the projects of none, which has no links."""

    id: str
    name: str
    sum: Sum
    enterprises: int
    statuses: Mapping[str, Status]
    key_gaps: tuple[LinkAssessment, ...]

    @property
    def links(self) -> Counter[Status]:
        """How many links have each status."""
        return Counter(self.statuses.values())

    @property
    def link_count(self) -> int:
        return len(self.statuses)

    @property
    def completeness(self) -> Decimal | None:
        """The share of its links that are there (具备), in per cent; None of no links."""
        return percent(self.links[Status.PRESENT], self.link_count)


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A county or zone; `place` is what the URL calls it."""

    place: str
    name: str
    sum: Sum
    host: str = ""


@dataclass(frozen=True, slots=True)
class StageRow:
    """A stage; unconfirmed of its projects are 待核实, with unconfirmed_contracted of its sum."""

    name: str
    sum: Sum
    unconfirmed: int
    unconfirmed_contracted: Money | None


@dataclass(frozen=True, slots=True)
class Overview:
    """Each table leaves out its own part of the selection, so that its rows can be compared.

    parks is the part of total that is 园区: its investment may hold that of projects inside it.
    unconfirmed_contracted is the part of total that is 待核实, ended the part that is 终止. links
    counts every link once, link_rows once for each chain that it is in, as 缺环 lists them.
    unsigned says how many of the place and chain lie in no period, for want of a dated signing.
    """

    total: Sum
    parks: Sum
    enterprises: int
    on_links: int
    unconfirmed: int
    unconfirmed_contracted: Money | None
    ended: Sum
    undated: int
    unsigned: int
    links: Mapping[Status, int]
    link_rows: Mapping[Status, int]
    chains: tuple[ChainRow, ...]
    counties: tuple[PlaceRow, ...]
    zones: tuple[PlaceRow, ...]
    stages: tuple[StageRow, ...]
    comparisons: tuple[Comparison, ...]
    figures: int
    events: tuple[PromotionEvent, ...]


def overview(bureau: Bureau, selection: Selection, chain_order: Sequence[str]) -> Overview:
    """What the selected part of the city has. chain_order are chain ids, as they shall stand."""
    order = tuple(chain_order)
    return bureau.remember(
        ("overview", selection, order), lambda: _overview(bureau, selection, order)
    )


def _overview(bureau: Bureau, selection: Selection, chain_order: Sequence[str]) -> Overview:
    store = bureau.store
    query = selection.filter(bureau.today)
    stages = store.stage_sums(query)
    firms = [firm for firm in store.enterprises() if is_in(selection, firm)]
    chains = _chains(bureau, selection, chain_order)
    chosen = [row for row in chains if selection.chain in (None, row.id)]
    return Overview(
        total=total_of(stages),
        parks=total_of(store.stage_sums(replace(query, park=True))),
        enterprises=len(firms),
        on_links=sum(bool(firm.links) for firm in firms),
        unconfirmed=sum(row.unconfirmed for row in stages),
        unconfirmed_contracted=add(row.unconfirmed_contracted for row in stages),
        ended=total_of(row for row in stages if row.stage is Stage.ENDED),
        undated=store.undated(query),
        unsigned=store.undated(replace(query, stage=None, link=None, period=_ANY_PERIOD)),
        links=Counter(_distinct(chosen).values()),
        link_rows=sum((row.links for row in chosen), Counter()),
        chains=chains,
        counties=_counties(bureau, replace(query, county=None, zone=None, unassigned=False)),
        zones=_zones(bureau, replace(query, county=None, zone=None, unassigned=False)),
        stages=tuple(
            StageRow(
                row.stage.value if row.stage else STAGE_UNKNOWN,
                sum_of(row),
                row.unconfirmed,
                row.unconfirmed_contracted,
            )
            for row in store.stage_sums(replace(query, stage=None))
        ),
        comparisons=tuple(compare(bureau, selection)),
        figures=len(store.reported_figures()),
        events=tuple(sorted(store.events.every(), key=lambda e: e.date, reverse=True)),
    )


def _distinct(chains: Iterable[ChainRow]) -> dict[str, Status]:
    """Every link once, with its worst status: supply is shared, demand is each chain's own."""
    found: dict[str, Status] = {}
    for row in chains:
        for link, status in row.statuses.items():
            found[link] = min(found.get(link, status), status, key=_WORST_FIRST.index)
    return found


def _chains(
    bureau: Bureau, selection: Selection, chain_order: Sequence[str]
) -> tuple[ChainRow, ...]:
    any_chain = replace(selection, chain=None, link=None)
    query = any_chain.filter(bureau.today)
    sums = {row.chain or OTHER_CHAIN: sum_of(row) for row in bureau.store.chain_sums(query)}
    firms = Counter(
        firm.chain or OTHER_CHAIN for firm in bureau.store.enterprises() if is_in(any_chain, firm)
    )
    links: dict[str, list[LinkAssessment]] = {}
    for gap in find_gaps(bureau, selection.county):
        links.setdefault(gap.here.chain, []).append(gap.here)
    return tuple(
        ChainRow(
            id=id,
            name=OTHER if id == OTHER_CHAIN else bureau.chain_name(id),
            sum=sums.get(id, Sum()),
            enterprises=firms[id],
            statuses={link.link: link.status for link in links.get(id, ())},
            key_gaps=tuple(x for x in links.get(id, ()) if x.status is Status.MISSING)[:3],
        )
        for id in (*chain_order, OTHER_CHAIN)
    )


def _counties(bureau: Bureau, query: ProjectFilter) -> tuple[PlaceRow, ...]:
    """Every county, most projects first; 未分县区 last."""
    sums = {row.county: sum_of(row) for row in bureau.store.county_sums(query)}
    rows = [
        PlaceRow(county.code, county.name, sums.pop(county.code, Sum()))
        for county in bureau.gazetteer.divisions.counties(bureau.city.code)
    ]
    rows.sort(key=lambda row: (-row.sum.projects, -row.sum.wan, row.place))
    unassigned = sums.get(None)
    return (*rows, *([PlaceRow(UNASSIGNED, UNASSIGNED, unassigned)] if unassigned else ()))


def _zones(bureau: Bureau, query: ProjectFilter) -> tuple[PlaceRow, ...]:
    sums = {row.zone: sum_of(row) for row in bureau.store.zone_sums(query)}
    return tuple(
        PlaceRow(zone.name, zone.name, sums.get(zone.name, Sum()), bureau.county_name(zone.host))
        for zone in bureau.city.zones
    )
