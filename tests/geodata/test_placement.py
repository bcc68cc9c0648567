from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata import (
    Boundaries,
    UnknownDivision,
    county_index,
    county_of,
    load,
    pairwise_km,
    ring,
    spread,
)

COUNTIES = ["420302", "420303", "420304", "420322", "420323", "420324", "420325", "420381"]
keys_lists = st.lists(st.text(max_size=12), max_size=200)


def test_every_label_is_in_its_county(shiyan: Boundaries) -> None:
    lon, lat = shiyan.labels.T
    assert county_of(shiyan, lon, lat).tolist() == list(shiyan.county_codes)
    assert county_index(shiyan, lon, lat).tolist() == list(range(8))


def test_outside_and_nan_are_nowhere(shiyan: Boundaries) -> None:
    lon = [0.0, 114.3, np.nan, 999.0, np.inf]
    assert county_of(shiyan, lon, [0.0, 30.6, 32.6, 999.0, 32.6]).tolist() == [""] * 5
    assert county_index(shiyan, [], []).tolist() == []


def test_a_single_point_may_be_two_numbers(shiyan: Boundaries) -> None:
    assert county_of(shiyan, 110.79, 32.65).shape == (1,)


def test_agrees_with_asking_each_polygon(shiyan: Boundaries) -> None:
    rng = np.random.default_rng(20261123)
    west, south, east, north = shiyan.bounds
    lon, lat = rng.uniform(west, east, 5000), rng.uniform(south, north, 5000)
    inside = np.array([shapely.intersects_xy(g, lon, lat) for g in shiyan.geometries])
    expected = np.where(inside.any(axis=0), inside.argmax(axis=0), -1)
    assert county_index(shiyan, lon, lat).tolist() == expected.tolist()


def test_a_point_on_a_border_belongs_to_the_first_county(shiyan: Boundaries) -> None:
    border = shapely.intersection(shiyan.geometries[0], shiyan.geometries[1])
    lon, lat = shapely.get_coordinates(border).T
    assert set(county_index(shiyan, lon, lat).tolist()) == {0}


@settings(deadline=None)
@given(st.sampled_from(COUNTIES), keys_lists)
def test_spread_points_are_inside_and_apart(
    shiyan: Boundaries, county: str, keys: list[str]
) -> None:
    points = spread(shiyan, county, keys)
    assert points.shape == (len(keys), 2)
    assert set(county_of(shiyan, points[:, 0], points[:, 1]).tolist()) <= {county}
    assert len({tuple(point) for point in points.tolist()}) == len(keys)


@given(st.sets(st.text(max_size=12), max_size=60), st.randoms())
def test_spread_follows_the_keys_not_their_order(
    shiyan: Boundaries, keys: set[str], random: object
) -> None:
    ordered = sorted(keys)
    shuffled = list(keys)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    first = dict(zip(ordered, spread(shiyan, "420304", ordered).tolist(), strict=True))
    second = dict(zip(shuffled, spread(shiyan, "420304", shuffled).tolist(), strict=True))
    assert first == second


def test_the_next_project_moves_nobody(shiyan: Boundaries) -> None:
    keys = [f"SY-2026-{number:04d}" for number in range(40)]
    assert (spread(shiyan, "420304", keys)[:39] == spread(shiyan, "420304", keys[:39])).all()


def test_no_spread_point_is_the_label_itself(shiyan: Boundaries) -> None:
    assert tuple(spread(shiyan, "420304", ["a"])[0]) != shiyan.label("420304")


def test_139_projects_are_hundreds_of_metres_apart(shiyan: Boundaries) -> None:
    lon, lat = spread(shiyan, "420304", [str(n) for n in range(139)]).T
    km = pairwise_km(lon, lat, lon, lat) + np.diag([np.inf] * 139)
    assert km.min() > 0.4


@pytest.mark.parametrize("code", ["110000", "429004", "350200"])
def test_spread_elsewhere(folder: Path, code: str) -> None:
    place = load(code, folder)
    for county in place.county_codes:
        lon, lat = spread(place, county, [str(n) for n in range(1000)]).T
        assert shapely.intersects_xy(place.geometry(county), lon, lat).all()


def test_spread_refuses_a_county_elsewhere(shiyan: Boundaries) -> None:
    with pytest.raises(UnknownDivision, match="420602"):
        spread(shiyan, "420602", ["a"])


@pytest.mark.parametrize("county", COUNTIES)
@pytest.mark.parametrize("count", [0, 1, 2, 7])
def test_a_ring_of_few_is_inside_the_county_and_evenly_apart(
    shiyan: Boundaries, county: str, count: int
) -> None:
    lon, lat = ring(shiyan, county, count).T
    assert county_of(shiyan, lon, lat).tolist() == [county] * count
    if count == 1:
        assert (lon[0], lat[0]) == pytest.approx(shiyan.label(county))
    if count > 1:
        apart = pairwise_km(lon, lat, np.roll(lon, 1), np.roll(lat, 1)).diagonal()
        assert apart == pytest.approx(apart[0], rel=0.02)
        assert apart[0] > 1
