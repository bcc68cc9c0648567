"""What a pair of coordinate cells says."""

from __future__ import annotations

import re
from decimal import Decimal

from mapapp.ledger.cells import Cell, folded, is_blank, shown
from mapapp.ledger.problems import Problem

_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?(?:[eE]\+?[0-9]+)?")
_CHINA_LON, _CHINA_LAT = (73.0, 136.0), (3.0, 54.0)
_PROJECTED = (10_000.0, 1e9)


def parse_pair(lon: Cell, lat: Cell) -> tuple[tuple[float, float] | None, Problem | None]:
    """Longitude and latitude as they stand, in any datum; (None, None) where both are empty."""
    if is_blank(lon) and is_blank(lat):
        return None, None
    if is_blank(lon) or is_blank(lat):
        return None, Problem("E_COORD_HALF", "坐标只有一半，经度和纬度要一起填")
    x, y = _number(lon), _number(lat)
    if x is None or y is None:
        wrong = shown(lon if x is None else lat)
        return None, Problem("E_COORD", f"坐标“{wrong}”不是数字，请填十进制度")
    if fault := _fault(x, y):
        return None, fault
    return (x, y), None


def outside(lon: float, lat: float, city: str) -> Problem:
    """The finding for a point that does not lie in the city."""
    return Problem("E_COORD_OUTSIDE", f"坐标（{lon:.6g}, {lat:.6g}）不在{city}范围内")


def _fault(x: float, y: float) -> Problem | None:
    if any(_PROJECTED[0] <= abs(value) < _PROJECTED[1] for value in (x, y)):
        return Problem("E_COORD_PROJECTED", "坐标像是投影坐标（米）或放大过的度，请换算成十进制度")
    if _within(x, _CHINA_LAT) and _within(y, _CHINA_LON):
        return Problem("E_COORD_SWAPPED", "经度和纬度像是填反了")
    if abs(x) > 180 or abs(y) > 90:
        return Problem("E_COORD_RANGE", f"坐标（{x:g}, {y:g}）不是地球上的一点")
    return None


def _within(value: float, span: tuple[float, float]) -> bool:
    return span[0] <= value <= span[1]


def _number(cell: Cell) -> float | None:
    if isinstance(cell, Decimal):
        return float(cell) if cell.is_finite() else None
    text = folded(cell)
    return float(text) if isinstance(cell, str) and _NUMBER.fullmatch(text) else None
