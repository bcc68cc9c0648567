"""Made places and flows, as large as another country's, to see time, memory and order hold."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from chains.matrix import Marks, Numbers
from tests.chains.ashare import write


@dataclass(frozen=True)
class Recipe:
    """Spreads of the parts of the log-odds that a place has a link.

    level is their mean, place and link the spreads of size and popularity, kin that of a place's
    liking for each of the blocks of links, near how much the flows count.
    """

    level: float
    place: float
    link: float
    kin: float
    near: float
    places: int = 517
    links: int = 353
    blocks: int = 6


DENSE = Recipe(level=0.3, place=1.5, link=3.0, kin=1.9, near=0.3)
SPARSE = Recipe(level=-4.5, place=0.8, link=2.2, kin=1.5, near=0.3)


def made(recipe: Recipe, seed: int = 0) -> tuple[Marks, Numbers]:
    """Presence (places × links) and flows (links × links): nested, in blocks, tied by the flows."""
    chance = np.random.default_rng(seed)
    shape = recipe.places, recipe.links
    block = chance.integers(0, recipe.blocks, recipe.links)
    trade = chance.lognormal(0, 1.5, (recipe.blocks, recipe.blocks)) * (
        1 + 3 * np.eye(recipe.blocks)
    )
    size = chance.lognormal(0, 1, recipe.links)
    flows = trade[np.ix_(block, block)] * chance.lognormal(0, 1.5, (recipe.links,) * 2)
    flows *= np.outer(size, size) * (chance.random((recipe.links,) * 2) < 0.05)
    np.fill_diagonal(flows, 0)
    liking = chance.normal(0, recipe.kin, (recipe.places, recipe.blocks))[:, block]
    odds = recipe.level + liking + chance.normal(0, recipe.link, recipe.links)
    odds += chance.normal(0, recipe.place, recipe.places)[:, None]
    tied = flows / np.maximum(flows.sum(axis=1, keepdims=True), 1e-9)
    for _ in range(2):
        present = chance.random(shape) < 1 / (1 + np.exp(-odds))
        pull = (present - 1 / (1 + np.exp(-odds))) @ tied.T
        odds = odds + recipe.near * pull / pull.std()
    return chance.random(shape) < 1 / (1 + np.exp(-odds)), flows


def write_made(recipe: Recipe, folder: Path) -> tuple[Path, Path]:
    """presence.csv and edges.csv of such a matrix."""
    present, flows = made(recipe)
    cells = (((f"P{i:03}", f"L{j:03}"), 1) for i, j in np.argwhere(present))
    pairs = (((f"L{i:03}", f"L{j:03}"), repr(float(flows[i, j]))) for i, j in np.argwhere(flows))
    return (
        write(folder / "presence.csv", ["place", "link", "weight"], cells),
        write(folder / "edges.csv", ["from", "to", "weight"], pairs),
    )
