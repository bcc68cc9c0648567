"""What can be asked of the store, and what it answers where it does not answer with a project."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from mapapp.ledger.dates import PartialDate, Period
from mapapp.ledger.money import Money
from mapapp.ledger.project import Agreement, Stage
from mapapp.store.columns import FEN_PER_WAN

OTHER_CHAIN = "other"
UNCONFIRMED = "待核实"
STAGE_UNKNOWN = "未明"


@dataclass(frozen=True, slots=True)
class ProjectFilter:
    """Which projects are meant; an empty filter means all of them.

    county is a division code, zone a zone's name; unassigned asks for those of no county. chain
    is a chain id, or `other` for those of none. stage is a Stage's value (待核实 ones included),
    待核实 or 未明. A project lies in the period when the span of its signing date overlaps it.
    text is looked for in code, name, enterprise, product and place. park asks for 园区 only, or for
    all but them. stated asks for a contracted amount in CNY (or for none), at_least and at_most,
    in 万元, bound it. pinned asks for a point of the project's own. enterprise_id is the local
    enterprise that carries it. linked asks for projects that stand on a link, or for those that
    stand on none. office, origin and tag are words that the project must have. on is the day
    待核实 is counted to, today by default.
    """

    county: str | None = None
    zone: str | None = None
    unassigned: bool = False
    chain: str | None = None
    link: str | None = None
    stage: str | None = None
    period: Period | None = None
    text: str | None = None
    park: bool | None = None
    department: str | None = None
    stated: bool | None = None
    at_least: Decimal | None = None
    at_most: Decimal | None = None
    pinned: bool | None = None
    enterprise_id: str | None = None
    linked: bool | None = None
    office: str | None = None
    origin: str | None = None
    tag: str | None = None
    agreement: Agreement | None = None
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Order:
    """How a list is sorted: by what (SORTS of the listing), from the far end or not."""

    by: str = "code"
    descending: bool = False


@dataclass(frozen=True, slots=True)
class ListTotals:
    """What a list adds up to; amounts in CNY alone, with how many projects state one."""

    projects: int
    contracted: Money | None
    with_contracted: int
    paid_in: Money | None
    with_paid_in: int


@dataclass(frozen=True, slots=True)
class CountySum:
    """Of a county (None: 未分县区): projects, and the sums over those with an amount in CNY."""

    county: str | None
    projects: int
    contracted: Money | None
    with_amount: int
    paid_in: Money | None = None
    with_paid_in: int = 0


@dataclass(frozen=True, slots=True)
class ZoneSum:
    """Of a zone; its projects are counted in its host county as well."""

    zone: str
    projects: int
    contracted: Money | None
    with_amount: int
    paid_in: Money | None = None
    with_paid_in: int = 0


@dataclass(frozen=True, slots=True)
class ChainSum:
    """Of a chain (None: 其他)."""

    chain: str | None
    projects: int
    contracted: Money | None
    with_amount: int


@dataclass(frozen=True, slots=True)
class StageSum:
    """Of a stage (None: 未明); unconfirmed says how many of the projects are 待核实.

    unconfirmed_contracted is the part of contracted that is theirs.
    """

    stage: Stage | None
    projects: int
    contracted: Money | None
    with_amount: int
    unconfirmed: int
    unconfirmed_contracted: Money | None


class MonthSum(NamedTuple):
    """Of a county, a chain and the span of months of a first signing: projects, how many state an
    amount in CNY, and their sum in 分.

    first and last are months counted from year 0 (January 2023 is 12 × 2023), equal where the
    signing is dated to the month; both None where it is not dated. None as in CountySum and
    ChainSum.
    """

    county: str | None
    chain: str | None
    first: int | None
    last: int | None
    projects: int
    with_amount: int
    fen: int

    @property
    def contracted(self) -> Decimal:
        """万元."""
        return Decimal(self.fen) / FEN_PER_WAN


class LinkedProject(NamedTuple):
    """A project that stands on links, as far as it says what the city makes there.

    carrier is the name of the local enterprise on record that carries it, empty for none;
    enterprise is what the ledger calls it.
    """

    project_code: str
    name: str
    enterprise: str
    carrier: str
    county: str | None
    stage: Stage | None
    is_park: bool
    unconfirmed: bool
    last_confirmed: PartialDate | None
    expected_output: Money | None
    links: tuple[str, ...]
