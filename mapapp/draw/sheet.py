"""A sheet of paper with shapes on it: what every writer (SVG, PDF, PNG) is given.

Lengths are points (1/72 inch), y grows downwards. There are two shapes only, a path and a line of
text, so that no writer can draw anything differently from another.
"""

import math
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum

Point = tuple[float, float]
Step = tuple[str, tuple[Point, ...]]
"""M and L with one point, C (a cubic Bézier curve) with three, Z with none."""
_ROUND = 0.5523
"""Of a circle's radius: where the control points of its quarters stand."""


class Paper(Enum):
    """Sheets lying on their long side; the value is width and height in mm (ISO 216)."""

    A4 = (297, 210)
    A3 = (420, 297)
    A1 = (841, 594)
    STRIP = (297, 140)  # no sheet: a chart across an upright page, at half its size
    BAND = (265, 97)  # no sheet: a low picture across an upright page
    LOW_BAND = (265, 62)
    FLAT_BAND = (265, 44)
    MAP = (200, 165)  # no sheet: a map on a telephone
    CUT = (180, 68)  # no sheet: a county beside its city, as wide as an upright page's text
    PANEL = (180, 92)  # no sheet: a chain as wide as an upright page's text

    @property
    def size(self) -> Point:
        """Width and height in points."""
        wide, high = self.value
        return wide / 25.4 * 72, high / 25.4 * 72


@dataclass(frozen=True, slots=True)
class Path:
    """A line or an area. Colours are #rrggbb; None leaves out fill or stroke."""

    steps: tuple[Step, ...]
    fill: str | None = None
    stroke: str | None = None
    width: float = 0.6
    dash: tuple[float, ...] = ()
    round_ends: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """One line of text on its baseline; anchor is start, middle or end.

    halo is the colour of a rim around the letters, so that they can be read over lines; angle
    turns the line about its point, in degrees against the clock.
    """

    x: float
    y: float
    text: str
    size: float
    colour: str
    anchor: str = "start"
    bold: bool = False
    halo: str | None = None
    angle: float = 0.0


Shape = Path | Text


@dataclass(slots=True)
class Sheet:
    """A sheet and its shapes, the first lowest. title and subject describe the file."""

    paper: Paper
    title: str
    subject: str
    shapes: list[Shape] = field(default_factory=list)

    def add(self, *shapes: Shape) -> None:
        self.shapes += shapes

    def letters(self, bold: bool | None = None) -> set[str]:
        """Every character on the sheet; only those in bold or not, if asked."""
        texts = (shape for shape in self.shapes if isinstance(shape, Text))
        return {c for text in texts if bold in (None, text.bold) for c in text.text}

    def replace_letters(self, letters: Iterable[str], by: str) -> None:
        """Draw another character in the place of these."""
        table = {ord(letter): by for letter in letters}
        self.shapes = [
            replace(shape, text=shape.text.translate(table)) if isinstance(shape, Text) else shape
            for shape in self.shapes
        ]


def plain(text: str) -> str:
    """A text as one line of visible characters: what steers (line ends, writing directions,
    half a surrogate) is a blank, since neither XML nor a font has a sign for it."""
    seen = (" " if unicodedata.category(letter)[0] in "CZ" else letter for letter in text)
    return "".join(seen)


def rectangle(x: float, y: float, wide: float, high: float, radius: float = 0) -> tuple[Step, ...]:
    """A rectangle from its upper left corner, its corners round where a radius is given."""
    right, low, r, k = x + wide, y + high, radius, radius * (1 - _ROUND)
    if not r:
        return polygon([(x, y), (right, y), (right, low), (x, low)])
    return (
        ("M", ((x + r, y),)),
        ("L", ((right - r, y),)),
        ("C", ((right - k, y), (right, y + k), (right, y + r))),
        ("L", ((right, low - r),)),
        ("C", ((right, low - k), (right - k, low), (right - r, low))),
        ("L", ((x + r, low),)),
        ("C", ((x + k, low), (x, low - k), (x, low - r))),
        ("L", ((x, y + r),)),
        ("C", ((x, y + k), (x + k, y), (x + r, y))),
        ("Z", ()),
    )


def circle(x: float, y: float, radius: float) -> tuple[Step, ...]:
    """A circle: a rectangle that is all corners."""
    return rectangle(x - radius, y - radius, 2 * radius, 2 * radius, radius)


def half_circle(x: float, y: float, radius: float) -> tuple[Step, ...]:
    """The left half of a circle."""
    k = radius * _ROUND
    return (
        ("M", ((x, y - radius),)),
        ("C", ((x - k, y - radius), (x - radius, y - k), (x - radius, y))),
        ("C", ((x - radius, y + k), (x - k, y + radius), (x, y + radius))),
        ("Z", ()),
    )


def polygon(points: Sequence[Point]) -> tuple[Step, ...]:
    """A closed area through the points."""
    first, *rest = points
    return (("M", (first,)), *(("L", (point,)) for point in rest), ("Z", ()))


def star(x: float, y: float, radius: float) -> tuple[Step, ...]:
    """A star of five points, one of them up."""
    corners = []
    for n in range(10):
        reach, angle = radius * (1 if n % 2 == 0 else 0.42), math.pi * n / 5
        corners.append((x + reach * math.sin(angle), y - reach * math.cos(angle)))
    return polygon(corners)


def hatching(x: float, y: float, wide: float, high: float, apart: float) -> tuple[Step, ...]:
    """Slanting lines inside a rectangle, `apart` along its upper side."""
    steps: list[Step] = []
    start = apart / 2
    while start < wide + high:
        # along the line, across + down = start; both ends lie on the rectangle's sides
        upper = (min(start, wide), max(0.0, start - wide))
        lower = (max(0.0, start - high), min(start, high))
        steps += [("M", ((x + upper[0], y + upper[1]),)), ("L", ((x + lower[0], y + lower[1]),))]
        start += apart
    return tuple(steps)


def line(*points: Point) -> tuple[Step, ...]:
    """Straight from point to point."""
    first, *rest = points
    return (("M", (first,)), *(("L", (point,)) for point in rest))


def curve(points: Sequence[Point]) -> tuple[Step, ...]:
    """Cubic Bézier pieces: a start, then three points for each piece."""
    start, *rest = points
    pieces = (tuple(rest[n : n + 3]) for n in range(0, len(rest) - 2, 3))
    return (("M", (start,)), *(("C", piece) for piece in pieces))


def arrowhead(before: Point, tip: Point, length: float) -> tuple[Step, ...]:
    """A triangle at the tip of a line that comes from `before`."""
    angle = math.atan2(tip[1] - before[1], tip[0] - before[0])
    x, y = tip[0] - length * math.cos(angle), tip[1] - length * math.sin(angle)
    across = (0.42 * length * math.sin(angle), -0.42 * length * math.cos(angle))
    return polygon([tip, (x + across[0], y + across[1]), (x - across[0], y - across[1])])


def moved(shape: Shape, factor: float, x: float, y: float) -> Shape:
    """A shape enlarged, then moved."""
    if isinstance(shape, Text):
        across, down = shape.x * factor + x, shape.y * factor + y
        return replace(shape, x=across, y=down, size=shape.size * factor)
    steps = tuple(
        (letter, tuple((px * factor + x, py * factor + y) for px, py in points))
        for letter, points in shape.steps
    )
    dash = tuple(part * factor for part in shape.dash)
    return replace(shape, steps=steps, width=shape.width * factor, dash=dash)
