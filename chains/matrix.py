"""Which places have which links, and what flows between links: the tables of feasibility."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from chains._errors import ChainsError, UnknownName, nearest

Numbers = npt.NDArray[np.float64]
"""An array of 64-bit floats; each function says its shape."""
Marks = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class PresenceMatrix:
    """Places × links: who has what.

    places and links are names (in the application, places are six-digit division codes);
    `present` has a row for each place and a column for each link.

    Raises:
        ChainsError: a name twice, or a table whose shape is not places × links.
    """

    places: tuple[str, ...]
    links: tuple[str, ...]
    present: Marks

    def __post_init__(self) -> None:
        for kind, names in (("地方", self.places), ("环节", self.links)):
            if len(set(names)) < len(names):
                twice = next(name for name in names if names.count(name) > 1)
                raise ChainsError(f"{kind}“{twice}”出现两次：请合并成一个")
        if self.present.shape != (len(self.places), len(self.links)):
            raise ChainsError(
                f"矩阵应为 {len(self.places)} 个地方 × {len(self.links)} 个环节，"
                f"现在是 {' × '.join(map(str, self.present.shape))}"
            )

    @classmethod
    def of(cls, cells: Iterable[tuple[str, str]], links: Iterable[str] = ()) -> "PresenceMatrix":
        """From (place, link) pairs, sorted by name; `links` adds links that no place has yet."""
        pairs = set(cells)
        places = sorted({place for place, _ in pairs})
        names = sorted({link for _, link in pairs} | set(links))
        row = {place: index for index, place in enumerate(places)}
        column = {link: index for index, link in enumerate(names)}
        present = np.zeros((len(places), len(names)), dtype=bool)
        for place, link in pairs:
            present[row[place], column[link]] = True
        return cls(tuple(places), tuple(names), present)

    def at_least(self, links: int) -> "PresenceMatrix":
        """Without the places that have fewer than `links` links; every link stays."""
        keep = np.flatnonzero(self.present.sum(axis=1) >= links)
        return PresenceMatrix(
            tuple(self.places[index] for index in keep), self.links, self.present[keep]
        )

    def row(self, place: str) -> int:
        """Raises UnknownName for a place that has no row."""
        return _index("地方", place, self.places)

    def column(self, link: str) -> int:
        """Raises UnknownName for a link that has no column."""
        return _index("环节", link, self.links)


def flow_table(links: tuple[str, ...], edges: Iterable[tuple[str, str, float]]) -> Numbers:
    """Flows as links × links (from, to), in the unit given; cycles are fine.

    Edges between links that are not in `links`, and from a link to itself, are left out: they say
    nothing about a neighbour. Several edges between the same two links add up.

    Raises:
        ChainsError: a flow that is negative or no finite number.
    """
    column = {link: index for index, link in enumerate(links)}
    table = np.zeros((len(links), len(links)))
    for source, target, flow in edges:
        if not (np.isfinite(flow) and flow >= 0):
            raise ChainsError(f"“{source}”到“{target}”的流量是 {flow}：应为不小于 0 的数")
        if source != target and source in column and target in column:
            table[column[source], column[target]] += flow
    return table


def _index(kind: str, name: str, names: tuple[str, ...]) -> int:
    try:
        return names.index(name)
    except ValueError:
        raise UnknownName(kind, name, nearest(name, names)) from None
