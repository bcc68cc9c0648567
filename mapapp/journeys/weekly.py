"""周调度: the week's list, keeping the meeting, and last week's promises against what happened."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from chains import Status, UnknownName
from mapapp.journeys.bureau import Bureau
from mapapp.journeys.following import standing
from mapapp.journeys.gaps import find_gaps
from mapapp.journeys.milestones import is_stale, meanings, rule_of
from mapapp.journeys.project_facts import all_facts, chosen_facts, links_of
from mapapp.journeys.selection import Selection
from mapapp.ledger.dates import read_day
from mapapp.ledger.milestones import Milestone, milestones_of
from mapapp.ledger.weekly import (
    Kept,
    Reason,
    WeeklyItem,
    WeeklyMeeting,
    happened_since,
    weekly_items,
)

_LONGEST = {"next": 400, "unit": 60}


@dataclass(frozen=True, slots=True)
class Week:
    """The list of a day, what the meeting before promised, and the meetings that were held."""

    on: date
    items: Sequence[WeeklyItem]
    last: WeeklyMeeting | None
    promises: Sequence[Kept]
    meetings: Sequence[WeeklyMeeting]


@dataclass(frozen=True, slots=True)
class Draft:
    """A meeting as typed, and what is wrong with it: a sentence for each project concerned.

    replaced are the promises (number, version) in whose place it puts other steps.
    """

    meeting: WeeklyMeeting
    problems: Sequence[str] = ()
    replaced: Sequence[tuple[int, int]] = ()


def week(bureau: Bureau, on: date, selection: Selection | None = None) -> Week:
    """The list of a day in the selection, by the city's rule."""
    chosen = replace(selection or Selection(), stage=None, period=None)
    items = bureau.remember(("weekly", on, chosen), lambda: _items(bureau, on, chosen))
    meetings = bureau.store.weekly.meetings()
    last = next((meeting for meeting in meetings if meeting.on < on), None)
    return Week(on, items, last, promises_of(bureau, last, on) if last else (), meetings)


def _items(bureau: Bureau, on: date, selection: Selection) -> list[WeeklyItem]:
    facts = chosen_facts(bureau, selection)
    rule = rule_of(bureau)
    dated: dict[str, list[Milestone]] = {}
    for item in facts:
        found = [x for x in milestones_of(item, on, rule) if (x.days_overdue or 0) > 0]
        if found:
            found.sort(key=lambda x: -(x.days_overdue or 0))
            dated[item.project_code] = found
    items = weekly_items(
        facts, dated, standing(bureau, on), _key_codes(bureau), on, bureau.city.weekly
    )
    stale = {item.project_code for item in facts if is_stale(item, on)}
    return _riskiest_first(bureau, items, stale)


def _riskiest_first(
    bureau: Bureau, items: Sequence[WeeklyItem], stale: Collection[str]
) -> list[WeeklyItem]:
    """By first reason, then what means most for its chain; what is 待核实 comes last."""
    points = {code: meaning.points for code, meaning in meanings(bureau).items()}
    order = list(Reason)
    return sorted(
        items,
        key=lambda item: (
            item.project_code in stale,
            order.index(item.reasons[0][0]),
            -points.get(item.project_code, 0.0),
        ),
    )


def _key_codes(bureau: Bureau) -> set[str]:
    """The projects on a link that is key, or that the city lacks."""
    missing = {gap.here.link for gap in find_gaps(bureau) if gap.here.status is Status.MISSING}
    key = {
        link.name
        for chain in bureau.catalogue.chains.values()
        for link in chain.links.values()
        if link.key
    }
    return {code for code, links in links_of(bureau).items() if set(links) & (missing | key)}


def promises_of(bureau: Bureau, meeting: WeeklyMeeting, on: date) -> list[Kept]:
    """What a meeting promised or carried over, what became of it by a day, and what happened since.

    A project's name is that of the meeting's list.
    """
    if meeting.id is None:
        return []
    facts = {item.project_code: item for item in all_facts(bureau)}
    names = {item.project_code: item.name for item in meeting.items}
    carried = [item.promise[0] for item in meeting.items if item.promise and item.next_step]
    kept = bureau.store.follow_ups
    found = []
    for item in [*kept.numbered(carried), *kept.of_meeting(meeting.id)]:
        keeping = item.standing(on)
        if keeping is not None:
            code = item.project_code
            since = happened_since(facts.get(code), meeting.on, on)
            if item.replaced_on and item.replaced_on <= on:
                since = (f"{item.replaced_on} 调度改定下一步", *since)
            found.append(Kept(item, keeping, since, names.get(code, code)))
    return found


def draft(bureau: Bureau, on: date, given: Mapping[str, str], selection: Selection) -> Draft:
    """The meeting that a form says: the projects that it shows, with what was typed for each."""
    problems: list[str] = []
    shown = [item for item in week(bureau, on, selection).items if _is_typed(item, given)]
    items = [_typed(item, on, given, problems) for item in shown]
    replaced = [
        was.promise
        for was, now in zip(shown, items, strict=True)
        if was.promise and now.next_step and not now.promise
    ]
    title = given.get("title", "").strip()[:100] or f"{on} 周调度"
    note = given.get("note", "").strip()[:1000]
    return Draft(WeeklyMeeting(on, title, tuple(items), note), problems, replaced)


def _is_typed(item: WeeklyItem, given: Mapping[str, str]) -> bool:
    """Whether the form shows the item: long lists are cut, and only what was seen is kept."""
    return any(f"{name}:{item.project_code}" in given for name in ("next", "unit", "due"))


def seen(item: WeeklyItem) -> str:
    """What the form remembers of the promise it was filled with."""
    return "-".join(str(part) for part in item.promise) if item.promise else ""


def _typed(item: WeeklyItem, on: date, given: Mapping[str, str], problems: list[str]) -> WeeklyItem:
    """The item with what was typed for it; what is wrong with that goes to `problems`."""
    code = item.project_code
    step = given.get(f"next:{code}", "").strip()
    unit = given.get(f"unit:{code}", item.unit).strip()
    due = given.get(f"due:{code}", "").strip()
    day = read_day(due)
    if given.get(f"was:{code}", seen(item)) != seen(item):
        now = f"改成“{item.next_step}”" if item.next_step else "办结或改动"
        problems.append(f"{item.name}：下一步刚被别人{now}，再保存就以这里写的为准")
    if step and (step, unit, day) == (item.next_step, item.unit, item.due_on):
        return item
    if len(step) > _LONGEST["next"] or len(unit) > _LONGEST["unit"]:
        problems.append(
            f"{item.name}：下一步最多 {_LONGEST['next']} 字，责任单位最多 {_LONGEST['unit']} 字"
        )
    if due and day is None:
        problems.append(f"{item.name}：完成期限“{due}”不是 2023-06-30 这样的日期")
    elif step and day is not None and day < on:
        problems.append(f"{item.name}：完成期限 {day} 早于调度日 {on}")
    if not step and (unit != item.unit or due not in ("", str(item.due_on))):
        problems.append(f"{item.name}：写了责任单位或期限，请写下一步")
    return replace(item, next_step=step, unit=unit, due_on=day if step else None, promise=None)


def keep(bureau: Bureau, found: Draft, actor: str) -> int:
    """Keep the meeting; its number. The draft must have no problems.

    Raises:
        StaleRow: a promise that it replaces was changed or ended meanwhile; nothing is kept.
    """
    if found.problems:
        raise ValueError("；".join(found.problems))
    return bureau.store.weekly.keep(found.meeting, actor, found.replaced)


def meeting(bureau: Bureau, id: int) -> WeeklyMeeting:
    """The meeting of that number. Raises UnknownName."""
    found = bureau.store.weekly.meeting(id)
    if found is None:
        raise UnknownName(
            "周调度", str(id), [str(item.id) for item in bureau.store.weekly.meetings()]
        )
    return found
