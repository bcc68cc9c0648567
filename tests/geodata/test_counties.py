"""Every county of the country in one file: none is missing, and any is there at once."""

import time
from pathlib import Path

import numpy as np
import pytest
import shapely

from geodata import Counties, UnknownDivision, load, load_counties, load_gazetteer
from geodata.counties import FILE_NAME
from geodata.source import read_features


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("geodata")


@pytest.fixture(scope="module")
def counties(folder: Path) -> Counties:
    return load_counties(folder)


def test_every_county_and_every_island_is_there(counties: Counties) -> None:
    source = {feature.code: feature.geometry() for feature in read_features("district")}
    assert len(counties) == len(source)
    found: dict[str, object] = {}
    for prefecture in counties.prefectures:
        codes, drawn = counties.of(prefecture)
        found |= dict(zip(codes, drawn, strict=True))
    assert set(found) == set(source)
    parts = {code: shapely.get_num_geometries(shape) for code, shape in found.items()}
    assert parts == {code: shapely.get_num_geometries(shape) for code, shape in source.items()}


def test_a_prefecture_is_that_of_its_own_file(counties: Counties, folder: Path) -> None:
    own = load("420300", folder)
    codes, drawn = counties.of("420300")
    assert codes == own.county_codes
    apart = shapely.hausdorff_distance(drawn, own.geometries)
    assert apart.max() < 0.01
    assert counties.outline("420300").symmetric_difference(own.outline).area < 0.02


def test_places_of_every_kind_have_counties(counties: Counties) -> None:
    for code, many in [("110000", 16), ("441900", 1), ("429004", 1), ("710000", 1)]:
        assert len(counties.of(code)[0]) >= many
    with pytest.raises(UnknownDivision, match="420000"):
        counties.of("420000")


def test_the_file_is_small_and_read_in_no_time(counties: Counties, folder: Path) -> None:
    assert (folder / FILE_NAME).stat().st_size < 4_000_000
    started = time.process_time()
    again = load_counties(folder)
    assert time.process_time() - started < 1
    assert np.array_equal(again.of("420300")[0], counties.of("420300")[0])


def test_a_damaged_file_is_made_anew(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_bytes(b"PK nonsense")
    assert len(load_counties(tmp_path)) > 2800


def test_the_gazetteer_knows_every_county(counties: Counties, folder: Path) -> None:
    divisions = load_gazetteer(folder).divisions
    assert all(c in divisions for p in counties.prefectures for c in counties.of(p)[0])


def test_the_neighbours_of_a_place(counties: Counties) -> None:
    near = counties.around("420300", 0.1)
    assert {"420600", "610900", "411300"} <= set(near)
    assert "420300" not in near
    assert "110000" not in near
    assert set(near) <= set(counties.around("420300", 1))
