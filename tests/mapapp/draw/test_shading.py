from hypothesis import given
from hypothesis import strategies as st

from mapapp.draw.palette import EMPTY, SHADES
from mapapp.draw.shading import shade


def test_round_limits_about_equally_full() -> None:
    shading = shade([16, 7, 14, 11, 10, 9, 18, 16])
    assert [c.low for c in shading.classes] == [5, 10, 15]
    assert [c.text(whole=True) for c in shading.classes] == ["5–9", "10–14", "15 及以上"]


def test_nothing_and_unknown_have_a_colour_of_their_own() -> None:
    shading = shade([0, None, 3, 12])
    assert shading.colour(0) == shading.colour(None) == EMPTY
    assert EMPTY not in SHADES
    assert shade([None, 0]).classes == ()


def test_few_values_make_few_classes() -> None:
    assert [c.low for c in shade([7, 500]).classes] == [5, 500]
    assert len(shade([4]).classes) == 1


@given(st.lists(st.floats(0, 1e6) | st.none(), max_size=40))
def test_every_value_has_a_class_and_no_class_is_empty(values: list[float | None]) -> None:
    values = [value for value in values if not value or value >= 0.01]
    shading = shade(values)
    used = {shading.colour(value) for value in values if value}
    assert used == {c.colour for c in shading.classes}


@given(st.lists(st.floats(0.01, 1e6), min_size=2, max_size=40))
def test_more_is_never_lighter(values: list[float]) -> None:
    shading = shade(values)
    order = [SHADES.index(shading.colour(value)) for value in sorted(values)]
    assert order == sorted(order)
