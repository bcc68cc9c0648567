"""What a site (载体) is: a park, an empty plant or a piece of land that a project can settle on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum

from mapapp.ledger.dates import PartialDate
from mapapp.ledger.project import Position, Provenance


class SiteKind(StrEnum):
    """What stands there."""

    PARK = "园区"
    PLANT = "空置厂房"
    LAND = "可用地块"


class Utility(StrEnum):
    """What is laid on; the value is the column's usual title."""

    WATER = "供水"
    POWER = "供电"
    GAS = "供气"
    HEAT = "供热"
    STEAM = "蒸汽"
    SEWAGE = "污水处理"
    OTHER = "其他配套"


@dataclass(frozen=True, slots=True)
class Area:
    """An area in the unit that its owner states it in; nothing is converted."""

    value: Decimal
    unit: str

    def __str__(self) -> str:
        return f"{self.value:,f} {self.unit}"


@dataclass(frozen=True, slots=True)
class Site:
    """One site. It is known by its code, or by name and county where it has none.

    id is the store's number, 0 before it is kept. county and zone are as of a project. floor_area
    is that of the buildings. constraints say what may not come; industries what should.
    """

    name: str
    kind: SiteKind
    county: str | None = None
    zone: str | None = None
    code: str = ""
    place: str = ""
    area: Area | None = None
    floor_area: Area | None = None
    utilities: Mapping[str, str] = field(default_factory=dict)
    industries: str = ""
    constraints: str = ""
    available_from: PartialDate | None = None
    available_text: str = ""
    contact: str = ""
    position: Position | None = None
    note: str = ""
    provenance: Provenance | None = None
    id: int = 0
    row_version: int = 1


def same_site(before: Site, after: Site) -> bool:
    """Whether nothing was said anew."""
    return replace(after, id=before.id, row_version=before.row_version) == before
