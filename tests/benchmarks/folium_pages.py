"""The same points drawn by others: folium's MarkerCluster and FastMarkerCluster, and
GeoDataFrame.explore(). Their pages load libraries from the net; here they get them from
node_modules, and what their pictures do not need (jQuery, icons) as empty ones: in their favour."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import folium
import geopandas
from folium.plugins import FastMarkerCluster, MarkerCluster
from playwright.sync_api import Route

from tests.browser.conftest import ROOT

MODULES = ROOT / "node_modules"
FILES = {
    "leaflet.js": MODULES / "leaflet/dist/leaflet.js",
    "leaflet.css": MODULES / "leaflet/dist/leaflet.css",
    "leaflet.markercluster.js": MODULES / "leaflet.markercluster/dist/leaflet.markercluster.js",
    "MarkerCluster.css": MODULES / "leaflet.markercluster/dist/MarkerCluster.css",
    "MarkerCluster.Default.css": MODULES / "leaflet.markercluster/dist/MarkerCluster.Default.css",
    "marker-icon.png": MODULES / "leaflet/dist/images/marker-icon.png",
    "marker-shadow.png": MODULES / "leaflet/dist/images/marker-shadow.png",
}
Places = list[tuple[float, float]]
"""Latitude and longitude of each point."""
_PLAIN = "function (row) { return L.marker(new L.LatLng(row[0], row[1])); }"


def _map(places: Places) -> folium.Map:
    page = folium.Map(location=places[0], zoom_start=8, tiles=None)
    page.options["maxZoom"] = 15  # without tiles nobody else tells the clusters
    return page


def marker_cluster(places: Places) -> str:
    page = _map(places)
    group = MarkerCluster().add_to(page)
    for place in places:
        folium.Marker(place).add_to(group)
    return page.get_root().render()


def fast_marker_cluster(places: Places) -> str:
    page = _map(places)
    FastMarkerCluster(places, callback=_PLAIN).add_to(page)
    return page.get_root().render()


def explore(places: Places) -> str:
    frame = geopandas.GeoDataFrame(
        geometry=geopandas.points_from_xy([p[1] for p in places], [p[0] for p in places]),
        crs=4326,
    )
    return frame.explore(tiles=None, tooltip=False).get_root().render()


PAGES: dict[str, tuple[Callable[[Places], str], str]] = {
    "MarkerCluster": (marker_cluster, ".marker-cluster, .leaflet-marker-icon"),
    "FastMarkerCluster": (fast_marker_cluster, ".marker-cluster, .leaflet-marker-icon"),
    "explore()": (explore, "path.leaflet-interactive"),
}
"""What draws, and the elements that are there once the points are."""


def build(name: str, places: Places, folder: Path) -> tuple[Path, float]:
    """The page as a file, and the seconds that it took."""
    began = time.perf_counter()
    text = PAGES[name][0](places)
    took = time.perf_counter() - began
    path = folder / f"{name.strip('()')}.html"
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
