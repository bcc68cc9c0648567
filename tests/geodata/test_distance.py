from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod

from geodata import distance_km, pairwise_km

points = st.tuples(st.floats(-180, 180), st.floats(-90, 90))
in_china = st.tuples(st.floats(73.6, 135.0), st.floats(18.2, 53.5))


def test_by_hand() -> None:
    degree = 6371.0088 * np.pi / 180
    assert distance_km(0, 0, 0, 1) == pytest.approx(degree)
    assert distance_km(0, 60, 1, 60) == pytest.approx(degree / 2, rel=1e-4)
    assert distance_km(0, 0, 180, 0) == pytest.approx(180 * degree)


@given(points, points)
def test_symmetric_and_bounded(a: tuple[float, float], b: tuple[float, float]) -> None:
    km = float(distance_km(*a, *b))
    assert km == float(distance_km(*b, *a))
    assert 0 <= km <= 20_016
    assert float(distance_km(*a, *a)) == 0


@given(in_china, in_china)
def test_within_half_a_percent_of_the_ellipsoid(
    a: tuple[float, float], b: tuple[float, float]
) -> None:
    _, _, metres = Geod(ellps="WGS84").inv(*a, *b)
    assert float(distance_km(*a, *b)) == pytest.approx(metres / 1000, rel=0.005, abs=1e-6)


def test_pairwise_has_a_row_for_each_origin() -> None:
    km = pairwise_km([110.8, 112.1], [32.6, 32.0], [110.8, 116.4, 121.5], [32.6, 39.9, 31.2])
    assert km.shape == (2, 3)
    assert km[0, 0] == 0
    assert km[1, 2] == distance_km(112.1, 32.0, 121.5, 31.2)
