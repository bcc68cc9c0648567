"""Colours and shapes of the map and the chain picture, chosen once.

The shading is one blue-grey from light to dark, so that it survives colour-blind eyes and a black
and white printer. The chains take the colours of Okabe and Ito, darkened for white paper.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

SHADES = ("#e6eff3", "#cbdfe7", "#aecdda", "#8fb9ca", "#70a3b8")
"""From fewest to most; a map with fewer classes takes the first ones."""
DIVERGING = ("#cf9a5f", "#ecd3ae", "#f3f1ea", "#bcd8e4", "#70a3b8")
"""From the greatest fall to the greatest rise: brown and blue, which no colour blindness mixes up;
as light as SHADES, so that names and projects stay readable on it."""
EMPTY = "#fbfaf7"
TOO_FEW = "#d6d3cb"
"""A county with too few projects to make a rate of."""
BORDER = "#6b7f89"
CITY_BORDER = "#34444d"
ZONE = "#7a4b94"
SITE = "#b0126b"
"""Outline of a 载体: an open square, larger than any project."""

CHAINS = (
    "#ad3f7c", "#147a55", "#1a5796", "#d0430a", "#d39200",
    "#5a4fa3", "#7a5230", "#2a8f9e", "#6f7d12",
)  # fmt: skip
OTHER = "#5c646a"

INK, INK_SOFT = "#1c2732", "#55616d"
BANDS = ("#fbfaf7", "#f1f0eb")
"""Ground of the tiers, in turn."""
ARROW, ARROW_HEAD = "#a9b4ba", "#8f9ca3"
ARROW_MISSING, ARROW_MISSING_HEAD = "#e2b7aa", "#c9816b"
ARROW_RETURN = "#7d8a91"
HATCH_GROUND, HATCH = "#fdf0ec", "#d98c78"


@dataclass(frozen=True, slots=True)
class Frame:
    """How a link of one status is drawn: ink of sign and word, ground, edge, the edge's dashes."""

    ink: str
    ground: str
    edge: str
    width: float
    dash: tuple[float, ...] = ()


FRAMES = {
    "missing": Frame("#b3341a", "#ffffff", "#b3341a", 2.2, (6, 3)),
    "planned": Frame("#2456a6", "#e4ecf8", "#2456a6", 2, (1.5, 3)),
    "weak": Frame("#8f5600", "#fbf0dc", "#d9962b", 1.6),
    "present": Frame("#1d6b50", "#e2f1eb", "#3b8f72", 1.2),
    "no_demand": Frame("#66707a", "#fdfdfc", "#c9c7bf", 1.2),
}
"""By status, as on the page (static/css): told apart without colour by edge and sign as well."""


class Shape(StrEnum):
    """How a project is drawn: by how far it is."""

    TALKS = "diamond"
    SIGNED = "triangle"
    BUILDING = "square"
    PRODUCING = "circle"
    UNKNOWN = "cross"


_SHAPES = {
    "线索": Shape.TALKS,
    "在谈": Shape.TALKS,
    "签约": Shape.SIGNED,
    "开工": Shape.BUILDING,
    "入统": Shape.BUILDING,
    "竣工": Shape.BUILDING,
    "投产": Shape.PRODUCING,
    "进规": Shape.PRODUCING,
}
STAGE_COLOURS = {
    Shape.TALKS: "#b98900",
    Shape.SIGNED: "#1a5796",
    Shape.BUILDING: "#c2410c",
    Shape.PRODUCING: "#147a55",
    Shape.UNKNOWN: OTHER,
}
OVERDUE, IN_TIME = "#b3341a", "#8a979e"
SHAPE_LABELS = {
    Shape.TALKS: "线索、在谈",
    Shape.SIGNED: "签约",
    Shape.BUILDING: "开工、入统、竣工",
    Shape.PRODUCING: "投产、进规",
    Shape.UNKNOWN: "阶段未明、终止",
}


def shape_of(stage: str | None) -> Shape:
    """The shape of a stage's name; a cross for 终止 and where the stage is unknown."""
    return _SHAPES.get(stage or "", Shape.UNKNOWN)


def chain_colours(chains: Iterable[str]) -> dict[str, str]:
    """A colour for each chain id, always the same one for the same set of chains."""
    return {chain: CHAINS[n % len(CHAINS)] for n, chain in enumerate(sorted(chains))}
