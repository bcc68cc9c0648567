"""Where each project is drawn on the map, and what the map is told about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from geodata import spread
from mapapp.draw import palette
from mapapp.journeys.bureau import OTHER, Bureau
from mapapp.journeys.selection import Selection
from mapapp.store import PointRow, ProjectFilter

MICRO = 100_000
"""Positions travel as whole hundred-thousandths of a degree, about a metre."""


class Placing(StrEnum):
    """How a project came to its point; `label` is what the page calls it (位置精度)."""

    SITE = "site"
    TOWNSHIP = "township"
    COUNTY = "county"

    @property
    def label(self) -> str:
        return {
            "site": "厂址",
            "township": "乡镇",
            "county": "区县",
        }[self.value]


@dataclass(frozen=True, slots=True)
class MapPoint:
    """A project on the map. Only SITE and TOWNSHIP say where it is; the others are spread out."""

    row: PointRow
    lon: float
    lat: float
    placing: Placing


def place_projects(bureau: Bureau, selection: Selection) -> list[MapPoint]:
    """The projects of the selection that can be drawn, whatever place is selected.

    A project stays where it is when a filter changes: it is spread among all that are known no
    better, not only among those shown.
    """
    spots = _spots(bureau)
    rows = bureau.store.points(selection.without_place().filter(bureau.today))
    return [point for row in rows if (point := _point(row, spots))]


def _point(row: PointRow, spots: dict[str, tuple[float, float]]) -> MapPoint | None:
    if row.lon is not None and row.lat is not None and row.precision:
        return MapPoint(row, row.lon, row.lat, Placing(row.precision.value))
    found = spots.get(row.project_code)
    return MapPoint(row, *found, Placing.COUNTY) if found else None


def _spots(bureau: Bureau) -> dict[str, tuple[float, float]]:
    """A spot for every project known by its county only; a zone's stand in its host county."""
    return bureau.remember("spots", lambda: _spread(bureau))


def _spread(bureau: Bureau) -> dict[str, tuple[float, float]]:
    counties: dict[str, list[str]] = {}
    for row in bureau.store.points(ProjectFilter(pinned=False)):
        if row.county in bureau.boundaries.county_codes:
            counties.setdefault(row.county, []).append(row.project_code)
    spots: dict[str, tuple[float, float]] = {}
    for county, codes in counties.items():
        for code, (lon, lat) in zip(codes, spread(bureau.boundaries, county, codes), strict=True):
            spots[code] = float(lon), float(lat)
    return spots


def columns(bureau: Bureau, points: Sequence[MapPoint]) -> dict[str, object]:
    """The points column by column; texts that repeat stand once, in a dictionary of their own."""
    colours = palette.chain_colours(bureau.catalogue.chains)
    chains = _Dictionary()
    stages, counties, zones, placings = (_Dictionary() for _ in range(4))
    return {
        "code": [p.row.project_code for p in points],
        "name": [p.row.name for p in points],
        "enterprise": [p.row.enterprise for p in points],
        "lon": [round(p.lon * MICRO) for p in points],
        "lat": [round(p.lat * MICRO) for p in points],
        "chain": [chains.index(p.row.chain or "") for p in points],
        "stage": [stages.index(p.row.stage.value if p.row.stage else "") for p in points],
        "county": [counties.index(p.row.county or "") for p in points],
        "zone": [zones.index(p.row.zone or "") for p in points],
        "placing": [placings.index(p.placing.value) for p in points],
        "unconfirmed": [int(p.row.unconfirmed) for p in points],
        "chains": [_chain(bureau, chain, colours) for chain in chains.words],
        "stages": [{"name": s or "未明", "shape": palette.shape_of(s)} for s in stages.words],
        "counties": counties.words,
        "zones": zones.words,
        "placings": [
            {"id": word, "label": Placing(word).label} for word in placings.words
        ],
    }  # fmt: skip


def _chain(bureau: Bureau, chain: str, colours: dict[str, str]) -> dict[str, str]:
    known = chain in bureau.catalogue.chains
    return {
        "name": bureau.chain_name(chain) if known else OTHER,
        "colour": colours[chain] if known else palette.OTHER,
    }


class _Dictionary:
    """Words by the order in which they first came."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def index(self, word: str) -> int:
        return self._numbers.setdefault(word, len(self._numbers))

    @property
    def words(self) -> list[str]:
        return list(self._numbers)
