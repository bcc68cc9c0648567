"""Everything on a map moves together, and only on the map."""

import json
import re
from dataclasses import replace

import numpy as np
import pytest
import shapely
from shapely.geometry import shape

from geodata import distance_km, to_wgs84
from mapapp.journeys.bureau import Bureau
from mapapp.journeys.country_map import city_geometry, view_country
from mapapp.journeys.county_map import draw_map, label_points, view_map
from mapapp.journeys.county_measures import Measure
from mapapp.journeys.display_datum import display, display_geojson, display_point, display_shapes
from mapapp.journeys.selection import Selection
from mapapp.tile_service import read_tiles

PLACE = (110.8, 32.6)


@pytest.fixture
def amap(bureau: Bureau) -> Bureau:
    return replace(bureau, settings=replace(bureau.settings, tiles=read_tiles("amap")))


@pytest.fixture
def intranet(bureau: Bureau) -> Bureau:
    tiles = read_tiles("xyz:http://10.0.0.8/{z}/{x}/{y}.png")
    return replace(bureau, settings=replace(bureau.settings, tiles=tiles))


def test_without_gcj02_nothing_moves(bureau: Bureau, intranet: Bureau) -> None:
    for home in (bureau, intranet):
        assert display_point(home, PLACE) == list(PLACE)
        collection = home.boundaries.to_geojson()
        assert display_geojson(home, collection) == collection
        assert display_shapes(home, [home.boundaries.outline])[0] is home.boundaries.outline


def test_a_point_goes_where_gcj02_has_it(amap: Bureau) -> None:
    lon, lat = display(amap, [PLACE[0]], [PLACE[1]])
    moved = distance_km(*PLACE, lon[0], lat[0])
    assert 0.1 < moved < 0.8
    back = to_wgs84(lon, lat, "GCJ-02")
    assert np.allclose([back[0][0], back[1][0]], PLACE, atol=1e-8)


def test_boundaries_labels_zones_and_cities_move_alike(amap: Bureau, bureau: Bureau) -> None:
    given = [shape(f["geometry"]) for f in bureau.boundaries.to_geojson()["features"]]
    moved = [
        shape(f["geometry"])
        for f in display_geojson(amap, bureau.boundaries.to_geojson())["features"]
    ]
    shift = np.array(display_point(amap, PLACE)) - PLACE
    for old, new in zip(given, moved, strict=True):
        assert np.array(new.bounds) - old.bounds == pytest.approx(np.tile(shift, 2), abs=0.001)
    labels = label_points(amap)
    for code, polygon in zip(bureau.boundaries.county_codes, moved, strict=True):
        assert polygon.contains(shapely.Point(labels[code]))
    cities = {c.code: c.at for c in view_country(bureau, Selection()).cities}
    for city in view_country(amap, Selection()).cities:
        assert city.at == tuple(display_point(amap, cities[city.code]))
    place = city_geometry(amap, "440300")
    plain = city_geometry(bureau, "440300")
    assert place["bounds"] != plain["bounds"]


def test_what_is_kept_does_not_move(amap: Bureau, bureau: Bureau) -> None:
    assert amap.boundaries.label("420304") == bureau.boundaries.label("420304")
    assert amap.gazetteer.position("420300") == bureau.gazetteer.position("420300")


def test_the_tiles_are_under_translucent_counties(intranet: Bureau, bureau: Bureau) -> None:
    plain = draw_map(bureau, view_map(bureau, Selection(), Measure.COUNT), "/static/x").script
    tiled = draw_map(intranet, view_map(intranet, Selection(), Measure.COUNT), "/static/x").script
    assert "L.tileLayer" not in plain
    assert json.dumps("http://10.0.0.8/{z}/{x}/{y}.png") in tiled
    assert '"fillOpacity": 0.35' in tiled
    assert '"fillOpacity": 0.35' not in plain
    assert re.search(r'"maxZoom": 18', tiled)
    assert not re.search(r'"maxZoom": 18', plain)
    assert "attribution" not in re.sub(r'"attributionControl": false', "", tiled)
