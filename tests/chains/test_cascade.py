"""How many fall with a link, for all links at once, against one fall at a time."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chains import Chain, Edge
from chains import cascade as room
from chains.cascade import Cascade, Loss
from chains.tally import Tally

from .test_properties import chains
from .tiny import chain, edge


def one_by_one(tiny: Chain, counted: set[str]) -> dict[str, set[str]]:
    """The plain way: take a link out, then strike out whoever misses something, until still."""
    found = {}
    for lost in tiny.links:
        gone, before = {lost}, set[str]()
        while gone != before:
            before = set(gone)
            for user in tiny.links:
                groups: dict[str, list[str]] = {}
                for arrow in tiny.edges:
                    if arrow.user == user and (arrow.required or arrow.group):
                        groups.setdefault(arrow.group or arrow.supplier, []).append(arrow.supplier)
                if any(gone.issuperset(members) for members in groups.values()):
                    gone.add(user)
        found[lost] = (gone - {lost}) & counted
    return found


@given(chains(), st.sets(st.sampled_from([f"环节{number}" for number in range(7)])))
def test_losses_are_those_of_one_fall_at_a_time(tiny: Chain, counted: set[str]) -> None:
    cascade = Cascade(tiny)
    losses = cascade.losses(counted)
    for link, fallen in one_by_one(tiny, counted).items():
        assert losses[link].count == len(fallen)
        assert set(losses[link].first) <= fallen
        assert len(losses[link].first) == min(5, len(fallen))
        assert set(cascade.fallen(link)) & counted == fallen


def random_chain(links: int, arrows: int, seed: int) -> Chain:
    random = Random(seed)
    pairs = {tuple(sorted(random.sample(range(links), 2))) for _ in range(arrows)}
    return chain(
        *(
            Edge(str(a), str(b), 0.1, required=kind == "必需", group=kind if kind == "组" else "")
            for a, b in sorted(pairs)
            for kind in [random.choice(["必需", "组", "可选"])]
        ),
        links=[str(number) for number in range(links)],
    )


@pytest.mark.parametrize("seed", range(3))
def test_losses_hold_across_blocks(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "_BLOCK", 7)
    tangle = random_chain(80, 200, seed)
    cascade = Cascade(tangle)
    losses = cascade.losses(tangle.links)
    assert {n: loss.count for n, loss in losses.items()} == {
        n: len(cascade.fallen(n)) for n in tangle.links
    }
    assert max(loss.count for loss in losses.values()) > 5


def test_the_first_to_fall_are_named_upstream_first() -> None:
    line = chain(*(edge(f"{n}", f"{n + 1}", required=True) for n in range(8)))
    assert Cascade(line).losses(line.links)["0"] == Loss(8, ("1", "2", "3", "4", "5"))
    assert Cascade(line).losses({"2", "8"})["0"] == Loss(2, ("2", "8"))


@given(st.lists(st.integers(0, 2**9 - 1), max_size=40))
def test_a_tally_counts_columns(rows: list[int]) -> None:
    tally = Tally(9, keep=2)
    for number, row in enumerate(rows):
        tally.add(number, row)
    for column in range(9):
        having = [number for number, row in enumerate(rows) if row >> column & 1]
        assert tally.counts()[column] == len(having)
        assert tally.first[column] == having[:2]
