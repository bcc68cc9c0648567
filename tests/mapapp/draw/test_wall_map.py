from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import box

from mapapp.draw.wall_map import HIGH, WIDE, County, apart, draw_wall_map

PLACE = st.tuples(st.floats(0, 560), st.floats(0, 480))


@given(st.lists(PLACE, min_size=1, max_size=8))
def test_names_that_cover_each_other_are_moved_apart(places: list[tuple[float, float]]) -> None:
    moved = apart(places, [80.0] * len(places), 26.0)
    for (x, y), (other_x, other_y) in combinations(moved, 2):
        assert abs(x - other_x) > 79.8 or abs(y - other_y) > 25.8


def test_names_with_room_stay_where_they_are() -> None:
    places = [(100.0, 100.0), (300.0, 100.0), (100.0, 200.0)]
    assert apart(places, [80.0] * 3, 26.0) == places


def test_counties_fill_the_drawing_and_keep_their_order() -> None:
    west, east = box(0, 0, 10, 10), box(10, 0, 30, 10)
    drawn = draw_wall_map([County("西", west, (5, 5)), County("东", east, (20, 5))])
    assert [county.name for county in drawn] == ["西", "东"]
    numbers = [
        float(n)
        for county in drawn
        for pair in county.d.strip("MZ").split("L")
        for n in pair.split(",")
    ]
    assert max(numbers[::2]) - min(numbers[::2]) == pytest.approx(WIDE - 12, abs=0.2)
    assert 0 <= min(numbers) <= max(numbers[1::2]) <= HIGH
    assert drawn[0].x < drawn[1].x
    assert drawn[0].y == drawn[1].y
