"""The status rules, one small chain for each."""

from textwrap import dedent

import pytest

import chains
from chains import Activity, Link, Remedy, Status, Weights, assess

from .tiny import REPORT, chain, edge, firm, firms, look

LINE = chain(edge("矿", "盐"), edge("盐", "正极"), edge("正极", "电芯"), edge("电芯", "整车"))


def test_counted_and_missing_when_a_user_within_three_steps_works() -> None:
    found = look(LINE, firms("电芯"))
    assert [found[name].status for name in ("矿", "盐", "正极")] == [Status.MISSING] * 3
    assert found["矿"].remedy is Remedy.FILL
    assert found["矿"].users == ("电芯",)
    assert found["矿"].why[0] == (
        "本地没有在产在建企业；下游 3 步内有 1 个在产在建环节（电芯）要用它"
    )


def test_four_steps_are_too_far() -> None:
    assert look(LINE, firms("整车"))["矿"].status is Status.NO_DEMAND
    assert look(LINE, firms("整车"), weights=Weights(hops=4))["矿"].status is Status.MISSING


def test_extend_when_only_a_direct_supplier_works() -> None:
    found = look(LINE, firms("正极"))["电芯"]
    assert (found.status, found.remedy) == (Status.MISSING, Remedy.EXTEND)
    assert found.suppliers == ("正极",)
    assert "可向下延伸" in found.why[0]
    assert look(LINE, firms("盐"))["电芯"].status is Status.NO_DEMAND


def test_fill_wins_where_both_sides_work() -> None:
    assert look(LINE, firms("盐", "电芯"))["正极"].remedy is Remedy.FILL


def test_counted_one_source_is_weak_and_two_are_present() -> None:
    one = look(LINE, firms("电芯"))["电芯"]
    assert (one.status, one.remedy) == (Status.WEAK, Remedy.STRENGTHEN)
    assert (one.measured, one.ratio, one.demand) == (False, None, None)
    two = look(LINE, [firm("电芯", "甲"), firm("电芯", "乙")])["电芯"]
    assert (two.status, two.remedy) == (Status.PRESENT, None)


def test_a_signed_source_is_no_active_one() -> None:
    found = look(LINE, [firm("正极", "甲", stage="签约"), firm("电芯")])["正极"]
    assert (found.status, found.remedy) == (Status.PLANNED, Remedy.FILL)
    assert "已签约、尚未开工：甲" in found.why[0]
    idle = look(LINE, [firm("正极", "甲", stage="签约")])["正极"]
    assert idle.status is Status.NO_DEMAND


def test_a_building_source_is_active() -> None:
    assert look(LINE, [firm("正极", stage="开工")])["正极"].status is Status.WEAK


def test_an_empty_place_has_no_gap() -> None:
    assert {item.status for item in look(LINE, []).values()} == {Status.NO_DEMAND}
    assert {item.criticality for item in look(LINE, []).values()} == {20.0}  # substitution alone


def test_a_lone_link_and_an_empty_chain() -> None:
    lone = chain(links=["电芯"])
    assert look(lone, [])["电芯"].status is Status.NO_DEMAND
    assert look(lone, firms("电芯"))["电芯"].status is Status.WEAK
    assert assess(chain(), [], chains_using={}, elsewhere_km={}) == []


# measured: 正极 → 电芯 at a share of .2; 电芯 makes 1000, so D = 200
PAIR = chain(edge("正极", "电芯", 0.2, basis=REPORT))
CELLS = firm("电芯", output=1000)


@pytest.mark.parametrize(
    ("here", "ratio", "status"),
    [
        ([], 0.0, Status.MISSING),
        ([firm("正极", "甲", 5, "签约")], 5 * 0.3 / 200, Status.PLANNED),  # .0075 < .05
        ([firm("正极", "甲", 9)], 9 / 200, Status.WEAK),  # < .05, but it works
        ([firm("正极", "甲", 50), firm("正极", "乙", 49)], 99 / 200, Status.WEAK),  # < .5
        ([firm("正极", "甲", 300)], 300 / 200, Status.WEAK),  # one source
        ([firm("正极", "甲", 81), firm("正极", "乙", 19)], 0.5, Status.WEAK),  # 81 % > .8
        ([firm("正极", "甲", 80), firm("正极", "乙", 20)], 0.5, Status.PRESENT),
        ([firm("正极", "甲", 800, "签约")], 800 * 0.3 / 200, Status.WEAK),  # enough, all signed
    ],
)
def test_measured(here: list[Activity], ratio: float, status: Status) -> None:
    found = look(PAIR, [*here, CELLS])["正极"]
    assert found.measured
    assert found.demand == 200
    assert found.ratio == pytest.approx(ratio)
    assert found.status is status


def test_measured_sentences_state_their_numbers() -> None:
    found = look(PAIR, [firm("正极", "甲", 50), firm("正极", "乙", 40), CELLS])["正极"]
    assert found.why[0] == "本地产能 90 万元/年，为本地需求 200 万元/年的 45%，不足 50%"


def test_a_link_with_no_known_demand_is_counted() -> None:
    assert not look(PAIR, [firm("正极", output=10)])["正极"].measured
    assert not look(PAIR, [CELLS])["电芯"].measured


def test_a_final_demand_makes_an_end_product_measured() -> None:
    sold = chain(links=[Link("整车", "下游", final_demand=100.0)])
    found = look(sold, [firm("整车", "甲", 40), firm("整车", "乙", 40)])["整车"]
    assert found.ratio == pytest.approx(0.8)
    assert found.status is Status.PRESENT
    assert look(sold, [])["整车"].status is Status.MISSING


def test_half_of_the_sources_and_of_the_users_sources_must_state_their_output() -> None:
    half = [firm("正极", "甲", 60), firm("正极", "乙")]
    assert look(PAIR, [*half, CELLS])["正极"].measured
    assert not look(PAIR, [*half, firm("正极", "丙"), CELLS])["正极"].measured
    mute = [firm("电芯", "丁"), firm("电芯", "戊")]
    assert look(PAIR, [*half, CELLS, mute[0]])["正极"].measured
    assert not look(PAIR, [*half, CELLS, *mute])["正极"].measured


def test_one_known_figure_among_several_sources_is_no_dominance() -> None:
    found = look(PAIR, [firm("正极", "甲", 160), firm("正极", "乙"), CELLS])["正极"]
    assert (found.ratio, found.status) == (0.8, Status.PRESENT)


def test_uncertain_when_half_more_or_less_of_an_estimated_share_flips_the_status() -> None:
    guess = chain(edge("正极", "电芯", 0.2))  # D = 200, or 100 to 300
    two = [firm("正极", "甲", 60), firm("正极", "乙", 60)]  # s = .6; .4 at D = 300
    found = look(guess, [*two, CELLS])["正极"]
    assert found.status is Status.PRESENT
    assert found.uncertain
    assert "电芯" in found.why[1]
    plenty = [firm("正极", "甲", 80), firm("正极", "乙", 80)]  # s = .8; .53 at D = 300
    assert not look(guess, [*plenty, CELLS])["正极"].uncertain
    assert not look(PAIR, [*two, CELLS])["正极"].uncertain  # the share has a source


def test_a_share_never_moves_above_one() -> None:
    guess = chain(edge("正极", "电芯", 0.9))  # D = 900, at most 1000, not 1350
    two = [firm("正极", "甲", 260), firm("正极", "乙", 260)]  # s = .58; .52 at 1000; .39 at 1350
    assert not look(guess, [*two, CELLS])["正极"].uncertain


def test_counted_links_are_never_uncertain() -> None:
    assert not look(LINE, firms("电芯"))["正极"].uncertain


def test_what_is_set_aside_is_said() -> None:
    aside = Activity("1", "停了", "停了", "投产", {"正极": 1.0}, not_counted="待核实")
    found = look(LINE, [aside, firm("电芯")])["正极"]
    assert found.status is Status.MISSING
    assert any("另有 1 个项目或单位不计入（待核实）" in line for line in found.why)


def test_links_keep_the_chains_order_and_say_where_they_stand() -> None:
    found = assess(LINE, [], chains_using={}, elsewhere_km={})
    assert [item.link for item in found] == list(LINE.links)
    assert {(item.chain, item.tier) for item in found} == {("tiny", "中游")}


def test_activities_off_the_chain_do_nothing() -> None:
    assert look(LINE, firms("旅游")) == look(LINE, [])


def test_labels() -> None:
    assert [status.label for status in Status] == ["缺环", "在建补链", "薄弱", "具备", "本地无需求"]
    assert [remedy.label for remedy in Remedy] == ["补链", "强链", "延链"]


def test_the_notebook_example_runs(capsys: pytest.CaptureFixture[str]) -> None:
    example = [line for line in (chains.__doc__ or "").split("\n") if line.startswith("    ")]
    exec(dedent("\n".join(example)), {})  # noqa: S102 - our own text
    assert "要用它" in capsys.readouterr().out
