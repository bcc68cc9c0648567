"""How well hidden cells are found again, and how sure that is."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from chains.matrix import Marks, Numbers

FOUND_WITHIN = 10
DRAWS = 2_000
"""How many times the places are drawn anew for an interval."""


class Measures(NamedTuple):
    """Means over hidden cells.

    auc is the share of the truly absent links that a hidden one is ranked above (a tie counts
    half); hit the share of hidden links among the first FOUND_WITHIN; mrr the mean of 1 / rank.
    """

    auc: float
    hit: float
    mrr: float


class Interval(NamedTuple):
    """A mean and the 95% interval around it."""

    mean: float
    low: float
    high: float


@dataclass(frozen=True, eq=False)
class Finds:
    """What became of every hidden cell, one row each in the same order for every method.

    places says which place (row of the matrix) a cell belongs to; values is cells × (auc, hit,
    1 / rank).
    """

    places: np.ndarray
    values: Numbers

    def measures(self) -> Measures:
        return Measures(*map(float, self.values.mean(axis=0)))

    def gain(self, other: "Finds", seed: int) -> tuple[Interval, Interval]:
        """Mean difference to another method in auc and hit@10, with bootstrapped intervals.

        Places are drawn with replacement, each with all its hidden cells: cells of one place are
        not independent of each other.
        """
        rows, index, counts = np.unique(self.places, return_inverse=True, return_counts=True)
        sums = np.zeros((len(rows), 2))
        np.add.at(sums, index, (self.values - other.values)[:, :2])
        drawn = np.random.default_rng(seed).integers(0, len(rows), (DRAWS, len(rows)))
        means = sums[drawn].sum(axis=1) / counts[drawn].sum(axis=1)[:, None]
        low, high = np.percentile(means, [2.5, 97.5], axis=0)
        mean = sums.sum(axis=0) / counts.sum()
        first, second = (
            Interval(float(mean[at]), float(low[at]), float(high[at])) for at in range(2)
        )
        return first, second


def find(scores: Numbers, present: Marks, hidden: np.ndarray) -> Finds:
    """Rank each hidden cell among the links that its place truly lacks, and itself.

    Other hidden cells of the place are no rivals: the place has them. A link that ties with others
    takes the middle of their ranks. Cells of a place that lacks nothing are left out.

    Args:
        scores: places × links, higher is likelier.
        present: the truth, places × links.
        hidden: (place, link) indices, a row each, in any order.
    """
    places, values = [], []
    for place in np.unique(hidden[:, 0]):
        rivals = scores[place, ~present[place]]
        if not len(rivals):
            continue
        own = scores[place, hidden[hidden[:, 0] == place, 1], None]
        ahead = (rivals > own).sum(axis=1) + (rivals == own).sum(axis=1) / 2
        rank = 1 + ahead
        places += [place] * len(own)
        values.append(np.column_stack([1 - ahead / len(rivals), rank <= FOUND_WITHIN, 1 / rank]))
    return Finds(np.array(places, dtype=int), np.concatenate([np.zeros((0, 3)), *values]))


def averaged(finds: list[Finds]) -> Finds:
    """The same hidden cells found several times over: the mean of what became of each."""
    return Finds(finds[0].places, np.mean([one.values for one in finds], axis=0))


def together(finds: list[Finds]) -> Finds:
    """Those of all folds as one."""
    return Finds(
        np.concatenate([one.places for one in finds]), np.concatenate([one.values for one in finds])
    )
