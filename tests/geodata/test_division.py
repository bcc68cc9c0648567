from __future__ import annotations

import pytest

from geodata import AmbiguousDivision, Division, Divisions, UnknownDivision
from geodata.division import level_of, prefecture_code

SHIYAN = ["420302", "420303", "420304", "420322", "420323", "420324", "420325", "420381"]


def codes(places: tuple[Division, ...]) -> list[str]:
    return [place.code for place in places]


@pytest.mark.parametrize(
    ("code", "level", "prefecture"),
    [
        ("420304", "county", "420300"),
        ("110105", "county", "110000"),
        ("500243", "county", "500000"),
        ("429004", "county", "429004"),
        ("441900", "prefecture", "441900"),
        ("810101", "county", "810000"),
    ],
)
def test_a_code_says_its_level_and_prefecture(code: str, level: str, prefecture: str) -> None:
    assert level_of(code) == level
    assert prefecture_code(code) == prefecture


def test_counts_of_the_country(divisions: Divisions) -> None:
    assert len(divisions.provinces()) == 34
    # 333 prefectures, 4 municipalities, 32 standalone counties, Taiwan, Hong Kong, Macao.
    assert len(divisions.prefectures()) == 372
    assert [d.code for d in divisions] == sorted(d.code for d in divisions)


def test_every_parent_exists_and_every_county_has_its_prefecture(divisions: Divisions) -> None:
    for division in divisions:
        assert division.parent is None or division.parent in divisions
        if division.level == "county":
            prefecture = divisions.prefecture_of(division.code)
            assert division in divisions.counties(prefecture.code)


def test_counties_of_shiyan(divisions: Divisions) -> None:
    assert codes(divisions.counties("420300")) == SHIYAN
    assert divisions["420304"] == Division("420304", "郧阳区", "county", "420300")
    assert divisions.full_name("420304") == "湖北省十堰市郧阳区"


def test_a_municipality_is_its_own_prefecture(divisions: Divisions) -> None:
    assert len(divisions.counties("110000")) == 16
    assert len(divisions.counties("500000")) == 38
    assert divisions.prefecture_of("110105").code == "110000"
    assert divisions.prefecture_of("110000").code == "110000"
    assert divisions.is_prefecture("110000")
    assert not divisions.is_prefecture("420000")
    assert divisions["110105"].parent == "110000"


@pytest.mark.parametrize("code", ["429004", "429021", "419001", "469030", "659012", "441900"])
def test_a_place_without_counties_is_its_own(divisions: Divisions, code: str) -> None:
    assert codes(divisions.counties(code)) == [code]
    assert divisions.prefecture_of(code).code == code
    assert divisions.province_of(code).code == code[:2] + "0000"
    assert divisions[code].parent == code[:2] + "0000"


def test_prefectures_of_a_province(divisions: Divisions) -> None:
    hubei = codes(divisions.prefectures("420000"))
    assert len(hubei) == 17
    assert {"420300", "422800", "429021"} <= set(hubei)
    assert codes(divisions.prefectures("310000")) == ["310000"]


def test_a_municipality_answers_to_both_its_codes(divisions: Divisions) -> None:
    assert divisions.find_prefecture("310100").name == "上海市"
    assert divisions.find_prefecture("310000").name == "上海市"
    assert divisions["500200"].code == "500000"
    assert divisions["420100"].name == "武汉市"
    assert "310300" not in divisions


@pytest.mark.parametrize(
    ("stale", "current"),
    [("420321", "420304"), ("540422", "540481"), ("654223", "654203"), ("371200", "370116")],
)
def test_a_stale_code_leads_to_the_current_division(
    divisions: Divisions, stale: str, current: str
) -> None:
    assert stale in divisions
    assert divisions[stale].code == current


def test_an_unknown_code_names_itself_and_its_neighbours(divisions: Divisions) -> None:
    with pytest.raises(UnknownDivision, match=r"420399.*420381") as caught:
        divisions["420399"]
    assert caught.value.nearest[0].code == "420381"


@pytest.mark.parametrize("code", ["420304", "420000"])
def test_counties_of_what_is_no_prefecture(divisions: Divisions, code: str) -> None:
    with pytest.raises(UnknownDivision, match=r"不是地市.*十堰市"):
        divisions.counties(code)


def test_a_province_lies_in_no_prefecture(divisions: Divisions) -> None:
    with pytest.raises(UnknownDivision, match="湖北省"):
        divisions.prefecture_of("420000")


def test_a_small_registry_by_hand() -> None:
    pairs = [("420000", "湖北省"), ("420300", "十堰市"), ("420302", "茅箭区")]
    small = Divisions((Division.of(*pair) for pair in pairs), former=())
    assert codes(small.counties("420300")) == ["420302"]
    assert small.find("茅箭").code == "420302"
    with pytest.raises(UnknownDivision):
        small.find("郧阳")


def test_every_name_finds_itself_in_its_prefecture(divisions: Divisions) -> None:
    for county in (d for d in divisions if d.level == "county"):
        prefecture = divisions.prefecture_of(county.code).code
        assert divisions.find(county.name, prefecture) == county
        assert divisions.find(divisions.full_name(county.code)) == county


def test_find_prefecture_and_province_look_at_one_level(divisions: Divisions) -> None:
    assert divisions.find_prefecture("吉林").code == "220200"
    assert divisions.find_province("吉林").code == "220000"
    assert divisions.find_prefecture("朝阳").code == "211300"
    assert divisions.find_prefecture("北京").code == "110000"
    assert divisions.find_prefecture("深圳", "440000").code == "440300"
    with pytest.raises(UnknownDivision, match="十堰市"):
        divisions.find_prefecture("郧阳")


def test_ambiguous_names_list_their_candidates(divisions: Divisions) -> None:
    with pytest.raises(AmbiguousDivision, match="北京市朝阳区（110105）") as caught:
        divisions.find("朝阳")
    assert codes(caught.value.candidates) == ["110105", "211300", "220104"]
