"""The chain laid out in numbers, and what is refused to be one."""

import networkx as nx
import pytest
from hypothesis import given

from chains import Chain, ChainsError
from chains.betweenness import betweenness, pivots
from chains.lattice import Lattice

from .test_properties import chains
from .tiny import chain, edge, firm, look, parts

LINE = chain(edge("矿", "盐"), edge("盐", "正极"), edge("正极", "电芯"), edge("矿", "正极"))


def test_arrows_by_number() -> None:
    lattice = Lattice(LINE)
    assert lattice.names == ("矿", "盐", "正极", "电芯")
    assert [[user for user, _ in row] for row in lattice.outgoing] == [[1, 2], [2], [3], []]
    assert lattice.incoming == [[], [0], [1, 0], [2]]
    assert lattice.order == (0, 1, 2, 3)


def test_within_some_steps_nearest_first() -> None:
    lattice = Lattice(LINE)
    assert lattice.within(0, 1) == [1, 2]
    assert lattice.within(0, 2) == [1, 2, 3]
    assert lattice.within(3, 9) == []


@pytest.mark.parametrize(
    ("bad", "says"),
    [
        (chain(edge("甲", "乙"), edge("乙", "丙"), edge("丙", "乙")), "“小链”成环.*乙、丙"),
        (chain(edge("甲", "甲")), "成环.*甲"),
        (chain(edge("甲", "乙"), edge("甲", "乙", 0.2)), "“小链”的“甲→乙”写了两次"),
        (chain(edge("甲", "乙", 1.2)), "“甲→乙”：投入系数应在 0 与 1 之间，现在是 1.2"),
        (chain(edge("甲", "乙", float("nan"))), "投入系数"),
        (
            Chain("x", "断链", (), {"甲": chain(links=["甲"]).links["甲"]}, (edge("甲", "乙"),)),
            "“断链”的“甲→乙”：链里没有叫“乙”的环节",
        ),
    ],
)
def test_what_is_no_chain_is_refused_and_named(bad: Chain, says: str) -> None:
    with pytest.raises(ChainsError, match=says):
        Lattice(bad)
    with pytest.raises(ChainsError, match=says):
        look(bad, [])


@given(chains())
def test_suppliers_stand_before_users(tiny: Chain) -> None:
    lattice = Lattice(tiny)
    place = {number: position for position, number in enumerate(lattice.order)}
    assert sorted(lattice.order) == list(range(len(tiny.links)))
    for supplier, user in tiny.graph.edges:
        assert place[lattice.number[supplier]] < place[lattice.number[user]]


@given(chains())
def test_betweenness_is_networkx_own(tiny: Chain) -> None:
    lattice = Lattice(tiny)
    for ends in ([0], list(range(len(lattice.names))), list(range(0, len(lattice.names), 2))):
        theirs = nx.betweenness_centrality_subset(
            tiny.graph.reverse(), [lattice.names[end] for end in ends], list(tiny.links)
        )
        assert betweenness(lattice, ends) == pytest.approx([theirs[n] for n in lattice.names])


def test_two_shortest_paths_count_half_each() -> None:
    lattice = Lattice(chain(edge("a", "b"), edge("a", "c"), edge("b", "d"), edge("c", "d")))
    assert betweenness(lattice, [3]) == [0, 0.5, 0.5, 0]
    assert betweenness(lattice, []) == [0, 0, 0, 0]
    assert betweenness(Lattice(chain()), []) == []


def test_more_paths_than_a_float_can_count() -> None:
    # a ladder of 1,200 rungs: 2^1199 shortest paths; by symmetry each side of a rung counts half
    rungs = 1200
    ladder = chain(
        *(edge(f"{n}{a}", f"{n + 1}{b}") for n in range(rungs - 1) for a in "ab" for b in "ab")
    )
    lattice = Lattice(ladder)
    found = dict(zip(lattice.names, betweenness(lattice, [lattice.number["1199a"]]), strict=True))
    assert found["0a"] == 0
    # from the two links of each rung above it
    assert found["1b"] == pytest.approx(1)
    assert found["1198a"] == found["1198b"] == pytest.approx(1198)
    assert found["1199b"] == 0


def test_many_end_products_are_drawn_from_and_the_sentence_says_so() -> None:
    assert pivots([3, 1, 2], most=3) == [3, 1, 2]
    drawn = pivots(range(1000), most=10)
    assert drawn == pivots(range(1000), most=10) == sorted(set(drawn))
    assert len(drawn) == 10
    fan = chain(edge("矿", "盐"), *(edge("盐", f"用{n}") for n in range(1, 200)))
    many = look(fan, [firm(f"用{n}") for n in range(1, 200)])["盐"]
    assert "（199 个末端产品中抽 128 个估算）" in many.parts[2].sentence
    assert parts(many)["betweenness"] == 1
    few = look(fan, [firm(f"用{n}") for n in range(1, 129)])["盐"]
    assert "估算" not in few.parts[2].sentence
