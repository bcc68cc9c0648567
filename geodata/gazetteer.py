"""The national gazetteer: every division with its label point, small enough to load at start-up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from geodata.division import Divisions


@dataclass(frozen=True)
class Gazetteer:
    """Every division and where it is.

    ``divisions`` is the registry; ``positions`` gives label points (WGS-84 degrees): the centre of
    the largest circle inside the division, hence always inside it, unlike a centroid.
    """

    divisions: Divisions

    def position(self, code: str) -> tuple[float, float]:
        """The label point (longitude, latitude) in WGS-84 degrees. Raises UnknownDivision."""

    def positions(self, codes: Sequence[str]) -> NDArray[np.float64]:
        """The label points, shape (n, 2): longitude, latitude. Raises UnknownDivision."""

    def distances_km(
        self, origins: Sequence[str], destinations: Sequence[str]
    ) -> NDArray[np.float64]:
        """Great-circle distances between label points, shape (n, m), km. Raises UnknownDivision."""


def build_gazetteer(folder: Path) -> Gazetteer:
    """Read the package's boundary files, write the gazetteer into ``folder``, and return it."""


def load_gazetteer(folder: Path) -> Gazetteer:
    """The gazetteer kept in ``folder``; built first where it is absent, outdated or corrupt."""
