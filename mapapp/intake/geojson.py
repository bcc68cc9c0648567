"""GeoJSON, read strictly: what is no coordinate is refused, not repaired."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import shapely
from shapely import Geometry

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

_DEEPEST = {"Point": 0, "MultiPoint": 1, "LineString": 1, "Polygon": 2, "MultiLineString": 2,
            "MultiPolygon": 3}  # fmt: skip
_DEGREES = ("CRS84", "4326", "4490", "CGCS2000", "WGS84")


def read_geojson(data: bytes, limits: Limits) -> list[RawSheet]:
    """One layer. Raises FileRefused."""
    root = _parse(data)
    features = list(_features(root))
    transform = _transform(root)
    check_vertices(sum(shapely.get_num_coordinates(f.geometry) for f in features if f.geometry))
    moved = [Feature(f.properties, transformed(f.geometry, transform)) for f in features]
    return [layer_sheet("", moved, limits)]


def _parse(data: bytes) -> dict[str, Any]:
    try:
        text = data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
        root = json.loads(text)
    except UnicodeDecodeError as error:
        raise FileRefused("E_ENCODING", "GeoJSON 必须是 UTF-8 编码，请重新导出") from error
    except (ValueError, RecursionError) as error:
        raise FileRefused("E_DAMAGED", f"JSON 不完整或写错了（{error}），请重新导出") from error
    if isinstance(root, dict) and root.get("type") in ("FeatureCollection", "Feature", *_DEEPEST):
        return root
    what = root.get("type") if isinstance(root, dict) else None
    raise FileRefused(
        "E_TYPE",
        f"这种格式（{what if isinstance(what, str) else '普通 JSON'}）不能导入，不是 GeoJSON 图层",
    )


def _features(root: Mapping[str, Any]) -> Iterator[Feature]:
    members = root.get("features") if root["type"] == "FeatureCollection" else [root]
    if not isinstance(members, list):
        raise FileRefused("E_DAMAGED", "GeoJSON 里没有 features，请重新导出")
    for number, member in enumerate(members, start=1):
        if not isinstance(member, dict):
            raise _broken(number)
        properties = member.get("properties") if member.get("type") == "Feature" else {}
        geometry = member.get("geometry") if member.get("type") == "Feature" else member
        if not isinstance(properties, dict | None):
            raise _broken(number)
        yield Feature(properties or {}, _geometry(geometry, number))


def _geometry(plain: Any, number: int) -> Geometry | None:
    if plain is None:
        return None
    if not isinstance(plain, dict):
        raise _broken(number)
    kind = plain.get("type")
    if not isinstance(kind, str) or kind not in _DEEPEST:
        raise FileRefused(
            "E_GEOM_INVALID", f"第{number}个要素的几何类型“{str(kind)[:30]}”不能导入，只要点或面"
        )
    coordinates = plain.get("coordinates")
    _check(coordinates, _DEEPEST[kind], number)
    try:
        return _build(kind, coordinates)
    except (ValueError, TypeError, IndexError, shapely.errors.ShapelyError) as error:
        raise FileRefused(
            "E_GEOM_INVALID", f"第{number}个要素的边界不闭合或点数太少，请修好几何再导入"
        ) from error


def _check(coordinates: Any, depth: int, number: int) -> None:
    """Positions of two or three finite numbers, nested as deep as the type says."""
    if not isinstance(coordinates, list):
        raise _no_position(number)
    if depth:
        for part in coordinates:
            _check(part, depth - 1, number)
        return
    if not 2 <= len(coordinates) <= 4:
        raise _no_position(number)
    for value in coordinates:
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise _no_position(number)
        try:
            finite = np.isfinite(float(value))
        except OverflowError:
            finite = np.False_
        if not finite:
            raise not_finite(number)


def _build(kind: str, coordinates: Any) -> Geometry | None:
    if not coordinates:
        return None
    match kind:
        case "Point":
            return shapely.Point(coordinates[:2])
        case "MultiPoint":
            return shapely.MultiPoint([position[:2] for position in coordinates])
        case "LineString":
            return shapely.LineString([position[:2] for position in coordinates])
        case "Polygon":
            return _polygon(coordinates)
        case "MultiPolygon":
            return shapely.MultiPolygon([_polygon(part) for part in coordinates])
    return shapely.MultiLineString([[p[:2] for p in line] for line in coordinates])


def _polygon(rings: Any) -> shapely.Polygon:
    plain = [[position[:2] for position in ring] for ring in rings]
    if not plain or any(len(ring) < 4 or ring[0] != ring[-1] for ring in plain):
        raise ValueError("a ring is not closed")
    return shapely.Polygon(plain[0], plain[1:])


def _transform(root: Mapping[str, Any]) -> Transform | None:
    """Of the old `crs` member; without it GeoJSON is WGS-84."""
    crs = root.get("crs")
    if not isinstance(crs, dict):
        return None
    properties = crs.get("properties")
    name = properties.get("name") if isinstance(properties, dict) else None
    if not isinstance(name, str) or name.rpartition(":")[2] in _DEGREES:
        return None
    return transform_of(name[:200])


def _broken(number: int) -> FileRefused:
    return FileRefused("E_DAMAGED", f"第{number}个要素不合 GeoJSON 的写法，请重新导出")


def _no_position(number: int) -> FileRefused:
    return FileRefused("E_COORD", f"第{number}个要素的坐标不是数字对，请重新导出图层")
