"""Points with their attributes as a GeoPackage, which QGIS opens with its Chinese names.

GDAL writes it, through pyogrio, into a folder of its own that is gone afterwards: it is handed
names and values as data, and no text of ours as a path, an option or SQL.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import geopandas as gpd
import pandas as pd
from shapely.geometry import Point

from mapapp.documents.table import Column, Kind, Value, as_text

_NUMBERS = (Kind.AMOUNT, Kind.SCORE)


@dataclass(frozen=True, slots=True)
class Layer:
    """Rows under columns, each at a point: longitude and latitude in WGS-84, or nowhere."""

    name: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Value]]
    points: Sequence[tuple[float, float] | None]


def to_geopackage(layers: Sequence[Layer]) -> bytes:
    """The file, each layer under its name, EPSG:4326."""
    with TemporaryDirectory(prefix="liantu-") as folder:
        # in memory pyogrio writes one layer only
        path = Path(folder) / "layers.gpkg"
        for number, layer in enumerate(layers):
            shapes = [Point(*at) if at else None for at in layer.points]
            frame = gpd.GeoDataFrame(_columns(layer), geometry=shapes, crs=4326)
            frame.to_file(
                path,
                driver="GPKG",
                layer=layer.name,
                engine="pyogrio",
                geometry_type="Point",
                append=number > 0,
            )
        return path.read_bytes()


def _columns(layer: Layer) -> dict[str, pd.Series]:
    found = {}
    for place, column in enumerate(layer.columns):
        values = [row[place] for row in layer.rows]
        found[column.title] = _series(values, column.kind)
    return found


def _series(values: Sequence[Value], kind: Kind) -> pd.Series:
    if kind is Kind.INTEGER:
        whole = [v if isinstance(v, int) else None for v in values]
        return pd.Series(whole, dtype="Int64")
    if kind in _NUMBERS:
        numbers = [float(v) if isinstance(v, (int, float, Decimal)) else None for v in values]
        return pd.Series(numbers, dtype="float64")
    if kind is Kind.DATE:
        days = [v if isinstance(v, date) else None for v in values]
        return pd.Series(days, dtype="datetime64[s]")
    return pd.Series([as_text(value) for value in values], dtype="object")
