from __future__ import annotations

import pytest

from geodata import Divisions, UnknownDivision


@pytest.mark.parametrize(
    ("text", "within", "code"),
    [
        ("十堰", None, "420300"),
        ("420304", None, "420304"),
        ("郧阳", "420300", "420304"),
        ("郧阳", "420000", "420304"),
        ("郧县", "420300", "420304"),
        ("420321", "420300", "420304"),
        ("郧　西", "420300", "420322"),
        ("４２０３０４", "420300", "420304"),
        ("十堰市茅箭区", "420300", "420302"),
        ("湖北省十堰市房县", "420300", "420325"),
        ("湖北十堰丹江口", None, "420381"),
        ("十堰市", "420300", "420300"),
        ("长沙", None, "430100"),
        ("长沙", "430100", "430121"),
        ("长沙市", "430100", "430100"),
        ("河北", None, "130000"),
        ("内蒙", None, "150000"),
        ("恩施州", None, "422800"),
        ("恩施", "422800", "422801"),
        ("长阳县", None, "420528"),
        ("北京朝阳", None, "110105"),
        ("哈密市", "650500", "650500"),
        ("湖北省仙桃市", None, "429004"),
        ("仙桃市", "429004", "429004"),
    ],
)
def test_what_people_write(divisions: Divisions, text: str, within: str | None, code: str) -> None:
    assert divisions.find(text, within).code == code


def test_a_county_of_another_city_is_named_but_not_taken(divisions: Divisions) -> None:
    with pytest.raises(UnknownDivision, match=r"十堰市.*湖北省襄阳市.*茅箭区") as caught:
        divisions.find("襄阳市", "420300")
    assert len(caught.value.nearest) == 8


def test_a_slip_of_the_pen_gets_the_nearest_name(divisions: Divisions) -> None:
    with pytest.raises(UnknownDivision) as caught:
        divisions.find("郧扬区", "420300")
    assert caught.value.nearest[0].code == "420304"


@pytest.mark.parametrize(
    "text", ["", "市直", "经开区", "茅箭区、张湾区", "{{7*7}}", "(?:", "郧" * 3000]
)
def test_what_is_no_division_is_refused(divisions: Divisions, text: str) -> None:
    with pytest.raises(UnknownDivision):
        divisions.find(text, "420300")
