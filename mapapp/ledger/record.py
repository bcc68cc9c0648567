"""A project as plain values, and what changed between two of them."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from decimal import Decimal
from enum import Enum
from typing import Any

from mapapp.ledger.dates import PartialDate
from mapapp.ledger.money import Money
from mapapp.ledger.project import InvestmentProject

Record = dict[str, object]
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
