"""落地推演: what the page and the command show, against the engine and by hand."""

from itertools import combinations

import pytest

from chains import Status
from mapapp.journeys.bureau import Bureau
from mapapp.journeys.gaps import assess_chain
from mapapp.journeys.selection import UnknownChoice
from mapapp.journeys.what_if import MOST, Pick, best, candidates, draw_play, play, read_picks

CHAIN = "power_battery"
SEPARATOR = "隔膜(湿法/干法)"


def test_a_pick_is_written_and_read_back(bureau: Bureau) -> None:
    words = [f"{SEPARATOR}|星源材质|40|12.5", "BMS/控制器|华霆动力", "动力电芯|甲公司||3"]
    picks = read_picks(bureau, CHAIN, words)
    assert [pick.word for pick in picks] == words
    assert picks[0].landing.makes == {SEPARATOR: 125_000}
    assert picks[0].landing.probability == pytest.approx(0.4)
    assert picks[2].probability is None


def test_an_alias_means_its_link_and_the_same_pick_twice_is_one(bureau: Bureau) -> None:
    chain = bureau.catalogue.chain(CHAIN)
    alias, link = next((a, item.name) for item in chain.links.values() for a in item.aliases)
    assert read_picks(bureau, CHAIN, [f"{alias}|甲", f"{link}|甲|50"]) == (Pick(link, "甲", 0.5),)


@pytest.mark.parametrize(
    ("word", "says"),
    [
        ("没有这个环节|甲", "没有这个环节"),
        ("动力电芯", "环节|企业"),
        ("动力电芯|", "环节|企业"),
        ("动力电芯|甲|1|2|3", "环节|企业"),
        ("动力电芯|甲|120", "落地概率"),
        ("动力电芯|甲|-1", "落地概率"),
        ("动力电芯|甲|nan", "落地概率"),
        ("动力电芯|甲|三成", "落地概率"),
        ("动力电芯|甲|30|inf", "年产值"),
        ("动力电芯|甲|30|0", "大于 0"),
        (f"动力电芯|{'甲' * 61}", "环节|企业"),
    ],
)
def test_what_cannot_be_played_is_named(bureau: Bureau, word: str, says: str) -> None:
    with pytest.raises(UnknownChoice, match=says.replace("|", r"\|")):
        read_picks(bureau, CHAIN, [word])


def test_too_many_at_once_are_refused(bureau: Bureau) -> None:
    with pytest.raises(UnknownChoice, match=str(MOST)):
        read_picks(bureau, CHAIN, [f"动力电芯|企业{n}" for n in range(MOST + 1)])


def test_steps_add_up_to_the_whole(bureau: Bureau) -> None:
    picks = read_picks(bureau, CHAIN, [f"{SEPARATOR}|甲|50", f"{SEPARATOR}|乙|80", "BMS/控制器|丙"])
    found = play(bureau, CHAIN, None, picks)
    outcome = found.outcome
    assert sum(step.gain for step in found.steps) == pytest.approx(
        outcome.value - outcome.value_before
    )
    assert found.steps[-1].value == pytest.approx(outcome.value)
    # counted and missing: 0 + .5, then only what is left to 1
    now = {item.link: item for item in assess_chain(bureau, bureau.catalogue.chain(CHAIN))}
    weight = now[SEPARATOR].criticality
    assert [step.gain for step in found.steps[:2]] == pytest.approx([0.5 * weight, 0.5 * weight])
    moved = {item.change.after.link: item for item in found.moved}
    assert moved[SEPARATOR].cover == 0
    assert moved[SEPARATOR].expected == pytest.approx(1)
    assert moved["BMS/控制器"].expected == pytest.approx(bureau.weights.landing)
    assert moved[SEPARATOR].change.after.status is Status.PRESENT
    assert moved[SEPARATOR].change.closes
    assert found.unknown_outputs == 3


def test_nobody_changes_nothing(bureau: Bureau) -> None:
    found = play(bureau, CHAIN, None, ())
    assert not found.moved
    assert found.outcome.value == found.outcome.value_before
    assert found.outcome.completeness_after == found.outcome.completeness_before


def test_before_is_what_the_gap_page_says_in_city_and_county(bureau: Bureau) -> None:
    chain = bureau.catalogue.chain(CHAIN)
    for county in (None, "420304"):
        found = play(bureau, CHAIN, county, read_picks(bureau, CHAIN, ["动力电芯|甲"]))
        before = [change.before for change in found.outcome.changes]
        assert before == list(assess_chain(bureau, chain, county))


def test_the_best_pair_is_found_among_few(bureau: Bureau) -> None:
    """One firm a link: the gains add up, so greedy has to be the optimum of brute force."""
    picks = best(bureau, CHAIN, None, 2, True)
    first: dict[str, Pick] = {}
    for item in candidates(bureau, CHAIN, None):
        first.setdefault(item.target.link, Pick(item.target.link, item.target.enterprise.name))
    open_ = [
        first[item.link]
        for item in assess_chain(bureau, bureau.catalogue.chain(CHAIN))
        if item.link in first and not item.banned
    ]
    most = max(
        play(bureau, CHAIN, None, pair).outcome.value for pair in combinations(open_[:12], 2)
    )
    assert play(bureau, CHAIN, None, picks).outcome.value >= most - 1e-9
    assert len({pick.link for pick in picks}) == 2


def test_without_a_limit_a_link_may_take_several(bureau: Bureau) -> None:
    picks = best(bureau, CHAIN, None, 3, False)
    value = play(bureau, CHAIN, None, picks).outcome.value
    assert value >= play(bureau, CHAIN, None, best(bureau, CHAIN, None, 3, True)).outcome.value
    assert len(picks) == 3


def test_the_picture_shows_before_and_after(bureau: Bureau) -> None:
    found = play(bureau, CHAIN, None, read_picks(bureau, CHAIN, [f"{SEPARATOR}|<b>甲</b>"]))
    picture = draw_play(found, lambda name: f"/chain?link={name}")
    assert 'class="link weak changed landed"' in picture
    assert "由缺环变为薄弱" in picture
    assert picture.count("changed") == 1
    assert "<b>" not in picture
