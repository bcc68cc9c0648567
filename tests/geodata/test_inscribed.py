from __future__ import annotations

import pytest
import shapely

from geodata.distance import KM_PER_DEGREE
from geodata.inscribed import inscribed_circle


def test_a_square_on_the_equator() -> None:
    circle = inscribed_circle(shapely.box(0.0, -0.5, 1.0, 0.5))
    assert (circle.lon, circle.lat) == pytest.approx((0.5, 0.0), abs=1e-2)
    assert circle.radius_km == pytest.approx(KM_PER_DEGREE / 2, rel=1e-2)


def test_a_degree_square_at_60_north_is_twice_as_high_as_wide() -> None:
    circle = inscribed_circle(shapely.box(0.0, 59.5, 1.0, 60.5))
    assert circle.radius_km == pytest.approx(KM_PER_DEGREE / 4, rel=1e-2)


def test_the_larger_part_of_two_is_taken() -> None:
    parts = shapely.MultiPolygon([shapely.box(0, 0, 1, 1), shapely.box(5, 0, 7, 2)])
    assert inscribed_circle(parts).lon == pytest.approx(6.0, abs=1e-2)
