"""How ranks move when weights do, against sums done by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chains import Part, of_links, of_targets, rank, ranking

from .tiny import chain, edge, enterprise, firms, look


def parts(one: float | None, two: float | None) -> tuple[Part, ...]:
    return Part("one", "甲", 60, one, ""), Part("two", "乙", 40, two, "")


# 甲 60, 乙 40: a 60·.5 + 40·.5 = 50; b 60·.8 = 48; c 40·.9 = 36
SCORES = {"a": parts(0.5, 0.5), "b": parts(0.8, 0.0), "c": parts(0.0, 0.9)}


def test_each_weight_is_moved_down_and_up() -> None:
    found = ranking(SCORES)
    assert found.names == ("a", "b", "c")
    assert [(move.part, move.factor) for move in found.moves] == [
        ("one", 0.7),
        ("one", 1.3),
        ("two", 0.7),
        ("two", 1.3),
    ]
    # 甲 42: a (21 + 20) / 82, b 33.6 / 82, c 36 / 82: c passes b
    assert found.moves[0].ranks == (1, 3, 2)
    # 甲 78: a (39 + 20) / 118, b 62.4 / 118: b passes a
    assert found.moves[1].ranks == (2, 1, 3)
    assert found.moves[2].ranks == (2, 1, 3)  # 乙 28: a 44, b 48, c 25.2
    assert found.moves[3].ranks == (1, 2, 3)  # 乙 52: a 56, b 48, c 46.8
    assert (found.best, found.worst) == ((1, 1, 2), (2, 3, 3))
    assert found.span("b") == "第 1 至第 3"


def test_how_many_of_the_top_are_kept() -> None:
    found = ranking(SCORES, top=1)
    assert [move.kept for move in found.moves] == [1, 0, 0, 1]
    assert found.sentence == (
        "每个权重单独上下浮动 30%，前 1 名至少有 0 名仍在前 1；"
        "影响最大的是“甲”增 30%，此时名次最多变 1 位"
    )
    assert [move.farthest for move in found.moves] == [1, 1, 1, 0]


def test_a_firm_ranking_says_so() -> None:
    found = ranking({"a": parts(1, 1), "b": parts(0.1, 0.1)})
    assert found.sentence == "每个权重单独上下浮动 30%，名次都不变"
    assert found.span("a") == "始终第 1"


@pytest.mark.parametrize("scores", [{}, {"a": parts(1, 0)}])
def test_fewer_than_two_have_no_ranking(scores: dict[str, tuple[Part, ...]]) -> None:
    assert ranking(scores).sentence == "不足两项，名次不受权重影响"


def test_equal_scores_do_not_move() -> None:
    same = {name: parts(0.3, 0.7) for name in "cab"}
    assert ranking(same).names == ("a", "b", "c")
    assert all(move.farthest == 0 for move in ranking(same).moves)


def test_links_and_targets() -> None:
    line = chain(edge("盐", "正极"), edge("正极", "电芯"))
    here = list(look(line, firms("电芯")).values())
    assert set(of_links(here).names) == {"盐", "正极", "电芯"}
    assert len(of_links(here).moves) == 2 * 5
    firms_ = [enterprise("甲", {"盐": "锂盐"}), enterprise("乙", {"盐": "食盐"}, "110000")]
    targets = rank(line, "盐", firms_, assessments=here, prefecture="420300", km={})
    found = of_targets(targets)
    assert found.names == tuple(f"盐|{target.enterprise.name}" for target in targets)
    assert len(found.moves) == 2 * 5


values = st.none() | st.floats(0, 1)


@given(st.dictionaries(st.text("abcdef", min_size=1), st.builds(parts, values, values)))
def test_a_moved_ranking_is_a_ranking(scores: dict[str, tuple[Part, ...]]) -> None:
    found = ranking(scores, top=3)
    for move in found.moves:
        assert sorted(move.ranks) == list(range(1, len(scores) + 1))
        assert 0 <= move.kept <= found.top
        for best, rank_, worst in zip(found.best, move.ranks, found.worst, strict=True):
            assert best <= rank_ <= worst
