"""落地推演: F by hand, greedy against brute force, and what opens and closes."""

from itertools import combinations, pairwise
from math import e

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chains import (
    Activity,
    Chain,
    ChainsError,
    Gate,
    GateKind,
    Landing,
    Source,
    Status,
    UnknownName,
    Verdict,
    Weights,
    WhatIf,
    completeness,
    cover,
)

from .test_properties import NAMES, activities, chains
from .tiny import REPORT, chain, edge, firm, firms

LINE = chain(edge("矿", "盐"), edge("盐", "正极"), edge("正极", "电芯"))
# measured: 电芯 makes 1000, so 正极 is asked for 200, 隔膜 for 100
PAIR = chain(
    edge("正极", "电芯", 0.2, basis=REPORT),
    edge("隔膜", "电芯", 0.1, basis=REPORT),
    edge("盐", "正极", 0.4, basis=REPORT),
)
CELLS = [firm("电芯", "甲", output=600), firm("电芯", "乙", output=400)]


def play(tiny: Chain, present: list[Activity], **more: object) -> WhatIf:
    given: dict[str, object] = {"chains_using": {}, "elsewhere_km": {}, **more}
    return WhatIf(tiny, present, **given)  # type: ignore[arg-type]


def k(game: WhatIf, link: str) -> float:
    return next(item.criticality for item in game.before if item.link == link)


def test_f_of_measured_links() -> None:
    game = play(PAIR, [*CELLS, firm("正极", output=50)])
    # 正极 has 50 of 200; 盐 is asked for .4·50 = 20; 电芯 is present, counted
    fixed = k(game, "电芯") * 1
    assert game.value() == pytest.approx(fixed + k(game, "正极") * 50 / 200)
    one = Landing("来一家", {"正极": 100.0}, 0.5)
    assert game.value([one]) == pytest.approx(fixed + k(game, "正极") * (50 + 0.5 * 100) / 200)
    assert game.value([one, Landing("大的", {"正极": 9e9}, 0.1)]) == pytest.approx(
        fixed + k(game, "正极") * 1
    )


def test_an_unknown_output_is_the_whole_demand_and_flagged() -> None:
    game = play(PAIR, CELLS)
    landing = Landing("来一家", {"隔膜": None})
    assert game.value([landing]) - game.value() == pytest.approx(k(game, "隔膜") * 0.3)
    assert (
        game.play([landing]).remarks[0] == "来一家的产值未知，按正好满足“隔膜”的需求 100 万元/年计"
    )
    certain = Weights(landing=1.0)
    assert play(PAIR, CELLS, weights=certain).value([landing]) - game.value() == pytest.approx(
        k(game, "隔膜")
    )


def test_f_of_counted_links() -> None:
    game = play(LINE, [firm("电芯"), firm("盐"), firm("正极", stage="签约")])
    # 矿 missing 0, 盐 weak .5, 正极 planned .3, 电芯 weak .5
    base = 0.5 * k(game, "盐") + 0.3 * k(game, "正极") + 0.5 * k(game, "电芯")
    assert game.value() == pytest.approx(base)
    assert game.value([Landing("x", {"矿": None})]) == pytest.approx(base + 0.3 * k(game, "矿"))
    assert game.value([Landing("x", {"盐": 5.0}, 0.9)]) == pytest.approx(base + 0.5 * k(game, "盐"))


def test_a_link_without_demand_gains_nothing() -> None:
    game = play(LINE, [])
    assert game.value() == 0
    assert game.value([Landing("x", {"盐": 100.0}, 1.0)]) == 0
    assert game.best([Landing("x", {"盐": 100.0}, 1.0)], 3) == ()


def test_aliases_count_as_their_link_and_strangers_are_refused() -> None:
    with pytest.raises(UnknownName):
        play(LINE, []).value([Landing("x", {"无": None})])


@pytest.mark.parametrize(
    ("makes", "chance"),
    [({}, None), ({"盐": 0.0}, None), ({"盐": -1.0}, None), ({"盐": float("inf")}, None)]
    + [({"盐": None}, chance) for chance in (-0.1, 1.1, float("nan"))],
)
def test_impossible_landings_are_refused(
    makes: dict[str, float | None], chance: float | None
) -> None:
    with pytest.raises(ChainsError, match="坏厂"):
        Landing("坏厂", makes, chance)


def test_what_closes_and_what_opens() -> None:
    game = play(LINE, firms("电芯"), weights=Weights(hops=1))
    # one step: 正极 is missing, 盐 and 矿 are asked for by nobody
    status = {item.link: item.status for item in game.before}
    assert (status["正极"], status["盐"]) == (Status.MISSING, Status.NO_DEMAND)
    outcome = game.play([Landing("来一家", {"正极": None})])
    assert [change.after.link for change in outcome.closed] == ["正极"]
    assert [change.after.link for change in outcome.opened] == ["盐"]
    assert outcome.sentences[0] == "全部落地后有 1 个环节好转：正极（缺环→薄弱）"
    assert outcome.sentences[1] == "新添 1 个缺口：盐"
    # before: 正极 0, 电芯 .5; expected 正极 .3; after: 盐 0, 正极 .5, 电芯 .5
    assert outcome.completeness_before == pytest.approx(0.5 / 2)
    assert outcome.completeness_expected == pytest.approx((0.3 + 0.5) / 2)
    assert outcome.completeness_after == pytest.approx(1 / 3)


def test_more_demand_opens_a_gap_upstream_by_its_amount() -> None:
    two = [firm("盐", "丙", output=40), firm("盐", "丁", output=40)]
    one = [*CELLS, *two, firm("正极", "戊", output=100), firm("正极", "己", output=90)]
    outcome = play(PAIR, one).play([Landing("来一家", {"正极": 600.0})])
    salt = next(change for change in outcome.changes if change.after.link == "盐")
    # 80 of .4·190 = 76 before, of .4·790 = 316 after
    assert salt.before.ratio == pytest.approx(80 / 76)
    assert salt.after.ratio == pytest.approx(80 / 316)
    assert salt.opens


def test_criticality_falls_where_a_need_is_met() -> None:
    outcome = play(PAIR, CELLS).play([Landing("来一家", {"隔膜": None})])
    film = next(change for change in outcome.changes if change.after.link == "隔膜")
    assert film.after.ratio == 1
    assert film.after.criticality < film.before.criticality
    assert film.closes
    assert outcome.value > outcome.value_before


def test_a_firm_that_signed_already_stays_one_source() -> None:
    game = play(PAIR, [*CELLS, firm("隔膜", "老相识", 50, "签约")])
    film = next(
        c for c in game.play([Landing("老相识", {"隔膜": 90.0})]).changes if c.after.link == "隔膜"
    )
    assert [source.name for source in film.after.supply.sources] == ["老相识"]
    assert film.after.supply.capacity == 90


def test_both_sides_are_compared_in_one_unit() -> None:
    # 储能 is wanted by nobody whose output is known: a landing there states none
    fork = chain(edge("正极", "电芯", 0.2, basis=REPORT), edge("电芯", "储能", 0.1, basis=REPORT))
    sized = [firm("正极", output=10), firm("电芯", output=100)]
    outcome = play(fork, sized).play([Landing("来一家", {"储能": None})])
    before = {change.before.link: change.before for change in outcome.changes}
    assert "1 家企业，占全链 2 家" in before["正极"].parts[0].sentence
    assert "落地前后不都有产值数据，重要度一律按企业个数比较" in outcome.remarks


def test_a_banned_link_is_never_chosen_and_said_when_played() -> None:
    ban = Gate("正极", "420300", GateKind.WATER, Verdict.BANNED, "不得新建", Source("条例"))
    game = play(LINE, firms("电芯"), gates=[ban], place="420300")
    landings = [Landing("a", {"正极": None}), Landing("b", {"盐": None})]
    assert [choice.landing.name for choice in game.best(landings, 5)] == ["b"]
    assert "正极：水源保护：不得新建（条例）" in game.play(landings).remarks
    every = Gate(None, "420300", GateKind.LAND, Verdict.RESTRICTED, "先问", Source("办法"))
    game = play(LINE, firms("电芯"), gates=[every], place="420300")
    assert game.play(landings).remarks.count("用地：先问（办法）") == 1
    assert len(game.best(landings, 5)) == 2


def test_the_best_are_taken_in_order_with_their_reasons() -> None:
    game = play(PAIR, CELLS)
    landings = [
        Landing("小", {"隔膜": 10.0}, 1.0),
        Landing("大", {"正极": 200.0, "隔膜": 90.0}, 1.0),
    ]
    found = game.best(landings, 2)
    assert [choice.landing.name for choice in found] == ["大", "小"]
    assert found[0].gain == pytest.approx(k(game, "正极") + 0.9 * k(game, "隔膜"))
    assert found[0].sentence.startswith(
        "大落在正极（缺环）、隔膜（缺环），落地概率 100%，推演得分加 "
    )
    assert game.best(landings, 0) == ()
    # nothing is left for a third
    assert len(game.best([*landings, Landing("晚", {"隔膜": 50.0}, 1.0)], 3)) == 2


def test_completeness_by_hand() -> None:
    game = play(PAIR, [*CELLS, firm("正极", output=50)])
    # 电芯 present 1, 正极 50/200, 隔膜 0, 盐 0 of 20
    assert [cover(item) for item in game.before] == pytest.approx([0.25, 1, 0, 0])
    assert completeness(game.before) == pytest.approx(1.25 / 4)
    assert completeness([]) == 0


@st.composite
def landings(draw: st.DrawFn) -> list[Landing]:
    return [
        Landing(
            f"企业{number}",
            draw(
                st.dictionaries(
                    st.sampled_from(NAMES[:3]),
                    st.none() | st.floats(1e-3, 1e6),
                    min_size=1,
                    max_size=2,
                )
            ),
            draw(st.none() | st.floats(0, 1)),
        )
        for number in range(draw(st.integers(0, 6)))
    ]


def on_chain(tiny: Chain, offered: list[Landing]) -> list[Landing]:
    return [one for one in offered if all(link in tiny.links for link in one.makes)]


@settings(deadline=None)
@given(chains(), activities(), landings(), st.integers(1, 4))
def test_greedy_is_within_its_bound_of_the_best_by_brute_force(
    tiny: Chain, place: list[Activity], offered: list[Landing], most: int
) -> None:
    game, open_ = play(tiny, place), on_chain(tiny, offered)
    base = game.value()
    best = max(
        game.value(chosen) - base
        for size in range(min(most, len(open_)) + 1)
        for chosen in combinations(open_, size)
    )
    found = game.best(open_, most)
    got = game.value([choice.landing for choice in found]) - base
    assert len(found) <= most
    assert got >= (1 - 1 / e) * best - 1e-9
    assert got == pytest.approx(sum(choice.gain for choice in found), abs=1e-6)
    gains = [choice.gain for choice in found]
    assert all(later <= earlier + 1e-9 for earlier, later in pairwise(gains))


@settings(deadline=None)
@given(chains(), activities(), landings())
def test_f_is_monotone_and_submodular(
    tiny: Chain, place: list[Activity], offered: list[Landing]
) -> None:
    game, open_ = play(tiny, place), on_chain(tiny, offered)
    if len(open_) < 2:
        return
    *few, extra, new = open_
    small = game.value([*few, new]) - game.value(few)
    large = game.value([*few, extra, new]) - game.value([*few, extra])
    assert small >= -1e-9
    assert large <= small + 1e-9 * max(1.0, abs(game.value(open_)))


@settings(deadline=None)
@given(chains(), activities(), landings())
def test_an_outcome_keeps_its_ranges(
    tiny: Chain, place: list[Activity], offered: list[Landing]
) -> None:
    outcome = play(tiny, place).play(on_chain(tiny, offered))
    for share in (
        outcome.completeness_before,
        outcome.completeness_expected,
        outcome.completeness_after,
    ):
        assert 0 <= share <= 1 + 1e-9
    assert outcome.value >= outcome.value_before - 1e-9
    assert outcome.completeness_expected >= outcome.completeness_before - 1e-9
    assert [change.after.link for change in outcome.changes] == list(tiny.links)
    assert all(outcome.sentences)
