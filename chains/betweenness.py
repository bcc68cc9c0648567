"""Betweenness towards the end products of a place, for every link at once.

Brandes, "A faster algorithm for betweenness centrality", J. Math. Sociol. 25 (2001): one search
from each end product against the arrows, then the searches' tree read backwards. Here the
searches of many end products run side by side as numpy arrays. Above a number of end products a
sample of them stands for all (Brandes & Pich, "Centrality estimation in large networks", 2007).
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

from chains.lattice import Lattice

_SEED = 2026
_CELLS = 4_000_000
"""Pairs of search and link held at once; about 100 MB."""
_MOST_PATHS = 1e100

Numbers = np.ndarray[Any, np.dtype[np.int64]]


def pivots(ends: Sequence[int], most: int) -> list[int]:
    """All end products, or `most` of them drawn without replacement and with a fixed seed."""
    if len(ends) <= most:
        return list(ends)
    drawn = np.random.default_rng(_SEED).choice(len(ends), size=most, replace=False)
    return [ends[place] for place in sorted(drawn)]


def betweenness(lattice: Lattice, ends: Sequence[int]) -> list[float]:
    """For each link, shortest paths from all links to `ends` that run through it.

    Where several shortest paths join a link and an end, each counts its part. A path's own ends
    are not between. Cost: the number of `ends` times the arrows upstream of them.
    """
    count = len(lattice.names)
    found = np.zeros(count)
    step = max(1, _CELLS // max(count, 1))
    starts, suppliers = _rows(lattice)
    for first in range(0, len(ends), step):
        found += _searches(starts, suppliers, np.array(ends[first : first + step]), count)
    return [float(value) for value in found]


def _rows(lattice: Lattice) -> tuple[Numbers, Numbers]:
    """The suppliers of all links end to end, and where each link's begin (CSR)."""
    sizes = [len(row) for row in lattice.incoming]
    starts = np.concatenate(([0], np.cumsum(sizes, dtype=np.int64)))
    return starts, np.array([s for row in lattice.incoming for s in row], dtype=np.int64)


def _searches(starts: Numbers, suppliers: Numbers, ends: Numbers, count: int) -> Any:
    """The sum over these searches; a cell is search × count + link."""
    cells = len(ends) * count
    paths, seen = np.zeros(cells), np.zeros(cells, dtype=bool)
    place = np.zeros(cells, dtype=np.int64)
    front = np.arange(len(ends)) * count + ends
    paths[front], seen[front] = 1.0, True
    levels = []
    while front.size:
        tails, heads = _steps(starts, suppliers, front, count)
        fresh = ~seen[heads]
        tails, heads = tails[fresh], heads[fresh]
        np.add.at(paths, heads, paths[tails])
        levels.append((tails, heads, paths[tails] / paths[heads]))
        turn = np.arange(heads.size)
        place[heads] = turn
        front = heads[place[heads] == turn]  # each cell once, without sorting
        seen[front] = True
        _rescale(paths, front)
    leaning = np.zeros(cells)
    for tails, heads, shares in reversed(levels):
        np.add.at(leaning, tails, shares * (1 + leaning[heads]))
    leaning[np.arange(len(ends)) * count + ends] = 0.0
    return leaning.reshape(len(ends), count).sum(axis=0)


def _rescale(paths: Any, front: Numbers) -> None:
    """Keep counts of paths within a float: they double with every diamond, only ratios matter."""
    most = paths[front].max(initial=0.0)
    if most > _MOST_PATHS:
        paths[front] = np.maximum(paths[front] / most, 1 / _MOST_PATHS)


def _steps(
    starts: Numbers, suppliers: Numbers, front: Numbers, count: int
) -> tuple[Numbers, Numbers]:
    """Every arrow against which the front can step, as (from cell, to cell)."""
    links = front % count
    sizes = starts[links + 1] - starts[links]
    before = np.cumsum(sizes) - sizes
    arrows = np.arange(sizes.sum()) + np.repeat(starts[links] - before, sizes)
    return np.repeat(front, sizes), np.repeat(front - links, sizes) + suppliers[arrows]
