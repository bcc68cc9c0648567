"""The Folium map of the country: provinces, and the lines that belong to none."""

from collections.abc import Sequence

import folium
import numpy as np
import shapely
from branca.element import Figure
from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry

from mapapp.draw import palette
from mapapp.draw.county_map import Fragment, OfflineMap, fragment_of
from mapapp.draw.geometry import features
from mapapp.draw.tiles import add_tiles, ground, nearest_zoom
from mapapp.tile_service import TileService


def draw_country(
    provinces: Sequence[BaseGeometry],
    lines: Sequence[BaseGeometry],
    static: str,
    tiles: TileService | None = None,
) -> Fragment:
    """`names` are map, provinces and lines. Every island is stroked, so that one smaller than a
    pixel is still a dot, and nothing is simplified again: hence SVG, no canvas."""
    west, south, east, north = shapely.total_bounds(np.array([*provinces, *lines], dtype=object))
    figure = Figure()
    near = nearest_zoom(tiles, 12)
    base = OfflineMap(
        static,
        "country",
        location=[(south + north) / 2, (west + east) / 2],
        zoom_start=4,
        zoom_snap=0.25,
        zoom_delta=0.5,
        wheel_px_per_zoom_level=120,
        minZoom=2,
        maxZoom=near,
        attribution_control=False,
    )
    figure.add_child(base)
    add_tiles(base, tiles, near)
    layers = {"provinces": _provinces(provinces, ground(tiles)), "lines": _lines(lines)}
    for name, layer in layers.items():
        layer._id = name
        base.add_child(layer)
    names = {"map": base.get_name()} | {k: v.get_name() for k, v in layers.items()}
    return fragment_of(figure, names)


def _provinces(provinces: Sequence[BaseGeometry], opacity: float) -> folium.GeoJson:
    return folium.GeoJson(
        features({"features": [{"geometry": mapping(one)} for one in provinces]}),
        style_function=lambda _: {
            "fillColor": palette.EMPTY, "fillOpacity": opacity,
            "color": palette.BORDER, "weight": 1.2,
        },
        smooth_factor=0,
        interactive=False,
    )  # fmt: skip


def _lines(lines: Sequence[BaseGeometry]) -> folium.GeoJson:
    return folium.GeoJson(
        features({"features": [{"geometry": mapping(one)} for one in lines]}),
        style_function=lambda _: {"color": palette.CITY_BORDER, "weight": 1.8},
        smooth_factor=0,
        interactive=False,
    )
