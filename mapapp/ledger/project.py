"""What an investment project is, and what else a bureau's ledger holds."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from mapapp.ledger.dates import PartialDate
from mapapp.ledger.money import Money

STALE_AFTER_YEARS = 3
"""A 签约 or 开工 that nothing has confirmed for so long is 待核实 (docs/scoring.md)."""


class Stage(StrEnum):
    """How far a project is; the order is that of its life, 终止 apart."""

    LEAD = "线索"
    TALKS = "在谈"
    SIGNED = "签约"
    STARTED = "开工"
    ENROLLED = "入统"
    COMPLETED = "竣工"
    PRODUCING = "投产"
    ABOVE_SIZE = "进规"
    ENDED = "终止"

    # Enum's own is slow Python, and a whole ledger's dates are looked up by stage.
    __hash__ = str.__hash__

    @property
    def order(self) -> int:
        return _ORDER[self]


_ORDER = {stage: place for place, stage in enumerate(Stage)}


class Agreement(StrEnum):
    """What was signed. A framework agreement binds nobody to an amount: it is counted apart."""

    INVESTMENT = "投资协议"
    FRAMEWORK = "框架协议"


class PointPrecision(StrEnum):
    """What a project's point on the map stands for."""

    SITE = "site"
    TOWNSHIP = "township"
    COUNTY = "county"


@dataclass(frozen=True, slots=True)
class Position:
    """WGS-84 degrees, with the datum the figures came in."""

    lon: float
    lat: float
    precision: PointPrecision
    source_datum: str = "WGS-84"


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a statement comes from. grade is the compiler's (A best); blank for own ledgers."""

    text: str
    date: str = ""
    grade: str = ""


@dataclass(frozen=True, slots=True)
class StageEvent:
    """A project reached a stage. `on` is None where only `as_of`, the report's date, is known.

    evidence is what shows it: a contract's number, a permit, a photograph's place. increment is
    what a later signing (增资扩产) added to the contracted investment; the first one has none.
    """

    stage: Stage
    on: PartialDate | None
    as_of: PartialDate | None = None
    note: str = ""
    evidence: str = ""
    increment: Money | None = None

    @property
    def place(self) -> tuple[int, bool, date]:
        """Where it stands in a project's life: by stage, a first signing before later ones."""
        return self.stage.order, self.increment is not None, self.on.first if self.on else date.min


@dataclass(frozen=True, slots=True)
class Account:
    """Another published account of the same project: shown beside it, never counted."""

    id: str
    name: str
    investment: str
    output: str
    stage: str
    provenance: Provenance
    note: str = ""


@dataclass(frozen=True, slots=True)
class InvestmentProject:
    """One project of the ledger, under its project code.

    national_code is the 24-character one of the approval platform (在线审批监管平台), known from
    备案 on. contracted, paid-in and fixed-asset investment are three series that are never added
    to one another; foreign_investment stays in the currency signed. land is in 亩. parties are
    those who invest besides `enterprise`; origin is where the money comes from, in words; office
    names the resident office and brought_by the promotion event that brought it; tags are 专项行动
    and leaders' trips.

    county is a division code, None for 未分县区; zone a zone's name. chain is a chain id, None
    for 其他. enterprise_id points to the local enterprise that carries the project, if known.
    links are link names. Texts keep what a figure could not hold (“6余”). position is None
    where not even the county is known, or only the county is (then it is drawn at the county).
    """

    project_code: str
    name: str
    enterprise: str = ""
    enterprise_id: str | None = None
    county: str | None = None
    zone: str | None = None
    place: str = ""
    position: Position | None = None
    chain: str | None = None
    links: tuple[str, ...] = ()
    product: str = ""
    contracted_investment: Money | None = None
    investment_text: str = ""
    paid_in_investment: Money | None = None
    fixed_asset_investment: Money | None = None
    foreign_investment: Money | None = None
    expected_output: Money | None = None
    output_text: str = ""
    expected_tax: Money | None = None
    capacity: str = ""
    land: Decimal | None = None
    jobs: int | None = None
    national_code: str = ""
    agreement: Agreement | None = None
    parties: tuple[str, ...] = ()
    origin: str = ""
    office: str = ""
    brought_by: str = ""
    tags: tuple[str, ...] = ()
    events: tuple[StageEvent, ...] = ()
    stage_text: str = ""
    last_confirmed: PartialDate | None = None
    is_park: bool = False
    halted: bool = False
    leader: str = ""
    lead_department: str = ""
    note: str = ""
    link_note: str = ""
    provenance: Provenance | None = None
    accounts: tuple[Account, ...] = ()
    row_version: int = 1

    @property
    def stage(self) -> Stage | None:
        """The furthest stage that its events show; None where they show none."""
        stages = [event.stage for event in self.events]
        return max(stages, key=lambda stage: stage.order, default=None)

    @property
    def signed(self) -> PartialDate | None:
        """When it was first signed, if dated."""
        return self.reached(Stage.SIGNED)

    def reached(self, stage: Stage) -> PartialDate | None:
        """When it first reached a stage, if dated. A later signing (增资) is no first one."""
        own = [event for event in self.events if event.stage is stage and not event.increment]
        return min((event.on for event in own if event.on), default=None)

    def unconfirmed(self, on: date, years: int = STALE_AFTER_YEARS) -> bool:
        """Whether it is 待核实 on a day: at 签约 or 开工, and nothing newer than `years` years.

        A project whose last confirmation is not dated counts as unconfirmed.
        """
        return is_unconfirmed(self.stage, self.last_confirmed, on, years)


def is_unconfirmed(
    stage: Stage | None, confirmed: PartialDate | None, on: date, years: int = STALE_AFTER_YEARS
) -> bool:
    """Whether a project of that stage, last confirmed then, is 待核实 on a day."""
    if stage not in (Stage.SIGNED, Stage.STARTED):
        return False
    if confirmed is None:
        return True
    last = confirmed.last
    return (on.year - last.year, on.month, on.day) > (years, last.month, last.day)


@dataclass(frozen=True, slots=True)
class LocalEnterprise:
    """A firm that is there. `group` names the national enterprise it belongs to, if any."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    county: str | None = None
    zone: str | None = None
    chain: str | None = None
    links: tuple[str, ...] = ()
    product: str = ""
    kind: str = ""
    group: str = ""
    is_park: bool = False
    defunct: bool = False
    output: Money | None = None
    note: str = ""
    link_note: str = ""
    last_confirmed: PartialDate | None = None
    provenance: Provenance | None = None
    row_version: int = 1


@dataclass(frozen=True, slots=True)
class ReportedFigure:
    """A figure as somebody published it: text, because many are “200+” or “近100”."""

    id: str
    period: str
    indicator: str
    value: str
    unit: str
    breakdown: str
    note: str = ""
    provenance: Provenance | None = None

    @property
    def number(self) -> Decimal | None:
        """The value where it is a plain number."""
        try:
            return Decimal(self.value)
        except ArithmeticError:
            return None
