"""The figures of a period as pages, files, the bulletin and the command line show them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from chains import UnknownName
from mapapp.journeys.bureau import OTHER, UNASSIGNED, Bureau
from mapapp.journeys.project_facts import chosen_facts
from mapapp.journeys.selection import Selection
from mapapp.ledger.dates import Period
from mapapp.ledger.definitions import Definition, definitions
from mapapp.ledger.project import ReportedFigure
from mapapp.ledger.rates import Rates
from mapapp.ledger.statistics import (
    DIMENSIONS,
    ONE_KEY,
    FigureRow,
    Figures,
    Key,
    figures,
    percent,
    until,
    year_before,
)

BY = {
    "county": "县市区",
    "chain": "产业链",
    "zone": "功能区",
    "department": "责任单位",
    "office": "驻外专班",
}
"""What divides the figures, as pages call it."""
NOBODY = {
    "county": UNASSIGNED,
    "chain": OTHER,
    "zone": "不在功能区",
    "department": "没有写责任单位",
    "office": "没有写驻外专班",
}
"""What the row of those is called that name none."""
REPORTED = {
    "新签约项目数": "signed_projects",
    "新签约招商引资项目(不含框架协议)": "signed_projects",
    "新签约协议金额": "contracted_investment",
    "新引进项目数": "new_projects",
    "新引进项目投资总额": "total_investment",
}  # fmt: skip
"""Which of our figures a published indicator means."""
WHOLE = "全市"


@dataclass(frozen=True, slots=True)
class Labelled:
    """A row under its name; before is the same key in the same period of the year before."""

    label: str
    row: FigureRow
    before: FigureRow | None

    def growth(self, figure: str) -> Decimal | None:
        """In per cent on the year before; None where that had nothing."""
        if self.before is None:
            return None
        now, then = amount_or_count(self.row, figure), amount_or_count(self.before, figure)
        return percent(now - then, then)


@dataclass(frozen=True, slots=True)
class Beside:
    """A published figure beside the counted one."""

    figure: str
    label: str
    counted: Decimal
    reported: ReportedFigure

    @property
    def difference(self) -> Decimal | None:
        """Counted less reported; None where what was published is no plain number."""
        number = self.reported.number
        return None if number is None else self.counted - number


@dataclass(frozen=True, slots=True)
class Share:
    """A group of leading chains (一主, 四优, 多支撑): its share of what was signed, in per cent."""

    name: str
    projects: int
    of_projects: Decimal | None
    yi: Decimal
    of_amount: Decimal | None


@dataclass(frozen=True, slots=True)
class Statistics:
    """The figures of a period, by one dimension or not."""

    period: Period
    by: str | None
    rows: Sequence[Labelled]
    whole: Labelled
    found: Figures
    words: Mapping[str, Definition]
    shares: Sequence[Share]
    beside: Sequence[Beside]

    @property
    def year_before(self) -> Period:
        """The same days of the year before: what each row's `before` was counted in."""
        return year_before(self.period)


def amount_or_count(row: FigureRow, figure: str) -> Decimal:
    """The figure as a number: 亿元 of an amount, how many of projects."""
    if figure.endswith("_projects"):
        return Decimal(row.count(figure))
    return row.yi(figure)


def statistics(
    bureau: Bureau, period: Period, by: str | None = None, selection: Selection | None = None
) -> Statistics:
    """Count a period. Place, chain and link of the selection narrow what is counted.

    Raises:
        UnknownName: there is no such dimension.
    """
    if by is not None and by not in BY:
        raise UnknownName("统计维度", by, tuple(BY))
    chosen = replace(selection or Selection(), stage=None, period=None)
    days = (period.first, period.last)
    return bureau.remember(
        ("statistics", days, by, chosen), lambda: _statistics(bureau, period, by, chosen)
    )


def _statistics(bureau: Bureau, period: Period, by: str | None, chosen: Selection) -> Statistics:
    facts = chosen_facts(bureau, chosen)
    rates, meant = Rates(bureau.store.rates.rates()), bureau.city.definitions
    by_chain = figures(facts, period, "chain", meant, rates)
    if by == "chain":
        now = by_chain
    elif by is None:  # the whole is the same, however it is divided
        now = replace(by_chain, rows=[by_chain.whole])
    else:
        now = figures(facts, period, by, meant, rates)
    before = figures(facts, year_before(until(period, bureau.today)), by, meant, rates)
    then = {row.key: row for row in before.rows}
    whole = Labelled(WHOLE, now.whole, before.whole)
    rows = [
        Labelled(label(bureau, by, row.key), row, then.get(row.key))
        for row in _in_order(bureau, by, now.rows)
    ]
    everything = not chosen.query()
    return Statistics(
        period,
        by,
        rows,
        whole,
        now,
        definitions(meant),
        _shares(bureau, by_chain),
        _beside(bureau, period, [whole, *rows] if by else [whole]) if everything else (),
    )


def label(bureau: Bureau, by: str | None, key: Key) -> str:
    """What a key is called."""
    if by is None:
        return WHOLE
    if key is None:
        return NOBODY[by]
    if by == "county":
        return bureau.county_name(key)
    return bureau.chain_name(key) if by == "chain" else key


def _in_order(bureau: Bureau, by: str | None, rows: Sequence[FigureRow]) -> list[FigureRow]:
    """Known keys first, in the city's order, empty ones too; nobody's last."""
    if by is None:
        return [row for row in rows if row.key == ONE_KEY]
    found = {row.key: row for row in rows}
    known = _known(bureau, by)
    others = sorted(
        (key for key in found if key is not None and key not in known),
        key=lambda key: (-found[key].count("signed_projects"), key),
    )
    ordered = [found.get(key) or FigureRow(key, {}, {}) for key in known]
    ordered += [found[key] for key in others if found[key].codes]
    nobody = found.get(None)
    return [*ordered, nobody] if nobody and nobody.codes else ordered


def _known(bureau: Bureau, by: str) -> list[str]:
    city = bureau.city
    if by == "county":
        return [item.code for item in bureau.gazetteer.divisions.counties(city.code)]
    if by == "zone":
        return [zone.name for zone in city.zones]
    if by == "office":
        return [office.name for office in city.offices]
    if by == "chain":
        leading = [name for names in city.leading_chains.values() for name in names]
        chains = bureau.catalogue.chains
        first = [c.id for name in leading for c in chains.values() if name in (c.id, c.name)]
        return [*first, *(id for id in chains if id not in first)]
    return []


def _shares(bureau: Bureau, by_chain: Figures) -> list[Share]:
    whole = by_chain.whole
    projects, yi = whole.count("signed_projects"), whole.yi("contracted_investment")
    groups = {
        name: {c.id for n in names for c in bureau.catalogue.chains.values() if n in (c.id, c.name)}
        for name, names in bureau.city.leading_chains.items()
    }
    if groups:
        groups["".join(groups)] = set().union(*groups.values())
    found = []
    for name, chains in groups.items():
        rows = [row for row in by_chain.rows if row.key in chains]
        count = sum(row.count("signed_projects") for row in rows)
        amount = sum((row.yi("contracted_investment") for row in rows), Decimal(0))
        found.append(Share(name, count, percent(count, projects), amount, percent(amount, yi)))
    return found


def _beside(bureau: Bureau, period: Period, rows: Sequence[Labelled]) -> list[Beside]:
    """Published figures of the very same days, whatever the period is called."""
    found = []
    named = {row.label: row for row in rows}
    for item in bureau.store.reported_figures():
        figure, row = REPORTED.get(item.indicator), named.get(item.breakdown)
        if figure and row and _same_days(item.period, period):
            found.append(Beside(figure, row.label, amount_or_count(row.row, figure), item))
    return found


def _same_days(text: str, period: Period) -> bool:
    try:
        other = Period.parse(text)
    except ValueError:
        return False
    return (other.first, other.last) == (period.first, period.last)


def counted(found: Statistics, figure: str, key: Key) -> Sequence[str]:
    """The project codes behind a figure of a row; ONE_KEY means the whole.

    Raises:
        UnknownName: there is no such figure or row.
    """
    rows = {item.row.key: item.row for item in found.rows} | {ONE_KEY: found.whole.row}
    if key not in rows:
        raise UnknownName("统计行", str(key), [item.label for item in found.rows])
    behind = COUNTED.get(figure)
    if behind is None:
        raise UnknownName("统计指标", figure, tuple(COUNTED))
    codes = rows[key].codes
    return sorted({code for name in behind for code in codes.get(name, ())})


COUNTED = {
    "signed_projects": ("signed_projects",),
    "contracted_investment": ("signed_projects", "increment_projects"),
    "framework_projects": ("framework_projects",),
    "framework_investment": ("framework_projects",),
    "increment_projects": ("increment_projects",),
    "increment_investment": ("increment_projects",),
    "new_projects": ("new_projects",),
    "total_investment": ("new_projects",),
    "landing_rate": ("new_projects",),
    "start_rate": ("signed_started",),
    "enrolment_rate": ("signed_enrolled",),
    "started_projects": ("started_projects",),
    "enrolled_projects": ("enrolled_projects",),
    "completed_projects": ("completed_projects",),
    "producing_projects": ("producing_projects",),
    "above_size_projects": ("above_size_projects",),
    "paid_in": ("paid_in_projects",),
}
"""From which lists of projects each figure was counted."""

__all__ = [
    "BY",
    "COUNTED",
    "DIMENSIONS",
    "Labelled",
    "Statistics",
    "counted",
    "label",
    "statistics",
]
