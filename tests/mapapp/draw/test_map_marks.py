"""The bar of scale: round figures, and true on every paper."""

import pytest

from mapapp.draw.map_marks import draw_scale, round_km, scale_words
from mapapp.draw.sheet import Path, Text


@pytest.mark.parametrize(("most", "km"), [(66.0, 50), (19.9, 10), (4.2, 2), (0.7, 0.5), (100, 100)])
def test_kilometres_are_round(most: float, km: float) -> None:
    assert round_km(most) == km


def test_the_scale_is_that_of_the_paper() -> None:
    assert scale_words(72 / 25.4) == "1∶100 万"  # a kilometre is a millimetre
    assert scale_words(72 / 2.54) == "1∶10 万"
    assert scale_words(2 * 72 / 25.4) == "1∶50 万"


def test_the_bar_is_as_long_as_it_says() -> None:
    shapes = list(draw_scale(10, 10, 66, 1.1, 2.0, 6.2))
    bars = [shape for shape in shapes if isinstance(shape, Path)]
    xs = [x for bar in bars for _, points in bar.steps for x, _ in points]
    assert max(xs) - min(xs) == pytest.approx(50 * 1.1)
    words = [shape.text for shape in shapes if isinstance(shape, Text)]
    assert "50 千米" in words
    assert scale_words(2.2) in words
