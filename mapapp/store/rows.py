"""Rows to the domain's own types and back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from sqlalchemy import RowMapping

from mapapp.ledger.dates import PartialDate
from mapapp.ledger.money import Money
from mapapp.ledger.project import (
    Account,
    Agreement,
    InvestmentProject,
    LocalEnterprise,
    PointPrecision,
    Position,
    Provenance,
    ReportedFigure,
    Stage,
    StageEvent,
)
from mapapp.store.tables import REACHED

Values = dict[str, Any]

_PROJECT_PLAIN = [
    "project_code",
    "name",
    "enterprise",
    "enterprise_id",
    "county",
    "zone",
    "place",
    "chain",
    "product",
    "investment_text",
    "output_text",
    "capacity",
    "jobs",
    "national_code",
    "origin",
    "office",
    "brought_by",
    "stage_text",
    "is_park",
    "halted",
    "leader",
    "lead_department",
    "note",
    "link_note",
]
_PROJECT_MONEY = [
    "contracted_investment",
    "paid_in_investment",
    "fixed_asset_investment",
    "foreign_investment",
    "expected_output",
    "expected_tax",
]
_PROJECT_TEXTS = ["parties", "tags"]
_ENTERPRISE_PLAIN = [
    "id",
    "name",
    "county",
    "zone",
    "chain",
    "product",
    "kind",
    "group",
    "is_park",
    "defunct",
    "note",
    "link_note",
]
_FIGURE_PLAIN = ["id", "period", "indicator", "value", "unit", "breakdown", "note"]


def project_row(project: InvestmentProject) -> Values:
    """A project's own columns, those that follow from its events included."""
    position, confirmed = project.position, project.last_confirmed
    stage, agreement, land = project.stage, project.agreement, project.land
    values = {name: getattr(project, name) for name in _PROJECT_PLAIN}
    for name in _PROJECT_MONEY:
        values |= _money_columns(name, getattr(project, name))
    for name in _PROJECT_TEXTS:
        values[name] = list(getattr(project, name))
    return values | {
        "land": None if land is None else format(land, "f"),
        "agreement": agreement.value if agreement else None,
        "lon": position.lon if position else None,
        "lat": position.lat if position else None,
        "point_precision": position.precision.value if position else None,
        "source_datum": position.source_datum if position else None,
        "last_confirmed": _date_text(confirmed),
        **provenance_columns(project.provenance),
        "stage": stage.value if stage else None,
        **_reached_columns(project),
        "confirmed_last": confirmed.last if confirmed else None,
    }


def _reached_columns(project: InvestmentProject) -> Values:
    """The span in which each stage was first reached; for 签约 its months as well."""
    values: Values = {}
    for name, stage in REACHED.items():
        on = project.reached(stage)
        values[f"{name}_first"] = on.first if on else None
        values[f"{name}_last"] = on.last if on else None
    for end in ("first", "last"):
        day = values[f"signed_{end}"]
        values[f"signed_{end}_month"] = _months(day) if day else None
    return values


def _months(day: date) -> int:
    """Months from the first of year 0 on: January 2023 is 12 × 2023."""
    return 12 * day.year + day.month - 1


def link_rows(key: str, code: str, links: Sequence[str]) -> list[Values]:
    return [{key: code, "number": n, "link": link} for n, link in enumerate(links)]


def event_rows(project: InvestmentProject) -> list[Values]:
    return [
        {
            "project_code": project.project_code,
            "number": n,
            "stage": event.stage.value,
            "on": _date_text(event.on),
            "as_of": _date_text(event.as_of),
            "note": event.note,
            "evidence": event.evidence,
            **_money_columns("increment", event.increment),
        }
        for n, event in enumerate(project.events)
    ]


def account_rows(project: InvestmentProject) -> list[Values]:
    return [
        {
            "project_code": project.project_code,
            "number": n,
            "id": account.id,
            "name": account.name,
            "investment": account.investment,
            "output": account.output,
            "stage": account.stage,
            "note": account.note,
            **provenance_columns(account.provenance),
        }
        for n, account in enumerate(project.accounts)
    ]


def to_project(
    row: RowMapping,
    links: Sequence[RowMapping],
    events: Sequence[RowMapping],
    accounts: Sequence[RowMapping],
) -> InvestmentProject:
    """The project of a row and of its rows in the other tables, each in order."""
    values: Values = {name: row[name] for name in _PROJECT_PLAIN}
    for name in _PROJECT_MONEY:
        values[name] = to_money(row[name], row[f"{name}_currency"])
    for name in _PROJECT_TEXTS:
        values[name] = tuple(row[name])
    values["land"] = None if row["land"] is None else Decimal(row["land"])
    values["agreement"] = Agreement(row["agreement"]) if row["agreement"] else None
    return InvestmentProject(
        **values,
        position=_position(row),
        links=tuple(link["link"] for link in links),
        events=tuple(_event(event) for event in events),
        last_confirmed=to_date(row["last_confirmed"]),
        provenance=to_provenance(row),
        accounts=tuple(_account(account) for account in accounts),
        row_version=row["row_version"],
    )


def to_money(wan: Decimal | None, currency: str | None) -> Money | None:
    return None if wan is None else Money(wan, currency or "CNY")


def _position(row: RowMapping) -> Position | None:
    if row["lon"] is None:
        return None
    precision = PointPrecision(row["point_precision"])
    return Position(row["lon"], row["lat"], precision, row["source_datum"])


def _event(row: RowMapping) -> StageEvent:
    return StageEvent(
        Stage(row["stage"]),
        to_date(row["on"]),
        to_date(row["as_of"]),
        row["note"],
        row["evidence"],
        to_money(row["increment"], row["increment_currency"]),
    )


def _account(row: RowMapping) -> Account:
    names = ("id", "name", "investment", "output", "stage", "note")
    return Account(
        **{name: row[name] for name in names}, provenance=to_provenance(row) or Provenance("")
    )


def enterprise_row(enterprise: LocalEnterprise) -> Values:
    values = {name: getattr(enterprise, name) for name in _ENTERPRISE_PLAIN}
    return values | {
        "aliases": list(enterprise.aliases),
        **_money_columns("output", enterprise.output),
        "last_confirmed": _date_text(enterprise.last_confirmed),
        **provenance_columns(enterprise.provenance),
    }


def to_enterprise(row: RowMapping, links: Sequence[RowMapping]) -> LocalEnterprise:
    values: Values = {name: row[name] for name in _ENTERPRISE_PLAIN}
    return LocalEnterprise(
        **values,
        aliases=tuple(row["aliases"]),
        links=tuple(link["link"] for link in links),
        output=to_money(row["output"], row["output_currency"]),
        last_confirmed=to_date(row["last_confirmed"]),
        provenance=to_provenance(row),
        row_version=row["row_version"],
    )


def reported_figure_row(figure: ReportedFigure) -> Values:
    values = {name: getattr(figure, name) for name in _FIGURE_PLAIN}
    return values | provenance_columns(figure.provenance)


def to_reported_figure(row: RowMapping) -> ReportedFigure:
    return ReportedFigure(
        **{name: row[name] for name in _FIGURE_PLAIN}, provenance=to_provenance(row)
    )


def _money_columns(name: str, money: Money | None) -> Values:
    return {
        name: money.wan if money else None,
        f"{name}_currency": money.currency if money else None,
    }


def provenance_columns(provenance: Provenance | None) -> Values:
    return {
        "source_text": provenance.text if provenance else None,
        "source_date": provenance.date if provenance else None,
        "source_grade": provenance.grade if provenance else None,
    }


def to_provenance(row: RowMapping) -> Provenance | None:
    if row["source_text"] is None:
        return None
    return Provenance(row["source_text"], row["source_date"], row["source_grade"])


@lru_cache(maxsize=4096)
def to_date(text: str | None) -> PartialDate | None:
    return PartialDate.parse(text) if text else None


def _date_text(date: PartialDate | None) -> str | None:
    return str(date) if date else None
