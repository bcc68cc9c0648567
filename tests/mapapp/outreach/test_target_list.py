"""Lists by hand: what a renewal adds and drops, and who is on two teams' lists."""

from dataclasses import replace
from datetime import date, datetime

from mapapp.outreach.edition import Edition
from mapapp.outreach.target_list import (
    Approach,
    Pursuit,
    TargetList,
    TargetRow,
    furthest,
    listings,
    revise,
)

DAY = date(2026, 11, 24)


def row(firm: str, link: str = "隔膜", list: int = 1, **more: object) -> TargetRow:
    return TargetRow(list, firm, link, "battery", **more)  # type: ignore[arg-type]


def test_a_renewal_adds_drops_and_keeps_what_is_worked_on() -> None:
    idle, worked, stays = row("甲"), row("乙", pursuit=Pursuit(contact="王总")), row("丙")
    found = revise([idle, worked, stays], [row("丙"), row("丁")])
    assert [r.firm for r in found.add] == ["丁"]
    assert found.drop == (idle,)
    assert found.stay == (stays,)
    assert found.kept_on == (worked,)
    assert revise([stays], [row("丙")]).is_empty


def test_a_firm_is_known_by_link_too() -> None:
    found = revise([row("甲", "隔膜")], [row("甲", "电解液")])
    assert (len(found.add), len(found.drop)) == (1, 1)


def test_a_row_stands_from_its_first_version_to_the_one_that_drops_it() -> None:
    later = row("甲", added_in=2, dropped_in=4)
    assert [later.stands_in(version) for version in range(1, 6)] == [
        False, True, True, False, False,
    ]  # fmt: skip


def test_a_firm_is_said_to_be_on_every_open_list_and_how_far_it_was_brought() -> None:
    one = TargetList("一", DAY, office="上海专班", owner="张三", id=1)
    two = TargetList("二", DAY, id=2)
    visited = Pursuit(Approach.VISITED)
    rows = [row("甲"), row("甲", "电解液", pursuit=visited), row("甲", list=2), row("乙", list=2)]
    found = listings([one, two], rows)
    assert [listing.says() for listing in found["甲"]] == [
        "一（上海专班，张三，已拜访）", "二（未接触）",
    ]  # fmt: skip
    assert [listing.item for listing in found["乙"]] == [two]
    closed = listings([one, replace(two, closed=True)], rows)
    assert [listing.item for listing in closed["甲"]] == [one]
    assert "乙" not in closed
    assert listings([one], [replace(rows[0], dropped_in=2)]) == {}


def test_a_firm_is_given_up_only_where_nobody_goes_on() -> None:
    assert furthest([Approach.GIVEN_UP, Approach.CONTACTED]) is Approach.CONTACTED
    assert furthest([Approach.GIVEN_UP]) is Approach.GIVEN_UP


def test_a_next_step_is_overdue_after_its_day_while_the_firm_is_open() -> None:
    due = Pursuit(next_step="寄资料", next_on=DAY)
    assert not due.overdue(DAY)
    assert due.overdue(date(2026, 11, 25))
    assert not replace(due, approach=Approach.SIGNED).overdue(date(2026, 12, 31))


def test_only_the_internal_edition_has_a_watermark() -> None:
    at = datetime(2026, 11, 24, 9, 5)
    assert Edition.INTERNAL.watermark("张三", at) == "内部资料 张三 2026-11-24 09:05"
    assert Edition.PUBLIC.watermark("张三", at) == ""
