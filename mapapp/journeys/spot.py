"""Where a project is, as a small picture: the city's counties and a point."""

from dataclasses import dataclass
from functools import lru_cache
from math import cos, radians

import shapely

from geodata import Boundaries
from mapapp.journeys.bureau import Bureau
from mapapp.ledger.project import InvestmentProject, PointPrecision

WIDTH = 300.0
"""Of the picture, in its own units."""

_WORDS = {
    PointPrecision.SITE: "厂址",
    PointPrecision.TOWNSHIP: "乡镇",
    PointPrecision.COUNTY: "区县",
}


@dataclass(frozen=True, slots=True)
class Shape:
    """A county as an SVG path."""

    code: str
    path: str


@dataclass(frozen=True, slots=True)
class Spot:
    """The picture. precision says what the point stands for, empty where there is none."""

    box: str
    shapes: tuple[Shape, ...]
    point: tuple[float, float] | None
    radius: float
    precision: str
    exact: bool


def spot_of(bureau: Bureau, project: InvestmentProject) -> Spot:
    """A project in its city."""
    boundaries = bureau.boundaries
    box, shapes = _picture(boundaries)
    position, precision, at = project.position, None, None
    if position:
        precision, at = position.precision, (position.lon, position.lat)
    elif project.county in boundaries.county_codes:
        precision, at = PointPrecision.COUNTY, boundaries.label(str(project.county))
    point = _pixel(boundaries, *at) if at else None
    word = _WORDS[precision] if precision else ""
    return Spot(box, shapes, point, 5, word, precision is PointPrecision.SITE)


@lru_cache(maxsize=4)
def _picture(boundaries: Boundaries) -> tuple[str, tuple[Shape, ...]]:
    _, south, east, _ = boundaries.bounds
    _, height = _pixel(boundaries, east, south)
    shapes = tuple(Shape(code, _path(boundaries, code)) for code in boundaries.county_codes)
    return f"-6 -6 {WIDTH + 12:.0f} {height + 12:.0f}", shapes


def _path(boundaries: Boundaries, code: str) -> str:
    geometry = shapely.simplify(boundaries.geometry(code), 0.004)
    rings = [ring for part in shapely.get_parts(geometry) for ring in (part.exterior,)]
    return "".join(_ring(boundaries, list(ring.coords)) for ring in rings)


def _ring(boundaries: Boundaries, coordinates: list[tuple[float, ...]]) -> str:
    points = [_pixel(boundaries, *pair[:2]) for pair in coordinates]
    return "M" + "L".join(f"{x} {y}" for x, y in points) + "Z"


def _pixel(boundaries: Boundaries, lon: float, lat: float) -> tuple[float, float]:
    """Degrees as the picture's units, kilometres equal both ways."""
    west, south, east, north = boundaries.bounds
    scale = WIDTH / (east - west)
    stretch = 1 / cos(radians((south + north) / 2))
    return round((lon - west) * scale, 1), round((north - lat) * scale * stretch, 1)
