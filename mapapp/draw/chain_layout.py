"""Where the links and arrows of a chain stand, laid out once by graphviz dot and kept."""

import hashlib
import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock

import pygraphviz

from chains import Chain
from mapapp.draw.chain_ranks import columns

WIDTH = 1290.0
"""A picture fits a 1366 pixel screen; one unit is a pixel there, a point for graphviz."""
NODE_WIDTHS = (92.0, 124.0)
FONT = 12.5
LINE = 16.0
HEAD = 22.0
"""Height of the line with the status, above the name."""
PADDING = 5.0
TOP = 34.0
"""Room for the tiers' names."""
MARGIN = 10.0
LANE = 3.0
"""Between arrows that run side by side."""
APART = 9.0
"""Between links of one column."""
_LIMITS = (26.0, 90.0)
_one_at_a_time = Lock()


@dataclass(frozen=True, slots=True)
class Box:
    """A link: its centre, size, and the lines that its name is broken into."""

    name: str
    x: float
    y: float
    width: float
    height: float
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Arrow:
    """An arrow as cubic Bézier points: start, then three for each piece. `back` is a return."""

    supplier: str
    user: str
    points: tuple[tuple[float, float], ...]
    back: bool


@dataclass(frozen=True, slots=True)
class Band:
    """A tier: from left to right edge."""

    tier: str
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class Layout:
    """A picture's geometry; y grows downwards."""

    width: float
    height: float
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    bands: tuple[Band, ...]


def lay_out(chain: Chain) -> Layout:
    """The layout of a chain: computed once for its links and edges, whatever their statuses."""
    shape = {
        "tiers": chain.tiers,
        "links": [(link.name, link.tier) for link in chain.links.values()],
        "edges": [(edge.supplier, edge.user, edge.share) for edge in chain.edges],
        "returns": [(edge.supplier, edge.user) for edge in chain.returns],
    }
    text = json.dumps(shape, ensure_ascii=False)
    return _lay_out(_Key(chain, hashlib.sha256(text.encode()).hexdigest()))


@dataclass(frozen=True, slots=True, eq=False)
class _Key:
    """A chain that equals another of the same shape."""

    chain: Chain
    digest: str

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and self.digest == other.digest

    def __hash__(self) -> int:
        return hash(self.digest)


@lru_cache(maxsize=64)
def _lay_out(key: _Key) -> Layout:
    chain = key.chain
    found, bands = columns(chain.graph, chain.tiers)
    count = _count(bands)
    pitch = (WIDTH - 2 * MARGIN) / count
    width = min(NODE_WIDTHS[1], max(NODE_WIDTHS[0], pitch * 0.74))
    gap = min(_LIMITS[1], max(_LIMITS[0], pitch - width))
    names = {name: wrap(name, width - 2 * PADDING) for name in chain.links}
    with _one_at_a_time:  # graphviz runs in this process and keeps global state
        graph = _dot(chain, found, count, names, width, gap)
        graph.layout(prog="dot")
    return _read(graph, chain, bands, names, width, gap)


def _dot(
    chain: Chain,
    found: dict[str, int],
    count: int,
    names: dict[str, tuple[str, ...]],
    width: float,
    gap: float,
) -> pygraphviz.AGraph:
    """The chain for dot. Links go by number, so that no name meets graphviz's own syntax."""
    graph = pygraphviz.AGraph(directed=True, strict=False)
    graph.graph_attr.update(
        rankdir="LR",
        nodesep=LANE / 72,
        ranksep=gap / 72,
        splines="spline",
        mclimit=8,
        remincross=True,
    )
    graph.node_attr.update(shape="box", fixedsize=True, width=width / 72, label="")
    number = {name: str(n) for n, name in enumerate(chain.links)}
    for name, lines in names.items():
        graph.add_node(number[name], height=(_height(lines) + APART) / 72)
    for column in range(count):
        anchor = f"c{column}"
        graph.add_node(anchor, style="invis", height=0.01)
        if column:
            graph.add_edge(f"c{column - 1}", anchor, style="invis", weight=0)
        here = [number[name] for name, where in found.items() if where == column]
        graph.add_subgraph([anchor, *here], rank="same")
    ends = {"tailport": "e", "headport": "w", "arrowhead": "none"}
    for n, edge in enumerate(chain.edges):
        ports = (number[edge.supplier], number[edge.user])
        graph.add_edge(*ports, key=f"e{n}", weight=1 + round(4 * edge.share), **ends)
    for n, edge in enumerate(chain.returns):
        ports = (number[edge.user], number[edge.supplier])
        graph.add_edge(*ports, key=f"r{n}", weight=0, constraint=False, arrowhead="none")
    return graph


def _read(
    graph: pygraphviz.AGraph,
    chain: Chain,
    bands: dict[str, range],
    names: dict[str, tuple[str, ...]],
    width: float,
    gap: float,
) -> Layout:
    links = list(chain.links)
    raw = {name: _pair(graph.get_node(str(n)).attr["pos"]) for n, name in enumerate(links)}
    centres = [_pair(graph.get_node(f"c{c}").attr["pos"])[0] for c in range(_count(bands))]
    curves = list(_curves(graph, chain))
    ys = [y for _, _, points, _ in curves for _, y in points]
    heights = {name: _height(lines) for name, lines in names.items()}
    top = max([raw[name][1] + heights[name] / 2 for name in links] + ys)
    low = min([raw[name][1] - heights[name] / 2 for name in links] + ys)
    shift = MARGIN + gap / 2 - (centres[0] - width / 2)

    def place(x: float, y: float) -> tuple[float, float]:
        return round(x + shift, 1), round(top - y + TOP + MARGIN, 1)

    boxes = tuple(
        Box(name, *place(*raw[name]), width, heights[name], names[name]) for name in links
    )
    arrows = tuple(
        Arrow(tail, head, tuple(place(*point) for point in points), back)
        for tail, head, points, back in curves
    )
    sides = tuple(
        Band(
            tier,
            centres[band.start] + shift - width / 2 - gap / 2,
            centres[band.stop - 1] + shift + width / 2 + gap / 2,
        )
        for tier, band in bands.items()
    )
    total = centres[-1] + shift + width / 2 + gap / 2 + MARGIN
    return Layout(total, top - low + TOP + 2 * MARGIN, boxes, arrows, sides)


def _count(bands: dict[str, range]) -> int:
    """How many columns there are in all."""
    return max(band.stop for band in bands.values())


def _curves(
    graph: pygraphviz.AGraph, chain: Chain
) -> list[tuple[str, str, list[tuple[float, float]], bool]]:
    number = {name: str(n) for n, name in enumerate(chain.links)}
    found = []
    for n, edge in enumerate(chain.edges):
        drawn = graph.get_edge(number[edge.supplier], number[edge.user], key=f"e{n}")
        found.append((edge.supplier, edge.user, _points(drawn.attr["pos"]), False))
    for n, edge in enumerate(chain.returns):
        drawn = graph.get_edge(number[edge.user], number[edge.supplier], key=f"r{n}")
        points = _points(drawn.attr["pos"])
        found.append((edge.supplier, edge.user, points[::-1], True))
    return found


def _points(text: str) -> list[tuple[float, float]]:
    return [_pair(word) for word in text.split() if word[0] not in "es"]


def _pair(text: str) -> tuple[float, float]:
    x, y = text.split(",")[:2]
    return float(x), float(y)


def _height(lines: Sequence[str]) -> float:
    return HEAD + LINE * max(2, len(lines)) + PADDING


def wrap(name: str, room: float, size: float = FONT) -> tuple[str, ...]:
    """A name in lines that fit, broken before a bracket or after a slash where that is possible."""
    lines, line = [], ""
    for word in _words(name):
        if line and _width(line + word, size) > room:
            lines.append(line)
            line = ""
        *full, word = _cut(word, room, size)
        lines += full
        line += word
    return (*lines, line) if line else tuple(lines)


def _cut(word: str, room: float, size: float) -> list[str]:
    """A word that fits no line, in equal pieces that do."""
    pieces = math.ceil(_width(word, size) / room)
    length = math.ceil(len(word) / max(1, pieces))
    return [word[n : n + length] for n in range(0, len(word), length)]


def _words(name: str) -> list[str]:
    words, word = [], ""
    for letter in name:
        if letter in "(（" and word:
            words.append(word)
            word = ""
        word += letter
        if letter in "/、·":
            words.append(word)
            word = ""
    return [*words, word] if word else words


def _width(text: str, size: float) -> float:
    return sum(size if ord(letter) > 0x2E7F else size * 0.6 for letter in text)
