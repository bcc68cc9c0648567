"""GeoPackage, read as the SQLite file it is: in memory, tables only, nothing it could run."""

from __future__ import annotations

import sqlite3
import struct
from typing import Any

import shapely

from mapapp.intake.geometry import (
    Feature,
    Transform,
    check_vertices,
    layer_sheet,
    not_finite,
    transform_of,
    transformed,
)
from mapapp.intake.limits import Limits
from mapapp.ledger.cells import RawSheet
from mapapp.ledger.problems import FileRefused

_ENVELOPES = (0, 32, 48, 48, 64)
_DEGREES = (4326, 4490, 0, -1)
_PLAIN = "SELECT table_name, column_name, srs_id FROM gpkg_geometry_columns"
_ALLOWED = frozenset({sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ})


def read_geopackage(data: bytes, limits: Limits) -> list[RawSheet]:
    """Every layer that has features. Raises FileRefused."""
    database = sqlite3.connect(":memory:")
    try:
        database.deserialize(data)
        database.set_authorizer(_authorize)
        found = [_layer(database, *row, limits) for row in _layers(database)]
    # A column may hold any type, and texts that are not UTF-8, whatever its table declares.
    except (sqlite3.Error, ValueError, TypeError, AttributeError) as error:
        raise FileRefused("E_DAMAGED", f"GeoPackage 读不了（{error}），请重新导出图层") from error
    finally:
        database.close()
    if not any(found):
        raise FileRefused("E_NO_ROWS", "GeoPackage 里没有要素，没有数据")
    return [sheet for sheet in found if sheet]


def _authorize(action: int, *_: Any) -> int:
    return sqlite3.SQLITE_OK if action in _ALLOWED else sqlite3.SQLITE_DENY


def _layers(database: sqlite3.Connection) -> list[tuple[str, str, int]]:
    """The layers that are ordinary tables; a view or a virtual table would run something."""
    kinds = dict(database.execute("SELECT name, type || ' ' || sql FROM sqlite_master"))
    if "gpkg_geometry_columns" not in kinds:
        raise FileRefused("E_TYPE", "这种格式（SQLite 数据库，不是 GeoPackage 图层）不能导入")
    rows: list[tuple[str, str, int]] = database.execute(_PLAIN).fetchall()
    for name, *_ in rows:
        sql = str(kinds.get(name, "")).upper()
        if not sql.startswith("TABLE CREATE TABLE"):
            raise FileRefused("E_TYPE", f"图层“{str(name)[:40]}”不是普通的表，这种格式不能导入")
    return rows


def _layer(
    database: sqlite3.Connection, table: str, column: str, system: int, limits: Limits
) -> RawSheet | None:
    quoted = '"' + table.replace('"', '""') + '"'
    cursor = database.execute(f"SELECT * FROM {quoted} LIMIT {limits.rows + 1}")  # noqa: S608
    names = [item[0] for item in cursor.description]
    if column not in names:
        raise FileRefused("E_DAMAGED", f"图层“{table[:40]}”里没有几何列，请重新导出")
    transform = _transform(database, system)
    features = []
    for number, row in enumerate(cursor, start=1):
        values = dict(zip(names, row, strict=True))
        blob = values.pop(column)
        plain = {k: v for k, v in values.items() if k not in ("fid", "ogc_fid")}
        geometry = transformed(_geometry(blob, number), transform)
        features.append(Feature({k: _plain(v) for k, v in plain.items()}, geometry))
    check_vertices(sum(shapely.get_num_coordinates(f.geometry) for f in features if f.geometry))
    return layer_sheet(table, features, limits) if features else None


def _plain(value: object) -> object:
    return None if isinstance(value, bytes) else value


def _transform(database: sqlite3.Connection, system: int) -> Transform | None:
    if system in _DEGREES:
        return None
    row = database.execute(
        "SELECT organization, organization_coordsys_id, definition FROM gpkg_spatial_ref_sys "
        "WHERE srs_id = ?",
        (system,),
    ).fetchone()
    if not row:
        raise FileRefused("E_COORD", f"图层的坐标系 {system} 没有说明，请转成 WGS-84")
    organisation, code, definition = row
    known = str(organisation).upper() == "EPSG"
    return transform_of(f"EPSG:{code}" if known else str(definition)[:4000])


def _geometry(blob: object, number: int) -> shapely.Geometry | None:
    """The well-known binary behind GeoPackage's own header."""
    if blob is None:
        return None
    try:
        if not isinstance(blob, bytes) or blob[:2] != b"GP":
            raise ValueError("no GeoPackage geometry")
        envelope = blob[3] >> 1 & 7
        geometry = shapely.from_wkb(blob[8 + _ENVELOPES[envelope] :])
    except (ValueError, IndexError, struct.error, shapely.errors.ShapelyError) as error:
        raise FileRefused("E_GEOM_INVALID", f"第{number}个要素的几何读不了，请重新导出") from error
    if geometry is not None and not _finite(geometry):
        raise not_finite(number)
    return shapely.force_2d(geometry)


def _finite(geometry: shapely.Geometry) -> bool:
    import numpy as np

    return bool(np.isfinite(shapely.get_coordinates(geometry)).all())
