from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata import Datum, UnknownDatum, distance_km, from_wgs84, parse_datum, to_wgs84

in_china = st.tuples(st.floats(73.6, 135.0), st.floats(18.2, 53.5))
datums = st.sampled_from(list(Datum))


@given(in_china, datums)
def test_there_and_back_is_within_a_millimetre(point: tuple[float, float], datum: Datum) -> None:
    back = to_wgs84(*from_wgs84(*point, datum), datum)
    assert distance_km(*point, *back) < 1e-6


@given(in_china)
def test_the_shift_is_hundreds_of_metres(point: tuple[float, float]) -> None:
    assert distance_km(*point, *from_wgs84(*point, "GCJ-02")) < 1.0
    assert 0.5 < distance_km(*point, *from_wgs84(*point, "BD-09")) < 2.0


def test_known_points() -> None:
    """Published pairs of the public algorithms: eviltransform's own test, and coordtransform's."""
    assert from_wgs84(121.5272106, 31.1774276, "GCJ-02") == pytest.approx(
        (121.531541859215, 31.17530398364597), abs=1e-9
    )
    bd_lon, bd_lat = from_wgs84(*to_wgs84(116.404, 39.915, "GCJ-02"), "BD-09")
    assert (bd_lon, bd_lat) == pytest.approx((116.41036949, 39.92133699), abs=1e-7)


@pytest.mark.parametrize("point", [(-0.12, 51.5), (0.0, 0.0), (139.7, 35.7), (999.0, 999.0)])
@pytest.mark.parametrize("datum", list(Datum))
def test_outside_china_nothing_moves(point: tuple[float, float], datum: Datum) -> None:
    assert to_wgs84(*point, datum) == point
    assert from_wgs84(*point, datum) == point


def test_arrays_keep_their_shape_and_nan_stays() -> None:
    lon = np.array([[110.8, np.nan], [110.9, 111.0]])
    moved = to_wgs84(lon, 32.6, "BD-09")
    assert moved[0].shape == moved[1].shape == (2, 2)
    assert np.isnan(moved[0][0, 1])


def test_the_arguments_are_not_changed_or_shared() -> None:
    lon = np.array([110.8])
    same, _ = to_wgs84(lon, [32.6], "CGCS2000")
    same[0] = 0.0
    assert lon[0] == 110.8


@pytest.mark.parametrize(
    ("text", "datum"),
    [("gcj02", Datum.GCJ02), ("GCJ-02", Datum.GCJ02), ("高德", Datum.GCJ02), ("百度", Datum.BD09),
     ("bd09ll", Datum.BD09), ("wgs 84", Datum.WGS84), ("EPSG:4490", Datum.CGCS2000)],
)  # fmt: skip
def test_spellings(text: str, datum: Datum) -> None:
    assert parse_datum(text) is datum


def test_an_unknown_datum_lists_the_known_ones() -> None:
    with pytest.raises(UnknownDatum, match=r"北京54.*GCJ-02.*BD-09"):
        to_wgs84(110.8, 32.6, "北京54")
