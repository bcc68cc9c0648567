"""A project's life: events are added, put right and taken back, and nothing is overwritten."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from mapapp.ledger.dates import PartialDate
from mapapp.ledger.life import (
    EventRefused,
    NewEvent,
    add,
    correct,
    disorder,
    event_of,
    key_of,
    withdraw,
)
from mapapp.ledger.money import Money
from mapapp.ledger.project import InvestmentProject, Stage, StageEvent

TODAY = date(2026, 7, 1)


def day(text: str) -> PartialDate:
    return PartialDate.parse(text)


def wan(number: int, currency: str = "CNY") -> Money:
    return Money(Decimal(number), currency)


SIGNED = InvestmentProject(
    "A",
    "甲项目",
    contracted_investment=wan(10_000),
    investment_text="约1亿元",
    stage_text="签约仪式",
    events=(StageEvent(Stage.SIGNED, day("2025-03-12"), evidence="合同 1 号"),),
    last_confirmed=day("2025-03-12"),
)


def test_a_step_is_added_with_what_shows_it() -> None:
    after = add(SIGNED, NewEvent(Stage.STARTED, day("2026-06"), "施工许可证 7 号", "一期"), TODAY)
    assert after.events[0] is SIGNED.events[0]
    assert after.events[1] == StageEvent(
        Stage.STARTED, day("2026-06"), None, "一期", "施工许可证 7 号"
    )
    assert (after.stage, after.stage_text) == (Stage.STARTED, "")
    assert after.last_confirmed == PartialDate(TODAY)


def test_a_step_without_a_day_was_reached_by_today() -> None:
    after = add(SIGNED, NewEvent(Stage.STARTED, None), TODAY)
    assert after.events[1].as_of == PartialDate(TODAY)
    dated = add(after, NewEvent(Stage.STARTED, day("2026-05"), "许可证"), TODAY)
    assert [str(e.on) for e in dated.events] == ["2025-03-12", "2026-05"]
    assert dated.events[1].as_of == PartialDate(TODAY)


@pytest.mark.parametrize(
    ("new", "says"),
    [
        (NewEvent(Stage.SIGNED, day("2025-04")), "已经记过，日期是 2025-03-12"),
        (NewEvent(Stage.SIGNED, None), "已经记过"),
        (NewEvent(Stage.STARTED, day("2026-08")), "还没有到"),
        (NewEvent(Stage.STARTED, day("2026-06"), increment=wan(1)), "只记在签约上"),
        (NewEvent(Stage.SIGNED, None, increment=wan(1)), "要有日期"),
        (NewEvent(Stage.SIGNED, day("2026-01"), increment=wan(0)), "大于 0"),
        (NewEvent(Stage.SIGNED, day("2025-02"), increment=wan(1)), "早于首次签约"),
        (NewEvent(Stage.SIGNED, day("2026-01"), increment=wan(1, "USD")), "币种"),
    ],
)
def test_what_cannot_be_is_refused_with_the_reason(new: NewEvent, says: str) -> None:
    with pytest.raises(EventRefused) as caught:
        add(SIGNED, new, TODAY)
    assert says in str(caught.value)


def test_a_later_signing_adds_its_increment_and_is_no_first_one() -> None:
    more = NewEvent(Stage.SIGNED, day("2026-02"), "增资协议", increment=wan(5_000))
    after = add(SIGNED, more, TODAY)
    assert after.contracted_investment == wan(15_000)
    assert after.investment_text == ""
    assert after.signed == day("2025-03-12")
    assert after.stage_text == "签约仪式"
    with pytest.raises(EventRefused, match="已经记过"):
        add(after, more, TODAY)
    held = add(SIGNED, replace(more, included=True), TODAY)
    assert held.contracted_investment == wan(10_000)


def test_an_increment_needs_a_first_signing_and_an_amount_to_add_to() -> None:
    more = NewEvent(Stage.SIGNED, day("2026-02"), increment=wan(5_000))
    with pytest.raises(EventRefused, match="还没有首次签约"):
        add(replace(SIGNED, events=()), more, TODAY)
    with pytest.raises(EventRefused, match="协议金额还没有填"):
        add(replace(SIGNED, contracted_investment=None), more, TODAY)


def test_an_undated_first_signing_is_not_dated_by_a_later_one() -> None:
    undated = replace(SIGNED, events=(StageEvent(Stage.SIGNED, None, day("2025-04")),))
    after = add(undated, NewEvent(Stage.SIGNED, day("2026-02"), increment=wan(5_000)), TODAY)
    assert after.signed is None
    assert after.reached(Stage.SIGNED) is None


def test_a_step_is_put_right_and_taken_back() -> None:
    grown = add(SIGNED, NewEvent(Stage.SIGNED, day("2026-02"), increment=wan(5_000)), TODAY)
    first, more = grown.events
    right = correct(grown, first, day("2025-03-15"), "合同 2 号", "", TODAY)
    assert (right.signed, right.events[0].evidence) == (day("2025-03-15"), "合同 2 号")
    assert right.events[1] == more
    with pytest.raises(EventRefused, match="要有日期"):
        correct(grown, more, None, "", "", TODAY)
    with pytest.raises(EventRefused, match="先撤去增资"):
        withdraw(grown, first, TODAY)
    assert withdraw(grown, more, TODAY, with_amount=True).contracted_investment == wan(10_000)
    assert withdraw(grown, more, TODAY).contracted_investment == wan(15_000)
    assert withdraw(SIGNED, SIGNED.events[0], TODAY).stage is None


def test_an_event_that_changed_meanwhile_is_not_found_by_its_old_key() -> None:
    key = key_of(SIGNED, SIGNED.events[0])
    assert event_of(SIGNED, key) is SIGNED.events[0]
    moved = correct(SIGNED, SIGNED.events[0], day("2025-03"), "", "", TODAY)
    with pytest.raises(EventRefused, match="刚被别人改过"):
        event_of(moved, key)


def test_days_that_cannot_be_right_together_are_named() -> None:
    def at(stage: Stage, on: str) -> StageEvent:
        return StageEvent(stage, day(on))

    early = replace(SIGNED, events=(*SIGNED.events, at(Stage.STARTED, "2025-02")))
    assert disorder(early) == ["开工（2025-02）早于签约（2025-03-12），请核对"]
    same = replace(SIGNED, events=(*SIGNED.events, at(Stage.STARTED, "2025-03")))
    assert disorder(same) == []
