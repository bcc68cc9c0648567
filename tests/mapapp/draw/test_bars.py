"""The chart of the bulletin: bars as long as their values, names and figures in full."""

from mapapp.draw.bars import MOST, Bar, draw_bars
from mapapp.draw.sheet import Path, Text


def boxes(bars: list[Bar]) -> list[float]:
    """The lengths of the filled boxes."""
    found = []
    for shape in draw_bars("签约金额", "亿元", bars).shapes:
        if isinstance(shape, Path) and shape.fill:
            xs = [point[0] for _, points in shape.steps for point in points]
            found.append(max(xs) - min(xs))
    return found


def test_a_bar_is_as_long_as_its_value() -> None:
    first, second, none = boxes([Bar("甲", 100, 50), Bar("乙", 25), Bar("丙", 0)])
    assert abs(first - 4 * second) < 1e-6
    assert none == 0


def test_names_and_figures_stand_beside() -> None:
    sheet = draw_bars("签约金额", "亿元", [Bar("新能源与智能网联汽车产业", 1234.5)])
    said = [shape.text for shape in sheet.shapes if isinstance(shape, Text)]
    assert said == ["签约金额（亿元）", "新能源与智能网联汽车…", "1,234.5"]


def test_nothing_and_too_many() -> None:
    assert boxes([]) == []
    assert len(boxes([Bar(str(n), n) for n in range(40)])) == MOST
    assert boxes([Bar("甲", 0.0, 0.0)]) == [0]
