"""The largest circle inside a polygon, measured in kilometres."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geodata.distance import KM_PER_DEGREE


@dataclass(frozen=True, slots=True)
class Circle:
    """Centre in WGS-84 degrees, radius in km."""

    lon: float
    lat: float
    radius_km: float


def local_plane(bounds: Sequence[float] | NDArray[np.float64]) -> NDArray[np.float64]:
    """Km per degree of longitude and of latitude, shape (2,), in the middle of ``bounds``.

    ``bounds`` is west, south, east, north in degrees. Multiplying degrees by it gives a plane on
    which a circle is a circle: within 2 % for a county, whose north and south differ by 2° at most.
    """
    middle = np.radians((bounds[1] + bounds[3]) / 2.0)
    return np.array([KM_PER_DEGREE * np.cos(middle), KM_PER_DEGREE])


def inscribed_circle(geometry: BaseGeometry) -> Circle:
    """The largest circle inside a polygon or multipolygon in WGS-84 degrees.

    In degrees it would be an ellipse, squeezed by a seventh at 30°N, so it is sought on the local
    plane. Its centre is inside the polygon, unlike a centroid.
    """
    scale = local_plane(geometry.bounds)
    plane = shapely.transform(geometry, lambda xy: xy * scale)
    radius = shapely.maximum_inscribed_circle(plane)
    (x, y), _ = shapely.get_coordinates(radius) / scale
    return Circle(float(x), float(y), float(radius.length))


def to_degrees(
    geometries: NDArray[np.object_], scale: NDArray[np.float64], decimals: int
) -> NDArray[np.object_]:
    """Geometries of a local plane back in degrees, rounded to ``decimals``."""
    back = shapely.transform(geometries, lambda xy: np.round(xy / scale, decimals))
    return np.asarray(back, dtype=object)
