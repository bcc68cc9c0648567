"""The overview: what the city has, by chain, county and stage, beside what was reported."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Protocol

from chains import LinkAssessment, Status
from geodata import GeodataError
from mapapp.journeys.browse import is_in
from mapapp.journeys.bureau import OTHER, UNASSIGNED, Bureau
from mapapp.journeys.gaps import find_gaps
from mapapp.journeys.selection import OTHER_CHAIN, STAGE_UNKNOWN, Selection
from mapapp.ledger.dates import Period
from mapapp.ledger.money import Money
from mapapp.ledger.project import Provenance, ReportedFigure, Stage
from mapapp.outreach.event import PromotionEvent
from mapapp.store import ProjectFilter

SIGNED_PROJECTS = (
    "新签约项目数",
    "新签约招商引资项目(不含框架协议)",
    "新签约招商引资项目",
    "招商签约项目",
    "签约项目",
    "生物医药健康签约项目",
)
SIGNED_AMOUNT = ("新签约协议金额", "签约总投资", "生物医药健康签约投资", "协议引资")
"""Published indicators that mean what the ledger counts: projects signed in a period, and their
contracted investment in 亿元. The others (开工, 产值 …) measure something else."""
CITY_WIDE = "全市"
_WORST_FIRST = (Status.MISSING, Status.WEAK, Status.PLANNED, Status.PRESENT, Status.NO_DEMAND)
_ANY_PERIOD = Period.parse("2000")
"""The store counts what a period leaves out for want of a date; that is the same for each."""


class _Counted(Protocol):
    @property
    def projects(self) -> int: ...
    @property
    def contracted(self) -> Money | None: ...
    @property
    def with_amount(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Sum:
    """Projects, and the contracted investment of those that state it."""

    projects: int = 0
    contracted: Money | None = None
    with_amount: int = 0

    @property
    def without_amount(self) -> int:
        return self.projects - self.with_amount

    @property
    def wan(self) -> Decimal:
        return self.contracted.wan if self.contracted else Decimal(0)


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
class Comparison:
    """What was published of a period and scope, and what the ledger holds of it.

    place and chain are the scope as the URL writes it, None for the whole. figures are all that
    say so: several where sources agree.
    """

    period: Period
    scope: str
    place: str | None
    chain: str | None
    projects: ReportedFigure | None
    amount: ReportedFigure | None
    figures: tuple[ReportedFigure, ...]
    ledger: Sum

    @property
    def sources(self) -> tuple[ReportedFigure, ...]:
        """The first figure of each source."""
        found: dict[Provenance | None, ReportedFigure] = {}
        for figure in self.figures:
            found.setdefault(figure.provenance, figure)
        return tuple(found.values())

    @property
    def missing_projects(self) -> int | None:
        """Published less ledger; None where the published figure is no plain number."""
        number = self.projects.number if self.projects else None
        return None if number is None else int(number) - self.ledger.projects

    @property
    def missing_yi(self) -> Decimal | None:
        number = self.amount.number if self.amount else None
        return None if number is None else number - self.ledger.wan / 10_000


@dataclass(frozen=True, slots=True)
class Overview:
    """Each table leaves out its own part of the selection, so that its rows can be compared.

    parks is the part of total that is 园区: its investment may hold that of projects inside it.
    unconfirmed_contracted is the part of total that is 待核实, ended the part that is 终止. links
    counts every link once, link_rows once for each chain that it is in. unsigned says how many of
    the place and chain lie in no period, for want of a dated signing.
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
    link_rows: int
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
        total=_total(stages),
        parks=_total(store.stage_sums(replace(query, park=True))),
        enterprises=len(firms),
        on_links=sum(bool(firm.links) for firm in firms),
        unconfirmed=sum(row.unconfirmed for row in stages),
        unconfirmed_contracted=_add(row.unconfirmed_contracted for row in stages),
        ended=_total(row for row in stages if row.stage is Stage.ENDED),
        undated=store.undated(query),
        unsigned=store.undated(replace(query, stage=None, link=None, period=_ANY_PERIOD)),
        links=Counter(_distinct(chosen).values()),
        link_rows=sum(row.link_count for row in chosen),
        chains=chains,
        counties=_counties(bureau, replace(query, county=None, zone=None, unassigned=False)),
        zones=_zones(bureau, replace(query, county=None, zone=None, unassigned=False)),
        stages=tuple(
            StageRow(
                row.stage.value if row.stage else STAGE_UNKNOWN,
                _sum(row),
                row.unconfirmed,
                row.unconfirmed_contracted,
            )
            for row in store.stage_sums(replace(query, stage=None))
        ),
        comparisons=tuple(compare(bureau, selection)),
        figures=len(store.reported_figures()),
        events=tuple(sorted(store.events.every(), key=lambda e: e.date, reverse=True)),
    )


def _sum(row: _Counted) -> Sum:
    return Sum(row.projects, row.contracted, row.with_amount)


def _total(rows: Iterable[_Counted]) -> Sum:
    listed = list(rows)
    return Sum(
        projects=sum(row.projects for row in listed),
        contracted=_add(row.contracted for row in listed),
        with_amount=sum(row.with_amount for row in listed),
    )


def _add(amounts: Iterable[Money | None]) -> Money | None:
    stated = [amount.wan for amount in amounts if amount]
    return Money(sum(stated, Decimal(0))) if stated else None


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
    sums = {row.chain or OTHER_CHAIN: _sum(row) for row in bureau.store.chain_sums(query)}
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
    sums = {row.county: _sum(row) for row in bureau.store.county_sums(query)}
    rows = [
        PlaceRow(county.code, county.name, sums.pop(county.code, Sum()))
        for county in bureau.gazetteer.divisions.counties(bureau.city.code)
    ]
    rows.sort(key=lambda row: (-row.sum.projects, -row.sum.wan, row.place))
    unassigned = sums.get(None)
    return (*rows, *([PlaceRow(UNASSIGNED, UNASSIGNED, unassigned)] if unassigned else ()))


def _zones(bureau: Bureau, query: ProjectFilter) -> tuple[PlaceRow, ...]:
    sums = {row.zone: _sum(row) for row in bureau.store.zone_sums(query)}
    return tuple(
        PlaceRow(zone.name, zone.name, sums.get(zone.name, Sum()), bureau.county_name(zone.host))
        for zone in bureau.city.zones
    )


def compare(bureau: Bureau, selection: Selection) -> list[Comparison]:
    """Published signing figures beside the ledger's, newest period first.

    Only figures of the selected place and chain, where one is selected. Sources that publish
    the same value of one indicator share a row; those that differ make two.
    """
    rows: list[Comparison] = []
    for figure in bureau.store.reported_figures():
        if figure.indicator not in SIGNED_PROJECTS + SIGNED_AMOUNT:
            continue
        scope, period = _scope(bureau, figure.breakdown), _period(figure.period)
        if scope is None or period is None or not _wanted(selection, *scope):
            continue
        counts = figure.indicator in SIGNED_PROJECTS
        slot = "projects" if counts else "amount"
        peers = [
            n
            for n, row in enumerate(rows)
            if (row.period, row.place, row.chain) == (period, *scope)
        ]
        same = next((n for n in peers if _same(getattr(rows[n], slot), figure)), None)
        free = next((n for n in peers if getattr(rows[n], slot) is None), None)
        if same is not None:
            known = rows[same]
            rows[same] = replace(known, figures=(*known.figures, figure))
            continue
        if free is not None:
            known = replace(rows[free], figures=(*rows[free].figures, figure))
            rows[free] = (
                replace(known, projects=figure) if counts else replace(known, amount=figure)
            )
            continue
        rows.append(
            Comparison(
                period=period,
                scope=figure.breakdown,
                place=scope[0],
                chain=scope[1],
                projects=figure if counts else None,
                amount=None if counts else figure,
                figures=(figure,),
                ledger=_of_scope(bureau, period, *scope),
            )
        )
    return sorted(rows, key=lambda row: row.period.last, reverse=True)


def _same(known: ReportedFigure | None, figure: ReportedFigure) -> bool:
    """Whether two figures of one period and scope say the same."""
    if known is None or (known.indicator, known.unit) != (figure.indicator, figure.unit):
        return False
    if known.number is None or figure.number is None:
        return known.value == figure.value
    return known.number == figure.number


def _wanted(selection: Selection, place: str | None, chain: str | None) -> bool:
    return (not selection.place or selection.place == place) and (
        not selection.chain or selection.chain == chain
    )


def _scope(bureau: Bureau, text: str) -> tuple[str | None, str | None] | None:
    """Place and chain that a figure speaks of, as the URL writes them; None for anything else."""
    if text in (CITY_WIDE, bureau.city.name):
        return (None, None)
    if zone := bureau.city.zone(text):
        return (zone.name, None)
    for chain in bureau.catalogue.chains.values():
        if text == chain.name:
            return (None, chain.id)
    try:
        return (bureau.gazetteer.divisions.find(text, within=bureau.city.code).code, None)
    except GeodataError:
        return None


def _period(text: str) -> Period | None:
    try:
        return Period.parse(text.removesuffix("(推断)"))
    except ValueError:
        return None


def _of_scope(bureau: Bureau, period: Period, place: str | None, chain: str | None) -> Sum:
    """What the ledger holds of a figure's scope; asked again on every overview, so remembered."""
    key = ("scope", str(period), place, chain)
    return bureau.remember(key, lambda: _sum_of_scope(bureau, period, place, chain))


def _sum_of_scope(bureau: Bureau, period: Period, place: str | None, chain: str | None) -> Sum:
    zone = bureau.city.zone(place) if place else None
    county = None if zone else place
    query = ProjectFilter(
        county=county, zone=zone.name if zone else None, chain=chain, period=period
    )
    return _total(bureau.store.chain_sums(query))
