"""What the score is measured against: ways to rank links that need no chain and no fitting."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

import numpy as np

from chains.matrix import Marks, Numbers
from chains.relatedness import proximity

Method = Callable[[Marks, np.random.Generator], Numbers]
"""From the cells that may be seen (places × links) to a score for every cell; higher is better."""
NEIGHBOURS = 40
"""How many similar places speak."""


def at_random(present: Marks, chance: np.random.Generator) -> Numbers:
    return chance.random(present.shape)


def popularity(present: Marks, chance: np.random.Generator) -> Numbers:
    """How many places have the link: the same for every place."""
    return np.broadcast_to(present.sum(axis=0).astype(float), present.shape)


def density(present: Marks, chance: np.random.Generator) -> Numbers:
    """Share of the proximity to a link that the links here hold (Hidalgo et al. 2007)."""
    return present @ proximity(present).T


def similar_places(present: Marks, chance: np.random.Generator) -> Numbers:
    """How many of the NEIGHBOURS most similar places have the link, weighted by cosine."""
    cells = present.astype(float)
    length = np.sqrt(cells.sum(axis=1))
    alike = np.divide(
        cells @ cells.T,
        np.outer(length, length),
        out=np.zeros((len(cells), len(cells))),
        where=np.outer(length, length) > 0,
    )
    np.fill_diagonal(alike, 0)
    if len(alike) > NEIGHBOURS:
        last = np.partition(alike, -NEIGHBOURS, axis=1)[:, -NEIGHBOURS, None]
        alike[alike < last * (1 - 1e-9)] = 0
    scores: Numbers = alike @ cells
    return scores


METHODS: Mapping[str, Method] = MappingProxyType(
    {
        "random": at_random,
        "popularity": popularity,
        "density": density,
        "similar_places": similar_places,
    }
)
