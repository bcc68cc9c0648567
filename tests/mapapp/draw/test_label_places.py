"""Names on a small map: none over another, each as near to its area as may be."""

import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from mapapp.draw.label_places import Wanted, place_labels
from mapapp.draw.room import Room

FRAME = Room(0, 0, 260, 220)


def square(x: float, y: float, half: float, wide: float) -> Wanted:
    """A name for a square around its point."""
    return Wanted((x, y), wide, 17.0, shapely.box(x - half, y - half, x + half, y + half))


_WANTED = st.builds(
    square, st.floats(5, 255), st.floats(5, 215), st.floats(1, 40), st.floats(15, 60)
)


@settings(max_examples=40, deadline=None)
@given(st.lists(_WANTED, max_size=40))
def test_no_name_meets_another_or_leaves_the_map(wanted: list[Wanted]) -> None:
    placed = [place for place in place_labels(wanted, [], FRAME) if place]
    for n, place in enumerate(placed):
        assert FRAME.holds(place.room)
        assert not any(place.room.meets(other.room) for other in placed[n + 1 :])


def test_a_name_stands_in_its_area_and_beside_its_signs() -> None:
    area = shapely.box(50, 50, 150, 150)
    [place] = place_labels([Wanted((100, 100), 30, 17, area)], [(100.0, 100.0)], FRAME)
    assert place
    assert place.line is None
    assert area.contains(shapely.box(*place.room[:2], place.room.right, place.room.low))
    assert not shapely.box(*place.room[:2], place.room.right, place.room.low).contains(
        shapely.Point(100, 100)
    )


def test_a_name_too_large_for_its_area_stands_outside_on_a_line() -> None:
    [place] = place_labels([Wanted((100, 100), 30, 17, shapely.box(97, 97, 103, 103))], [], FRAME)
    assert place
    assert place.line
    assert place.line[0] == (100, 100)


def test_what_finds_no_room_is_left_out() -> None:
    small = Room(0, 0, 31, 18)
    wanted = [Wanted((15, 9), 30, 17, shapely.box(0, 0, 31, 18))] * 2
    assert [place is None for place in place_labels(wanted, [], small)] == [False, True]
