"""First signing by hand and by property: a project counts once, whatever the order of events."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapapp.ledger.money import Money
from mapapp.outreach.event import (
    Contract,
    EventKind,
    PromotionEvent,
    Signing,
    figures_by,
    first_signings,
    kind_of,
)

YI = Decimal(10_000)


def event(id: str, date: str, *signings: Signing, **more: object) -> PromotionEvent:
    return PromotionEvent(id, date, "十堰", id, signings=signings, **more)  # type: ignore[arg-type]


def agreed(project: str, yi: int = 1, contract: Contract = Contract.INVESTMENT) -> Signing:
    return Signing(contract, project, amount=Money(yi * YI))


SPRING = event("A", "2023-03", agreed("P1", 5), agreed("P2", 2, Contract.FRAMEWORK))
SUMMER = event(
    "B", "2023-06-28", agreed("P1", 6), agreed("P3", 3), agreed("P4", 9, Contract.SALES),
    office="上海招商专班", visited=("甲", "乙"),
)  # fmt: skip


def test_a_project_counts_at_its_first_signing_only() -> None:
    assert first_signings([SUMMER, SPRING]) == {"P1": "A", "P3": "B"}


def test_the_figures_say_what_they_were_counted_from() -> None:
    spring, summer = sorted(
        figures_by([SPRING, SUMMER], lambda e, _: e.id), key=lambda figures: figures.key
    )
    assert (spring.projects, spring.contracted) == (("P1",), 5 * YI)
    assert (spring.frameworks, spring.framework) == (1, 2 * YI)
    assert (summer.projects, summer.repeated, summer.contracted) == (("P3",), ("P1",), 3 * YI)
    assert (summer.sales, summer.visited) == (1, ("甲", "乙"))


def test_money_of_another_currency_is_said_and_never_added() -> None:
    dollars = Signing(Contract.INVESTMENT, "P9", amount=Money(Decimal(3000), "USD"))
    [found] = figures_by([event("C", "2006-06", dollars)], lambda e, _: e.id)
    assert (found.contracted, found.foreign) == (Decimal(0), ("3,000 万美元",))


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("张湾区一季度招商项目集中签约", EventKind.SIGNING),
        ("十堰市长赴福建招商考察", EventKind.MISSION),
        ("粤港澳大湾区楚商回乡招商推介会", EventKind.ROADSHOW),
        ("600多位嘉宾", EventKind.OTHER),
    ],
)
def test_a_kind_is_taken_from_the_name_only(name: str, kind: EventKind) -> None:
    assert kind_of(name) is kind


_SIGNINGS = st.lists(
    st.builds(
        agreed, st.sampled_from(["P1", "P2", "P3"]), st.integers(1, 9), st.sampled_from(Contract)
    ),
    max_size=4,
)


@given(st.lists(st.tuples(st.dates().map(str), _SIGNINGS), max_size=6), st.randoms())
def test_every_project_counts_once_in_any_order(parts: list, random) -> None:  # type: ignore[no-untyped-def,type-arg]
    events = [event(f"E{n}", date, *signings) for n, (date, signings) in enumerate(parts)]
    figures = figures_by(events, lambda e, _: e.id)
    counted = [project for one in figures for project in one.projects]
    investments = {s.key for e in events for s in e.signings if s.contract is Contract.INVESTMENT}
    assert sorted(counted) == sorted(investments)
    shuffled = events[:]
    random.shuffle(shuffled)
    assert first_signings(shuffled) == first_signings(events)
