"""A rectangle on a sheet that something may fill."""

from __future__ import annotations

from typing import NamedTuple

from mapapp.draw.lettering import width
from mapapp.draw.sheet import Text

_UP, _DOWN = 0.9, 0.22
"""Of a letter's size: how far it reaches above and below its baseline."""


class Room(NamedTuple):
    """Upper left corner and size, in the points of its sheet; y grows downwards."""

    left: float
    top: float
    wide: float
    high: float

    @property
    def right(self) -> float:
        return self.left + self.wide

    @property
    def low(self) -> float:
        return self.top + self.high

    def meets(self, other: Room) -> bool:
        """Whether the two share more than a border."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.low
            and other.top < self.low
        )

    def holds(self, other: Room) -> bool:
        """Whether the other lies inside, to a tenth of a point."""
        return (
            self.left - 0.1 <= other.left
            and self.top - 0.1 <= other.top
            and other.right <= self.right + 0.1
            and other.low <= self.low + 0.1
        )

    def below(self, taken: float) -> Room:
        """What is left under a strip of that height."""
        return Room(self.left, self.top + taken, self.wide, max(0.0, self.high - taken))


def room_of(text: Text) -> Room:
    """What a line of text takes up, as wide as it may come out; not turned."""
    wide = width(text.text, text.size)
    left = text.x - {"start": 0.0, "middle": wide / 2, "end": wide}[text.anchor]
    return Room(left, text.y - text.size * _UP, wide, text.size * (_UP + _DOWN))
