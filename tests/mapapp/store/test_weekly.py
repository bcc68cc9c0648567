"""Meetings are kept whole: the list, its promises, and those that they replace, or nothing."""

from datetime import date
from pathlib import Path

import pytest

from mapapp.ledger.project import InvestmentProject
from mapapp.ledger.weekly import Reason, WeeklyItem, WeeklyMeeting
from mapapp.store import Sample, StaleRow, Store

FIRST, SECOND = date(2026, 3, 2), date(2026, 3, 9)
WHY = ((Reason.NOT_STARTED, "签约 2025-12-01，已 91 天"),)
ITEM = WeeklyItem("A", "甲", WHY, "交地", "自然资源局", date(2026, 3, 6))
SILENT = WeeklyItem("B", "乙", WHY)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    opened = Store.open(f"sqlite:///{tmp_path / 'ledger.db'}", "420300")
    opened.load_sample(Sample([InvestmentProject("A", "甲"), InvestmentProject("B", "乙")]), "t")
    return opened


def test_a_meeting_comes_back_with_its_promises(store: Store) -> None:
    held = WeeklyMeeting(FIRST, "第10周", (ITEM, SILENT), "要点")
    number = store.weekly.keep(held, "测试")
    found = store.weekly.meeting(number)
    assert found == WeeklyMeeting(FIRST, "第10周", (ITEM, SILENT), "要点", number)
    (promise,) = store.follow_ups.of_meeting(number)
    assert (promise.project_code, promise.on, promise.due_on) == ("A", FIRST, date(2026, 3, 6))
    assert promise.said == "签约未开工：签约 2025-12-01，已 91 天"
    assert store.weekly.meeting(99) is None


def test_the_newest_meeting_comes_first(store: Store) -> None:
    later = store.weekly.keep(WeeklyMeeting(SECOND, "第11周", ()), "测试")
    earlier = store.weekly.keep(WeeklyMeeting(FIRST, "第10周", ()), "测试")
    assert [item.id for item in store.weekly.meetings()] == [later, earlier]


def test_what_is_carried_over_is_not_promised_twice(store: Store) -> None:
    store.weekly.keep(WeeklyMeeting(FIRST, "第10周", (ITEM,)), "测试")
    (promise,) = store.follow_ups.of("A")
    carried = WeeklyItem(
        "A", "甲", WHY, "交地", "自然资源局", date(2026, 3, 6), (promise.id or 0, 1)
    )
    number = store.weekly.keep(WeeklyMeeting(SECOND, "第11周", (carried,)), "测试")
    assert store.follow_ups.of("A") == [promise]
    found = store.weekly.meeting(number)
    assert found
    assert found.items == (carried,)
    assert store.follow_ups.numbered([promise.id or 0]) == [promise]


def test_a_meeting_that_comes_too_late_leaves_nothing(store: Store) -> None:
    store.weekly.keep(WeeklyMeeting(FIRST, "第10周", (ITEM,)), "测试")
    (promise,) = store.follow_ups.of("A")
    store.follow_ups.settle(promise.id or 0, 1, date(2026, 3, 5), "已交", "测试")
    with pytest.raises(StaleRow):
        store.weekly.keep(WeeklyMeeting(SECOND, "第11周", (ITEM,)), "测试", [(promise.id or 0, 1)])
    assert len(store.weekly.meetings()) == 1
    assert len(store.follow_ups.every()) == 1
