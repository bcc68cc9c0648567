"""权重与口径: every weight has its words, trials are checked, settings reach everybody."""

import re
from pathlib import Path

import pytest

from chains import DEFAULT
from mapapp.journeys import weighing
from mapapp.journeys.bureau import Bureau
from mapapp.journeys.gaps import find_gaps
from mapapp.journeys.targets import rank_targets
from mapapp.journeys.weight_words import WORDS

CHAIN = "power_battery"
SCORING = Path(__file__).resolve().parents[3] / "docs" / "scoring.md"
SHIFT = {"criticality.dependence": "25", "criticality.cut": "30"}


def test_every_weight_has_words_and_no_word_lacks_its_weight() -> None:
    assert set(WORDS) == set(weighing.flat(DEFAULT))
    documented = re.findall(r"^\| `([^`]+)` \|", SCORING.read_text("utf-8"), re.MULTILINE)
    assert set(WORDS) <= set(documented)
    assert all(words.name and words.meaning and words.source for words in WORDS.values())


def test_nothing_typed_is_no_trial(bureau: Bureau) -> None:
    same = {code: f"{value:g}" for code, value in weighing.flat(bureau.weights).items()}
    for given in ({}, same, {"chain": "x", "page": "2"}):
        trial = weighing.read_trial(bureau, given)
        assert trial.weights is None
        assert not trial.problems


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"criticality.cut": "30"}, "重要度各项之和要等于 100，现在是 110"),
        ({"target.fit": "abc"}, "“匹配分·业务契合”要填数字"),
        ({"hops": "2.5"}, "下游步数.*整数"),
        ({"hops": "0"}, "下游步数.*大于 0"),
        ({"active": "1.2"}, "在产在建"),
        ({"reach_km": "inf"}, "影响半径"),
        ({"weak_below": "nan"}, "薄弱线"),
        ({"landing": "-0.1"}, "落地概率"),
    ],
)
def test_a_wrong_trial_is_named(bureau: Bureau, given: dict[str, str], says: str) -> None:
    trial = weighing.read_trial(bureau, given)
    assert trial.weights is None
    assert re.search(says, "".join(trial.problems))


def test_a_trial_changes_the_comparison_and_nothing_else(bureau: Bureau) -> None:
    before = find_gaps(bureau, None, CHAIN)
    trial = weighing.read_trial(bureau, SHIFT)
    assert trial.weights
    moved = weighing.compare_gaps(bureau, trial.weights, CHAIN, None)
    assert any(item.rank_before != item.rank_after for item in moved)
    assert [i.rank_after for i in moved if i.rank_after][:10] == list(range(1, 11))
    other = bureau.trying(trial.weights)
    after = {gap.here.link: gap.here.criticality for gap in find_gaps(other, None, CHAIN)}
    assert all(item.score_after == after[item.name] for item in moved if item.name in after)
    assert find_gaps(bureau, None, CHAIN) == before
    assert not weighing.differing(bureau)


def test_what_is_set_holds_everywhere_and_can_be_taken_back(empty_bureau: Bureau) -> None:
    trial = weighing.read_trial(empty_bureau, SHIFT | {"hops": "2"})
    assert trial.weights
    weighing.set_weights(empty_bureau, trial.weights, "按会议纪要", "张三")
    assert empty_bureau.weights.criticality["cut"] == 30
    assert empty_bureau.weights.hops == 2
    assert "重要度·断链影响 20→30" in weighing.differing(empty_bureau)
    (setting,) = weighing.settings(empty_bureau)
    assert (setting.note, setting.changed_by) == ("按会议纪要", "张三")
    assert len(setting.changes) == 3
    rows = {row.code: row for row in weighing.weight_rows(empty_bureau, {})}
    assert (rows["hops"].default, rows["hops"].city, rows["hops"].now) == (3, 3, 2)

    weighing.set_weights(empty_bureau, empty_bureau.configured, "", "李四")
    assert empty_bureau.weights == empty_bureau.configured
    assert not weighing.differing(empty_bureau)
    assert [item.changed_by for item in weighing.settings(empty_bureau)] == ["李四", "张三"]


def test_a_score_is_kept_whole(empty_bureau: Bureau) -> None:
    """So it adds up to 100 whatever the city's file says later."""
    trial = weighing.read_trial(empty_bureau, SHIFT)
    assert trial.weights
    weighing.set_weights(empty_bureau, trial.weights, "", "张三")
    (kept,) = empty_bureau.store.weights.settings()
    assert sum(kept.changes["criticality"].values()) == 100


def test_spans_hold_every_rank_of_the_list(bureau: Bureau) -> None:
    found = rank_targets(bureau, None, CHAIN)
    spans = weighing.spans(bureau, None, CHAIN)
    assert list(spans) == [item.rank for item in found]
    for rank, words in spans.items():
        ends = [int(number) for number in re.findall(r"\d+", words)]
        assert ends[0] <= rank <= ends[-1]
