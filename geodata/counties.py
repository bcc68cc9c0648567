"""Every county of the country, drawn: one small file, so that any prefecture is there at once.

One file instead of one for each prefecture: 372 of them would be read from the package's 10 MB
each when it is first asked for (a second), this one once.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geodata._errors import UnknownDivision
from geodata.cache import pack_geometries, read_arrays, unpack_geometries, write_arrays
from geodata.division import prefecture_code
from geodata.inscribed import local_plane, to_degrees
from geodata.source import Feature, read_features, source_stamp

FILE_NAME = "counties.npz"
TOLERANCE_KM = 0.3
DECIMALS = 4
"""Of a degree: ten metres."""


@dataclass(frozen=True, eq=False)
class Counties:
    """The counties of every prefecture-level place, in WGS-84 degrees, for drawing only: where a
    point lies is asked of ``Boundaries``."""

    _codes: NDArray[np.str_]
    _geometries: NDArray[np.object_]
    _places: dict[str, NDArray[np.intp]]
    _boxes: NDArray[np.float64]
    """West, south, east, north of each place, in the order of ``_places``."""

    def __len__(self) -> int:
        """The number of counties."""
        return len(self._codes)

    @property
    def prefectures(self) -> tuple[str, ...]:
        """The codes of the prefecture-level places, in code order."""
        return tuple(self._places)

    def of(self, prefecture: str) -> tuple[tuple[str, ...], NDArray[np.object_]]:
        """The codes of a place's counties, in code order, and their polygons.

        Raises UnknownDivision.
        """
        if prefecture not in self._places:
            raise UnknownDivision(f"没有代码为「{prefecture}」的地市，请写地市的六位代码。")
        rows = self._places[prefecture]
        return tuple(self._codes[rows].tolist()), self._geometries[rows]

    def outline(self, prefecture: str) -> BaseGeometry:
        """The outline of a place. Raises UnknownDivision."""
        _, geometries = self.of(prefecture)
        whole: BaseGeometry = shapely.coverage_union_all(geometries)
        return whole

    def around(self, prefecture: str, reach: float) -> tuple[str, ...]:
        """The other places whose box meets this place's, ``reach`` of its size wider on each side.

        Raises UnknownDivision.
        """
        west, south, east, north = shapely.total_bounds(self.of(prefecture)[1])
        x, y = reach * (east - west), reach * (north - south)
        boxes = self._boxes
        meets = (boxes[:, 0] < east + x) & (boxes[:, 2] > west - x)
        meets &= (boxes[:, 1] < north + y) & (boxes[:, 3] > south - y)
        near = zip(self._places, meets, strict=True)
        return tuple(code for code, meeting in near if meeting and code != prefecture)


def build_counties(folder: Path) -> Path:
    """Write all counties into ``folder`` and return the file's path; takes two seconds.

    Raises BoundarySourceMissing, CacheNotWritable.
    """
    together: defaultdict[str, list[Feature]] = defaultdict(list)
    for feature in read_features("district"):
        together[prefecture_code(feature.code)].append(feature)
    codes: list[str] = []
    drawn: list[BaseGeometry] = []
    for features in together.values():
        codes += [feature.code for feature in features]
        drawn += list(_simplified([feature.geometry() for feature in features]))
    order = np.argsort(codes)
    path = Path(folder) / FILE_NAME
    write_arrays(
        path,
        _stamp(),
        {
            "codes": np.array(codes)[order],
            **pack_geometries(np.array(drawn, dtype=object)[order], "drawn"),
        },
    )
    return path


def load_counties(folder: Path) -> Counties:
    """All counties from ``folder``; built first where the file is absent, outdated or corrupt.

    Raises BoundarySourceMissing, CacheNotWritable.
    """
    path = Path(folder) / FILE_NAME
    arrays = read_arrays(path, _stamp())
    if arrays is None:
        build_counties(folder)
        arrays = read_arrays(path, _stamp())
    if arrays is None:
        raise RuntimeError(f"{path} cannot be read right after it was written")
    codes = arrays["codes"]
    owners = np.array([prefecture_code(code) for code in codes.tolist()])
    places = {owner: np.flatnonzero(owners == owner) for owner in np.unique(owners).tolist()}
    drawn = unpack_geometries(arrays, "drawn")
    boxes = np.array([shapely.total_bounds(drawn[rows]) for rows in places.values()])
    return Counties(codes, drawn, places, boxes)


def _simplified(geometries: list[BaseGeometry]) -> NDArray[np.object_]:
    """With less detail, common borders still common."""
    together = np.array(geometries, dtype=object)
    scale = local_plane(shapely.total_bounds(together))
    plane = shapely.transform(together, lambda xy: xy * scale)
    return to_degrees(shapely.coverage_simplify(plane, TOLERANCE_KM), scale, DECIMALS)


def _stamp() -> str:
    return f"{source_stamp()} drawn {TOLERANCE_KM}"
