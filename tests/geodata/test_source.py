from __future__ import annotations

from geodata.source import CORRECTED_CODES, NOT_DIVISIONS, read_features


def test_provinces_without_the_dashed_line() -> None:
    provinces = {feature.code: feature.name for feature in read_features("province")}
    assert len(provinces) == 34
    assert provinces["710000"] == "台湾省"


def test_corrections_still_apply_to_the_installed_package() -> None:
    counties = {feature.code: feature for feature in read_features("district")}
    for stale, current in CORRECTED_CODES.items():
        assert stale not in counties
        assert current in counties
    assert not NOT_DIVISIONS & counties.keys()


def test_the_one_invalid_county_is_mended() -> None:
    counties = {feature.code: feature for feature in read_features("district")}
    assert counties["659006"].geometry().is_valid
