"""A project as plain values, and what changed between two of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, is_dataclass, replace
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from typing import Any

from mapapp.ledger.dates import PartialDate
from mapapp.ledger.money import Money
from mapapp.ledger.project import (
    Account,
    Agreement,
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
    "fixed_asset_investment",
    "foreign_investment",
    "expected_output",
    "expected_tax",
)
_BLANK: tuple[object, ...] = (None, "", [], False)


def to_record(project: InvestmentProject, names: Iterable[str] = ()) -> Record:
    """Every field, or those named, as JSON can hold it; amounts and dates as text, so that they
    stay exact."""
    return {name: _plain(getattr(project, name)) for name in names or _NAMES}


def changed_fields(
    before: InvestmentProject | None, after: InvestmentProject
) -> tuple[Record | None, Record]:
    """The fields that differ, as they were and as they are; (None, all filled) for a new one."""
    if before is None:
        whole = to_record(after).items()
        return None, {name: value for name, value in whole if value not in _BLANK}
    old: Record = {}
    new: Record = {}
    for name in _NAMES:
        was, now = getattr(before, name), getattr(after, name)
        if was is not now and (plain_was := _plain(was)) != (plain_now := _plain(now)):
            old[name], new[name] = plain_was, plain_now
    return old, new


def from_record(record: Mapping[str, Any]) -> InvestmentProject:
    """The project that `to_record` wrote, as version 1."""
    return InvestmentProject(**_values(record))


def with_record(project: InvestmentProject, record: Mapping[str, Any]) -> InvestmentProject:
    """The project with the fields that a record holds; the others, and its version, stay."""
    return replace(project, **_values(record))


def _values(record: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _READ[name](value) if name in _READ else value for name, value in record.items()}


def _money(money: Mapping[str, Any] | None) -> Money | None:
    return Money(Decimal(money["wan"]), money["currency"]) if money else None


def _position(spot: Mapping[str, Any] | None) -> Position | None:
    return Position(**{**spot, "precision": PointPrecision(spot["precision"])}) if spot else None


def _event(event: Mapping[str, Any]) -> StageEvent:
    return StageEvent(
        Stage(event["stage"]),
        _date(event["on"]),
        _date(event["as_of"]),
        event["note"],
        event.get("evidence", ""),  # lines of history from before it was kept
        _money(event.get("increment")),
    )


def _account(account: Mapping[str, Any]) -> Account:
    source = _provenance(account["provenance"]) or Provenance("")
    return Account(**{**account, "provenance": source})


def _provenance(source: Mapping[str, Any] | None) -> Provenance | None:
    return Provenance(**source) if source else None


@lru_cache(maxsize=4096)
def _date(text: str | None) -> PartialDate | None:
    return PartialDate.parse(text) if text else None


_READ: dict[str, Callable[[Any], object]] = {
    **dict.fromkeys(_MONEY, _money),
    **dict.fromkeys(("links", "parties", "tags"), lambda texts: tuple(texts or ())),
    "land": lambda land: None if land is None else Decimal(land),
    "agreement": lambda word: Agreement(word) if word else None,
    "events": lambda events: tuple(map(_event, events or ())),
    "accounts": lambda accounts: tuple(map(_account, accounts or ())),
    "last_confirmed": _date,
    "provenance": _provenance,
    "position": _position,
}


def _plain(value: Any) -> object:
    if type(value) in _AS_IT_IS:
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
    if is_dataclass(value) and not isinstance(value, type):
        return {name: _plain(getattr(value, name)) for name in _names(type(value))}
    return value


@lru_cache
def _names(kind: type[Any]) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


_AS_IT_IS = frozenset({type(None), str, bool, float, int})
_NAMES = tuple(name for name in _names(InvestmentProject) if name != "row_version")
