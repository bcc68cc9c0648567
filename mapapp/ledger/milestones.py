"""3313: when each milestone of a project is due, and whether it was kept.

A period of months ends on the same day of the month it ends in, on that month's last day where
there is no such day (民法典 art. 202). What is not known to the day is a span, and a question that
the span leaves open is answered “not known”.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Sequence
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from mapapp.ledger.dates import PartialDate, Precision
from mapapp.ledger.facts import ProjectFacts
from mapapp.ledger.project import Stage


class Step(NamedTuple):
    """One step of the rule: so many months from one stage to another."""

    since: Stage
    until: Stage
    months: int

    @property
    def name(self) -> str:
        return f"{self.since}→{self.until}"


RULE = (
    Step(Stage.SIGNED, Stage.STARTED, 3),
    Step(Stage.STARTED, Stage.ENROLLED, 3),
    Step(Stage.STARTED, Stage.COMPLETED, 12),
    Step(Stage.COMPLETED, Stage.ABOVE_SIZE, 3),
)
"""3313 as Shiyan runs it: 3 months to the start, 3 to the statistics, a year to build it (1), 3 to
规上. A bureau may set its own in its city's file."""


class Standing(StrEnum):
    """How a milestone stands on a day."""

    OVERDUE = "逾期"
    DUE = "未到期"
    OPEN = "说不准"
    LATE = "逾期完成"
    KEPT = "按期完成"
    DONE = "已完成"
    ENDED = "已终止"

    __hash__ = str.__hash__  # as in Stage: milestones are counted by their standing


class Milestone(NamedTuple):
    """One step of one project, as a day sees it.

    due_from and due_on are the first and the last day that it may be due, None where the date it
    counts from is not known. days_overdue counts from due_on to the day, or to when it was done;
    negative days are left, or were; None where the dates do not tell. why says what the dates
    alone do not show.
    """

    project_code: str
    name: str
    step: Step
    standing: Standing
    since: PartialDate | None
    due_from: date | None
    due_on: date | None
    days_overdue: int | None
    done_on: PartialDate | None
    why: str = ""

    @property
    def milestone(self) -> str:
        return self.step.name

    @property
    def basis(self) -> str:
        """From what it was worked out, or why it could not be."""
        step = self.step
        if self.since is None:
            return f"没有{step.since}日期，算不出到期日"
        said = f"{step.since} {self.since}，{step.months} 个月内{step.until}"
        if self.done_on is not None:
            said += f"；{self.done_on} {step.until}"
        return said + self.why


@lru_cache(maxsize=32768)
def add_months(day: date, months: int) -> date:
    """The day on which a period of months that begins on `day` ends."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def milestones_of(
    facts: ProjectFacts, on: date, rule: Sequence[Step] = RULE
) -> Iterator[Milestone]:
    """The steps that the project has entered by that day, in the rule's order.

    A stage reached after `on` is not yet known then; a step whose first stage was not reached is
    not entered. An ended project owes nothing more.
    """
    stage = _stage_by(facts, on)
    for step in rule:
        since, done = facts.reached(step.since), facts.reached(step.until)
        if done is not None and done.first > on:
            done = None
        if since is None:
            if done is not None or _entered(stage, step):
                yield _undated(facts, step, done)
        elif since.first <= on:
            yield _dated(facts, step, since, done, stage, on)


def _stage_by(facts: ProjectFacts, on: date) -> Stage | None:
    """The furthest stage as far as it was known then: what is dated later had not happened."""
    stage = facts.stage
    reached = facts.reached(stage) if stage else None
    if reached is None or reached.first <= on:
        return stage
    dated = [each for each in Stage if (then := facts.reached(each)) and then.first <= on]
    return max(dated, key=lambda each: each.order, default=None)


def _entered(stage: Stage | None, step: Step) -> bool:
    """Whether it is past the first stage of the step, though nobody wrote down since when."""
    return stage is not None and stage is not Stage.ENDED and stage.order >= step.since.order


def _undated(facts: ProjectFacts, step: Step, done: PartialDate | None) -> Milestone:
    standing = Standing.DONE if done else Standing.OPEN
    return Milestone(facts.project_code, facts.name, step, standing, None, None, None, None, done)


def _dated(
    facts: ProjectFacts,
    step: Step,
    since: PartialDate,
    done: PartialDate | None,
    stage: Stage | None,
    on: date,
) -> Milestone:
    first = last = add_months(since.first, step.months)
    if since.precision is not Precision.DAY:
        last = add_months(since.last, step.months)
    if done is None:
        standing, days, why = _still_open(step, first, last, stage, on)
        if facts.halted and standing in _RUNNING:
            why += "；停工中"
    elif done.first < since.first and done.last < since.first:
        standing, days, why = Standing.OPEN, None, f"，早于{step.since}，日期有误，不计算"
    else:
        standing, days, why = _kept(first, last, done)
    return Milestone(
        facts.project_code, facts.name, step, standing, since, first, last, days, done, why
    )


_RUNNING = (Standing.OVERDUE, Standing.DUE, Standing.OPEN)
_UNSURE = "；日期不到日，说不准是否逾期"
Judged = tuple[Standing, int | None, str]
"""How it stands, by how many days, and what else is to be said."""


def _kept(first: date, last: date, done: PartialDate) -> Judged:
    """Whether what was done was done in time: only where every day of the spans says so."""
    if done.first > last:
        return Standing.LATE, (done.first - last).days, ""
    if done.last <= first:
        return Standing.KEPT, (done.last - last).days, ""
    return Standing.DONE, None, _UNSURE


def _still_open(step: Step, first: date, last: date, stage: Stage | None, on: date) -> Judged:
    """Whether what is not known to be done is overdue: only where every day says so."""
    if stage is Stage.ENDED:
        return Standing.ENDED, None, "；项目已终止，不再计算"
    if stage is not None and stage.order >= step.until.order:
        return Standing.OPEN, None, f"；已到{stage}，没有{step.until}日期"
    if on > last:
        return Standing.OVERDUE, (on - last).days, ""
    if on <= first:
        return Standing.DUE, (on - last).days, ""
    return Standing.OPEN, None, _UNSURE
