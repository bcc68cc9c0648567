"""What falls with a link: the links that could no longer be made if it left the whole chain."""

from collections import Counter

from chains.chain import Chain


class Cascade:
    """The needs of a chain, laid out so that one fall costs only what it touches.

    A user falls with any required input, or when every member of one substitute group is gone.
    Inactive links fall too: a place that buys a part elsewhere still loses it.
    """

    def __init__(self, chain: Chain) -> None:
        self._needs: dict[str, list[tuple[str, str]]] = {name: [] for name in chain.links}
        self._members: Counter[tuple[str, str]] = Counter()
        for edge in chain.edges:
            if edge.required or edge.group:
                # a required input is a group of its own: no author can write this name
                need = (edge.user, edge.group or f"\0{edge.supplier}")
                self._needs[edge.supplier].append(need)
                self._members[need] += 1

    def fallen(self, link: str) -> list[str]:
        """The links that fall when `link` does, itself not among them, in the order of falling."""
        lost: Counter[tuple[str, str]] = Counter()
        order, seen = [link], {link}
        for name in order:
            for need in self._needs[name]:
                lost[need] += 1
                if lost[need] == self._members[need] and need[0] not in seen:
                    seen.add(need[0])
                    order.append(need[0])
        return order[1:]
