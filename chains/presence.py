"""A chain in a place: what is made there on each link, and who there leans on it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import chain as end_to_end

from chains.chain import Chain, Edge
from chains.lattice import Lattice
from chains.supply import Activity, LocalSource, Supply, empty, supply
from chains.weights import DEFAULT, Weights

_ONE_YUAN = 1e-4
"""Less demand than this, in 万元, is a rounding of nothing."""


@dataclass(frozen=True)
class Presence:
    """Supply on every link of a chain in one place.

    by_count: compare sizes of links by their sources even where all state their output, so as to
    be comparable with a presence that cannot do otherwise.
    """

    chain: Chain
    supplies: dict[str, Supply]
    weights: Weights = DEFAULT
    by_count: bool = False

    @classmethod
    def of(
        cls, chain: Chain, activities: Iterable[Activity], weights: Weights = DEFAULT
    ) -> "Presence":
        """The presence that these activities make; what they do off the chain is left aside."""
        found = supply(activities, weights, chain.links)
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
    def lattice(self) -> Lattice:
        """The chain's arrows, numbered.

        Raises:
            ChainsError: the chain is none (a circle, an arrow to nowhere …).
        """
        return Lattice(self.chain)

    @cached_property
    def _is_active(self) -> tuple[bool, ...]:
        return tuple(bool(self.sources[name]) for name in self.lattice.names)

    @cached_property
    def _users(self) -> dict[str, tuple[str, ...]]:
        lattice, active, hops = self.lattice, self._is_active, self.weights.hops
        return {
            name: tuple(
                lattice.names[user] for user in lattice.within(number, hops) if active[user]
            )
            for name, number in lattice.number.items()
        }

    def users(self, link: str) -> tuple[str, ...]:
        """Active links within `weights.hops` steps downstream, nearest first."""
        return self._users[link]

    def suppliers(self, link: str) -> tuple[str, ...]:
        """Active links one step upstream."""
        lattice = self.lattice
        suppliers = lattice.incoming[lattice.number[link]]
        return tuple(lattice.names[number] for number in suppliers if self._is_active[number])

    def direct_users(self, link: str) -> Iterator[tuple[str, Edge]]:
        """Every link one step downstream, active or not, with the edge to it."""
        lattice = self.lattice
        for user, edge in lattice.outgoing[lattice.number[link]]:
            yield lattice.names[user], edge

    def demand(self, link: str) -> float:
        """D_i = Σ_j a_ij·C_j + F_i in 万元 a year (see `supply.demand`)."""
        return (self.chain.links[link].final_demand or 0.0) + sum(
            edge.share * self.supplies[user].capacity for user, edge in self.direct_users(link)
        )

    def measured(self, link: str, demand: float | None = None) -> bool:
        """Whether s = C / D says something: half of the figures on both sides are known.

        Half of the link's sources and half of its direct users' sources state their output,
        and there is a demand of a yuan or more. No source at all is full knowledge too.
        `demand` spares adding it up again.
        """
        if (self.demand(link) if demand is None else demand) < _ONE_YUAN:
            return False
        users = (self.supplies[user].sources for user, _ in self.direct_users(link))
        return half_stated(self.supplies[link].sources) and half_stated(end_to_end(*users))

    @cached_property
    def sized(self) -> bool:
        """Whether every active link states its output, so that sizes may be compared in 万元."""
        return not self.by_count and all(
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
