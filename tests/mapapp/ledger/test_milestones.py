"""3313 on lives made by hand: every expected day was counted on a calendar, none computed here."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapapp.ledger.dates import PartialDate
from mapapp.ledger.facts import ProjectFacts
from mapapp.ledger.life import correct
from mapapp.ledger.milestones import RULE, Milestone, Standing, Step, add_months, milestones_of
from mapapp.ledger.money import Money
from mapapp.ledger.project import InvestmentProject, Stage, StageEvent

ON = date(2024, 7, 1)
WORDS = ("signed", "started", "enrolled", "completed", "producing", "above_size")


def life(stage: str | None = None, halted: bool = False, **dates: str) -> ProjectFacts:
    """A project with these dates; its stage is the furthest dated one unless said."""
    reached = {word: PartialDate.parse(dates[word]) if word in dates else None for word in WORDS}
    stages = dict(zip(WORDS, (s for s in Stage if s not in NEVER_DATED), strict=True))
    dated = [stages[word] for word in WORDS if word in dates]
    furthest = Stage(stage) if stage else (dated[-1] if dated else None)
    return ProjectFacts(
        "P1", "甲", None, None, None, furthest, halted, False, "", "", "",
        None, None, None, None, None, *reached.values(), None,
    )  # fmt: skip


NEVER_DATED = (Stage.LEAD, Stage.TALKS, Stage.ENDED)


def only(facts: ProjectFacts, name: str, on: date = ON) -> Milestone:
    (found,) = [item for item in milestones_of(facts, on) if item.milestone == name]
    return found


START, ENROL, BUILD, SIZE = "签约→开工", "开工→入统", "开工→竣工", "竣工→进规"

LIVES = """
    signed=2024-04-15 | 签约→开工 | 2024-07-15 | 同日 | -14 | 未到期
    signed=2024-04-01 | 签约→开工 | 2024-07-01 | 同日 | 0 | 未到期
    signed=2024-03-31 | 签约→开工 | 2024-06-30 | 同日 | 1 | 逾期
    signed=2024-01-31 | 签约→开工 | 2024-04-30 | 同日 | 62 | 逾期
    signed=2023-11-30 | 签约→开工 | 2024-02-29 | 同日 | 123 | 逾期
    signed=2023-11-29 | 签约→开工 | 2024-02-29 | 同日 | 123 | 逾期
    signed=2022-11-30 | 签约→开工 | 2023-02-28 | 同日 | 489 | 逾期
    signed=2022-11-28 | 签约→开工 | 2023-02-28 | 同日 | 489 | 逾期
    signed=2024-02-29 | 签约→开工 | 2024-05-29 | 同日 | 33 | 逾期
    signed=2023-12-31 | 签约→开工 | 2024-03-31 | 同日 | 92 | 逾期
    signed=2024-03 | 签约→开工 | 2024-06-01 | 2024-06-30 | 1 | 逾期
    signed=2024-04 | 签约→开工 | 2024-07-01 | 2024-07-30 | -29 | 未到期
    signed=2024-Q1 | 签约→开工 | 2024-04-01 | 2024-06-30 | 1 | 逾期
    signed=2024-Q2 | 签约→开工 | 2024-07-01 | 2024-09-30 | -91 | 未到期
    signed=2024 | 签约→开工 | 2024-04-01 | 2025-03-31 | — | 说不准
    signed=2023 | 签约→开工 | 2023-04-01 | 2024-03-31 | 92 | 逾期
    signed=2023-05-10 started=2023-08-10 | 签约→开工 | 2023-08-10 | 同日 | 0 | 按期完成
    signed=2023-05-10 started=2023-08-11 | 签约→开工 | 2023-08-10 | 同日 | 1 | 逾期完成
    signed=2023-05-10 started=2023-06-01 | 签约→开工 | 2023-08-10 | 同日 | -70 | 按期完成
    signed=2023-05-10 started=2023-08 | 签约→开工 | 2023-08-10 | 同日 | — | 已完成
    signed=2023-05-10 started=2023-09 | 签约→开工 | 2023-08-10 | 同日 | 22 | 逾期完成
    signed=2023-05 started=2023-08-15 | 签约→开工 | 2023-08-01 | 2023-08-31 | — | 已完成
    signed=2023-05 started=2023-07 | 签约→开工 | 2023-08-01 | 2023-08-31 | -31 | 按期完成
    signed=2023-05-10 started=2023-05-10 | 签约→开工 | 2023-08-10 | 同日 | -92 | 按期完成
    signed=2023-05-10 started=2023-05-01 | 签约→开工 | 2023-08-10 | 同日 | — | 说不准
    signed=2024-05-10 started=2024-08-01 | 签约→开工 | 2024-08-10 | 同日 | -40 | 未到期
    started=2024-02-29 | 开工→入统 | 2024-05-29 | 同日 | 33 | 逾期
    started=2024-02-29 | 开工→竣工 | 2025-02-28 | 同日 | -242 | 未到期
    started=2023-02-28 | 开工→竣工 | 2024-02-28 | 同日 | 124 | 逾期
    started=2023-07-01 | 开工→竣工 | 2024-07-01 | 同日 | 0 | 未到期
    started=2023-03-15 enrolled=2023-06-15 | 开工→入统 | 2023-06-15 | 同日 | 0 | 按期完成
    started=2023-03-15 completed=2024-03-20 | 开工→竣工 | 2024-03-15 | 同日 | 5 | 逾期完成
    started=2023-03-15 completed=2024-03-20 | 开工→入统 | 2023-06-15 | 同日 | — | 说不准
    completed=2024-03-31 | 竣工→进规 | 2024-06-30 | 同日 | 1 | 逾期
    completed=2023-Q4 above_size=2024-01-10 | 竣工→进规 | 2024-01-01 | 2024-03-31 | — | 已完成
    signed=2024-01-31 halted=True | 签约→开工 | 2024-04-30 | 同日 | 62 | 逾期
    stage=终止 signed=2024-01-31 | 签约→开工 | 2024-04-30 | 同日 | — | 已终止
    stage=投产 signed=2022-01-31 | 签约→开工 | 2022-04-30 | 同日 | — | 说不准
"""
"""A life, a milestone, due from, due on, days overdue, standing; on 2024-07-01."""


@pytest.mark.parametrize("line", LIVES.strip().splitlines())
def test_lives_by_hand(line: str) -> None:
    dates, name, due_from, due_on, days, standing = (part.strip() for part in line.split("|"))
    said = dict(word.split("=") for word in dates.split())
    halted, stage = said.pop("halted", "") == "True", said.pop("stage", None)
    found = only(life(stage, halted, **said), name)
    assert str(found.due_from) == due_from
    assert str(found.due_on) == (due_from if due_on == "同日" else due_on)
    assert found.days_overdue == (None if days == "—" else int(days)), found.basis
    assert found.standing.value == standing, found.basis


def test_there_are_lives_enough() -> None:
    assert len(set(LIVES.strip().splitlines())) >= 30


def test_nothing_entered_nothing_owed() -> None:
    assert list(milestones_of(life(), ON)) == []
    assert list(milestones_of(life("在谈"), ON)) == []
    assert list(milestones_of(life(signed="2024-08-01"), ON)) == []


def test_a_stage_without_a_date_is_said_and_not_computed() -> None:
    found = only(life("开工"), ENROL)
    assert (found.due_on, found.days_overdue, found.standing) == (None, None, Standing.OPEN)
    assert "没有开工日期" in found.basis


def test_an_ended_project_without_dates_owes_nothing() -> None:
    assert list(milestones_of(life("终止"), ON)) == []


def test_on_an_earlier_day_later_events_have_not_happened() -> None:
    facts = life(signed="2023-05-10", started="2023-09-01", completed="2024-06-01")
    found = only(facts, START, date(2023, 8, 20))
    assert (found.standing, found.days_overdue, found.done_on) == (Standing.OVERDUE, 10, None)
    assert [item.milestone for item in milestones_of(facts, date(2023, 8, 20))] == [START]


def test_why_it_could_not_be_told_is_said() -> None:
    wrong = only(life(signed="2023-05-10", started="2023-05-01"), START)
    assert "早于签约" in wrong.basis
    assert "停工中" in only(life(signed="2024-01-31", halted=True), START).basis
    assert "已到投产，没有开工日期" in only(life("投产", signed="2022-01-31"), START).basis


def test_a_bureau_may_set_its_own_months() -> None:
    rule = (Step(Stage.SIGNED, Stage.STARTED, 6),)
    (found,) = milestones_of(life(signed="2023-08-31"), ON, rule)
    assert (found.due_on, found.days_overdue) == (date(2024, 2, 29), 123)


def test_a_corrected_date_counts_and_the_old_one_does_not() -> None:
    signing = StageEvent(Stage.SIGNED, PartialDate.parse("2023-03-31"))
    start = StageEvent(Stage.STARTED, PartialDate.parse("2023-06-20"))
    before = InvestmentProject("P1", "甲", events=(signing, start))
    after = correct(before, start, PartialDate.parse("2023-07-02"), "施工许可证", "", ON)
    days = [lived(item).days_overdue for item in (before, after)]
    assert days == [-10, 2]
    assert lived(after).due_on == date(2023, 6, 30)


def test_a_second_signing_does_not_start_the_clock_anew() -> None:
    first = StageEvent(Stage.SIGNED, PartialDate.parse("2023-03-31"))
    more = StageEvent(Stage.SIGNED, PartialDate.parse("2024-05-20"), increment=Money(Decimal(3000)))
    found = lived(InvestmentProject("P1", "甲", events=(first, more)))
    assert (found.due_on, found.days_overdue) == (date(2023, 6, 30), 367)


def lived(project: InvestmentProject) -> Milestone:
    """签约→开工 of a whole project."""
    signed, started = project.reached(Stage.SIGNED), project.reached(Stage.STARTED)
    dates = {"signed": str(signed)} | ({"started": str(started)} if started else {})
    return only(life(**dates), START)


days = st.dates(date(1990, 1, 1), date(2090, 12, 31))
spans = st.builds(
    lambda day, form: PartialDate.parse(
        form.format(day=day, year=day.year, quarter=(day.month + 2) // 3)
    ),
    st.dates(date(2019, 1, 1), date(2021, 12, 31)),
    st.sampled_from(["{day}", "{day:%Y-%m}", "{year}-Q{quarter}", "{year}"]),
)


def every_day(span: PartialDate) -> list[date]:
    return [date.fromordinal(n) for n in range(span.first.toordinal(), span.last.toordinal() + 1)]


@given(spans, st.one_of(st.none(), spans), st.dates(date(2019, 1, 1), date(2023, 12, 31)))
def test_a_verdict_holds_whatever_day_of_its_span_a_date_means(
    signed: PartialDate, started: PartialDate | None, on: date
) -> None:
    dates = {"signed": str(signed)} | ({"started": str(started)} if started else {})
    for found in milestones_of(life(**dates), on):
        if found.step.since is not Stage.SIGNED:
            continue
        due = [add_months(day, 3) for day in every_day(signed)]
        assert (found.due_from, found.due_on) == (min(due), max(due))
        if found.standing is Standing.OVERDUE:
            assert on > max(due)
        elif found.standing is Standing.DUE:
            assert on <= min(due)
        elif found.standing in (Standing.LATE, Standing.KEPT):
            assert started is not None
            kept = {day <= last for day in every_day(started) for last in (min(due), max(due))}
            assert kept == {found.standing is Standing.KEPT}
        else:
            assert found.days_overdue is None


@given(days, st.integers(1, 60))
def test_months_never_leave_the_month_they_end_in(day: date, months: int) -> None:
    end = add_months(day, months)
    assert (end.year * 12 + end.month) - (day.year * 12 + day.month) == months
    assert end.day <= day.day


@given(days, days)
def test_a_day_counts_one_more_each_day(signed: date, on: date) -> None:
    facts = life(signed=signed.isoformat())
    found = list(milestones_of(facts, on))
    if on < signed:
        assert found == []
        return
    (item,) = found
    assert item.due_on is not None
    assert item.days_overdue == (on - item.due_on).days
    assert (item.standing is Standing.OVERDUE) == (on > item.due_on)


@given(st.lists(st.one_of(st.none(), days), min_size=6, max_size=6), days)
def test_any_dates_give_an_answer_for_every_step_entered(
    given: list[date | None], on: date
) -> None:
    dates = {w: d.isoformat() for w, d in zip(WORDS, given, strict=True) if d}
    found = list(milestones_of(life(**dates), on))
    assert len({item.step for item in found}) == len(found) <= len(RULE)
    for item in found:
        assert item.basis
        if item.days_overdue is None:
            assert item.standing in (Standing.OPEN, Standing.DONE)
