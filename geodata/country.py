"""The outline of the country by provinces, small enough for a picture on a telephone."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Transformer
from shapely.geometry.base import BaseGeometry

from geodata.cache import pack_geometries, read_arrays, unpack_geometries, write_arrays
from geodata.source import read_features, read_lines, source_stamp

FILE_NAME = "country.npz"
TOLERANCE = 0.06
"""Degrees, about 6 km: less than a line's width on a picture of the whole country."""
_ALBERS = "+proj=aea +lat_1=25 +lat_2=47 +lat_0=0 +lon_0=105 +ellps=GRS80"
"""The projection of the country's wall maps (双标准纬线等积圆锥投影, 25°N and 47°N, 105°E)."""


@dataclass(frozen=True, eq=False)
class Country:
    """The provinces as the source gives them, Taiwan and the dashed line included.

    provinces are polygons, simplified, every island among them; lines the boundary lines that
    belong to no division, in full. WGS-84 degrees.
    """

    provinces: NDArray[np.object_]
    lines: NDArray[np.object_]


def load_country(folder: Path) -> Country:
    """The outline kept in ``folder``; made first where it is absent, outdated or corrupt.

    Raises BoundarySourceMissing, CacheNotWritable.
    """
    path = Path(folder) / FILE_NAME
    stamp = f"{source_stamp()} provinces {TOLERANCE} lines 0"
    kept = read_arrays(path, stamp)
    if kept is None:
        provinces = np.array([f.geometry() for f in read_features("province")], dtype=object)
        drawn = shapely.coverage_simplify(provinces, TOLERANCE)
        lines = np.array(list(read_lines("province")), dtype=object)
        kept = {**pack_geometries(drawn, "provinces"), **pack_geometries(lines, "lines")}
        write_arrays(path, stamp, kept)
    return Country(unpack_geometries(kept, "provinces"), unpack_geometries(kept, "lines"))


def flattened_point(lon: float, lat: float) -> tuple[float, float]:
    """A position in WGS-84 degrees as it lies on a wall map: metres east and north."""
    x, y = _flat(np.array([[lon, lat]]))[0]
    return float(x), float(y)


def flattened(geometry: BaseGeometry) -> BaseGeometry:
    """A geometry in WGS-84 degrees as it lies on a wall map: metres east and north."""
    return shapely.transform(geometry, _flat)


@lru_cache(maxsize=1)
def _to_plane() -> Transformer:
    return Transformer.from_crs(4326, _ALBERS, always_xy=True)


def _flat(lon_lat: NDArray[np.float64]) -> NDArray[np.float64]:
    x, y = _to_plane().transform(lon_lat[:, 0], lon_lat[:, 1])
    return np.column_stack([x, y])
