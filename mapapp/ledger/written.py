"""A project as the cells of a ledger: what an importer reads back as the very same project."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from mapapp.ledger.cells import number_text
from mapapp.ledger.dates import PartialDate
from mapapp.ledger.details import YES
from mapapp.ledger.headers import DATES, Field
from mapapp.ledger.merge import status_as_of
from mapapp.ledger.money import WAN_PER_YI, Money
from mapapp.ledger.project import InvestmentProject, PointPrecision, Position, Stage

CURRENCIES = {"CNY": "元", "USD": "美元", "HKD": "港元", "EUR": "欧元", "JPY": "日元"}
"""What the importer calls them."""

LINKS_APART = "、"
WORDS_APART = "、"
"""Between the tags of a project, and between its parties."""


class Names(Protocol):
    """What the city calls its counties and chains; a journey provides it."""

    def county_cell(self, county: str | None, zone: str | None) -> str: ...
    def chain_name(self, chain: str | None) -> str: ...


def cells(project: InvestmentProject, names: Names) -> dict[Field, str]:
    """Every field that a ledger has a column for, as text; empty where the project says nothing.

    Amounts carry their unit. A point stands here only where it is the site's own: one of a
    township or a county would come back as more than it is.
    """
    found = {field: of(project) for field, of in _PLAIN.items()}
    found[Field.COUNTY] = names.county_cell(project.county, project.zone)
    found[Field.CHAIN] = names.chain_name(project.chain) if project.chain else ""
    for field, stage in DATES.items():
        on = date_of(project, stage)
        found[field] = _day(on)
    spot = site(project)
    found[Field.LON] = repr(spot.lon) if spot else ""
    found[Field.LAT] = repr(spot.lat) if spot else ""
    found[Field.DATUM] = "WGS-84" if spot else ""
    return {field: found[field] for field in WRITTEN}


def date_of(project: InvestmentProject, stage: Stage) -> PartialDate | None:
    """When a project reached a stage, if that is dated; a later signing (增资) does not tell."""
    own = (e for e in project.events if e.stage is stage and e.increment is None)
    return next((e.on for e in own if e.on), None)


def site(project: InvestmentProject) -> Position | None:
    """A project's own point."""
    spot = project.position
    return spot if spot and spot.precision is PointPrecision.SITE else None


def money_text(money: Money | None) -> str:
    """An exact amount with its unit: 1.25亿元, 300万美元."""
    if money is None:
        return ""
    unit = CURRENCIES.get(money.currency, money.currency)
    if abs(money.wan) >= WAN_PER_YI:
        return f"{number_text(money.yi)}亿{unit}"
    return f"{number_text(money.wan)}万{unit}"


def _day(on: PartialDate | None) -> str:
    return str(on) if on else ""


_PLAIN: dict[Field, Callable[[InvestmentProject], str]] = {
    Field.CODE: lambda p: p.project_code,
    Field.NAME: lambda p: p.name,
    Field.ENTERPRISE: lambda p: p.enterprise,
    Field.LINK: lambda p: LINKS_APART.join(p.links),
    Field.PLACE: lambda p: p.place,
    Field.PRODUCT: lambda p: p.product,
    Field.CAPACITY: lambda p: p.capacity,
    Field.CONTRACTED: lambda p: money_text(p.contracted_investment),
    Field.PAID_IN: lambda p: money_text(p.paid_in_investment),
    Field.FOREIGN: lambda p: money_text(p.foreign_investment),
    Field.FIXED_ASSET: lambda p: money_text(p.fixed_asset_investment),
    Field.OUTPUT: lambda p: money_text(p.expected_output),
    Field.TAX: lambda p: money_text(p.expected_tax),
    Field.STATUS: lambda p: p.stage.value if p.stage else "",
    Field.LEADER: lambda p: p.leader,
    Field.DEPARTMENT: lambda p: p.lead_department,
    Field.NOTE: lambda p: p.note,
    Field.LINK_NOTE: lambda p: p.link_note,
    Field.PARK: lambda p: YES if p.is_park else "",
    Field.HALTED: lambda p: YES if p.halted else "",
    Field.SOURCE: lambda p: p.provenance.text if p.provenance else "",
    Field.SOURCE_DATE: lambda p: p.provenance.date if p.provenance else "",
    Field.SOURCE_GRADE: lambda p: p.provenance.grade if p.provenance else "",
    Field.CONFIRMED: lambda p: _day(p.last_confirmed),
    Field.STATUS_AS_OF: lambda p: _day(status_as_of(p)),
    Field.STATUS_TEXT: lambda p: p.stage_text,
    Field.AMOUNT_TEXT: lambda p: p.investment_text,
    Field.OUTPUT_TEXT: lambda p: p.output_text,
    Field.LAND: lambda p: f"{number_text(p.land)}亩" if p.land is not None else "",
    Field.JOBS: lambda p: str(p.jobs) if p.jobs is not None else "",
    Field.AGREEMENT: lambda p: p.agreement.value if p.agreement else "",
    Field.PARTIES: lambda p: WORDS_APART.join(p.parties),
    Field.ORIGIN: lambda p: p.origin,
    Field.OFFICE: lambda p: p.office,
    Field.BROUGHT_BY: lambda p: p.brought_by,
    Field.TAGS: lambda p: WORDS_APART.join(p.tags),
    Field.NATIONAL_CODE: lambda p: p.national_code,
}

WRITTEN = tuple(
    field
    for field in Field
    if field in {*_PLAIN, *DATES, Field.COUNTY, Field.CHAIN, Field.LON, Field.LAT, Field.DATUM}
)
"""The fields that a project is written in, in a ledger's order."""
