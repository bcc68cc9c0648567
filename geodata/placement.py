"""Which county a point lies in, and where to draw a project known only by its county."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray

from geodata.boundary import Boundaries
from geodata.inscribed import local_plane

GOLDEN_ANGLE = np.pi * (3.0 - np.sqrt(5.0))
# The spiral keeps off the border, and is laid out for at least this many places.
RING_SHARE = 0.55
"""Of a county's largest inscribed circle: the radius of a ring of few."""
FILLED_SHARE = 0.85
SMALLEST_SPIRAL = 32


def county_index(boundaries: Boundaries, lon: ArrayLike, lat: ArrayLike) -> NDArray[np.intp]:
    """For each point (n,), the position of its county in ``boundaries``, or -1 outside all.

    WGS-84 degrees, arrays of one dimension. A point on a common border belongs to the first county
    in code order. NaN is outside. A million points take 0.2 s. The package's borders have a vertex
    every 1.9 km: a point within some hundred metres of one may be given to the neighbour.
    """
    x = np.atleast_1d(np.asarray(lon, np.float64))
    y = np.atleast_1d(np.asarray(lat, np.float64))
    found = np.full(x.shape, -1, np.intp)
    for position, geometry in enumerate(boundaries.geometries):
        west, south, east, north = geometry.bounds
        near = (x >= west) & (x <= east) & (y >= south) & (y <= north) & (found < 0)
        rows = np.flatnonzero(near)
        found[rows[shapely.intersects_xy(geometry, x[rows], y[rows])]] = position
    return found


def county_of(boundaries: Boundaries, lon: ArrayLike, lat: ArrayLike) -> NDArray[np.str_]:
    """For each point (n,), the code of its county, or "" outside all. See ``county_index``."""
    codes = np.array([*boundaries.county_codes, ""])
    return codes[county_index(boundaries, lon, lat)]


def spread(boundaries: Boundaries, county: str, keys: Sequence[str]) -> NDArray[np.float64]:
    """Positions (n, 2: longitude, latitude) for projects whose place is known to the county only.

    One for each key, in the order given: a sunflower spiral (Vogel 1979, golden angle) around the
    label point, inside the county's largest inscribed circle, so never outside the county. The
    keys are laid out in sorted order: the same keys in any order give the same positions, and a
    key that sorts last (the next project code) moves nobody until 32, 64, 128, … places are taken
    and the spiral is drawn in tighter. WGS-84 degrees. Raises UnknownDivision.
    """
    position = boundaries.index(county)
    ranks = np.empty(len(keys), np.intp)
    # not by numpy, to whom "" and "\0" are the same text
    ranks[sorted(range(len(keys)), key=lambda n: keys[n])] = np.arange(len(keys))
    places = max(SMALLEST_SPIRAL, 1 << max(len(keys) - 1, 0).bit_length())
    reach = FILLED_SHARE * boundaries.radii_km[position]
    radius = reach * np.sqrt((ranks + 0.5) / places)
    angle = ranks * GOLDEN_ANGLE
    offset_km = np.column_stack([radius * np.cos(angle), radius * np.sin(angle)])
    scale = local_plane(boundaries.geometries[position].bounds)
    return np.asarray(boundaries.labels[position] + offset_km / scale, np.float64)


def ring(boundaries: Boundaries, county: str, count: int) -> NDArray[np.float64]:
    """Positions (count, 2: longitude, latitude) for a few that are to be told apart on a map:
    evenly on a circle about the county's label point, a single one on the point itself.

    WGS-84 degrees, inside the county. Raises UnknownDivision.
    """
    position = boundaries.index(county)
    radius = RING_SHARE * boundaries.radii_km[position] if count > 1 else 0.0
    angle = np.pi / 4 + 2 * np.pi * np.arange(count) / max(count, 1)
    offset_km = radius * np.column_stack([np.cos(angle), np.sin(angle)])
    scale = local_plane(boundaries.geometries[position].bounds)
    return np.asarray(boundaries.labels[position] + offset_km / scale, np.float64)
