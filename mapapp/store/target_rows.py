"""Target lists as rows of their tables and back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, fields
from typing import Any

from sqlalchemy import RowMapping

from mapapp.outreach.target_list import (
    Approach,
    ListRule,
    ListVersion,
    Pursuit,
    ScorePart,
    TargetList,
    TargetRow,
    Visit,
    Why,
)

Values = dict[str, Any]
_LIST = [
    field.name for field in fields(TargetList) if field.name not in ("id", "rule", "row_version")
]
_PURSUIT = [field.name for field in fields(Pursuit)]
_ROW = ["firm", "link", "chain", "added_in", "dropped_in", "project_code"]
_TUPLES = ("reasons", "gates", "customers", "suppliers")


def list_values(item: TargetList) -> Values:
    values = {name: getattr(item, name) for name in _LIST}
    return values | {"rule": asdict(item.rule) if item.rule else None}


def to_list(row: RowMapping) -> TargetList:
    return TargetList(
        **{name: row[name] for name in _LIST},
        rule=ListRule(**row["rule"]) if row["rule"] is not None else None,
        id=row["id"],
        row_version=row["row_version"],
    )


def to_version(row: RowMapping) -> ListVersion:
    return ListVersion(
        row["list_id"],
        row["number"],
        row["on"],
        row["said"],
        tuple(row["ranking"]),
        row["changed_by"],
    )


def row_values(row: TargetRow) -> Values:
    values = {name: getattr(row, name) for name in _ROW}
    return values | {"list_id": row.list, "why": asdict(row.why)} | pursuit_values(row.pursuit)


def pursuit_values(pursuit: Pursuit) -> Values:
    values = {name: getattr(pursuit, name) for name in _PURSUIT}
    return values | {"approach": pursuit.approach.value}


def to_row(row: RowMapping) -> TargetRow:
    return TargetRow(
        list=row["list_id"],
        **{name: row[name] for name in _ROW},
        why=_why(row["why"]),
        pursuit=to_pursuit(row),
        id=row["id"],
        row_version=row["row_version"],
    )


def to_pursuit(row: RowMapping) -> Pursuit:
    values = {name: row[name] for name in _PURSUIT}
    return Pursuit(**values | {"approach": Approach(row["approach"])})


def _why(kept: Values) -> Why:
    lists = {name: tuple(kept[name]) for name in _TUPLES}
    return Why(**kept | lists | {"parts": tuple(ScorePart(**part) for part in kept["parts"])})


def visit_values(visits: Iterable[Visit]) -> list[Values]:
    return [
        {
            "target_row_id": visit.row,
            "on": visit.on,
            "approach": visit.approach.value,
            "by": visit.by,
            "met": visit.met,
            "said": visit.said,
        }
        for visit in visits
    ]


def to_visit(row: RowMapping) -> Visit:
    return Visit(
        row=row["target_row_id"],
        on=row["on"],
        approach=Approach(row["approach"]),
        by=row["by"],
        met=row["met"],
        said=row["said"],
        id=row["id"],
        row_version=row["row_version"],
    )
