"""C_i and D_i: sources, shares, stage weights, and what counts nothing."""

from datetime import date

import pytest

from chains import Activity, ChainsError, Link, Weights, demand, in_county, verified
from chains.supply import supply

from .tiny import chain, edge, firm, look


def project(
    stage: str, output: float | None, source: str = "甲", not_counted: str = ""
) -> Activity:
    name = f"{source}{stage}项目"
    return Activity(name, name, source, stage, {"电芯": 1.0}, output, not_counted=not_counted)


def test_capacity_is_output_times_share_times_stage_weight() -> None:
    split = Activity("1", "甲厂", "甲", "投产", {"电芯": 0.6, "模组": 0.4}, 1000)
    signed = Activity("2", "乙厂", "乙", "签约", {"电芯": 0.5}, 1000)
    found = supply([split, signed])
    assert found["电芯"].capacity == pytest.approx(1000 * 0.6 * 1 + 1000 * 0.5 * 0.3)
    assert found["模组"].capacity == pytest.approx(1000 * 0.4 * 1)


def test_a_firm_and_its_projects_are_one_source() -> None:
    found = supply([project("签约", 100), project("开工", 200), project("线索", 900)])["电芯"]
    assert [source.name for source in found.sources] == ["甲"]
    assert found.sources[0].weight == 0.7
    assert found.sources[0].capacity == pytest.approx(100 * 0.3 + 200 * 0.7)
    assert [item.stage for item in found.not_counted] == ["线索"]


def test_a_working_firms_own_figure_stands_alone() -> None:
    found = supply([project("运营", 500), project("投产", 200), project("签约", 900)])["电芯"]
    assert found.capacity == 500


def test_a_working_firm_without_a_figure_leaves_it_to_its_projects() -> None:
    found = supply([project("运营", None), project("投产", 200), project("签约", 900)])["电芯"]
    assert found.capacity == pytest.approx(200 + 900 * 0.3)
    assert found.sources[0].weight == 1.0


def test_a_source_without_any_figure_has_no_capacity_and_the_link_has_zero() -> None:
    found = supply([project("投产", None)])["电芯"]
    assert found.sources[0].capacity is None
    assert found.capacity == 0
    assert type(found.capacity) is float
    assert found.stated == ()


@pytest.mark.parametrize("stage", ["线索", "在谈", "终止", "从未听说的阶段", ""])
def test_stages_without_weight_are_listed_apart(stage: str) -> None:
    found = supply([project(stage, 100)])["电芯"]
    assert (found.sources, found.capacity) == ((), 0)
    assert len(found.not_counted) == 1


def test_what_is_set_aside_counts_nothing_whatever_its_stage() -> None:
    found = supply([project("投产", 100, not_counted="待核实"), project("签约", 100)])["电芯"]
    assert found.sources[0].weight == 0.3
    assert found.capacity == pytest.approx(30)
    assert [item.not_counted for item in found.not_counted] == ["待核实"]


def test_without_shares_an_activity_is_on_no_link() -> None:
    assert supply([Activity("1", "园区", "园区", "投产", {}, 100)]) == {}


def test_sources_stand_largest_first_then_furthest_then_by_name() -> None:
    found = supply(
        [
            project("签约", None, "丁"),
            project("投产", None, "丙"),
            project("投产", 10, "乙"),
            project("投产", 90, "甲"),
        ]
    )["电芯"]
    assert [source.name for source in found.sources] == ["甲", "乙", "丙", "丁"]
    assert [source.name for source in found.active()] == ["甲", "乙", "丙"]
    assert [source.name for source in found.active(Weights(active=1.0))] == ["甲", "乙", "丙"]


def test_projects_without_a_carrying_firm_stand_for_themselves() -> None:
    found = supply([project("投产", 1, ""), project("开工", 1, "")])["电芯"]
    assert len(found.sources) == 2


@pytest.mark.parametrize("output", [-1.0, float("nan"), float("inf")])
def test_impossible_outputs_are_refused(output: float) -> None:
    with pytest.raises(ChainsError, match="产值"):
        firm("电芯", output=output)


@pytest.mark.parametrize("share", [-0.1, 1.1, float("nan")])
def test_impossible_shares_are_refused(share: float) -> None:
    with pytest.raises(ChainsError, match="份额"):
        Activity("1", "甲", "甲", "投产", {"电芯": share})


def test_demand_is_what_direct_users_need_and_the_final_demand() -> None:
    tiny = chain(
        edge("正极", "电芯", 0.2),
        edge("正极", "储能", 0.1),
        edge("电芯", "整车", 0.5),
        links=[Link("正极", "中游", final_demand=7.0)],
    )
    here = supply([firm("电芯", output=1000), firm("储能", output=300), firm("整车", output=9999)])
    assert demand(tiny, "正极", here) == pytest.approx(0.2 * 1000 + 0.1 * 300 + 7)
    assert demand(tiny, "整车", here) == 0


def test_a_county_is_a_smaller_place() -> None:
    there = Activity("1", "甲", "甲", "投产", {"电芯": 1.0}, county="420302")
    assert in_county([there, firm("电芯")], "420302") == [there]


@pytest.mark.parametrize(
    ("confirmed", "stage", "kept"),
    [
        (date(2018, 11, 23), "运营", True),  # eight years to the day
        (date(2018, 11, 22), "运营", False),
        (date(2010, 12, 31), "运营", False),
        (None, "运营", True),  # nobody wrote down when it was looked at
        (date(2010, 12, 31), "投产", True),  # a project has its own rule
        (date(2016, 2, 29), "运营", False),
    ],
)
def test_a_firm_long_unheard_of_counts_nothing(
    confirmed: date | None, stage: str, kept: bool
) -> None:
    there = Activity("1", "甲厂", "甲厂", stage, {"电芯": 1.0}, 100, confirmed=confirmed)
    found = verified([there], date(2026, 11, 23))
    assert (found == [there]) is kept
    here = supply(found)["电芯"]
    assert bool(here.sources) is kept
    if not kept:
        assert here.not_counted[0].not_counted.startswith("待核实：")
        assert verified([there], date(2026, 11, 23), Weights(stale_firm_years=40)) == [there]
        cell = look(chain(edge("电芯", "整车")), [*found, firm("整车")])["电芯"]
        assert any("8 年多没有新消息" in line for line in cell.why)


def test_what_is_set_aside_already_keeps_its_reason() -> None:
    park = Activity("1", "园", "园", "运营", {"电芯": 1.0}, not_counted="园区，不是企业")
    assert verified([park], date(2026, 11, 23)) == [park]
