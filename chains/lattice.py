"""A chain's graph laid out for counting: links numbered, arrows as lists, one topological order.

`Chain.graph` (networkx) is the model that readers see; whoever asks something of every link at
once asks it here, because a step through numbered lists costs a tenth of one through its dicts.
"""

from chains._errors import ChainsError
from chains._words import listed
from chains.chain import Chain, Edge


class Lattice:
    """Links by number, in the chain's order.

    outgoing: for each link the (number of the user, edge) of its arrows; users and incoming: the
    numbers of its direct users and suppliers; all in the order of the chain's edges. order: every
    number, suppliers before users.

    Raises:
        ChainsError: an arrow from or to no link of the chain, the same arrow twice, a share
            outside 0 to 1, or arrows that run in a circle; each is named.
    """

    def __init__(self, chain: Chain) -> None:
        self.names = tuple(chain.links)
        self.number = {name: number for number, name in enumerate(self.names)}
        self.outgoing: list[list[tuple[int, Edge]]] = [[] for _ in self.names]
        self.users: list[list[int]] = [[] for _ in self.names]
        self.incoming: list[list[int]] = [[] for _ in self.names]
        self._lay(chain)
        self.order = self._sorted(chain)

    def _lay(self, chain: Chain) -> None:
        seen: set[tuple[int, int]] = set()
        for edge in chain.edges:
            arrow = f"“{chain.name}”的“{edge.supplier}→{edge.user}”"
            for name in (edge.supplier, edge.user):
                if name not in self.number:
                    raise ChainsError(f"{arrow}：链里没有叫“{name}”的环节")
            if not 0 <= edge.share <= 1:
                raise ChainsError(f"{arrow}：投入系数应在 0 与 1 之间，现在是 {edge.share:g}")
            pair = (self.number[edge.supplier], self.number[edge.user])
            if pair in seen:
                raise ChainsError(f"{arrow}写了两次")
            seen.add(pair)
            self.outgoing[pair[0]].append((pair[1], edge))
            self.users[pair[0]].append(pair[1])
            self.incoming[pair[1]].append(pair[0])

    def _sorted(self, chain: Chain) -> tuple[int, ...]:
        waiting = [len(suppliers) for suppliers in self.incoming]
        order = [number for number, count in enumerate(waiting) if not count]
        for number in order:
            for user in self.users[number]:
                waiting[user] -= 1
                if not waiting[user]:
                    order.append(user)
        if len(order) < len(self.names):
            stuck = [self.names[number] for number, count in enumerate(waiting) if count]
            raise ChainsError(f"“{chain.name}”成环，环上和环后的环节：{listed(stuck)}")
        return tuple(order)

    def within(self, number: int, hops: int) -> list[int]:
        """The links at most `hops` arrows downstream, nearest first, without the link itself."""
        found, seen, near = [], {number}, [number]
        for _ in range(hops):
            near = self._next(near, seen)
            if not near:
                break
            found += near
        return found

    def _next(self, near: list[int], seen: set[int]) -> list[int]:
        reached = []
        for number in near:
            for user in self.users[number]:
                if user not in seen:
                    seen.add(user)
                    reached.append(user)
        return reached
