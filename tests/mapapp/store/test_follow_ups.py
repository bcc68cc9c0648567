"""Follow-ups are kept, settled once, and go where their project goes."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from mapapp.ledger.combination import combine
from mapapp.ledger.following import FollowUp
from mapapp.ledger.project import InvestmentProject
from mapapp.store import ProjectChange, Sample, StaleRow, Store

ITEM = FollowUp(
    "A",
    date(2026, 3, 1),
    "张三",
    "厂房已选定",
    "签供地协议",
    "自然资源局",
    date(2026, 3, 20),
    meeting=7,
)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    opened = Store.open(f"sqlite:///{tmp_path / 'ledger.db'}", "420300")
    opened.load_sample(Sample([InvestmentProject("A", "甲"), InvestmentProject("B", "乙")]), "t")
    return opened


def test_what_is_added_comes_back(store: Store) -> None:
    first = store.follow_ups.add(ITEM, "李四")
    second = store.follow_ups.add(replace(ITEM, on=date(2026, 4, 1), meeting=None), "李四")
    other = store.follow_ups.add(replace(ITEM, project_code="B", meeting=None), "李四")
    assert store.follow_ups.of("A") == [
        replace(ITEM, id=second, on=date(2026, 4, 1), meeting=None),
        replace(ITEM, id=first),
    ]
    assert [item.id for item in store.follow_ups.every()] == [first, other, second]
    assert store.follow_ups.of_meeting(7) == [replace(ITEM, id=first)]


def test_a_promise_is_settled_in_the_version_that_was_seen(store: Store) -> None:
    id = store.follow_ups.add(ITEM, "李四")
    store.follow_ups.settle(id, 1, date(2026, 3, 18), "已签", "王五")
    kept = store.follow_ups.of("A")[0]
    assert (kept.settled_on, kept.outcome, kept.row_version) == (date(2026, 3, 18), "已签", 2)
    with pytest.raises(StaleRow):
        store.follow_ups.settle(id, 1, date(2026, 3, 19), "没签", "赵六")
    assert store.follow_ups.of("A") == [kept]
    with pytest.raises(StaleRow):
        store.follow_ups.settle(99, 1, date(2026, 3, 19), "", "赵六")


def test_those_of_a_merged_project_move_to_the_one_that_stays(store: Store) -> None:
    store.follow_ups.add(ITEM, "李四")
    store.follow_ups.add(replace(ITEM, project_code="B"), "李四")
    mine, theirs = store.project("B"), store.project("A")
    assert mine
    assert theirs
    store.merges.save(ProjectChange(combine(mine, theirs, {}), mine), theirs, "李四")
    assert [item.project_code for item in store.follow_ups.every()] == ["B", "B"]
    assert store.follow_ups.of("A") == []


def test_a_follow_up_needs_its_project(store: Store) -> None:
    with pytest.raises(Exception, match="FOREIGN KEY"):
        store.follow_ups.add(replace(ITEM, project_code="没有"), "李四")
