"""Boundaries made ready for a page: rounded to ten metres, without any text."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import shapely
from shapely.geometry import mapping, shape

GRID = 0.0001
"""Degrees; about ten metres, a tenth of what the drawn boundaries were simplified to."""


def features(collection: Mapping[str, Any]) -> dict[str, Any]:
    """A GeoJSON FeatureCollection of the same shapes, each with its id and nothing else."""
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "id": str(item.get("id", number)),
                "properties": {},
                "geometry": _rounded(item["geometry"]),
            }
            for number, item in enumerate(collection["features"])
        ],
    }


def _rounded(geometry: Mapping[str, Any]) -> dict[str, Any]:
    snapped = shapely.transform(shape(geometry), lambda xy: np.round(xy / GRID) * GRID)
    plain = mapping(snapped)
    return {"type": plain["type"], "coordinates": _decimals(plain["coordinates"])}


def _decimals(value: Any) -> Any:
    return [_decimals(v) for v in value] if isinstance(value, list | tuple) else round(value, 4)
