"""Targets: who is a candidate, each part of the score, the order and the reasons."""

from math import exp, sqrt

import pytest

from chains import (
    Enterprise,
    ExpansionSign,
    Link,
    LinkAssessment,
    Revenue,
    Target,
    UnknownName,
    Weights,
    assess,
    rank,
)
from chains._codes import is_code, prefecture_of, within
from chains.fit import Wording
from chains.targets import is_local

from .tiny import chain, edge, enterprise, firm, firms

TINY = chain(
    edge("磷酸铁", "正极"),
    edge("锂盐", "正极"),
    edge("正极", "电芯"),
    edge("正极", "储能"),
    edge("电芯", "整车"),
    links=[Link("正极", "中游", "磷酸铁锂正极材料")],
)
HERE = [firm("电芯", "十堰电芯厂"), firm("锂盐", "竹山锂盐厂")]
MAKERS = [
    enterprise("德方", {"正极": "磷酸铁锂正极材料"}, "440300"),
    enterprise("容百", {"正极": "三元正极材料"}, "330200", bases=("420900",)),
    enterprise("杂家", {"正极": "水泥"}, "110105"),
]


def seen(place: list[LinkAssessment] | None = None) -> list[LinkAssessment]:
    return place or assess(TINY, HERE, chains_using={}, elsewhere_km={})


def ranked(makers: list[Enterprise] = MAKERS, **more: object) -> list[Target]:
    given: dict[str, object] = {"assessments": seen(), "prefecture": "420300", "km": {}, **more}
    return rank(TINY, "正极", makers, **given)  # type: ignore[arg-type]


def values(target: Target) -> dict[str, float | None]:
    return {part.name: part.value for part in target.parts}


def names(targets: list[Target]) -> list[str]:
    return [target.enterprise.name for target in targets]


def of(name: str, targets: list[Target]) -> Target:
    return next(target for target in targets if target.enterprise.name == name)


def test_candidates_are_those_on_the_link_who_are_not_here_and_not_gone() -> None:
    more = [
        enterprise("别处", {"电芯": "电芯"}),
        enterprise("本市总部", {"正极": "正极"}, "420300"),
        enterprise("本县总部", {"正极": "正极"}, "420322"),
        enterprise("有基地", {"正极": "正极"}, bases=("420381",)),
        enterprise("已退市", {"正极": "正极"}, delisted="2024-08"),
        enterprise("简称", {"正极": "正极"}),
        enterprise("全称", {"正极": "正极"}, full_name="全称股份公司"),
        enterprise("改名", {"正极": "正极"}, former_names=("旧名",)),
    ]
    found = ranked([*MAKERS, *more], local_names={"简称", "全称股份公司", "旧名", ""})
    assert sorted(names(found)) == sorted(names(ranked()))


def test_local_in_a_municipality_and_in_a_county_on_its_own() -> None:
    assert is_local(enterprise("甲", {}, "110105"), "110000")
    assert is_local(enterprise("甲", {}, "500229"), "500000")
    assert is_local(enterprise("甲", {}, "429004"), "429004")
    assert not is_local(enterprise("甲", {}, "429005"), "429004")
    assert not is_local(enterprise("甲", {}, "420600"), "420300")


@pytest.mark.parametrize(
    ("code", "home"),
    [("420322", "420300"), ("110105", "110000"), ("500229", "500000"), ("429004", "429004")],
)
def test_a_county_belongs_to_a_prefecture(code: str, home: str) -> None:
    assert prefecture_of(code) == home
    assert within(code, home)


@pytest.mark.parametrize("text", ["", "42030", "4203000", "99 000", "990000", "42o300", "٤٢٠٣٠٠"])
def test_what_is_no_code(text: str) -> None:
    assert not is_code(text)


def test_fit_is_the_cosine_with_the_others_as_a_share_of_the_best() -> None:
    found = ranked()
    assert [target.rank for target in found] == [1, 2, 3]
    assert values(found[0])["fit"] == 1
    assert values(of("德方", found))["fit"] == 1
    assert 0 < (values(of("容百", found))["fit"] or 0) < 1
    assert values(of("杂家", found))["fit"] == 0


def test_fit_by_hand() -> None:
    # one supplier "ab", link "ab": the texts "ab " + name and "ab" share the 2-gram "ab"
    firm = Enterprise("c", "440300", {"ab": "ab"})
    link = Link("ab", "中游")
    wording = Wording([firm], [link])
    # texts: "ab c" → ab, "b ", " c", "ab ", "b c"; "ab " → ab, "b ", "ab "; "产业链"
    # n = 3 texts; idf of ab, "b ", "ab " (in 2): 1 + ln(4/3); of " c", "b c" (in 1): 1 + ln(4/2)
    common, rare = 1 + 0.28768207245178085, 1 + 0.6931471805599453
    cosine = 3 * common**2 / (sqrt(3 * common**2) * sqrt(3 * common**2 + 2 * rare**2))
    assert wording.fits(link, [firm])["c"] == pytest.approx(cosine)


def test_fit_leaves_a_supplier_out_of_its_own_pattern() -> None:
    link = Link("正极", "中游")
    odd = enterprise("甲", {"正极": "水泥混凝土"})
    wording = Wording([odd], [link])
    assert wording.fits(link, [odd])["甲"] == 0
    assert wording.fits(link, []) == {}


def test_pull_is_the_share_of_direct_neighbours_at_work() -> None:
    # 正极 has 4: 磷酸铁, 锂盐 before it, 电芯, 储能 after it; 锂盐 and 电芯 work here
    assert {values(target)["pull"] for target in ranked()} == {2 / 4}
    empty = assess(TINY, firms("整车"), chains_using={}, elsewhere_km={})
    assert {values(target)["pull"] for target in ranked(assessments=empty)} == {0}


def test_nearness_takes_the_nearest_of_head_office_and_bases() -> None:
    found = ranked(km={"440300": 900.0, "330200": 800.0, "420900": 300.0, "110000": 600.0})
    assert values(of("德方", found))["nearness"] == pytest.approx(exp(-3))
    assert values(of("容百", found))["nearness"] == pytest.approx(exp(-1))
    assert values(of("杂家", found))["nearness"] == pytest.approx(exp(-2))  # 朝阳区 by 北京


def test_an_unknown_distance_counts_half_and_is_flagged() -> None:
    found = ranked(km={"440300": float("nan")})
    assert {values(target)["nearness"] for target in found} == {None}
    assert "nearness" in found[0].missing_data


def test_scale_and_expansion_without_data_count_half_and_are_flagged() -> None:
    found = ranked()[0]
    assert found.missing_data == ("nearness", "scale", "expansion")
    # fit 40, pull 15/2, unknown nearness 5, scale 5, expansion 7.5, of 90 without a roadshow
    assert found.score == pytest.approx(100 * (40 + 7.5 + 5 + 5 + 7.5) / 90)


def test_scale_is_a_rank_among_those_with_known_revenue() -> None:
    sized = [
        enterprise(name, {"正极": "正极材料"}, revenue=Revenue(amount, "2025", "年报"))
        for name, amount in (("大", 900.0), ("中", 500.0), ("小", 100.0))
    ]
    found = ranked([*sized, *MAKERS])
    assert [values(of(name, found))["scale"] for name in "大中小"] == [1, 2 / 3, 1 / 3]
    assert values(of("德方", found))["scale"] is None


def test_a_sign_of_expansion_counts_in_full_and_is_a_reason() -> None:
    sign = ExpansionSign("拟建二期", "2026-05", "公告")
    found = of("甲", ranked([*MAKERS, enterprise("甲", {"正极": "正极"}, expansion=(sign,))]))
    assert values(found)["expansion"] == 1
    assert "扩产迹象：拟建二期（2026-05）" in found.reasons


def test_roadshow_counts_the_city_then_the_province() -> None:
    found = ranked(roadshow="330200")
    assert values(of("容百", found))["roadshow"] == 1
    assert values(of("德方", found))["roadshow"] == 0
    assert values(of("容百", ranked(roadshow="420100")))["roadshow"] == 0.5  # a base in 孝感
    assert "roadshow" not in values(ranked()[0])


def test_without_a_city_the_rest_is_rescaled() -> None:
    with_city, without = of("德方", ranked(roadshow="440300")), of("德方", ranked())
    points = sum(part.points for part in without.parts)
    assert without.score == pytest.approx(points * 100 / 90)
    assert with_city.score == pytest.approx(points + 10)


def test_reasons_name_local_customers_and_suppliers() -> None:
    text = "\n".join(of("德方", ranked(km={"440300": 900.0})).reasons)
    assert "补链“正极”：本地没有在产在建企业" in text
    assert "本地可能的客户：十堰电芯厂（电芯）" in text
    assert "本地可就近供料：竹山锂盐厂（锂盐）" in text
    assert "做磷酸铁锂正极材料" in text
    assert "总部距本地 900 公里" in text


def test_equal_scores_stand_by_name() -> None:
    twins = [enterprise(name, {"正极": "正极材料"}) for name in ("丙厂", "乙厂", "丁厂")]
    alone = [enterprise(twin.name, {"正极": "水泥"}) for twin in twins]
    scores = {target.score for target in ranked(alone)}
    assert len(scores) == 1
    assert names(ranked(alone)) == sorted(twin.name for twin in twins)
    assert names(ranked(list(reversed(alone)))) == names(ranked(alone))


def test_weights_move_the_score() -> None:
    only_pull = Weights().override(
        {
            "target": {
                "fit": 0,
                "pull": 100,
                "nearness": 0,
                "scale": 0,
                "expansion": 0,
                "roadshow": 0,
            }
        }
    )
    assert {target.score for target in ranked(weights=only_pull)} == {50.0}


def test_no_candidate_no_assessment_and_an_alias() -> None:
    assert ranked([]) == []
    assert len(ranked(assessments=[])) == 3
    with pytest.raises(UnknownName, match="正极"):
        rank(TINY, "正极材", MAKERS, assessments=[], prefecture="420300", km={})


def test_nearness_says_whether_head_office_or_a_base_is_nearest() -> None:
    firm = enterprise("两地厂", {"正极": "正极材料"}, city="440300", bases=("420100",))
    for km, said in (
        ({"440300": 900.0, "420100": 230.0}, "最近的是一个基地，距本地 230 公里"),
        ({"440300": 150.0, "420100": 230.0}, "总部距本地 150 公里"),
    ):
        target = of("两地厂", ranked([firm], km=km))
        assert said in target.reasons
        assert said in [part.sentence for part in target.parts]
