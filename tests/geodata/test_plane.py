"""The city's plane: kilometres that are kilometres, north up."""

import pytest
from shapely.geometry import Point

from geodata import distance_km, plane_of

SHIYAN = (109.4, 31.5, 111.6, 33.3)


@pytest.mark.parametrize("end", [(110.5, 33.3), (109.4, 31.5), (111.6, 32.4), (110.6, 32.5)])
def test_a_kilometre_is_one(end: tuple[float, float]) -> None:
    plane = plane_of(SHIYAN)
    x, y = plane.point(*end)
    assert (x**2 + y**2) ** 0.5 == pytest.approx(distance_km(110.5, 32.4, *end), rel=0.004)


@pytest.mark.parametrize("bounds", [SHIYAN, (117.9, 24.4, 118.5, 24.9), (123.5, 45.0, 130.5, 48.5)])
def test_north_is_up_in_the_middle(bounds: tuple[float, float, float, float]) -> None:
    lon, lat = (bounds[0] + bounds[2]) / 2, (bounds[1] + bounds[3]) / 2
    x, y = plane_of(bounds).point(lon, lat + 0.3)
    assert abs(x) < 1e-6
    assert y > 30


def test_a_geometry_lies_where_its_points_do() -> None:
    plane = plane_of(SHIYAN)
    assert plane.flat(Point(110.0, 32.0)).coords[0] == pytest.approx(plane.point(110.0, 32.0))
