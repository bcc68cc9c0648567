"""What chance alone would give: the bipartite configuration model of a places × links matrix.

The model is the least presumptuous one (largest entropy) in which every place has as many links,
and every link as many places, as in the matrix: P(place has link) = σ(a_place + b_link). Source:
F. Saracco, R. Di Clemente, A. Gabrielli, T. Squartini, "Randomizing bipartite networks: the case
of the World Trade Web", Scientific Reports 5, 10595 (2015).

Fitted here by Newton steps on rows and columns in turn: the known packages for it compile
themselves with numba at every start, and the model is thirty lines.
"""

from dataclasses import dataclass

import numpy as np

from chains.matrix import Marks, Numbers

SHRINKAGE = 0.02
"""Part of each degree that is replaced by the average: keeps an empty place, a link that nobody
has, and one that everybody has, at a finite distance from the rest."""
_STEPS = 300
_CLOSE = 1e-6


@dataclass(frozen=True, eq=False)
class Expectation:
    """What the model expects; both arrays are places × links.

    logit is a_place + b_link; chance its logistic, strictly between 0 and 1.
    """

    logit: Numbers
    chance: Numbers

    def z(self, present: Marks, weights: Numbers) -> Numbers:
        """How far the links that a place has exceed chance, seen from each link: places × links.

        z = (observed − expected) / sd of Σ_j weights[i, j]·x[place, j], the x independent with the
        chance of the model. 0 where nothing is weighed.

        Args:
            present: places × links.
            weights: links × links; row i weighs the other links for link i. Its scale is free.
        """
        spread = (self.chance * (1 - self.chance)) @ (weights**2).T
        excess = (present - self.chance) @ weights.T
        return np.divide(excess, np.sqrt(spread), out=np.zeros_like(excess), where=spread > 0)

    def across(self) -> "Expectation":
        """The same, links × places: z is then seen from each place over the other places."""
        return Expectation(self.logit.T, self.chance.T)

    def surprise(self, present: Marks) -> Numbers:
        """(x − chance) / sd for each cell (Pearson residual)."""
        residual: Numbers = (present - self.chance) / np.sqrt(self.chance * (1 - self.chance))
        return residual


def expect(present: Marks) -> Expectation:
    """Fit the model to a places × links matrix.

    Degrees are shrunk by SHRINKAGE towards their average first, so the fit exists for every
    matrix; expected degrees then match the shrunk ones to 1e-6.
    """
    rows, columns = present.shape
    if not present.size:
        return Expectation(np.zeros((rows, columns)), np.zeros((rows, columns)))
    share = (present.sum() + 0.5) / (present.size + 1)
    links = (1 - SHRINKAGE) * present.sum(axis=1) + SHRINKAGE * share * columns
    places = (1 - SHRINKAGE) * present.sum(axis=0) + SHRINKAGE * share * rows
    of_place = np.log(links / (columns - links))
    of_link = np.log(places / (rows - places)) - np.log(share / (1 - share))
    for _ in range(_STEPS):
        chance = _logistic(of_place[:, None] + of_link)
        of_place += _step(links - chance.sum(axis=1), chance, 1)
        chance = _logistic(of_place[:, None] + of_link)
        gap = places - chance.sum(axis=0)
        if np.abs(gap).max() < _CLOSE:
            break
        of_link += _step(gap, chance, 0)
    logit = of_place[:, None] + of_link
    return Expectation(logit, _logistic(logit))


def _step(gap: Numbers, chance: Numbers, axis: int) -> Numbers:
    """One Newton step for the sums along an axis, at most 1 in log-odds."""
    step: Numbers = np.clip(gap / (chance * (1 - chance)).sum(axis=axis), -1, 1)
    return step


def _logistic(logit: Numbers) -> Numbers:
    chance: Numbers = 1 / (1 + np.exp(-logit))
    return chance
