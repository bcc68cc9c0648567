"""A city laid flat for paper: kilometres east and north, north up in its middle."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Transformer
from shapely.geometry.base import BaseGeometry


@dataclass(frozen=True, eq=False)
class Plane:
    """A transverse Mercator plane through one point: a kilometre on it is one on the ground
    within 0.1 % up to 280 km from its middle."""

    transformer: Transformer

    def flat(self, geometry: BaseGeometry) -> BaseGeometry:
        """A geometry in WGS-84 degrees, in km from the middle."""
        return shapely.transform(geometry, self._km)

    def point(self, lon: float, lat: float) -> tuple[float, float]:
        """A position in WGS-84 degrees, in km east and north of the middle."""
        x, y = self._km(np.array([[lon, lat]]))[0]
        return float(x), float(y)

    def _km(self, lon_lat: NDArray[np.float64]) -> NDArray[np.float64]:
        x, y = self.transformer.transform(lon_lat[:, 0], lon_lat[:, 1])
        return np.column_stack([x, y]) / 1000.0


def plane_of(bounds: Sequence[float]) -> Plane:
    """The plane through the middle of west, south, east, north in degrees."""
    west, south, east, north = bounds
    middle = f"+lat_0={(south + north) / 2} +lon_0={(west + east) / 2}"
    return Plane(Transformer.from_crs(4326, f"+proj=tmerc {middle} +ellps=GRS80", always_xy=True))
