"""A score that explains itself: parts with points, and a sentence for each."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a score.

    value is 0 to 1, None where no data reach it; `points` = `most` × value (half of `most` where
    value is None). sentence is Chinese, says the inputs, and can be read aloud.
    """

    name: str
    label: str
    most: float
    value: float | None
    sentence: str

    @property
    def points(self) -> float:
        return self.most * (0.5 if self.value is None else self.value)


def total(parts: Sequence[Part]) -> float:
    """Sum of points, rescaled to 0–100 when the parts present do not reach 100 together."""
    most = sum(part.most for part in parts)
    return 100 * sum(part.points for part in parts) / most if most else 0.0
