"""A zipped Shapefile, read member by member in memory: no path of the archive is ever opened."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Iterator
from itertools import pairwise
from pathlib import PurePosixPath

import numpy as np
import shapely

from mapapp.intake.dbf import read_dbf
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

_MAGIC = 9994
_POINT, _MULTIPOINT, _POLYGON = (1, 11, 21), (8, 18, 28), (5, 15, 25)


def read_shapefile(data: bytes, limits: Limits) -> list[RawSheet]:
    """Every layer of the archive. Raises FileRefused."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {name.lower(): name for name in archive.namelist()}
        layers = [name for name in members if name.endswith(".shp")]
        try:
            return [_layer(archive, members, name, limits) for name in sorted(layers)]
        except (struct.error, ValueError, IndexError, shapely.errors.ShapelyError) as error:
            raise FileRefused(
                "E_DAMAGED", f"Shapefile 文件已损坏（{error}），请重新导出图层"
            ) from error


def _layer(
    archive: zipfile.ZipFile, members: dict[str, str], name: str, limits: Limits
) -> RawSheet:
    stem = name.removesuffix(".shp")
    if f"{stem}.dbf" not in members:
        raise FileRefused(
            "E_DAMAGED", "压缩包里缺少同名的 .dbf 文件，请把 .shp、.dbf、.prj 一起打包"
        )
    shapes = list(_shapes(archive.read(members[name])))
    encoding = archive.read(members[f"{stem}.cpg"]) if f"{stem}.cpg" in members else b""
    records = read_dbf(archive.read(members[f"{stem}.dbf"]), encoding, limits.rows)
    if len(records) != len(shapes):
        raise FileRefused(
            "E_DAMAGED",
            f".shp 有 {len(shapes)} 个图形，.dbf 有 {len(records)} 行，对不上，文件不完整",
        )
    check_vertices(sum(shapely.get_num_coordinates(shape) for shape in shapes if shape))
    system = archive.read(members[f"{stem}.prj"]) if f"{stem}.prj" in members else b""
    transform = _transform(system.decode("utf-8", "replace").strip())
    features = [
        Feature(record, transformed(shape, transform))
        for record, shape in zip(records, shapes, strict=True)
    ]
    return layer_sheet(PurePosixPath(stem).name, features, limits)


def _transform(system: str) -> Transform | None:
    return transform_of(system) if system else None


def _shapes(data: bytes) -> Iterator[shapely.Geometry | None]:
    if len(data) < 100 or struct.unpack_from(">i", data)[0] != _MAGIC:
        raise FileRefused("E_DAMAGED", ".shp 文件不完整或已损坏，请重新导出图层")
    at, number = 100, 0
    while at + 12 <= len(data):
        (length,) = struct.unpack_from(">i", data, at + 4)
        body = data[at + 8 : at + 8 + 2 * length]
        if length < 2 or len(body) < 2 * length:
            raise ValueError("a record is cut off")
        number += 1
        yield _shape(body, number)
        at += 8 + 2 * length


def _shape(body: bytes, number: int) -> shapely.Geometry | None:
    (kind,) = struct.unpack_from("<i", body)
    if kind == 0:
        return None
    if kind in _POINT:
        return shapely.Point(_finite(np.frombuffer(body, "<f8", 2, 4), number))
    if kind in _MULTIPOINT:
        (count,) = struct.unpack_from("<i", body, 36)
        points = _finite(np.frombuffer(body, "<f8", 2 * _sane(count, body), 40), number)
        return shapely.MultiPoint(points.reshape(-1, 2))
    if kind in _POLYGON:
        return _polygon(body, number)
    raise FileRefused("E_GEOM_INVALID", f"第{number}个图形不是点或面，只能导入点图层或面图层")


def _polygon(body: bytes, number: int) -> shapely.Geometry:
    """Outer rings run clockwise, holes the other way, and lie in one of the outer rings."""
    parts, points = struct.unpack_from("<ii", body, 36)
    starts = struct.unpack_from(f"<{_sane(parts, body)}i", body, 44)
    flat = np.frombuffer(body, "<f8", 2 * _sane(points, body), 44 + 4 * parts)
    vertices = _finite(flat, number).reshape(-1, 2)
    bounds = [*starts, points]
    rings = [vertices[a:b] for a, b in pairwise(bounds)]
    if not rings or any(len(ring) < 4 or (ring[0] != ring[-1]).any() for ring in rings):
        raise FileRefused("E_GEOM_INVALID", f"第{number}个面的边界不闭合，请修好几何再导入")
    linear = [shapely.LinearRing(ring) for ring in rings]
    outer = [ring for ring in linear if not ring.is_ccw] or linear[:1]
    holes = [ring for ring in linear if not any(ring is one for one in outer)]
    whole = [
        shapely.Polygon(
            o, [h for h in holes if shapely.Polygon(o).contains(shapely.Point(h.coords[0]))]
        )
        for o in outer
    ]
    return whole[0] if len(whole) == 1 else shapely.MultiPolygon(whole)


def _sane(count: int, body: bytes) -> int:
    if not 0 <= count <= len(body):
        raise ValueError("a count that cannot be")
    return count


def _finite(values: np.ndarray, number: int) -> np.ndarray:
    if not np.isfinite(values).all():
        raise not_finite(number)
    return values
