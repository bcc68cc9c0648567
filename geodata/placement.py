"""Which county a point lies in, and where to draw a project known only by its county."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from geodata.boundary import Boundaries


def county_index(
    boundaries: Boundaries, lon: ArrayLike, lat: ArrayLike
) -> NDArray[np.intp]:
    """For each point (n,), the position of its county in ``boundaries``, or -1 outside all.

    WGS-84 degrees. A point on a common border belongs to the first county in code order. NaN is
    outside.
    """


def county_of(boundaries: Boundaries, lon: ArrayLike, lat: ArrayLike) -> NDArray[np.str_]:
    """For each point (n,), the code of its county, or "" outside all. See ``county_index``."""


def spread(boundaries: Boundaries, county: str, keys: Sequence[str]) -> NDArray[np.float64]:
    """Positions (n, 2: longitude, latitude) for projects whose place is known to the county only.

    One for each key, in the order given; the same keys in any order give the same positions, and
    a key that sorts last (the next project code) moves nobody until the spiral has to grow.
    All lie inside the county. Raises UnknownDivision.
    """
