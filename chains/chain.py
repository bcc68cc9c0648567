"""A chain: a directed acyclic graph of links, each in a tier, joined by supply edges."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import networkx as nx

from chains._errors import UnknownName, nearest

ESTIMATE = "估计"


@dataclass(frozen=True, slots=True)
class Source:
    """A public text that supports a statement. `date` is ISO text of any precision."""

    title: str
    url: str = ""
    date: str = ""

    def says(self) -> str:
        """Title and date, to be read out."""
        return f"{self.title}，{self.date}" if self.date else self.title


@dataclass(frozen=True, slots=True)
class Link:
    """A node: a product or service. `name` is its identity across all chains.

    resource says why a link goes where nature put it (a mine), so that no visit can bring it; empty
    for all others. key says why a link matters most. keywords are what projects on it are called.
    gbt4754 are its classes in GB/T 4754-2017, digits only (`3841`).
    note answers a doubt (chains.doubts).
    """

    name: str
    tier: str
    products: str = ""
    aliases: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    gbt4754: tuple[str, ...] = ()
    official: str = ""
    key: str = ""
    resource: str = ""
    final_demand: float | None = None
    source: Source | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Edge:
    """`supplier` delivers to `user`.

    share is the input coefficient a_ij: yuan of this input per yuan of the user's output
    (0 to 1). basis is a source, or ESTIMATE with the reasoning in `note`. A user falls with any
    `required` input, or with every member of one substitute `group`; other inputs are optional.
    """

    supplier: str
    user: str
    share: float
    basis: Source | str = ESTIMATE
    note: str = ""
    required: bool = False
    group: str = ""

    @property
    def estimated(self) -> bool:
        return self.basis == ESTIMATE


@dataclass(frozen=True)
class Chain:
    """An industry chain.

    `returns` are flows against the chain (recycling): drawn, never part of the graph. keywords
    speak for the chain in a project's name, hints only beside other words, excluded ones against
    it (docs/tagging.md). note answers a doubt about its words.
    """

    id: str
    name: str
    tiers: tuple[str, ...]
    links: Mapping[str, Link]
    edges: tuple[Edge, ...]
    returns: tuple[Edge, ...] = ()
    summary: str = ""
    keywords: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    sources: Mapping[str, Source] = field(default_factory=dict)
    note: str = ""

    @cached_property
    def graph(self) -> nx.DiGraph:
        """Links as nodes (attribute `tier`), edges supplier → user (attribute `edge`)."""
        graph = nx.DiGraph(name=self.name)
        graph.add_nodes_from((link.name, {"tier": link.tier}) for link in self.links.values())
        graph.add_edges_from((edge.supplier, edge.user, {"edge": edge}) for edge in self.edges)
        return graph

    def link(self, name: str) -> Link:
        """The link called `name`, or by one of its aliases.

        Raises:
            UnknownName: naming the nearest links of this chain.
        """
        if name in self.links:
            return self.links[name]
        for link in self.links.values():
            if name in link.aliases:
                return link
        raise UnknownName(f"环节（{self.name}）", name, nearest(name, self.links))
