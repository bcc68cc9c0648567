"""Where the links and arrows of a chain stand, laid out once by graphviz dot and kept."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from threading import Lock

import pygraphviz

from chains import Chain
from mapapp.draw.chain_ranks import columns
from mapapp.draw.lettering import firms, wrap

MARGIN = 10.0
_one_at_a_time = Lock()


@dataclass(frozen=True, slots=True)
class Measures:
    """How large things are, in units of which a screen shows one as a pixel, graphviz as a point.

    width is what the columns may fill; nodes and gaps are the least and greatest width of a link
    and of the room between columns. font and line are of the name, note_font and note_line of the
    firms under it. head is the height of the line with the status, above the name; top the room
    for the tiers' names; lane the room between arrows side by side, apart between the links of a
    column. lines and note_lines: the least lines of a name, the most of firms. sign is what is kept
    free beside a name, for what stands in its line.
    """

    width: float = 1290.0
    nodes: tuple[float, float] = (92.0, 124.0)
    gaps: tuple[float, float] = (23.0, 90.0)
    font: float = 12.5
    line: float = 16.0
    note_font: float = 11.0
    note_line: float = 12.5
    head: float = 22.0
    padding: float = 5.0
    top: float = 34.0
    lane: float = 3.0
    apart: float = 9.0
    lines: int = 2
    note_lines: int = 0
    sign: float = 0.0


SCREEN = Measures()
"""Fits a screen 1366 pixels wide."""


@dataclass(frozen=True, slots=True)
class Box:
    """A link: its centre, size, and the lines that its name is broken into; notes are firms."""

    name: str
    x: float
    y: float
    width: float
    height: float
    lines: tuple[str, ...]
    notes: tuple[str, ...] = ()


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


def lay_out(
    chain: Chain, measures: Measures = SCREEN, notes: Mapping[str, tuple[str, ...]] | None = None
) -> Layout:
    """The layout of a chain: computed once for its links and edges, whatever their statuses.

    Args:
        notes: the firms to name on each link, where the measures leave them lines.
    """
    shown = dict(notes or {}) if measures.note_lines else {}
    shape = {
        "tiers": chain.tiers,
        "links": [(link.name, link.tier) for link in chain.links.values()],
        "edges": [(edge.supplier, edge.user, edge.share) for edge in chain.edges],
        "returns": [(edge.supplier, edge.user) for edge in chain.returns],
        "measures": asdict(measures),
        "notes": sorted(shown.items()),
    }
    text = json.dumps(shape)
    return _lay_out(_Key(chain, measures, shown, hashlib.sha256(text.encode()).hexdigest()))


@dataclass(frozen=True, slots=True, eq=False)
class _Key:
    """A chain that equals another of the same shape, in the same measures."""

    chain: Chain
    measures: Measures
    notes: Mapping[str, tuple[str, ...]]
    digest: str

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and self.digest == other.digest

    def __hash__(self) -> int:
        return hash(self.digest)


@lru_cache(maxsize=64)
def _lay_out(key: _Key) -> Layout:
    chain, measures = key.chain, key.measures
    found, bands = columns(chain.graph, chain.tiers)
    count = _count(bands)
    pitch = (measures.width - 2 * MARGIN) / count
    width = min(measures.nodes[1], max(measures.nodes[0], pitch * 0.74))
    gap = min(measures.gaps[1], max(measures.gaps[0], pitch - width))
    boxes = {name: _box(name, key.notes.get(name, ()), width, measures) for name in chain.links}
    with _one_at_a_time:  # graphviz runs in this process and keeps global state
        graph = _dot(chain, found, count, boxes, gap, measures)
        graph.layout(prog="dot")
    return _read(graph, chain, bands, boxes, gap, measures)


def _box(name: str, notes: tuple[str, ...], width: float, measures: Measures) -> Box:
    """A link that stands nowhere yet."""
    room = width - 2 * measures.padding - measures.sign
    lines = wrap(name, room, measures.font)
    below = firms(notes, room, measures.note_font, measures.note_lines)
    height = measures.head + measures.line * max(measures.lines, len(lines)) + measures.padding
    return Box(name, 0, 0, width, height + measures.note_line * len(below), lines, below)


def _dot(
    chain: Chain,
    found: dict[str, int],
    count: int,
    boxes: dict[str, Box],
    gap: float,
    measures: Measures,
) -> pygraphviz.AGraph:
    """The chain for dot. Links go by number, so that no name meets graphviz's own syntax."""
    graph = pygraphviz.AGraph(directed=True, strict=False)
    graph.graph_attr.update(
        rankdir="LR",
        nodesep=measures.lane / 72,
        ranksep=gap / 72,
        splines="spline",
        mclimit=8,
        remincross=True,
    )
    graph.node_attr.update(shape="box", fixedsize=True, label="")
    number = {name: str(n) for n, name in enumerate(chain.links)}
    for name, box in boxes.items():
        height = (box.height + measures.apart) / 72
        graph.add_node(number[name], width=box.width / 72, height=height)
    for column in range(count):
        anchor = f"c{column}"
        graph.add_node(
            anchor, style="invis", width=next(iter(boxes.values())).width / 72, height=0.01
        )
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
    boxes: dict[str, Box],
    gap: float,
    measures: Measures,
) -> Layout:
    raw = {name: _pair(graph.get_node(str(n)).attr["pos"]) for n, name in enumerate(boxes)}
    centres = [_pair(graph.get_node(f"c{c}").attr["pos"])[0] for c in range(_count(bands))]
    curves = list(_curves(graph, chain))
    ys = [y for _, _, points, _ in curves for _, y in points]
    top = max([raw[name][1] + box.height / 2 for name, box in boxes.items()] + ys)
    low = min([raw[name][1] - box.height / 2 for name, box in boxes.items()] + ys)
    half = next(iter(boxes.values())).width / 2 + gap / 2
    shift = MARGIN + half - centres[0]

    def place(x: float, y: float) -> tuple[float, float]:
        return round(x + shift, 1), round(top - y + measures.top + MARGIN, 1)

    placed = []
    for name, box in boxes.items():
        x, y = place(*raw[name])
        placed.append(replace(box, x=x, y=y))
    arrows = tuple(
        Arrow(tail, head, tuple(place(*point) for point in points), back)
        for tail, head, points, back in curves
    )
    sides = tuple(
        Band(tier, centres[band.start] + shift - half, centres[band.stop - 1] + shift + half)
        for tier, band in bands.items()
    )
    height = top - low + measures.top + 2 * MARGIN
    return Layout(centres[-1] + shift + half + MARGIN, height, tuple(placed), arrows, sides)


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
