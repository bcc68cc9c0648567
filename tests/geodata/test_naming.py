from __future__ import annotations

import pytest

from geodata import Divisions, short_form
from geodata.naming import former_codes, spoken_names


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("十堰市", "十堰"),
        ("郧阳区", "郧阳"),
        ("忠县", "忠县"),
        ("长阳土家族自治县", "长阳"),
        ("积石山保安族东乡族撒拉族自治县", "积石山"),
        ("东乡族自治县", "东乡族"),
        ("内蒙古自治区", "内蒙古"),
        ("新疆维吾尔自治区", "新疆"),
        ("恩施土家族苗族自治州", "恩施"),
        ("神农架林区", "神农架"),
        ("浦东新区", "浦东"),
        ("管城回族区", "管城"),
        ("大兴安岭地区", "大兴安岭"),
        ("香港特别行政区", "香港"),
        ("十堰", "十堰"),
    ],
)
def test_short_form(name: str, short: str) -> None:
    assert short_form(name) == short


def test_colloquial_names_of_autonomous_places() -> None:
    assert spoken_names("恩施土家族苗族自治州") == ("恩施土家族苗族自治州", "恩施州")
    assert spoken_names("十堰市") == ("十堰市",)


def test_former_codes_lead_to_divisions_of_the_same_province(divisions: Divisions) -> None:
    held = {division.code for division in divisions}
    entries = former_codes()
    assert len({entry.code for entry in entries}) == len(entries) == 186
    for entry in entries:
        assert entry.current_code in held, entry
        assert entry.code not in held, entry
        assert entry.code[:2] == entry.current_code[:2], entry
