"""How much each part of feasibility should count, learnt from the matrix itself.

Some cells that are present are hidden, all parts are computed without them, and the weights are
chosen so that each hidden link stands out among all links that its place then lacks: a conditional
logit (D. McFadden, "Conditional logit analysis of qualitative choice behavior", 1974) with weights
of 0 or more. Few numbers, each with a meaning; nothing that the parts do not say.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from chains.matrix import Marks, Numbers
from chains.relatedness import FlowRelations
from chains.signals import SIGNALS, Observations

ROUNDS = 3
"""How many times cells are hidden; each round hides other ones."""
HIDDEN = 0.1
"""Share of the present cells that one round hides."""
PULL_BACK = 1.0
"""How strongly weights are held at their start: as if by a handful of cells."""


@dataclass(frozen=True, eq=False)
class Rehearsal:
    """One round: the parts computed without some cells, and which cells those were.

    cells are (place, link) indices, a row each.
    """

    seen: Observations
    from_presence: Numbers
    cells: np.ndarray


def rehearse(present: Marks, seed: int = 0) -> list[Rehearsal]:
    """Hide ROUNDS different tenths of the present cells; nothing where there is none to hide."""
    cells = np.argwhere(present)
    shuffled = cells[np.random.default_rng(seed).permutation(len(cells))]
    size = int(np.ceil(HIDDEN * len(cells)))
    found = []
    for turn in range(ROUNDS):
        hidden = shuffled[turn * size : (turn + 1) * size]
        if len(hidden):
            seen = Observations.of(without(present, hidden))
            found.append(Rehearsal(seen, seen.from_presence(), hidden))
    return found


def without(present: Marks, cells: np.ndarray) -> Marks:
    """A copy in which these cells are absent."""
    left = present.copy()
    left[cells[:, 0], cells[:, 1]] = False
    return left


def calibrate(
    rehearsals: Sequence[Rehearsal], relations: FlowRelations, start: Mapping[str, float]
) -> dict[str, float]:
    """Weights (0 or more, one for each part) under which hidden links stand out best.

    Args:
        rehearsals: as `rehearse` gives them; none gives `start` back.
        relations: what the flows say, links as in the matrix.
        start: the weights to begin with and to be held at where the cells say little.
    """
    # here, because it takes long to import and few commands learn anything
    from scipy.optimize import minimize

    first = np.array([start[name] for name in SIGNALS])
    if not rehearsals:
        return dict(start)
    choices = [_Choices.of(one, relations) for one in rehearsals]
    count = sum(len(one.cells) for one in rehearsals)

    scale = np.mean([one.options.std(axis=1) for one in choices], axis=0) + 1e-9

    def loss(scaled: Numbers) -> tuple[float, Numbers]:
        """In weights times the spread of their part: steps are then alike in all directions."""
        weights = scaled / scale
        away = weights - first
        value, slope = PULL_BACK * away @ away / 2, PULL_BACK * away
        for one in choices:
            more, steeper = one.loss(weights)
            value, slope = value + more, slope + steeper
        return value / count, slope / scale / count

    found = minimize(
        loss, first * scale, jac=True, method="L-BFGS-B", bounds=[(0, None)] * len(first)
    )
    return dict(zip(SIGNALS, map(float, found.x / scale), strict=True))


@dataclass(frozen=True, eq=False)
class _Choices:
    """For each place with a hidden cell, the links it lacks side by side.

    options is parts × options, place after place; begins says where each place's options begin,
    times how many of its cells were hidden; chosen sums the parts over all hidden cells.
    """

    options: Numbers
    begins: np.ndarray
    lengths: np.ndarray
    times: np.ndarray
    chosen: Numbers

    @classmethod
    def of(cls, one: Rehearsal, relations: FlowRelations) -> "_Choices":
        signals = np.concatenate([one.from_presence, one.seen.from_flows(relations)])
        rows, times = np.unique(one.cells[:, 0], return_counts=True)
        lacking = ~one.seen.present[rows]
        lengths = lacking.sum(axis=1)
        return cls(
            signals[:, rows][:, lacking],
            np.concatenate([[0], np.cumsum(lengths)[:-1]]),
            lengths,
            times,
            signals[:, one.cells[:, 0], one.cells[:, 1]].sum(axis=1),
        )

    def loss(self, weights: Numbers) -> tuple[float, Numbers]:
        """−log likelihood of the hidden cells being the ones chosen, and its slope."""
        score = weights @ self.options
        top = np.maximum.reduceat(score, self.begins)
        share = np.exp(score - np.repeat(top, self.lengths))
        whole = np.add.reduceat(share, self.begins)
        share *= np.repeat(self.times / whole, self.lengths)
        value = self.times @ (np.log(whole) + top) - weights @ self.chosen
        return float(value), self.options @ share - self.chosen
