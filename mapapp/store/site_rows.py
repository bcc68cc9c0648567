"""A site (载体) to its row, to the plain values that history keeps, and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from decimal import Decimal
from enum import Enum
from typing import Any

from sqlalchemy import RowMapping

from mapapp.ledger.dates import PartialDate
from mapapp.ledger.project import PointPrecision, Position, Provenance
from mapapp.ledger.site import Area, Site, SiteKind

Values = dict[str, Any]
_PLAIN = (
    "code", "name", "county", "zone", "place", "industries", "constraints", "available_text",
    "contact", "note",
)  # fmt: skip


def site_record(item: Site) -> Values:
    names = (field.name for field in fields(item) if field.name not in ("id", "row_version"))
    return {name: _plain(getattr(item, name)) for name in names}


def with_record(item: Site, record: Mapping[str, Any]) -> Site:
    """The site with the fields that `site_record` wrote."""
    return replace(item, **{name: _restored(name, value) for name, value in record.items()})


def _restored(name: str, value: Any) -> Any:
    if value is None:
        return None
    match name:
        case "area" | "floor_area":
            return Area(Decimal(value["value"]), value["unit"])
        case "kind":
            return SiteKind(value)
        case "available_from":
            return PartialDate.parse(value)
        case "position":  # only an import writes sites, and it knows where they are
            return Position(value[0], value[1], PointPrecision.SITE, value[2])
        case "provenance":
            return Provenance(value["text"], value["date"])
    return value


def _plain(value: Any) -> Any:
    match value:
        case Area():
            return {"value": format(value.value, "f"), "unit": value.unit}
        case PartialDate():
            return str(value)
        case Enum():
            return value.value
        case Position():
            return [value.lon, value.lat, value.source_datum]
        case Provenance():
            return {"text": value.text, "date": value.date}
    return dict(value) if isinstance(value, dict) else value


def site_row(item: Site) -> Values:
    position, source = item.position, item.provenance
    return {name: getattr(item, name) for name in _PLAIN} | {
        "kind": item.kind.value,
        **_area_columns("area", item.area),
        **_area_columns("floor_area", item.floor_area),
        "utilities": dict(item.utilities),
        "available_from": str(item.available_from) if item.available_from else None,
        "lon": position.lon if position else None,
        "lat": position.lat if position else None,
        "point_precision": position.precision.value if position else None,
        "source_datum": position.source_datum if position else None,
        "source_text": source.text if source else None,
        "source_date": source.date if source else None,
        "source_grade": source.grade if source else None,
    }


def _area_columns(name: str, area: Area | None) -> Values:
    return {
        name: format(area.value, "f") if area else None,
        f"{name}_unit": area.unit if area else None,
    }


def to_site(row: RowMapping) -> Site:
    available = row["available_from"]
    return Site(
        **{name: row[name] for name in _PLAIN},
        kind=SiteKind(row["kind"]),
        area=_area(row, "area"),
        floor_area=_area(row, "floor_area"),
        utilities=row["utilities"],
        available_from=PartialDate.parse(available) if available else None,
        position=_position(row),
        provenance=_provenance(row),
        id=row["id"],
        row_version=row["row_version"],
    )


def _area(row: RowMapping, name: str) -> Area | None:
    return Area(Decimal(row[name]), row[f"{name}_unit"]) if row[name] is not None else None


def _position(row: RowMapping) -> Position | None:
    if row["lon"] is None:
        return None
    return Position(
        row["lon"], row["lat"], PointPrecision(row["point_precision"]), row["source_datum"]
    )


def _provenance(row: RowMapping) -> Provenance | None:
    if row["source_text"] is None:
        return None
    return Provenance(row["source_text"], row["source_date"] or "", row["source_grade"] or "")
