"""Which column each link of a chain stands in: one band a tier, as narrow as its longest path."""

from collections import Counter
from collections.abc import Sequence

import networkx as nx
import numpy as np
from scipy.optimize import linprog


def columns(graph: nx.DiGraph, tiers: Sequence[str]) -> tuple[dict[str, int], dict[str, range]]:
    """A column for each node (attribute `tier`), and the columns of each tier, left to right.

    Every arrow points to the right, and the arrows are as short as that allows; then crowded
    columns give what can move to emptier ones.
    """
    bands = _bands(graph, tiers)
    found = _shortest(graph, bands)
    _relieve(graph, bands, found)
    return found, bands


def _bands(graph: nx.DiGraph, tiers: Sequence[str]) -> dict[str, range]:
    bands, start = {}, 0
    for tier in tiers:
        inside = graph.subgraph(n for n, data in graph.nodes(data=True) if data["tier"] == tier)
        width = nx.dag_longest_path_length(inside, weight=None) + 1 if len(inside) else 1
        bands[tier] = range(start, start + width)
        start += width
    return bands


def _shortest(graph: nx.DiGraph, bands: dict[str, range]) -> dict[str, int]:
    """Columns that keep the sum of the arrows' lengths smallest: a linear programme whose
    corners are whole numbers."""
    nodes = list(graph)
    number = {node: n for n, node in enumerate(nodes)}
    cost = np.array([graph.in_degree(n) - graph.out_degree(n) for n in nodes], float)
    limits = [bands[graph.nodes[node]["tier"]] for node in nodes]
    bounds = [(band.start, band.stop - 1) for band in limits]
    rows = np.zeros((graph.number_of_edges(), len(nodes)))
    for row, (tail, head) in zip(rows, graph.edges, strict=True):
        row[number[tail]], row[number[head]] = 1, -1
    if not len(rows):
        return {node: band.start for node, band in zip(nodes, limits, strict=True)}
    solved = linprog(cost, A_ub=rows, b_ub=-np.ones(len(rows)), bounds=bounds, method="highs")
    return {node: round(x) for node, x in zip(nodes, solved.x, strict=True)}


def _relieve(graph: nx.DiGraph, bands: dict[str, range], found: dict[str, int]) -> None:
    """Move links that have room from crowded columns to neighbours at least two emptier."""
    for _ in range(3 * len(found)):
        load = Counter(found.values())
        moves = [
            (load[found[node]] - load[to], -abs(to - found[node]), node, to)
            for node in found
            for to in _room(graph, bands, found, node)
            if load[found[node]] - load[to] >= 3
        ]
        if not moves:
            return
        *_, node, to = max(moves)
        found[node] = to


def _room(
    graph: nx.DiGraph, bands: dict[str, range], found: dict[str, int], node: str
) -> list[int]:
    """The other columns where a link's arrows would still point to the right."""
    band = bands[graph.nodes[node]["tier"]]
    low = max((found[p] + 1 for p in graph.predecessors(node)), default=band.start)
    high = min((found[s] - 1 for s in graph.successors(node)), default=band.stop - 1)
    low, high = max(low, band.start), min(high, band.stop - 1)
    return [column for column in range(low, high + 1) if column != found[node]]
