"""A project's life as dated events: one added by hand, one put right, one taken back.

Nothing is overwritten: an event that is there is only changed where somebody says so, and what
it was before stays in the history of the project.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from mapapp.ledger.dates import PartialDate
from mapapp.ledger.money import Money
from mapapp.ledger.project import InvestmentProject, Stage, StageEvent


class EventRefused(ValueError):
    """An event cannot be kept like this; the message says why and what to do instead."""


@dataclass(frozen=True, slots=True)
class NewEvent:
    """What somebody reports: the stage reached, when (None: not known), and what shows it.

    increment is what a later signing adds; included says that the contracted investment of the
    ledger holds it already.
    """

    stage: Stage
    on: PartialDate | None
    evidence: str = ""
    note: str = ""
    increment: Money | None = None
    included: bool = False


def add(project: InvestmentProject, new: NewEvent, today: date) -> InvestmentProject:
    """The project with one event more.

    Raises:
        EventRefused: the day is to come, the stage was reached before, the increment stands alone.
    """
    _check_day(new.on, today)
    if new.increment:
        return _grown(project, new, new.increment, today)
    held = next((e for e in project.events if e.stage is new.stage and not e.increment), None)
    if held and (held.on or not new.on):
        when = f"，日期是 {held.on}" if held.on else ""
        more = "又签了增资协议的，请填写增加额；" if new.stage is Stage.SIGNED else ""
        raise EventRefused(f"“{new.stage}”已经记过{when}。{more}记错了的，请在那一行更正")
    said = StageEvent(new.stage, new.on, None, new.note, new.evidence)
    if held:
        said = replace(
            said,
            as_of=held.as_of,
            note="；".join(dict.fromkeys(filter(None, (held.note, new.note)))),
            evidence=new.evidence or held.evidence,
        )
    elif not new.on:
        said = replace(said, as_of=PartialDate(today))
    return _with(project, [e for e in project.events if e is not held] + [said], today)


def _grown(
    project: InvestmentProject, new: NewEvent, increment: Money, today: date
) -> InvestmentProject:
    """A later signing: counted with what it adds, never as another project."""
    first = [e for e in project.events if e.stage is Stage.SIGNED and not e.increment]
    if new.stage is not Stage.SIGNED:
        raise EventRefused(f"增加额只记在签约上，“{new.stage}”没有增加额")
    if not first:
        raise EventRefused("还没有首次签约。请先记首次签约，再记增资")
    if new.on is None:
        raise EventRefused("增资签约要有日期，才知道算在哪一期")
    if increment.wan <= 0:
        raise EventRefused("增加额应大于 0")
    if (start := project.signed) and new.on.last < start.first:
        raise EventRefused(f"增资的日期 {new.on} 早于首次签约 {start}")
    said = StageEvent(Stage.SIGNED, new.on, None, new.note, new.evidence, increment)
    if any((e.on, e.increment) == (said.on, said.increment) for e in project.events):
        raise EventRefused(f"{new.on} 同样数额的增资已经记过")
    grown = _with(project, [*project.events, said], today)
    if new.included:
        return grown
    return _raised(grown, increment)


def _raised(project: InvestmentProject, by: Money) -> InvestmentProject:
    """The project with its contracted investment moved by an increment."""
    held = project.contracted_investment
    if held is None:
        raise EventRefused("协议金额还没有填，加不上增加额。请先填首次签约的协议金额")
    if held.currency != by.currency:
        raise EventRefused("增加额的币种与协议金额不同，不能相加。请按协议金额的币种填写")
    raised = held.wan + by.wan
    if raised < 0:
        raise EventRefused("协议金额比这笔增资还小，减不下来。请先核对协议金额")
    return replace(project, contracted_investment=Money(raised, held.currency), investment_text="")


def correct(
    project: InvestmentProject,
    event: StageEvent,
    on: PartialDate | None,
    evidence: str,
    note: str,
    today: date,
) -> InvestmentProject:
    """The project with an event's day, evidence and note put right.

    Raises:
        EventRefused: the day is to come, or was taken from a signing that needs one.
    """
    _check_day(on, today)
    if on is None and event.increment:
        raise EventRefused("增资签约要有日期，才知道算在哪一期")
    as_of = event.as_of or (None if on else PartialDate(today))
    right = replace(event, on=on, as_of=as_of, evidence=evidence, note=note)
    return _with(project, [right if e is event else e for e in project.events], today)


def withdraw(
    project: InvestmentProject, event: StageEvent, today: date, with_amount: bool = False
) -> InvestmentProject:
    """The project without an event that was reported by mistake.

    with_amount: what an increment added to the contracted investment goes as well.

    Raises:
        EventRefused: increments would stand without a first signing, or the amount is too small.
    """
    rest = [e for e in project.events if e is not event]
    signings = [e for e in rest if e.stage is Stage.SIGNED]
    if signings and all(e.increment for e in signings):
        raise EventRefused("后面还有增资，不能撤去首次签约。请先撤去增资")
    left = _with(project, rest, today)
    if with_amount and event.increment:
        less = Money(-event.increment.wan, event.increment.currency)
        return _raised(left, less)
    return left


def disorder(project: InvestmentProject) -> list[str]:
    """Stages whose days cannot be right together, as sentences: 开工 2023-03 早于签约 2023-05."""
    dated = [(stage, on) for stage in Stage if (on := project.reached(stage))]
    return [
        f"{later}（{then}）早于{earlier}（{before}），请核对"
        for (earlier, before), (later, then) in pairwise(dated)
        if then.last < before.first
    ]


def key_of(project: InvestmentProject, event: StageEvent) -> str:
    """What tells an event of a project from every other, and from what it was before."""
    added = event.increment.wan if event.increment else ""
    return f"{project.events.index(event)}|{event.stage}|{event.on or ''}|{added}"


def event_of(project: InvestmentProject, key: str) -> StageEvent:
    """The event of that key.

    Raises:
        EventRefused: somebody changed it meanwhile.
    """
    for event in project.events:
        if key_of(project, event) == key:
            return event
    raise EventRefused("这一步刚被别人改过，没有写入。请看现在的内容再改")


def _check_day(on: PartialDate | None, today: date) -> None:
    if on and on.first > today:
        raise EventRefused(f"{on} 还没有到，是计划，不算已经发生")


def _with(project: InvestmentProject, events: list[StageEvent], today: date) -> InvestmentProject:
    """The project with these events in order, heard of today.

    Where the stage moves on, what a source called the old one goes.
    """
    events.sort(key=lambda event: event.place)
    heard = project.last_confirmed
    changed = replace(
        project,
        events=tuple(events),
        last_confirmed=heard if heard and heard.last >= today else PartialDate(today),
    )
    return changed if changed.stage is project.stage else replace(changed, stage_text="")
