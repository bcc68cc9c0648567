"""Great-circle distance."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

# The mean radius R1 of the WGS-84 ellipsoid (IUGG), km.
EARTH_RADIUS_KM = 6371.0088
KM_PER_DEGREE = EARTH_RADIUS_KM * np.pi / 180.0


def distance_km(
    lon_a: ArrayLike, lat_a: ArrayLike, lon_b: ArrayLike, lat_b: ArrayLike
) -> NDArray[np.float64]:
    """Distance in km between points a and b, WGS-84 degrees; the four arguments broadcast.

    The haversine formula on a sphere of 6371.0088 km: within 0.5 % of the distance on the
    ellipsoid. NaN where a coordinate is NaN.
    """
    x_a, y_a, x_b, y_b = (np.radians(v) for v in (lon_a, lat_a, lon_b, lat_b))
    half_chord_sq = (
        np.sin((y_b - y_a) / 2.0) ** 2 + np.cos(y_a) * np.cos(y_b) * np.sin((x_b - x_a) / 2.0) ** 2
    )
    # Rounding can push antipodes a hair above 1, where arcsin is NaN.
    km = 2.0 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.minimum(half_chord_sq, 1.0)))
    return np.asarray(km, np.float64)


def pairwise_km(
    lon_a: ArrayLike, lat_a: ArrayLike, lon_b: ArrayLike, lat_b: ArrayLike
) -> NDArray[np.float64]:
    """Distances in km from each of n points a to each of m points b, shape (n, m).

    WGS-84 degrees, four one-dimensional arrays; see ``distance_km`` for the formula.
    """
    columns = np.atleast_1d(lon_a)[:, None], np.atleast_1d(lat_a)[:, None]
    return distance_km(*columns, np.atleast_1d(lon_b)[None, :], np.atleast_1d(lat_b)[None, :])
