"""A chain in a place: what is made there on each link, and who there leans on it."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import networkx as nx

from chains.chain import Chain
from chains.supply import Activity, LocalSource, Supply, demand, empty, supply
from chains.weights import DEFAULT, Weights

_ONE_YUAN = 1e-4
"""Less demand than this, in 万元, is a rounding of nothing."""


@dataclass(frozen=True)
class Presence:
    """Supply on every link of a chain in one place."""

    chain: Chain
    supplies: dict[str, Supply]
    weights: Weights = DEFAULT

    @classmethod
    def of(
        cls, chain: Chain, activities: Iterable[Activity], weights: Weights = DEFAULT
    ) -> "Presence":
        """The presence that these activities make; what they do off the chain is left aside."""
        found = supply(activities, weights)
        return cls(chain, {name: found.get(name) or empty(name) for name in chain.links}, weights)

    @cached_property
    def sources(self) -> dict[str, tuple[LocalSource, ...]]:
        """The active sources of every link, largest first."""
        return {name: found.active(self.weights) for name, found in self.supplies.items()}

    @cached_property
    def active(self) -> tuple[str, ...]:
        """The links that have an active source, in the chain's order."""
        return tuple(name for name, sources in self.sources.items() if sources)

    @cached_property
    def _active(self) -> frozenset[str]:
        return frozenset(self.active)

    def users(self, link: str) -> tuple[str, ...]:
        """Active links within `weights.hops` steps downstream, nearest first."""
        steps = nx.single_source_shortest_path_length(
            self.chain.graph, link, cutoff=self.weights.hops
        )
        return tuple(name for name in steps if name != link and name in self._active)

    def suppliers(self, link: str) -> tuple[str, ...]:
        """Active links one step upstream."""
        return tuple(name for name in self.chain.graph.pred[link] if name in self._active)

    def demand(self, link: str) -> float:
        """D_i in 万元 a year."""
        return demand(self.chain, link, self.supplies)

    def measured(self, link: str) -> bool:
        """Whether s = C / D says something: half of the figures on both sides are known.

        Half of the link's sources and half of its direct users' sources state their output,
        and there is a demand of a yuan or more. No source at all is full knowledge too.
        """
        users = [
            source for user in self.chain.graph.succ[link] for source in self.supplies[user].sources
        ]
        return (
            half_stated(self.supplies[link].sources)
            and half_stated(users)
            and self.demand(link) >= _ONE_YUAN
        )

    @cached_property
    def sized(self) -> bool:
        """Whether every active link states its output, so that sizes may be compared in 万元."""
        return all(
            half_stated(self.supplies[name].sources) and self.supplies[name].capacity > 0
            for name in self.active
        )

    def size(self, link: str) -> float:
        """The weight of a link in the place: C in 万元 where all are sized, else its sources."""
        return self.supplies[link].capacity if self.sized else float(len(self.sources[link]))


def half_stated(sources: Iterable[LocalSource]) -> bool:
    """Whether at least half of the sources state their output; true of none."""
    known = [source.capacity is not None for source in sources]
    return 2 * sum(known) >= len(known)
