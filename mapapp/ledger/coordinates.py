"""What coordinate cells say: a pair of degrees, in decimals or in degrees, minutes, seconds."""

from __future__ import annotations

import re
from decimal import Decimal

from mapapp.ledger.cells import Cell, folded, says_nothing, shown
from mapapp.ledger.problems import Problem

Pair = tuple[float, float]

_LONGEST = 100
_NUMBER = re.compile(r"[-+]?[0-9]+(?:\.[0-9]+)?(?:[eE]\+?[0-9]+)?")
_DEGREES = re.compile(
    r"(?P<d>[0-9]{1,3}(?:\.[0-9]+)?)(?:[°度]|deg)"
    r"(?:(?P<m>[0-9]{1,2}(?:\.[0-9]+)?)(?:['分])"
    r"(?:(?P<s>[0-9]{1,2}(?:\.[0-9]+)?)(?:[\"秒])?)?)?"
)
_SPACED = re.compile(r"(?P<d>[0-9]{1,3})[ :-](?P<m>[0-9]{1,2})[ :-](?P<s>[0-9]{1,2}(?:\.[0-9]+)?)")
_LABEL = re.compile(r"东经|西经|北纬|南纬|经度|纬度|^[EWNS]|[EWNS]$", re.IGNORECASE)
_SIDES = {"东经": "E", "西经": "W", "北纬": "N", "南纬": "S", "经度": "E", "纬度": "N"}
_BETWEEN = (
    re.compile(r"[,;、/|\n]+"),
    re.compile(
        r"(?<=[0-9°'\"度分秒])\s*(?=[东西南北NSEW经纬][0-9经纬度])|(?<=[0-9][EWNS])\s*(?=[0-9])"
    ),
    re.compile(r"\s+"),
)
_MARKS = str.maketrans({"º": "°", "˚": "°", "′": "'", "’": "'", "‘": "'", "´": "'", "`": "'",
                        "″": '"', "”": '"', "“": '"', "〃": '"'})  # fmt: skip
_CHINA_LON, _CHINA_LAT = (73.0, 136.0), (3.0, 54.0)
_PROJECTED = (10_000.0, 1e9)


def parse_pair(lon: Cell, lat: Cell) -> tuple[Pair | None, Problem | None]:
    """Longitude and latitude as they stand, in any datum; (None, None) where both are empty."""
    if says_nothing(lon) and says_nothing(lat):
        return None, None
    if says_nothing(lon) or says_nothing(lat):
        return None, Problem("E_COORD_HALF", "坐标只有一半，经度和纬度要一起填")
    (x, x_side), (y, y_side) = _degrees(lon), _degrees(lat)
    if x is None or y is None:
        wrong = shown(lon if x is None else lat)[:40]
        return None, Problem("E_COORD", f"坐标“{wrong}”读不懂，请填十进制度或度分秒")
    if x_side in ("N", "S") or y_side in ("E", "W"):
        return None, _swapped()
    if fault := _fault(x, y):
        return None, fault
    return (x, y), None


def parse_point(cell: Cell) -> tuple[Pair | None, Problem | None]:
    """Longitude and latitude that stand in one cell: 110.8,32.6 or N32°35′ E110°48′."""
    if says_nothing(cell):
        return None, None
    if len(shown(cell)) > _LONGEST:
        return None, Problem("E_COORD", "坐标太长，读不懂，请写成“110.8,32.6”")
    text = _plain(cell)
    splits = ([part.strip("()[] ") for part in between.split(text)] for between in _BETWEEN)
    parts = next((p for split in splits if len(p := [*filter(None, split)]) > 1), [text])
    if len(parts) == 1:
        return None, Problem("E_COORD_HALF", f"坐标“{shown(cell)}”只有一半，经度和纬度要一起填")
    if len(parts) != 2:
        return None, Problem("E_COORD", f"坐标“{shown(cell)}”读不懂，请写成“110.8,32.6”")
    first, second = parts
    if _degrees(first)[1] in ("N", "S") and _degrees(second)[1] in ("E", "W"):
        first, second = second, first
    return parse_pair(first, second)


def outside(lon: float, lat: float, city: str) -> Problem:
    """The finding for a point that does not lie in the city."""
    return Problem("E_COORD_OUTSIDE", f"坐标（{lon:.6g}, {lat:.6g}）不在{city}范围内")


def fault_of(lon: float, lat: float) -> Problem | None:
    """Why a pair of numbers is no position in degrees; None where it is one."""
    return _fault(lon, lat)


def _fault(x: float, y: float) -> Problem | None:
    if any(_PROJECTED[0] <= abs(value) < _PROJECTED[1] for value in (x, y)):
        return Problem("E_COORD_PROJECTED", "坐标像是投影坐标（米）或放大过的度，请换算成十进制度")
    if _within(x, _CHINA_LAT) and _within(y, _CHINA_LON):
        return _swapped()
    if abs(x) > 180 or abs(y) > 90:
        return Problem("E_COORD_RANGE", f"坐标（{x:g}, {y:g}）不是地球上的一点")
    return None


def _swapped() -> Problem:
    return Problem("E_COORD_SWAPPED", "经度和纬度像是填反了，请对调后再导入")


def _within(value: float, span: tuple[float, float]) -> bool:
    return span[0] <= value <= span[1]


def _degrees(cell: Cell) -> tuple[float | None, str]:
    """Degrees, and the side of the earth (E, W, N, S) where the cell names it."""
    if isinstance(cell, Decimal):
        return (float(cell) if cell.is_finite() else None), ""
    if not isinstance(cell, str) or len(cell) > _LONGEST:
        return None, ""
    text = _plain(cell)
    labels = {_SIDES.get(label, label.upper()) for label in _LABEL.findall(text)}
    if len(labels) > 1:
        return None, ""
    side = labels.pop() if labels else ""
    bare = _LABEL.sub("", text).strip(" :,") if side else text
    value = _value(bare)
    if value is not None and side in ("W", "S"):
        value = -value
    return value, side


def _value(text: str) -> float | None:
    if _NUMBER.fullmatch(text):
        return float(text)
    match = _DEGREES.fullmatch(text.replace(" ", "")) or _SPACED.fullmatch(text)
    if not match:
        return None
    degrees, minutes, seconds = (float(match[part] or 0) for part in "dms")
    fine = [part for part in (match["d"], match["m"], match["s"]) if part and "." in part]
    # 110.5°30′ says the same thing twice; only the last part may have a fraction.
    if minutes >= 60 or seconds >= 60 or (fine and fine != [_last(match)]):
        return None
    return degrees + minutes / 60 + seconds / 3600


def _last(match: re.Match[str]) -> str:
    return match["s"] or match["m"] or match["d"]


def _plain(cell: Cell) -> str:
    """Every kind of degree, minute and second mark made one, before NFKC makes letters of them."""
    return folded(shown(cell).translate(_MARKS)).replace("''", '"')
