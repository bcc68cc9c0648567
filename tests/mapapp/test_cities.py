"""A city's file: what it says is read, what nobody reads is named."""

from pathlib import Path

import pytest

from mapapp.cities import FOLDER, CityError, load


def write(folder: Path, text: str) -> None:
    (folder / "420300.yaml").write_text(text, "utf-8")


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.yaml")), ids=lambda path: path.stem)
def test_every_shipped_city_is_read(path: Path) -> None:
    city = load(path.stem, "某市")
    assert city.zones
    assert city.leading_chains


def test_a_city_without_a_file_is_plain(tmp_path: Path) -> None:
    assert load("350200", "厦门市", tmp_path).zones == ()


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("zone: []", ["zone", "zones", "county_aliases"]),
        ("zones: [{name: 经开区, host: '420302', center: [110, 32]}]", ["center", "centre"]),
        ("offices: [{name: 北京专班, place: '110000'}]", ["place", "city"]),
        ("zones: [{name: 经开区}]", ["zones", "host"]),
        ("offices: [北京专班]", ["offices", "name", "city"]),
        ("[1, 2]", ["zones"]),
        ("zones: [", ["读不了"]),
    ],
)
def test_what_is_wrong_is_named_with_the_file(tmp_path: Path, text: str, named: list[str]) -> None:
    write(tmp_path, text)
    with pytest.raises(CityError) as caught:
        load("420300", "十堰市", tmp_path)
    for word in ("420300.yaml", *named):
        assert word in str(caught.value)


def test_empty_parts_are_no_parts(tmp_path: Path) -> None:
    write(tmp_path, "zones:\nweights:\nleading_chains:\n")
    assert load("420300", "十堰市", tmp_path).weights == {}


def test_a_code_rule_is_a_pattern_or_one_with_short_forms(tmp_path: Path) -> None:
    write(tmp_path, "code_rule: 'SY{year}-{n:3}'")
    assert load("420300", "十堰市", tmp_path).code_rule.pattern == "SY{year}-{n:3}"
    write(tmp_path, "code_rule: {pattern: '{county}{n:4}', counties: {'420302': MJ}}")
    rule = load("420300", "十堰市", tmp_path).code_rule
    assert rule.series("420302", None, None, 2026).code(1) == "MJ0001"


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("code_rule: '{year}'", "流水号"),
        ("code_rule: {patern: x}", "patern"),
        ("code_rule: {counties: {}}", "pattern"),
        ("code_rule: [1]", "pattern"),
    ],
)
def test_a_wrong_code_rule_is_named(tmp_path: Path, text: str, named: str) -> None:
    write(tmp_path, text)
    with pytest.raises(CityError, match=named):
        load("420300", "十堰市", tmp_path)
