"""Names taken apart, and pairs that people would or would not take for one project."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapapp.ledger.blocking import COMPARED, Blocks
from mapapp.ledger.matching import THRESHOLD, profile, score
from mapapp.ledger.names import Gazette, chinese_number, read_firms, read_title
from mapapp.ledger.project import InvestmentProject
from mapapp.ledger.reasons import explain

HERE = Gazette(
    {"湖北省": None, "湖北": None, "十堰市": None, "十堰": None, "竹山县": "420323",
     "竹山": "420323", "竹溪县": "420324", "竹溪": "420324"},
    frozenset({"北京", "北京市", "浙江", "浙江省", "武汉"}),
)  # fmt: skip


def one(code: str, name: str, enterprise: str = "", **facts: object) -> InvestmentProject:
    return InvestmentProject(code, name, enterprise, **facts)  # type: ignore[arg-type]


def likely(a: InvestmentProject, b: InvestmentProject) -> float:
    return score(profile(a, HERE), profile(b, HERE))


@pytest.mark.parametrize(
    ("name", "core"),
    [
        ("十堰震科特种车辆装备生产基地项目", "震科特种车辆装备生产"),
        ("湖北省　竹山（县）ＡＢ１２ 项目", "ab12"),
        ("㛃𬭊䶮新材料项目", "㛃𬭊䶮新材料"),
        ("项目", "项目"),
        ("", ""),
    ],
)
def test_a_title_is_reduced_to_what_identifies(name: str, core: str) -> None:
    assert read_title(name, HERE).core == core


@pytest.mark.parametrize("said", ["二期", "（二期）", "第二期", "II期", "Ⅱ期", "2期", "２期工程"])
def test_a_phase_is_read_in_every_spelling(said: str) -> None:
    assert read_title(f"松吉电动车{said}", HERE).parts == {("期", 2)}


def test_figures_are_read_in_every_spelling() -> None:
    spellings = ("年产10万吨黄酒", "十万吨黄酒", "100000吨黄酒")
    assert {read_title(name, HERE).figures for name in spellings} == {frozenset({("吨", 1e5)})}
    assert read_title("8GWh储能", HERE).figures == read_title("8吉瓦时储能", HERE).figures


@pytest.mark.parametrize(
    ("text", "number"), [("二", 2), ("十二", 12), ("三百二十", 320), ("首", 1), ("〇", 0)]
)
def test_chinese_numbers(text: str, number: int) -> None:
    assert chinese_number(text) == number


@pytest.mark.parametrize(
    ("text", "brands"),
    [
        ("湖北万润新能源科技股份有限公司", ["万润"]),
        ("浙江新吉奥控股集团有限公司", ["新吉奥"]),
        ("百草堂(湖北)制药有限公司", ["百草堂"]),
        ("云极新能源(文中未写全称)", ["云极"]),
        ("湖北人杰、徐工随车", ["人杰", "徐工随车"]),
        ("(园区)", []),
    ],
)
def test_firms_are_reduced_to_their_brands(text: str, brands: list[str]) -> None:
    assert [firm.brand for firm in read_firms(text, HERE)] == brands


def test_phases_are_different_projects_whatever_else_is_equal() -> None:
    a, b = one("A", "松吉电动车一期", "松吉"), one("B", "松吉电动车（二期）", "松吉")
    assert likely(a, b) == 0
    assert "第 1 期" in explain(profile(a, HERE), profile(b, HERE)).reasons[0].text


def test_a_place_in_the_name_tells_projects_apart() -> None:
    facts = {"enterprise": "中国铁塔公司十堰分公司"}
    a = one("A", "“智慧竹山”通信设施", county="420323", **facts)
    b = one("B", "“智慧竹溪”通信设施", county="420324", **facts)
    assert likely(a, b) < THRESHOLD


def test_another_channel_is_recognised_and_says_why() -> None:
    a = one("A", "湖北万润新能源二期生产线项目", "湖北万润新能源科技股份有限公司")
    b = one("B", "万润新能源（二期）", "湖北万润")
    match = explain(profile(a, HERE), profile(b, HERE))
    assert match.suspected
    assert "企业相同或相近" in match.sentence


@given(st.text(max_size=30), st.text(max_size=30), st.text(max_size=30), st.text(max_size=30))
def test_any_text_has_a_score_and_the_order_does_not_matter(
    name: str, enterprise: str, other: str, firm: str
) -> None:
    a, b = one("A", name, enterprise), one("B", other, firm)
    assert 0 <= likely(a, b) <= 1
    assert likely(a, b) == pytest.approx(likely(b, a))
    explain(profile(a, HERE), profile(b, HERE))


def test_a_project_is_not_its_own_candidate_and_a_removed_one_is_gone() -> None:
    rows = [profile(one(f"P{n}", f"宏盛电动车{n}号线", "宏盛"), HERE) for n in range(40)]
    blocks = Blocks(rows)
    found = [other.code for other in blocks.candidates(rows[0])]
    assert "P0" not in found
    assert len(found) == COMPARED
    blocks.remove(found[0])
    assert found[0] not in [other.code for other in blocks.candidates(rows[0])]
    assert len(blocks) == 39


def test_a_name_of_digits_is_read_at_once() -> None:
    """One that is all digits used to be split in every way there is."""
    assert read_title("9" * 300, HERE).core == "9" * 300
