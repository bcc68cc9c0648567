"""Sites (载体) in the database: read, and written by an import that leaves its history."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from decimal import Decimal
from enum import Enum
from typing import Any

from sqlalchemy import Connection, RowMapping, insert, select, update

from mapapp.ledger.dates import PartialDate
from mapapp.ledger.project import PointPrecision, Position, Provenance
from mapapp.ledger.site import Area, Site, SiteKind
from mapapp.store import writing
from mapapp.store.changes import ImportBatch
from mapapp.store.collection_tables import site
from mapapp.store.database import Database, stamp
from mapapp.store.errors import StaleRow
from mapapp.store.tables import ledger_change

Values = dict[str, Any]
_PLAIN = (
    "code", "name", "county", "zone", "place", "industries", "constraints", "available_text",
    "contact", "note",
)  # fmt: skip
_BLANK: tuple[object, ...] = (None, "", {})


@dataclass(frozen=True, slots=True)
class SiteChange:
    """A site as it shall be; before is what the change was decided on, None if it is new."""

    site: Site
    before: Site | None = None


class SiteStore:
    """The sites of one city's database; every call is its own transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> list[Site]:
        """All sites, by county and name."""
        query = select(site).order_by(site.c.county, site.c.name, site.c.id)
        with self._database.read() as connection:
            return [_site(row) for row in connection.execute(query).mappings()]

    def get(self, id: int) -> Site | None:
        with self._database.read() as connection:
            row = connection.execute(select(site).where(site.c.id == id)).mappings().first()
        return _site(row) if row else None

    def save_import(self, batch: ImportBatch, changes: Sequence[SiteChange]) -> int:
        """Write an import in one transaction, all of it or nothing; its number.

        Raises:
            StaleRow: somebody changed one of the sites after it was read.
        """
        with self._database.write() as connection:
            number = writing.save_import(connection, batch, [])
            for change in changes:
                id = _write(connection, change, batch.actor)
                values = _history(change, number, id) | stamp(batch.actor)
                connection.execute(insert(ledger_change).values(**values))
        return number


def _write(connection: Connection, change: SiteChange, actor: str) -> int:
    before, values = change.before, _row(change.site)
    if before is None:
        _refuse_if_there(connection, change.site)
        result = connection.execute(insert(site).values(**values, **stamp(actor)))
        return int(result.inserted_primary_key[0])  # type: ignore[index]
    done = connection.execute(
        update(site)
        .where(site.c.id == before.id, site.c.row_version == before.row_version)
        .values(**values, **stamp(actor, before.row_version + 1))
    )
    if done.rowcount != 1:
        version = select(site.c.row_version).where(site.c.id == before.id)
        found = connection.execute(version).scalar_one_or_none()
        raise StaleRow("site", before.name, before.row_version, found)
    return before.id


def _refuse_if_there(connection: Connection, new: Site) -> None:
    """Somebody else may have brought the same site in after it was looked for."""
    own = site.c
    known = [own.name == new.name, own.county.is_not_distinct_from(new.county)]
    where = [own.code == new.code] if new.code else known
    held = connection.execute(select(own.row_version).where(*where)).first()
    if held and not (new.code == "" and _only_coded(connection, known)):
        raise StaleRow("site", new.name, None, held.row_version)


def _only_coded(connection: Connection, known: list[Any]) -> bool:
    """Whether all sites of this name have a code of their own, which the new one has not."""
    return connection.execute(select(site.c.id).where(*known, site.c.code == "")).first() is None


def _history(change: SiteChange, batch: int, id: int) -> Values:
    new = _record(change.site)
    old = _record(change.before) if change.before else None
    if old is None:
        new = {name: value for name, value in new.items() if value not in _BLANK}
    else:
        names = [name for name in new if new[name] != old[name]]
        old, new = {n: old[n] for n in names}, {n: new[n] for n in names}
    return {
        "batch_id": batch, "table_name": "site", "row_key": str(id), "old": old, "new": new,
    }  # fmt: skip


def _record(item: Site) -> Values:
    names = (field.name for field in fields(item) if field.name not in ("id", "row_version"))
    return {name: _plain(getattr(item, name)) for name in names}


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


def _row(item: Site) -> Values:
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


def _site(row: RowMapping) -> Site:
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
