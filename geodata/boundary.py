"""Boundaries of one prefecture and its counties."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry

from geodata._errors import UnknownDivision
from geodata.cache import pack_geometries, read_arrays, unpack_geometries, write_arrays
from geodata.division import prefecture_code
from geodata.inscribed import inscribed_circle, local_plane, to_degrees
from geodata.source import Feature, read_features, source_stamp

if TYPE_CHECKING:
    import geopandas as gpd

Geometries = NDArray[np.object_]

DRAWN_TOLERANCE_KM = 0.12
DRAWN_DECIMALS = 5  # of a degree: one metre


@dataclass(frozen=True, eq=False)
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
    geometries: Geometries
    drawn: Geometries
    labels: NDArray[np.float64]
    radii_km: NDArray[np.float64]
    outline: BaseGeometry
    drawn_outline: BaseGeometry

    def __len__(self) -> int:
        """The number of counties."""
        return len(self.county_codes)

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """West, south, east, north of the prefecture, in degrees."""
        west, south, east, north = (float(v) for v in self.outline.bounds)
        return west, south, east, north

    def index(self, county: str) -> int:
        """The position of a county's code in the arrays. Raises UnknownDivision."""
        try:
            return self.county_codes.index(county)
        except ValueError:
            pairs = zip(self.county_names, self.county_codes, strict=True)
            known = "、".join(f"{name}（{code}）" for name, code in pairs)
            raise UnknownDivision(
                f"{self.name}没有代码为「{county}」的区县，有的是：{known}。"
            ) from None

    def geometry(self, county: str) -> BaseGeometry:
        """The full geometry of a county. Raises UnknownDivision."""
        found: BaseGeometry = self.geometries[self.index(county)]
        return found

    def label(self, county: str) -> tuple[float, float]:
        """The label point (longitude, latitude) of a county. Raises UnknownDivision."""
        lon, lat = self.labels[self.index(county)]
        return float(lon), float(lat)

    def to_geojson(self) -> dict[str, Any]:
        """A GeoJSON FeatureCollection of the counties, simplified for drawing.

        Each feature has ``id`` (the code) and properties ``code``, ``name``, ``label`` [lon, lat].
        """
        rows = zip(self.county_codes, self.county_names, self.labels, self.drawn, strict=True)
        return {
            "type": "FeatureCollection",
            "features": [_feature(*row) for row in rows],
        }

    def outline_geojson(self) -> dict[str, Any]:
        """The prefecture's simplified outline as a GeoJSON Feature, same properties."""
        centre = self.drawn_outline.representative_point()
        label = np.array([centre.x, centre.y])
        return _feature(self.code, self.name, label, self.drawn_outline)

    def to_frame(self) -> gpd.GeoDataFrame:
        """A GeoDataFrame (EPSG:4326) by code: name, label_lon, label_lat, full geometry."""
        # Here and not above: it takes half a second that the map page does not need.
        import geopandas as gpd

        columns = {
            "name": list(self.county_names),
            "label_lon": self.labels[:, 0],
            "label_lat": self.labels[:, 1],
        }
        frame = gpd.GeoDataFrame(
            columns, index=list(self.county_codes), geometry=list(self.geometries), crs="EPSG:4326"
        )
        return frame.rename_axis("code")


def build_cache(prefecture: str, folder: Path) -> Path:
    """Write the boundaries of one prefecture-level place into ``folder``; return the file's path.

    Reads the package's files, which takes about a second. Raises UnknownDivision,
    BoundarySourceMissing, CacheNotWritable.
    """
    counties, name = _read_prefecture(prefecture)
    geometries = np.array([county.geometry() for county in counties], dtype=object)
    circles = [inscribed_circle(geometry) for geometry in geometries]
    path = _path(prefecture, folder)
    write_arrays(
        path,
        _stamp(),
        {
            "name": np.array(name),
            "county_codes": np.array([county.code for county in counties]),
            "county_names": np.array([county.name for county in counties]),
            "labels": np.array([(circle.lon, circle.lat) for circle in circles]),
            "radii_km": np.array([circle.radius_km for circle in circles]),
            **pack_geometries(geometries, "full"),
            **pack_geometries(_simplified(geometries), "drawn"),
        },
    )
    return path


def load(prefecture: str, folder: Path) -> Boundaries:
    """The boundaries of a prefecture-level place from ``folder``.

    Built first where the file is absent, outdated or corrupt. Raises UnknownDivision,
    BoundarySourceMissing, CacheNotWritable.
    """
    path, stamp = _path(prefecture, folder), _stamp()
    arrays = read_arrays(path, stamp)
    if arrays is None:
        build_cache(prefecture, folder)
        arrays = read_arrays(path, stamp)
    if arrays is None:
        raise RuntimeError(f"{path} cannot be read right after it was written")
    full, drawn = unpack_geometries(arrays, "full"), unpack_geometries(arrays, "drawn")
    # Once, here: requests that ask where a point lies run in several threads.
    shapely.prepare(full)
    return Boundaries(
        code=prefecture,
        name=str(arrays["name"]),
        county_codes=tuple(arrays["county_codes"].tolist()),
        county_names=tuple(arrays["county_names"].tolist()),
        geometries=full,
        drawn=drawn,
        labels=arrays["labels"],
        radii_km=arrays["radii_km"],
        outline=shapely.coverage_union_all(full),
        drawn_outline=shapely.coverage_union_all(drawn),
    )


def _path(prefecture: str, folder: Path) -> Path:
    # The code becomes a file name, so nothing but a code may pass.
    if not (len(prefecture) == 6 and prefecture.isascii() and prefecture.isdecimal()):
        raise UnknownDivision(
            f"「{prefecture}」不是行政区划代码：地市的代码是六位数字，如十堰市 420300。"
        )
    return Path(folder) / f"boundaries-{prefecture}.npz"


def _stamp() -> str:
    return f"{source_stamp()} drawn {DRAWN_TOLERANCE_KM}"


def _read_prefecture(prefecture: str) -> tuple[list[Feature], str]:
    """The counties of a prefecture-level place in code order, and its name."""
    names = {city.code: city.name for city in read_features("city")}
    counties = [f for f in read_features("district") if prefecture_code(f.code) == prefecture]
    if not counties:
        raise UnknownDivision(
            f"没有代码为「{prefecture}」的地市：请写地市的六位代码，如十堰市 420300、"
            "北京市 110000、仙桃市 429004，不要写省或区县的代码。"
        )
    return sorted(counties, key=lambda county: county.code), names[prefecture]


def _simplified(geometries: Geometries) -> Geometries:
    """The counties with less detail, their common borders still common."""
    scale = local_plane(shapely.total_bounds(geometries))
    plane = shapely.transform(geometries, lambda xy: xy * scale)
    simple = shapely.coverage_simplify(plane, DRAWN_TOLERANCE_KM)
    return to_degrees(simple, scale, DRAWN_DECIMALS)


def _feature(
    code: str, name: str, label: NDArray[np.float64], geometry: BaseGeometry
) -> dict[str, Any]:
    point = [round(float(value), DRAWN_DECIMALS) for value in label]
    return {
        "type": "Feature",
        "id": code,
        "properties": {"code": code, "name": name, "label": point},
        "geometry": mapping(geometry),
    }
