"""The five parts of criticality, each against arithmetic done by hand."""

from math import exp

import pytest

from chains.cascade import Cascade

from .tiny import REPORT, chain, edge, firm, firms, look, parts

#        ┌ 电芯 ─ 整车
#  正极 ─┤
#        └ 储能
FORK = chain(edge("正极", "电芯"), edge("正极", "储能"), edge("电芯", "整车"))


def test_dependence_counts_sources_where_outputs_are_unknown() -> None:
    here = [firm("电芯", "甲"), firm("电芯", "乙"), *firms("储能", "整车")]
    found = look(FORK, here)
    # 正极 is missing: users 电芯 2 + 储能 1 + 整车 1 of 4 sources, all of it uncovered
    assert parts(found["正极"])["dependence"] == pytest.approx(4 / 4 * 1)
    # 电芯 is present: nothing is uncovered
    assert parts(found["电芯"])["dependence"] == 0
    # 储能 is weak and an end product: nobody leans on it
    assert parts(found["储能"])["dependence"] == 0


def test_dependence_of_a_weak_counted_link_is_halved() -> None:
    found = look(FORK, firms("电芯", "整车"))
    assert parts(found["电芯"])["dependence"] == pytest.approx(1 / 2 * 0.5)


def test_dependence_uses_outputs_only_where_every_active_link_states_its_own() -> None:
    sized = [firm("电芯", output=300), firm("储能", output=100), firm("整车", output=600)]
    # 正极: D = .1·300 + .1·100, s = 0; users are the whole chain
    # 电芯: D = .1·600 = 60, s = 300/60 > 1: covered
    assert parts(look(FORK, sized)["正极"])["dependence"] == pytest.approx(1000 / 1000 * 1)
    assert parts(look(FORK, sized)["电芯"])["dependence"] == 0
    weak = [firm("电芯", output=15), firm("整车", output=600)]
    # 电芯: D = 60, s = 15/60 = .25, uncovered .75; its user is 600 of 615
    assert parts(look(FORK, weak)["电芯"])["dependence"] == pytest.approx(600 / 615 * 0.75)
    mixed = [*weak, firm("储能")]  # one link is silent: sources count, one of three
    assert parts(look(FORK, mixed)["电芯"])["dependence"] == pytest.approx(1 / 3 * 0.75)


def test_for_extend_the_direct_suppliers_stand_in() -> None:
    found = look(FORK, [firm("正极", "甲"), firm("正极", "乙"), firm("电芯")])
    # 整车 is missing, 电芯 (1 of 3 sources) would sell to it
    assert parts(found["整车"])["dependence"] == pytest.approx(1 / 3 * 1)


def test_dependence_of_an_unwanted_link_is_zero() -> None:
    assert parts(look(FORK, [])["正极"])["dependence"] == 0


NEEDS = chain(
    edge("铁锂", "电芯", group="正极"),
    edge("三元", "电芯", group="正极"),
    edge("铁", "铁锂", required=True),
    edge("铁", "三元", required=True),
    edge("添加剂", "电芯"),
    edge("电芯", "整车", required=True),
)


@pytest.mark.parametrize(
    ("lost", "fallen"),
    [
        ("铁", {"铁锂", "三元", "电芯", "整车"}),  # both members of the group fall
        ("铁锂", set()),  # 三元 can stand in
        ("添加剂", set()),  # optional
        ("电芯", {"整车"}),
        ("整车", set()),
    ],
)
def test_cascade(lost: str, fallen: set[str]) -> None:
    assert set(Cascade(NEEDS).fallen(lost)) == fallen


def test_cascade_reaches_a_link_by_two_ways_once() -> None:
    twice = chain(
        edge("甲", "乙", required=True),
        edge("甲", "丙", required=True),
        edge("乙", "丁", required=True),
        edge("丙", "丁", required=True),
    )
    assert Cascade(twice).fallen("甲") == ["乙", "丙", "丁"]


def test_cut_is_the_share_of_the_other_active_links_that_fall() -> None:
    found = look(NEEDS, firms("铁", "添加剂", "电芯", "整车"))
    # 铁 takes 铁锂, 三元 (not here), 电芯 and 整车 with it: 2 of the other 3
    assert parts(found["铁"])["cut"] == pytest.approx(2 / 3)
    assert parts(found["电芯"])["cut"] == pytest.approx(1 / 3)
    # 铁锂 is not here itself: of 4 others none falls
    assert parts(found["铁锂"])["cut"] == 0
    assert parts(look(NEEDS, firms("铁"))["铁"])["cut"] == 0  # nobody else is there


def test_betweenness_towards_active_end_products() -> None:
    line = chain(edge("a", "b"), edge("b", "c"), edge("c", "d"))
    found = look(line, firms("d"))
    # paths to d: a-b-c-d, b-c-d, c-d. c lies within 2, b within 1
    assert [parts(found[name])["betweenness"] for name in "abcd"] == [0, 0.5, 1, 0]


def test_the_last_active_link_is_the_end_product_of_a_place() -> None:
    line = chain(edge("a", "b"), edge("b", "c"), edge("c", "d"))
    found = look(line, firms("a", "c"))
    # a leads to c, c to nobody here: paths to c are a-b-c and b-c, b lies within one
    assert [parts(found[name])["betweenness"] for name in "abcd"] == [0, 1, 0, 0]


def test_betweenness_is_zero_where_nothing_lies_between() -> None:
    # only 正极 → 储能 ends at an active product
    assert {parts(item)["betweenness"] for item in look(FORK, firms("储能")).values()} == {0}
    assert {parts(item)["betweenness"] for item in look(FORK, []).values()} == {0}


def test_shared() -> None:
    found = look(FORK, [], chains_using={"正极": 2, "电芯": 3, "储能": 9})
    assert [parts(found[name])["shared"] for name in FORK.links] == [0.5, 1, 1, 0]


def test_substitution() -> None:
    found = look(FORK, [], elsewhere_km={"正极": [0], "电芯": [300, 600], "储能": []})
    assert parts(found["正极"])["substitution"] == pytest.approx(1 - 0.5)
    assert parts(found["电芯"])["substitution"] == pytest.approx(
        (1 - 0.5 * exp(-1)) * (1 - 0.5 * exp(-2))
    )
    assert parts(found["储能"])["substitution"] == 1
    assert parts(found["整车"])["substitution"] == 1


def test_a_supplier_at_an_unknown_distance_is_none() -> None:
    found = look(FORK, [], elsewhere_km={"正极": [float("nan"), 300]})
    assert parts(found["正极"])["substitution"] == pytest.approx(1 - 0.5 * exp(-1))


def test_criticality_is_the_sum_of_its_points() -> None:
    line = chain(edge("正极", "电芯", 0.2, basis=REPORT, required=True))
    found = look(
        line, [firm("电芯", output=100)], chains_using={"正极": 2}, elsewhere_km={"正极": [300]}
    )["正极"]
    # dependence 1 · 1, cut 1 / 1, betweenness 0, shared 1 / 2, substitution 1 − .5 / e
    assert found.criticality == pytest.approx(35 + 20 + 0 + 7.5 + 20 * (1 - 0.5 * exp(-1)))
    assert [part.label for part in found.parts] == [
        "下游依赖",
        "断链影响",
        "枢纽程度",
        "跨链共用",
        "替代难度",
    ]
    assert all(part.sentence for part in found.parts)
