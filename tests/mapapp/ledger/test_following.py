"""包联: contacts, promises kept or not, and who carries how much."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from mapapp.ledger.facts import ProjectFacts
from mapapp.ledger.following import (
    NEVER,
    FollowUp,
    Keeping,
    contacts,
    is_followed,
    is_silent,
    loads,
)
from mapapp.ledger.money import Money
from mapapp.ledger.project import Stage

ON = date(2026, 3, 31)


def project(code: str, **facts: object) -> ProjectFacts:
    plain = ProjectFacts(
        code, code, None, None, None, Stage.SIGNED, False, False, "", "", "", None, None, None,
        None, None, None, None, None, None, None, None, None,
    )  # fmt: skip
    return plain._replace(**facts)  # type: ignore[arg-type]


def promise(due: date | None, settled: date | None = None) -> FollowUp:
    return FollowUp("A", date(2026, 3, 1), next_step="交地", due_on=due, settled_on=settled)


@pytest.mark.parametrize(
    ("item", "keeping"),
    [
        (FollowUp("A", ON), None),
        (promise(None), Keeping.UNDATED),
        (promise(ON), Keeping.OPEN),
        (promise(date(2026, 3, 30)), Keeping.OVERDUE),
        (promise(date(2026, 3, 30), date(2026, 3, 30)), Keeping.KEPT),
        (promise(date(2026, 3, 30), ON), Keeping.LATE),
        (promise(None, ON), Keeping.KEPT),
        (promise(date(2026, 3, 30), date(2026, 4, 1)), Keeping.OVERDUE),
        (promise(date(2026, 4, 30), date(2026, 4, 1)), Keeping.OPEN),
    ],
)
def test_a_promise_is_judged_as_of_the_day(item: FollowUp, keeping: Keeping | None) -> None:
    assert item.keeping(ON) is keeping
    pending = keeping in (Keeping.OPEN, Keeping.OVERDUE, Keeping.UNDATED)
    assert item.pending(ON) is pending


def test_a_project_stands_by_its_last_contact_and_its_earliest_promise() -> None:
    kept = [
        replace(promise(date(2026, 4, 9)), id=1),
        replace(promise(date(2026, 3, 20)), id=2, on=date(2026, 3, 10)),
        replace(promise(None), id=3, on=date(2026, 3, 10)),
        FollowUp("A", date(2026, 4, 1), id=4),
        FollowUp("B", ON, id=5),
    ]
    standing = contacts(kept, ON)
    assert standing["A"].last == kept[2]
    assert standing["A"].silent_days == 21
    assert [item.id for item in standing["A"].pending] == [2, 1, 3]
    assert standing["A"].next == kept[1]
    assert (standing["B"].silent_days, standing["B"].next) == (0, None)


@pytest.mark.parametrize(("days", "silent"), [(30, False), (31, True)])
def test_silence_begins_after_its_days(days: int, silent: bool) -> None:
    contact = contacts([FollowUp("A", date.fromordinal(ON.toordinal() - days))], ON)["A"]
    assert is_silent(contact) is silent
    assert not is_silent(NEVER)


def test_loads_count_what_still_needs_someone() -> None:
    money = Money(Decimal(10_000))
    projects = [
        project("A", department="经信局", leader="甲", contracted=money),
        project("B", department="经信局", leader="乙", contracted=Money(Decimal(500), "USD")),
        project("C", department="商务局", leader="甲", contracted=money),
        project("D", department="商务局", stage=Stage.ENDED),
        project("E", department="商务局", stage=Stage.ABOVE_SIZE),
        project("F", contracted=money),
        project("G"),
        project("H"),
    ]
    standing = contacts(
        [promise(date(2026, 3, 20)), FollowUp("B", date(2026, 1, 5)), FollowUp("C", ON)], ON
    )
    found = loads(projects, standing, ON)
    assert [(load.key, load.projects) for load in found] == [
        ("经信局", ("A", "B")),
        ("商务局", ("C",)),
        ("", ("F", "G", "H")),
    ]
    first = found[0]
    assert first.contracted == Decimal(10_000)
    assert (first.never, first.silent, first.pending, first.overdue) == (0, 1, 1, 1)
    assert found[2].never == 3
    leaders = loads(projects, standing, ON, by="leader")
    assert [(load.key, len(load.projects)) for load in leaders] == [("甲", 2), ("乙", 1), ("", 3)]


def test_the_ended_and_the_grown_need_nobody() -> None:
    followed = {stage for stage in Stage if is_followed(project("A", stage=stage))}
    assert followed == set(Stage) - {Stage.ENDED, Stage.ABOVE_SIZE}


def test_a_replaced_promise_owes_nothing_from_then_on() -> None:
    old = FollowUp(
        "A",
        date(2026, 3, 2),
        next_step="交地",
        due_on=date(2026, 3, 6),
        replaced_on=date(2026, 3, 9),
        meeting=1,
    )
    assert old.keeping(date(2026, 3, 8)) is Keeping.OVERDUE
    assert old.keeping(date(2026, 3, 9)) is Keeping.REPLACED
    assert not old.pending(date(2026, 3, 9))
    assert old.standing(date(2026, 3, 20)) is Keeping.OVERDUE


def test_a_step_that_a_meeting_set_is_no_contact() -> None:
    set_by_it = FollowUp("A", date(2026, 3, 2), next_step="交地", meeting=1)
    found = contacts([set_by_it], date(2026, 3, 9))["A"]
    assert (found.last, found.silent_days, found.next) == (None, None, set_by_it)
