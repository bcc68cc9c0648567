"""Where things are drawn: shifted to the datum of the tiles underneath, for display alone.

What is kept, measured and exported stays in WGS-84. Everything that goes on a map's page passes
through here, so that boundaries, zones, sites and projects cannot part.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray
from shapely.geometry import mapping, shape

from geodata import from_wgs84
from mapapp.journeys.bureau import Bureau
from mapapp.tile_service import GCJ02, TileService

Floats = NDArray[np.float64]


def is_shifted(tiles: TileService | None) -> bool:
    """Whether maps above these tiles are drawn in another datum than what is kept."""
    return tiles is not None and tiles.datum == GCJ02


def display(bureau: Bureau, lon: ArrayLike, lat: ArrayLike) -> tuple[Floats, Floats]:
    """Longitude and latitude to draw at, of points in WGS-84 degrees; shapes broadcast."""
    x, y = np.broadcast_arrays(np.asarray(lon, np.float64), np.asarray(lat, np.float64))
    return from_wgs84(x, y, GCJ02) if is_shifted(bureau.settings.tiles) else (x, y)


def display_point(bureau: Bureau, point: tuple[float, float]) -> list[float]:
    """One point (longitude, latitude) as a page is told it: to a metre."""
    x, y = display(bureau, *point)
    return [round(float(x), 5), round(float(y), 5)]


def display_shapes(bureau: Bureau, shapes: ArrayLike) -> NDArray[np.object_]:
    """Geometries to draw, of geometries in WGS-84 degrees."""
    return shapes_above(bureau.settings.tiles, shapes)


def shapes_above(tiles: TileService | None, shapes: ArrayLike) -> NDArray[np.object_]:
    """Geometries to draw above these tiles, of geometries in WGS-84 degrees."""
    given = np.asarray(shapes, dtype=object)
    if not is_shifted(tiles):
        return given
    moved = shapely.transform(given, _gcj02)
    return np.asarray(moved, dtype=object)


def _gcj02(lon_lat: Floats) -> Floats:
    return np.column_stack(from_wgs84(lon_lat[:, 0], lon_lat[:, 1], GCJ02))


def display_geojson(bureau: Bureau, collection: Mapping[str, Any]) -> dict[str, Any]:
    """A FeatureCollection, or one Feature, with its geometry to draw."""
    if not is_shifted(bureau.settings.tiles):
        return dict(collection)
    if "features" in collection:
        features = [display_geojson(bureau, feature) for feature in collection["features"]]
        return {**collection, "features": features}
    moved = display_shapes(bureau, [shape(collection["geometry"])])[0]
    return {**collection, "geometry": mapping(moved)}
