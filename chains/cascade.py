"""What falls with a link: the links that could no longer be made if it left the whole chain.

A user falls with any required input, or when every member of one substitute group is gone.
Inactive links fall too: a place that buys a part elsewhere still loses it.
"""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from chains.chain import Chain
from chains.lattice import Lattice
from chains.tally import Tally

_BLOCK = 8192
"""Links whose fall is followed at once, one bit each."""
NAMED = 5
"""How many of the fallen a sentence names."""


@dataclass(frozen=True, slots=True)
class Loss:
    """How many counted links fall with one, and the first few of them, upstream first."""

    count: int
    first: tuple[str, ...]


class Cascade:
    """The needs of a chain, exact at any size.

    Raises:
        ChainsError: the chain is none (see `Lattice`).
    """

    def __init__(self, chain: Chain, lattice: Lattice | None = None) -> None:
        self._lattice = lattice or Lattice(chain)
        needs: dict[tuple[int, str], list[int]] = {}
        for supplier, arrows in enumerate(self._lattice.outgoing):
            for user, edge in arrows:
                if edge.required or edge.group:
                    # a required input is a group of its own: no author can write this name
                    needs.setdefault((user, edge.group or f"\0{supplier}"), []).append(supplier)
        count = len(self._lattice.names)
        self._needs: list[list[list[int]]] = [[] for _ in range(count)]
        self._of: list[list[tuple[int, int]]] = [[] for _ in range(count)]
        for (user, _), members in needs.items():
            for member in members:
                self._of[member].append((user, len(self._needs[user])))
            self._needs[user].append(members)

    def fallen(self, link: str) -> list[str]:
        """The links that fall when `link` does, itself not among them, in the order of falling."""
        start = self._lattice.number[link]
        lost: Counter[tuple[int, int]] = Counter()
        order, seen = [start], {start}
        for number in order:
            for user, need in self._of[number]:
                lost[user, need] += 1
                if lost[user, need] == len(self._needs[user][need]) and user not in seen:
                    seen.add(user)
                    order.append(user)
        return [self._lattice.names[number] for number in order[1:]]

    def losses(self, counted: Collection[str]) -> dict[str, Loss]:
        """For every link, how many of `counted` fall with it.

        A link that no single link needs takes nothing with it, and one with a single user takes
        that user and all that falls with it. The others are followed together: a row of bits for
        each link says with which of them it falls (its suppliers' rows, joined by `or` for a
        required input, by `and` within a group). Cost: arrows × such links / 60 or so.
        """
        names, kept = self._lattice.names, set(counted)
        is_counted = [name in kept for name in names]
        counts = [0] * len(names)
        first: list[list[int]] = [[] for _ in names]
        branching = [number for number in self._lattice.order if self._branches(number)]
        for start in range(0, len(branching), _BLOCK):
            block = branching[start : start + _BLOCK]
            tally = self._follow(block, is_counted)
            for number, count, some in zip(block, tally.counts(), tally.first, strict=True):
                counts[number], first[number] = count, some
        for number in reversed(self._lattice.order):
            user = self._only_user(number)
            if user is not None:
                own = [user] if is_counted[user] else []
                counts[number] = counts[user] + len(own)
                first[number] = [*own, *first[user]][:NAMED]
        return {
            name: Loss(counts[number], tuple(names[other] for other in first[number]))
            for number, name in enumerate(names)
        }

    def _branches(self, number: int) -> bool:
        """Whether it must be followed: it alone is needed somewhere, and that is not all."""
        return len(self._of[number]) > 1 and any(
            len(self._needs[user][need]) == 1 for user, need in self._of[number]
        )

    def _only_user(self, number: int) -> int | None:
        """The one link that needs it, and needs it alone; None where it is not just one."""
        if len(self._of[number]) != 1:
            return None
        user, need = self._of[number][0]
        return user if len(self._needs[user][need]) == 1 else None

    def _follow(self, block: list[int], is_counted: list[bool]) -> Tally:
        """Who falls with each link of the block; its links stand in topological order."""
        column = {number: place for place, number in enumerate(block)}
        tally, rows = Tally(len(block), NAMED), [0] * len(is_counted)
        order = self._lattice.order
        for number in order[order.index(block[0]) :]:
            row = 0
            for members in self._needs[number]:
                shared = rows[members[0]]
                for member in members[1:]:
                    shared &= rows[member]
                row |= shared
            if row and is_counted[number]:
                tally.add(number, row)
            if number in column:
                row |= 1 << column[number]
            rows[number] = row
        return tally
