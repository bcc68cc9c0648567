"""Boundaries and positions made ready for a page: rounded to ten metres, without any text."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import mapping, shape
from shapely.geometry.base import BaseGeometry

GRID = 0.0001
"""Degrees; about ten metres, a tenth of what the drawn boundaries were simplified to."""

WORLD = 256
"""Pixels that the world is wide at zoom 0 (EPSG:3857, as Leaflet counts)."""


def world_pixels(
    lon: NDArray[np.float64], lat: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Degrees as pixels of the world at zoom 0, from its north-west corner."""
    sine = np.sin(np.radians(lat))
    up = np.log((1 + sine) / (1 - sine)) / (4 * np.pi)
    return (lon + 180) / 360 * WORLD, (0.5 - up) * WORLD


def features(collection: Mapping[str, Any], coarse: float = 0) -> dict[str, Any]:
    """A GeoJSON FeatureCollection of the same shapes, each with its id and nothing else.

    coarse, in degrees, leaves detail away for a small map; borders in common stay in common.
    """
    items = collection["features"]
    shapes = np.array([shape(item["geometry"]) for item in items], dtype=object)
    if coarse:
        shapes = shapely.coverage_simplify(shapes, coarse)
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "id": str(item.get("id", number)),
                "properties": {},
                "geometry": _rounded(one),
            }
            for number, (item, one) in enumerate(zip(items, shapes, strict=True))
        ],
    }


def _rounded(geometry: BaseGeometry) -> dict[str, Any]:
    snapped = shapely.transform(geometry, lambda xy: np.round(xy / GRID) * GRID)
    plain = mapping(snapped)
    return {"type": plain["type"], "coordinates": _decimals(plain["coordinates"])}


def _decimals(value: Any) -> Any:
    return [_decimals(v) for v in value] if isinstance(value, list | tuple) else round(value, 4)
