"""Folium maps that show one thing: shaded counties, several on a page where they are compared."""

from collections.abc import Mapping
from typing import Any

import folium
from branca.element import Figure
from shapely.geometry import shape

from mapapp.draw import palette
from mapapp.draw.county_map import Fragment, OfflineMap, fragment_of
from mapapp.draw.geometry import features
from mapapp.draw.tiles import add_tiles, ground, nearest_zoom
from mapapp.tile_service import TileService

COARSE = 0.003
"""Degrees, 300 m: half a pixel of a map that takes half the page."""


def draw_shaded(
    geojson: Mapping[str, Any],
    outline: Mapping[str, Any],
    colours: Mapping[str, str],
    static: str,
    id: str,
    tiles: TileService | None = None,
) -> Fragment:
    """A prefecture's counties, each in its colour. `names` are map and counties."""
    figure = Figure()
    near = nearest_zoom(tiles, 13)
    base = _map(static, id, outline, near)
    figure.add_child(base)
    add_tiles(base, tiles, near)
    layer = _shaded(geojson, colours, id, ground(tiles))
    base.add_child(layer)
    return fragment_of(figure, {"map": base.get_name(), "counties": layer.get_name()})


def _map(static: str, id: str, outline: Mapping[str, Any], near: int) -> OfflineMap:
    """An empty map about the middle of an outline; its page fits it into its window."""
    west, south, east, north = shape(outline["geometry"]).bounds
    return OfflineMap(
        static,
        id,
        location=[(south + north) / 2, (west + east) / 2],
        zoom_start=7,
        zoom_snap=0.25,
        zoom_delta=0.5,
        wheel_px_per_zoom_level=120,
        attribution_control=False,
        minZoom=5,
        maxZoom=near,
    )


def _shaded(
    geojson: Mapping[str, Any], colours: Mapping[str, str], id: str, opacity: float
) -> folium.GeoJson:
    """Areas by their id's colour, white where there is none."""

    def style(feature: Mapping[str, Any]) -> dict[str, Any]:
        fill = colours.get(feature["id"], palette.EMPTY)
        return {"fillColor": fill, "fillOpacity": opacity, "color": palette.BORDER, "weight": 1}

    layer = folium.GeoJson(features(geojson, COARSE), style_function=style, smooth_factor=0.5)
    layer._id = f"counties_{id}"
    return layer
