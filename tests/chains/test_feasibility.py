"""Feasibility on matrices small enough to check by hand, and what holds of all of them."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chains import (
    DEFAULT,
    ChainsError,
    Feasibility,
    PresenceMatrix,
    UnknownName,
    calibrated,
    flow_table,
)
from chains.relatedness import flow_relations, proximity
from chains.signals import SIGNALS

CELLS = [
    ("420300", "整车"),
    ("420300", "轮胎"),
    ("420600", "整车"),
    ("420600", "轮胎"),
    ("420600", "橡胶"),
    ("420900", "酿酒"),
    ("420900", "包装"),
]
EDGES = [
    ("橡胶", "轮胎", 30.0),
    ("轮胎", "整车", 50.0),
    ("包装", "酿酒", 5.0),
    ("橡胶", "包装", 10.0),
]


def small() -> Feasibility:
    matrix = PresenceMatrix.of(CELLS, links=["孤环"])
    return Feasibility(matrix, flow_table(matrix.links, EDGES))


def test_relations_by_hand() -> None:
    """0 sells 30 to 1 and 10 to 2; 1 sells 50 to 2."""
    relations = flow_relations(np.array([[0.0, 30, 10], [0, 0, 50], [0, 0, 0]]))
    assert relations.pull == pytest.approx(np.array([[0, 0.75, 0.25], [0, 0, 1], [0, 0, 0]]))
    assert relations.push == pytest.approx(np.array([[0, 0, 0], [1, 0, 0], [1 / 6, 5 / 6, 0]]))
    # 1 buys (1, 0, 0) and 2 buys (1, 5, 0) / 6: they are all each other's likeness
    assert relations.shared_inputs[1] == pytest.approx([0, 0, 1])
    assert relations.shared_customers[0] == pytest.approx([0, 1, 0])


def test_proximity_by_hand() -> None:
    """Link 0 in three places, 1 in two of them, 2 elsewhere: min(2/3, 2/2), rows to 1."""
    present = np.array([[1, 1, 0], [1, 1, 0], [1, 0, 0], [0, 0, 1]], dtype=bool)
    assert proximity(present) == pytest.approx(np.array([[0, 1, 0], [1, 0, 0], [0, 0, 0]]))
    both = np.array([[1, 1, 1], [1, 1, 0], [1, 0, 0]], dtype=bool)
    assert proximity(both)[0] == pytest.approx([0, 2 / 3, 1 / 3])


def test_a_place_with_the_customers_is_ranked_for_their_supplier() -> None:
    first = small().ranking("420300")[0]
    assert (first.link, first.rank, first.lacking) == ("橡胶", 1, 4)
    terms = {term.name: term for term in first.terms}
    assert terms["pull"].observed == pytest.approx(0.75)
    assert terms["pull"].speakers == ("轮胎",)
    assert terms["pull"].sentence.startswith("它的销路有 75% 在本地已有的环节里，按常理是 ")
    assert terms["pull"].sentence.endswith("个标准差；最要紧的是轮胎")
    assert "3 个地方中有 1 个有它，本地有 2 个环节" in terms["base"].sentence
    assert terms["similar"].speakers == ("420600",)


def test_the_parts_add_up_and_follow_the_weights() -> None:
    feasibility = small()
    for place in feasibility.matrix.places:
        for link in feasibility.matrix.links:
            outlook = feasibility.outlook(place, link)
            assert tuple(term.name for term in outlook.terms) == tuple(SIGNALS)
            assert outlook.total == pytest.approx(sum(term.points for term in outlook.terms))
            assert (outlook.rank is None) == ((place, link) in CELLS)
    only = dict.fromkeys(SIGNALS, 0.0) | {"pull": 2.0}
    alone = Feasibility(feasibility.matrix, flow_table(feasibility.matrix.links, EDGES), only)
    outlook = alone.outlook("420300", "橡胶")
    assert outlook.total == pytest.approx(2 * outlook.terms[3].value)


def test_similar_places_say_who_has_it_and_what_else() -> None:
    (other,) = small().similar("420300", "橡胶")
    assert (other.place, other.has_link) == ("420600", True)
    assert set(other.shared) == {"整车", "轮胎"}
    assert other.also_has == ()
    (other,) = small().similar("420300", "酿酒")
    assert (other.has_link, other.also_has) == (False, ("橡胶",))


def test_a_link_without_edges_says_so() -> None:
    terms = {term.name: term for term in small().outlook("420300", "孤环").terms}
    assert terms["pull"].points == 0
    assert terms["pull"].sentence == "没有资料说明它的客户，这一项计 0"


def test_what_is_refused() -> None:
    feasibility = small()
    with pytest.raises(UnknownName, match=r"420301.*420300"):
        feasibility.outlook("420301", "整车")
    with pytest.raises(UnknownName, match="整车"):
        feasibility.outlook("420300", "整车厂")
    with pytest.raises(ChainsError, match="6 × 6"):
        Feasibility(feasibility.matrix, np.zeros((2, 2)))
    with pytest.raises(ChainsError, match="负数"):
        Feasibility(feasibility.matrix, np.full((6, 6), -1.0))
    with pytest.raises(ChainsError, match="逐项"):
        Feasibility(feasibility.matrix, np.zeros((6, 6)), {"base": 1.0})
    with pytest.raises(ChainsError, match="pull"):
        Feasibility(feasibility.matrix, np.zeros((6, 6)), {**DEFAULT.feasibility, "pull": -1})
    with pytest.raises(ChainsError, match=r"甲.*两次"):
        PresenceMatrix(("甲", "甲"), ("乙",), np.zeros((2, 1), dtype=bool))
    with pytest.raises(ChainsError, match="2 × 1"):
        PresenceMatrix(("甲",), ("乙",), np.zeros((2, 1), dtype=bool))
    with pytest.raises(ChainsError, match="不小于 0"):
        flow_table(("甲", "乙"), [("甲", "乙", float("nan"))])


@st.composite
def worlds(draw: st.DrawFn) -> tuple[PresenceMatrix, np.ndarray]:
    rows, columns = draw(st.integers(1, 9)), draw(st.integers(1, 9))
    chance = np.random.default_rng(draw(st.integers(0, 999)))
    present = chance.random((rows, columns)) < draw(st.floats(0, 1))
    flows = chance.lognormal(0, 3, (columns, columns)) * (
        chance.random((columns, columns)) < draw(st.floats(0, 1))
    )
    places = tuple(f"{420000 + row}" for row in range(rows))
    return PresenceMatrix(places, tuple(map(str, range(columns))), present), flows


@given(worlds())
@settings(max_examples=60, deadline=None)
def test_every_score_is_finite_and_explained(world: tuple[PresenceMatrix, np.ndarray]) -> None:
    """Empty places, a chain of one link, links without edges, cycles: all of them."""
    matrix, flows = world
    feasibility = Feasibility(matrix, flows)
    assert np.isfinite(feasibility.scores).all()
    for place in matrix.places:
        for outlook in feasibility.ranking(place):
            assert all(-1e-9 <= term.observed <= 1 + 1e-9 for term in outlook.terms)
            assert all("nan" not in term.sentence for term in outlook.terms)
            feasibility.similar(place, outlook.link)
    weights = calibrated(matrix, flows)
    assert all(np.isfinite(weight) and weight >= 0 for weight in weights.values())


@given(worlds(), st.integers(0, 99), st.sampled_from([1e-6, 1.0, 1e290]))
@settings(max_examples=60, deadline=None)
def test_relabelling_and_the_unit_of_the_flows_change_nothing(
    world: tuple[PresenceMatrix, np.ndarray], seed: int, unit: float
) -> None:
    matrix, flows = world
    chance = np.random.default_rng(seed)
    rows, columns = (chance.permutation(size) for size in matrix.present.shape)
    moved = PresenceMatrix(
        tuple(f"地{row}" for row in rows),
        tuple(f"环{column}" for column in columns),
        matrix.present[np.ix_(rows, columns)],
    )
    there = Feasibility(moved, unit * flows[np.ix_(columns, columns)]).scores
    here = Feasibility(matrix, flows).scores
    assert there == pytest.approx(here[np.ix_(rows, columns)], abs=1e-4)


def test_learning_finds_the_part_that_matters() -> None:
    """Links come in pairs that trade with each other and stand together: the flows must count."""
    chance = np.random.default_rng(0)
    pairs = chance.random((80, 15)) < 0.3
    noise = chance.random((80, 30)) < 0.05
    present = np.repeat(pairs, 2, axis=1) ^ noise
    matrix = PresenceMatrix(tuple(map(str, range(80))), tuple(map(str, range(30))), present)
    flows = np.kron(np.eye(15), np.array([[0.0, 1], [1, 0]]))
    learnt = calibrated(matrix, flows)
    assert learnt["pull"] + learnt["push"] > 0.5
    shuffled = calibrated(matrix, np.roll(flows, 2, axis=0))
    assert shuffled["pull"] + shuffled["push"] < 0.1
    assert learnt == calibrated(matrix, flows)


def test_nothing_to_learn_from_keeps_the_start() -> None:
    matrix = PresenceMatrix(("甲",), ("乙", "丙"), np.zeros((1, 2), dtype=bool))
    assert calibrated(matrix, np.zeros((2, 2))) == DEFAULT.feasibility
