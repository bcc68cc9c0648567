"""A project as plain values, and what changed between two of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from typing import Any

from mapapp.ledger.dates import PartialDate
from mapapp.ledger.money import Money
from mapapp.ledger.project import (
    Account,
    InvestmentProject,
    PointPrecision,
    Position,
    Provenance,
    Stage,
    StageEvent,
)

Record = dict[str, object]
_MONEY = (
    "contracted_investment",
    "paid_in_investment",
    "foreign_investment",
    "expected_output",
)
_BLANK: tuple[object, ...] = (None, "", [], False)


def to_record(project: InvestmentProject) -> Record:
    """Every field as JSON can hold it; amounts and dates as text, so that they stay exact."""
    return {
        field.name: _plain(getattr(project, field.name))
        for field in fields(project)
        if field.name != "row_version"
    }


def changed_fields(
    before: InvestmentProject | None, after: InvestmentProject
) -> tuple[Record | None, Record]:
    """The fields that differ, as they were and as they are; (None, all filled) for a new one."""
    new = to_record(after)
    if before is None:
        return None, {name: value for name, value in new.items() if value not in _BLANK}
    old = to_record(before)
    names = [name for name in new if new[name] != old[name]]
    return {name: old[name] for name in names}, {name: new[name] for name in names}


def from_record(record: Mapping[str, Any]) -> InvestmentProject:
    """The project that `to_record` wrote, as version 1."""
    values = dict(record)
    for name in _MONEY:
        if money := values.get(name):
            values[name] = Money(Decimal(money["wan"]), money["currency"])
    values["links"] = tuple(values.get("links") or ())
    values["events"] = tuple(_event(event) for event in values.get("events") or ())
    values["accounts"] = tuple(_account(account) for account in values.get("accounts") or ())
    values["last_confirmed"] = _date(values.get("last_confirmed"))
    values["provenance"] = _provenance(values.get("provenance"))
    if spot := values.get("position"):
        values["position"] = Position(**spot | {"precision": PointPrecision(spot["precision"])})
    return InvestmentProject(**values)


def _event(event: Mapping[str, Any]) -> StageEvent:
    return StageEvent(
        Stage(event["stage"]), _date(event["on"]), _date(event["as_of"]), event["note"]
    )


def _account(account: Mapping[str, Any]) -> Account:
    source = _provenance(account["provenance"]) or Provenance("")
    return Account(**{**account, "provenance": source})


def _provenance(source: Mapping[str, Any] | None) -> Provenance | None:
    return Provenance(**source) if source else None


@lru_cache(maxsize=4096)
def _date(text: str | None) -> PartialDate | None:
    return PartialDate.parse(text) if text else None


def _plain(value: Any) -> object:
    if value is None or type(value) in (str, bool, float):
        return value
    match value:
        case Money():
            return {"wan": format(value.wan, "f"), "currency": value.currency}
        case PartialDate():
            return str(value)
        case Enum():
            return value.value
        case Decimal():
            return format(value, "f")
        case tuple():
            return [_plain(item) for item in value]
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    return value
