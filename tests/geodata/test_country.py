"""The country's outline: every province, Taiwan and the dashed line, on the projection of maps."""

from pathlib import Path

import pytest
import shapely

from geodata import flattened, flattened_point, load_country
from geodata.source import read_features, read_lines


def test_every_province_and_the_dashed_line_are_there(tmp_path: Path) -> None:
    country = load_country(tmp_path)
    assert len(country.provinces) == 34
    taipei = shapely.Point(121.2, 24.0)
    assert sum(bool(shapely.contains(one, taipei)) for one in country.provinces) == 1
    south = min(shapely.bounds(line)[1] for line in country.lines)
    assert south < 5
    assert shapely.get_num_coordinates(country.provinces).sum() < 40_000


def test_the_second_reading_comes_from_the_cache(tmp_path: Path) -> None:
    first, second = load_country(tmp_path), load_country(tmp_path)
    assert shapely.equals_exact(first.provinces, second.provinces).all()


def test_the_projection_is_the_wall_map_s() -> None:
    """Albers with 25°N, 47°N and 105°E: the central meridian is upright, distances are true on
    the standard parallels (1° of longitude at 25°N is 100.9 km)."""
    west, east = flattened_point(104.5, 25), flattened_point(105.5, 25)
    assert west[0] == pytest.approx(-east[0])
    assert east[0] - west[0] == pytest.approx(100_900, rel=0.002)
    line = flattened(shapely.LineString([(105, 20), (105, 50)]))
    assert line.bounds[0] == pytest.approx(line.bounds[2], abs=1e-6)


def test_no_island_and_no_dash_is_lost(tmp_path: Path) -> None:
    """Part by part: as many polygons as the source has, each still where it was; lines in full."""
    country = load_country(tmp_path)
    given = [feature.geometry() for feature in read_features("province")]
    for source, drawn in zip(given, country.provinces, strict=True):
        islands, kept = shapely.get_parts(source), shapely.get_parts(drawn)
        assert len(islands) == len(kept)
        tree = shapely.STRtree(kept)
        nearest = tree.query_nearest(islands, return_distance=True)[1]
        assert nearest.max() < 0.1
    assert not shapely.is_empty(country.provinces).any()
    lines = list(read_lines("province"))
    assert all(a.equals(b) for a, b in zip(lines, country.lines, strict=True))
    dashed = max(country.lines, key=lambda line: line.bounds[3] - line.bounds[1])
    assert shapely.get_num_geometries(dashed) == 10
