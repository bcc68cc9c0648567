"""Geometries of a layer: checked strictly, and turned into rows with a position."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np
import shapely
from shapely import Geometry

from mapapp.intake.limits import Limits
from mapapp.ledger.cells import Cell, Layer, RawRow, RawSheet
from mapapp.ledger.coordinates import fault_of
from mapapp.ledger.problems import FileRefused
from mapapp.ledger.titles import read_title

MOST_VERTICES = 2_000_000
_POINTS, _AREAS = ("Point", "MultiPoint"), ("Polygon", "MultiPolygon")
Transform = Callable[[Any], Any]
"""Coordinates (n × 2) to longitude and latitude (n × 2)."""


@dataclass(frozen=True)
class Feature:
    """What a layer says about one thing; geometry is None where it has none."""

    properties: Mapping[str, object]
    geometry: Geometry | None


def layer_sheet(name: str, features: Sequence[Feature], limits: Limits) -> RawSheet:
    """The features as rows, numbered from 1; their position in the last two columns.

    Raises:
        FileRefused: points and areas are mixed, or a geometry cannot be drawn.
    """
    if len(features) > limits.rows:
        raise FileRefused("E_TOO_MANY_ROWS", f"图层有 {len(features)} 个要素，上限 {limits.rows}")
    if not features:
        raise FileRefused("E_NO_ROWS", "图层里没有要素，没有数据")
    layer = _layer_of(features)
    titles = list(dict.fromkeys(key for feature in features for key in feature.properties))
    header = (*map(_title, titles), "经度", "纬度")
    rows = [RawRow(0, header)]
    for number, feature in enumerate(features, start=1):
        check(feature.geometry, number, layer)
        values = [to_cell(feature.properties.get(title)) for title in titles]
        rows.append(RawRow(number, (*values, *_position(feature.geometry))))
    return RawSheet(name, tuple(rows), layer=layer)


def _layer_of(features: Sequence[Feature]) -> Layer:
    kinds = {f.geometry.geom_type for f in features if f.geometry is not None}
    if kinds <= set(_POINTS):
        return Layer.POINTS
    if kinds <= set(_AREAS):
        return Layer.AREAS
    raise FileRefused(
        "E_GEOM_INVALID",
        f"图层里有{'、'.join(sorted(kinds))}，只能导入点图层或面图层，请分开保存",
    )


def _title(key: str) -> str:
    """A property's name; a position among the properties gives way to the geometry's own."""
    column = read_title([key], 0)
    return f"属性·{key}" if column and column.field.is_coordinate else key


def _position(geometry: Geometry | None) -> tuple[Cell, Cell]:
    if geometry is None or geometry.is_empty:
        return None, None
    point = geometry.representative_point() if geometry.geom_type in _AREAS else geometry.centroid
    return Decimal(format(point.x, ".15g")), Decimal(format(point.y, ".15g"))


def check(geometry: Geometry | None, number: int, layer: Layer) -> None:
    """Raises FileRefused, naming the feature, for what cannot be drawn."""
    if geometry is None or geometry.is_empty:
        if layer is Layer.AREAS:
            raise FileRefused("E_GEOM_INVALID", f"第{number}个面没有几何，请补上或删掉这个要素")
        return
    coordinates = shapely.get_coordinates(geometry)
    if not np.isfinite(coordinates).all():
        raise not_finite(number)
    if layer is Layer.POINTS:
        if len(coordinates) > 1:
            raise FileRefused("E_GEOM_INVALID", f"第{number}个要素有几个点，一个项目只能有一个点")
        return
    _check_area(geometry, coordinates, number)


def _check_area(geometry: Geometry, coordinates: Any, number: int) -> None:
    west, south = coordinates.min(axis=0)
    east, north = coordinates.max(axis=0)
    for lon, lat in ((west, south), (east, north)):
        if fault := fault_of(float(lon), float(lat)):
            raise FileRefused(fault.code, f"第{number}个面：{fault.message}")
    if not geometry.is_valid:
        why = shapely.is_valid_reason(geometry)
        raise FileRefused(
            "E_GEOM_INVALID", f"第{number}个面的边界自相交或不闭合（{why[:60]}），请修好几何再导入"
        )


def not_finite(number: int) -> FileRefused:
    """A coordinate that is no number."""
    return FileRefused(
        "E_COORD", f"第{number}个要素的坐标不是有限的数（NaN 或无穷大），请重新导出图层"
    )


def check_vertices(count: int) -> None:
    """Raises FileRefused for more vertices than anybody draws."""
    if count > MOST_VERTICES:
        raise FileRefused("E_BOMB", f"图层有 {count} 个顶点，上限 {MOST_VERTICES}，请先简化")


def to_cell(value: object) -> Cell:
    """A property as a cell."""
    if value is None or value == "":
        return None
    if isinstance(value, bool | str | Decimal):
        return value
    if isinstance(value, int):
        return Decimal(value)
    if isinstance(value, float):
        return Decimal(format(value, ".15g")) if math.isfinite(value) else str(value)
    return str(value)


def transformed(geometry: Geometry | None, transform: Transform | None) -> Geometry | None:
    """A geometry in longitude and latitude."""
    if geometry is None or transform is None:
        return geometry
    return shapely.transform(geometry, transform)


def transform_of(system: str) -> Transform | None:
    """From a coordinate system (WKT, or EPSG:code) to WGS-84; None where it is that already.

    Raises:
        FileRefused: nobody knows the system, or its datum is neither WGS-84 nor CGCS2000.
    """
    import pyproj

    pyproj.network.set_network_enabled(False)
    try:
        crs = pyproj.CRS.from_user_input(system)
    except pyproj.exceptions.CRSError as error:
        raise FileRefused(
            "E_COORD", f"图层的坐标系不认识（{system[:60]}），请转成 WGS-84"
        ) from error
    geodetic = crs.geodetic_crs
    datum = f"{geodetic.name} {geodetic.datum.name if geodetic.datum else ''}" if geodetic else ""
    if not any(word in datum for word in ("WGS 84", "WGS_1984", "WGS84", "2000", "World Geodetic")):
        raise FileRefused(
            "E_COORD", f"图层的坐标系是 {crs.name}，要换算才能用，请先转成 WGS-84 或 CGCS2000"
        )
    if crs.is_geographic:
        return None
    change = pyproj.Transformer.from_crs(crs, "EPSG:4326", always_xy=True)
    return lambda points: np.column_stack(change.transform(points[:, 0], points[:, 1]))
