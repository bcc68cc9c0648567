"""The same projects drawn by others: folium's MarkerCluster and FastMarkerCluster, as folium makes
them by default, and GeoDataFrame.explore(). FastMarkerCluster also with what a click on our map
says: the project's code and name, in its chain's colour.

Their pages load libraries from the net; here they get them from node_modules, and what their
pictures do not need (tiles, jQuery, icon fonts) as nothing at all: in their favour."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import folium
import geopandas
from folium.plugins import FastMarkerCluster, MarkerCluster
from playwright.sync_api import Route

from tests.browser.conftest import ROOT

MODULES = ROOT / "node_modules"
FILES = {
    path.name: path
    for path in (
        MODULES / "leaflet/dist/leaflet.js",
        MODULES / "leaflet/dist/leaflet.css",
        MODULES / "leaflet/dist/images/marker-icon.png",
        MODULES / "leaflet/dist/images/marker-shadow.png",
        MODULES / "leaflet.markercluster/dist/leaflet.markercluster.js",
        MODULES / "leaflet.markercluster/dist/MarkerCluster.css",
        MODULES / "leaflet.markercluster/dist/MarkerCluster.Default.css",
        MODULES / "leaflet.awesome-markers/dist/leaflet.awesome-markers.js",
        MODULES / "leaflet.awesome-markers/dist/leaflet.awesome-markers.css",
    )
}


class Place(NamedTuple):
    """A project: latitude, longitude, what a click says, the number of its chain."""

    lat: float
    lon: float
    text: str
    chain: int


_COLOURS = ("red", "darkred", "orange", "green", "darkgreen", "blue", "purple", "cadetblue", "gray")
_NAMED = """function (row) {
    var icon = L.AwesomeMarkers.icon({markerColor: row[3]});
    var marker = L.marker(new L.LatLng(row[0], row[1]), {icon: icon});
    marker.bindPopup(row[2]);
    return marker;
}"""


def _map(places: list[Place]) -> folium.Map:
    return folium.Map(location=places[0][:2], zoom_start=8)


def marker_cluster(places: list[Place]) -> str:
    page = _map(places)
    group = MarkerCluster().add_to(page)
    for place in places:
        folium.Marker(place[:2]).add_to(group)
    return page.get_root().render()


def fast_marker_cluster(places: list[Place]) -> str:
    page = _map(places)
    FastMarkerCluster([place[:2] for place in places]).add_to(page)
    return page.get_root().render()


def named(places: list[Place]) -> str:
    page = _map(places)
    rows = [(*place[:3], _COLOURS[place.chain % len(_COLOURS)]) for place in places]
    FastMarkerCluster(rows, callback=_NAMED).add_to(page)
    return page.get_root().render()


def explore(places: list[Place]) -> str:
    points = geopandas.points_from_xy([p.lon for p in places], [p.lat for p in places])
    frame = geopandas.GeoDataFrame(geometry=points, crs=4326)
    return frame.explore(tiles=None, tooltip=False).get_root().render()


_CLUSTERS = ".marker-cluster, .leaflet-marker-icon"
PAGES: dict[str, tuple[Callable[[list[Place]], str], str]] = {
    "MarkerCluster": (marker_cluster, _CLUSTERS),
    "FastMarkerCluster": (fast_marker_cluster, _CLUSTERS),
    "FastMarkerCluster, named": (named, _CLUSTERS),
    "explore()": (explore, "path.leaflet-interactive"),
}
"""What draws, and the elements that are there once the points are."""


def build(name: str, places: list[Place], folder: Path) -> tuple[Path, float]:
    """The page as a file, and the seconds that it took."""
    began = time.perf_counter()
    text = PAGES[name][0](places)
    took = time.perf_counter() - began
    path = folder / f"{len(name)}.html"
    path.write_text(text, encoding="utf-8")
    return path, took


def answer(route: Route) -> None:
    """What the pages ask of the net, from this machine."""
    found = FILES.get(route.request.url.rpartition("/")[2])
    if route.request.url.startswith("file:"):
        route.continue_()
    elif found:
        route.fulfill(path=found)
    else:
        route.fulfill(status=200, body="")
