"""What a chain must be: names that mean one link, arrows that run downstream and never around."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple, Protocol

import networkx as nx

from chains._errors import hint
from chains.catalogue.reading import Entry
from chains.chain import Edge, Link


class Whole(Protocol):
    """A file whose mistakes are noted by line."""

    def fault(self, line: int, message: str) -> None: ...


class Place(Protocol):
    """Where an edge was written: an entry of a page, a row of a table."""

    @property
    def line(self) -> int: ...

    def fault(self, message: str, key: str = "") -> None: ...


class PlacedEdge(NamedTuple):
    """An edge and where it was written. returns: it flows against the chain (recycling)."""

    edge: Edge
    entry: Place
    returns: bool


def check_names(named: Iterable[tuple[Link, Entry]]) -> None:
    """No link twice, and no alias that is another link's name or alias."""
    pairs = [(link, entry) for link, entry in named if link.name]
    lines: dict[str, int] = {}
    for link, entry in pairs:
        if link.name in lines:
            entry.fault(f"环节“{link.name}”重复，已见第 {lines[link.name]} 行", "name")
        lines.setdefault(link.name, entry.line)
    for link, entry in pairs:
        for alias in link.aliases:
            if alias in lines:
                entry.fault(f"别名“{alias}”已是第 {lines[alias]} 行环节的叫法", "aliases")
            lines.setdefault(alias, entry.line)


def check_edges(
    page: Whole, links: Mapping[str, Link], tiers: Sequence[str], edges: Sequence[PlacedEdge]
) -> None:
    """Every rule of docs/catalogue.md that takes more than one entry to break."""
    sound = [placed for placed in edges if _ends_known(placed, links)]
    _once(sound)
    forward = [placed for placed in sound if not placed.returns]
    _downstream(forward, links, tiers)
    _sums(forward)
    _acyclic(page, forward)
    for placed in sound:
        if placed.returns and (placed.edge.required or placed.edge.group):
            placed.entry.fault("回流不进有向无环图，不能写 required 或 group")


def _ends_known(placed: PlacedEdge, links: Collection[str]) -> bool:
    """Whether the edge joins two different links of the chain."""
    sound = True
    for key, name in (("from", placed.edge.supplier), ("to", placed.edge.user)):
        if name and name not in links:
            placed.entry.fault(f"没有叫“{name}”的环节{hint(name, links)}", key)
        sound = sound and name in links
    if sound and placed.edge.supplier == placed.edge.user:
        placed.entry.fault(f"“{placed.edge.user}”不能供给自己")
        return False
    return sound


def _once(edges: Iterable[PlacedEdge]) -> None:
    lines: dict[tuple[str, str], int] = {}
    for edge, entry, _ in edges:
        pair = (edge.supplier, edge.user)
        if pair in lines:
            entry.fault(f"“{pair[0]}→{pair[1]}”重复，已见第 {lines[pair]} 行")
        lines.setdefault(pair, entry.line)


def _downstream(
    edges: Iterable[PlacedEdge], links: Mapping[str, Link], tiers: Sequence[str]
) -> None:
    order = {tier: place for place, tier in enumerate(tiers)}
    for edge, entry, _ in edges:
        start, end = links[edge.supplier].tier, links[edge.user].tier
        if order.get(start, 0) > order.get(end, len(order)):
            entry.fault(f"“{edge.supplier}→{edge.user}”从{start}指回{end}；回收料请写 return: true")


def _sums(edges: Iterable[PlacedEdge]) -> None:
    """Inputs of one link cost no more than its output."""
    sums: dict[str, float] = {}
    for edge, entry, _ in edges:
        before = sums.get(edge.user, 0.0)
        sums[edge.user] = before + edge.share
        if before <= 1 + 1e-9 < sums[edge.user]:
            entry.fault(f"“{edge.user}”的投入系数加到这里已是 {sums[edge.user]:g}，超过 1")


def _acyclic(page: Whole, edges: Iterable[PlacedEdge]) -> None:
    """One fault for each knot of links that run in a circle, naming one circle through it."""
    lines = {(edge.supplier, edge.user): entry.line for edge, entry, _ in edges}
    graph = nx.DiGraph(list(lines))
    for knot in nx.strongly_connected_components(graph):
        if len(knot) > 1:
            circle = [(start, end) for start, end in nx.find_cycle(graph.subgraph(knot))]
            names = "→".join([start for start, _ in circle] + [circle[0][0]])
            page.fault(max(lines[pair] for pair in circle), f"成环：{names}")
