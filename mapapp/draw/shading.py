"""Classes of a shaded map: few, with round limits; about equally full, or the same on every map."""

import math
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from mapapp.draw.palette import DIVERGING, EMPTY, SHADES

CLASSES = 4


@dataclass(frozen=True, slots=True)
class ShadeClass:
    """Values from `low` to below `high` (None: no upper limit), and their colour."""

    low: float
    high: float | None
    colour: str

    def text(self, whole: bool) -> str:
        """The class as a legend writes it: 5–9 for whole numbers, 50–100 otherwise."""
        if self.high is None:
            return f"{self.low:g} 及以上"
        if not whole:
            return f"{self.low:g}–{self.high:g}"
        last = math.ceil(self.high) - 1
        return f"{self.low:g}–{last:g}" if last > self.low else f"{self.low:g}"


@dataclass(frozen=True, slots=True)
class Shading:
    """The classes, from fewest to most. What is 0 or unknown belongs to none."""

    classes: tuple[ShadeClass, ...]

    def colour(self, value: float | None) -> str:
        """The colour of a value; that of an empty county for 0 and None."""
        fitting = [c.colour for c in self.classes if value and value >= c.low]
        return fitting[-1] if fitting else EMPTY


def shade(values: Sequence[float | None], classes: int = CLASSES) -> Shading:
    """Up to `classes` classes over the values above 0, each limit a round number."""
    above = sorted(value for value in values if value and value > 0)
    if not above:
        return Shading(())
    limits = sorted({_nice(above[len(above) * k // classes]) for k in range(classes)})
    highs = [*limits[1:], None]
    return Shading(
        tuple(
            ShadeClass(low, high, SHADES[_step(n, len(limits))])
            for n, (low, high) in enumerate(zip(limits, highs, strict=True))
        )
    )


def _step(n: int, classes: int) -> int:
    """Spread few classes over the whole scale, so that the darkest is always dark."""
    return round(n * (len(SHADES) - 1) / max(1, classes - 1)) if classes > 1 else 2


def _nice(value: float) -> float:
    """The largest of 1, 1.5, 2, 3, 5, 8 times a power of ten that does not exceed the value, so
    that no class is empty; below ten, whole numbers only."""
    power = 10.0 ** math.floor(math.log10(value))
    steps = (1, 1.5, 2, 3, 5, 8) if power >= 10 else (1, 2, 3, 5, 8)
    return max((step * power for step in steps if step * power <= value), default=value)


@dataclass(frozen=True, slots=True)
class Ladder:
    """Classes with fixed limits, the same on every map, so that two maps can be compared.

    lows are the lower limits from the second class on, ascending; what lies below the first of
    them is of the first class. colours and texts have one entry more.
    """

    lows: tuple[float, ...]
    colours: tuple[str, ...]
    texts: tuple[str, ...]

    def colour(self, value: float) -> str:
        return self.colours[bisect_right(self.lows, value)]


RATES = Ladder(
    (20, 40, 60, 80), SHADES, ("20% 以下", "20%–40%", "40%–60%", "60%–80%", "80% 及以上")
)
GROWTH = Ladder(
    (-50, -10, 10, 50),
    DIVERGING,
    ("下降超过 50%", "下降 10%–50%", "升降不到 10%", "增长 10%–50%", "增长 50% 及以上"),
)
"""Growth in per cent: symmetric about none."""
