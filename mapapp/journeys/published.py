"""What was published of a period and scope, beside what the ledger holds of it."""

from dataclasses import dataclass, replace
from decimal import Decimal

from geodata import GeodataError
from mapapp.journeys.bureau import Bureau
from mapapp.journeys.selection import Selection
from mapapp.journeys.sums import Sum, total_of
from mapapp.ledger.dates import Period
from mapapp.ledger.project import Provenance, ReportedFigure
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
    return total_of(bureau.store.chain_sums(query))
