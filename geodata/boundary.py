"""Boundaries of one prefecture and its counties."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry


@dataclass(frozen=True)
class Boundaries:
    """The counties of a prefecture-level place, in code order; WGS-84 degrees throughout.

    ``code``, ``name``        of the prefecture
    ``county_codes``, ``county_names``  length n
    ``geometries``            n polygons or multipolygons, full detail
    ``drawn``                 the same, simplified to about 120 m without gaps between neighbours
    ``labels``                (n, 2) longitude, latitude of each county's label point: the centre of
                              its largest inscribed circle
    ``radii_km``              (n,) the radii of these circles
    ``outline``, ``drawn_outline``  the prefecture's own, both details
    """

    code: str
    name: str
    county_codes: tuple[str, ...]
    county_names: tuple[str, ...]
    geometries: NDArray[np.object_]
    drawn: NDArray[np.object_]
    labels: NDArray[np.float64]
    radii_km: NDArray[np.float64]
    outline: BaseGeometry
    drawn_outline: BaseGeometry

    def __len__(self) -> int:
        """The number of counties."""

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """West, south, east, north of the prefecture, in degrees."""

    def index(self, county: str) -> int:
        """The position of a county's code in the arrays. Raises UnknownDivision."""

    def geometry(self, county: str) -> BaseGeometry:
        """The full geometry of a county. Raises UnknownDivision."""

    def label(self, county: str) -> tuple[float, float]:
        """The label point (longitude, latitude) of a county. Raises UnknownDivision."""

    def to_geojson(self) -> dict[str, Any]:
        """A GeoJSON FeatureCollection of the counties, simplified for drawing.

        Each feature has ``id`` (the code) and properties ``code``, ``name``, ``label`` [lon, lat].
        """

    def outline_geojson(self) -> dict[str, Any]:
        """The prefecture's simplified outline as one GeoJSON Feature."""

    def to_frame(self) -> gpd.GeoDataFrame:
        """A GeoDataFrame (EPSG:4326) indexed by code: name, label_lon, label_lat, geometry (full)."""


def build_cache(prefecture: str, folder: Path) -> Path:
    """Write the boundaries of one prefecture-level place into ``folder``; return the file's path.

    Raises UnknownDivision, BoundarySourceMissing.
    """


def load(prefecture: str, folder: Path) -> Boundaries:
    """The boundaries of a prefecture-level place from ``folder``.

    Built first where the file is absent, outdated or corrupt. Raises UnknownDivision,
    BoundarySourceMissing.
    """
