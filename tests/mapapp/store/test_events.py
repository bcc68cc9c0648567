"""Events come back as they were kept; two who write one: the second is told."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from mapapp.ledger.money import Money
from mapapp.ledger.project import Provenance
from mapapp.outreach.event import Contract, EventKind, LeaderRank, PromotionEvent, Signing
from mapapp.store import StaleRow, Store

EVENT = PromotionEvent(
    "", "2026-11", "上海", "上海推介会", "市政府", provenance=Provenance("简报", "2026-11", "A"),
    kind=EventKind.ROADSHOW, team="一组", leader="王市长", leader_rank=LeaderRank.CITY,
    office="上海招商专班", visited=("甲", "乙"),
    signings=(Signing(Contract.INVESTMENT, "2026-0001", "甲", Money(Decimal("12345.6")), "auto"),
              Signing(Contract.SALES, "订单", amount=None)),
)  # fmt: skip


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.open(f"sqlite:///{tmp_path / 'ledger.db'}", "420300")


def test_an_event_comes_back_as_it_was_kept(store: Store) -> None:
    first, second = store.events.add(EVENT, "测试"), store.events.add(EVENT, "测试")
    assert (first, second) == ("H0001", "H0002")
    assert store.events.find(first) == replace(EVENT, id=first)
    assert [event.id for event in store.events.every()] == [first, second]
    assert store.events.find("R99") is None


def test_the_second_of_two_writers_is_told(store: Store) -> None:
    id = store.events.add(EVENT, "测试")
    held = store.events.find(id)
    assert held is not None
    store.events.change(replace(held, note="甲"), "甲")
    with pytest.raises(StaleRow):
        store.events.change(replace(held, note="乙"), "乙")
    with pytest.raises(StaleRow):
        store.events.remove(held)
    now = store.events.find(id)
    assert now is not None
    assert (now.note, now.row_version) == ("甲", 2)
    store.events.remove(now)
    assert store.events.every() == []
