"""Two rows of one project made one, and taken apart again: which value stays, field by field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from mapapp.ledger.project import Account, InvestmentProject, Provenance, StageEvent
from mapapp.ledger.record import Record, from_record, to_record
from mapapp.ledger.written import money_text

BOTH_KEPT = frozenset({"links", "events", "note", "parties", "tags"})
"""The groups whose two values can stand together."""
_BLANK: tuple[object, ...] = (None, "", [], False)


class Choice(StrEnum):
    """Whose value stays: the survivor's, the other's, or both."""

    SURVIVOR = "survivor"
    LOSER = "loser"
    BOTH = "both"


GROUPS: Mapping[str, tuple[str, ...]] = {
    "name": ("name",),
    "enterprise": ("enterprise", "enterprise_id"),
    "county": ("county", "zone"),
    "place": ("place",),
    "position": ("position",),
    "chain": ("chain",),
    "links": ("links", "link_note"),
    "product": ("product",),
    "contracted_investment": ("contracted_investment", "investment_text"),
    "paid_in_investment": ("paid_in_investment",),
    "fixed_asset_investment": ("fixed_asset_investment",),
    "foreign_investment": ("foreign_investment",),
    "agreement": ("agreement",),
    "expected_output": ("expected_output", "output_text"),
    "expected_tax": ("expected_tax",),
    "capacity": ("capacity",),
    "land": ("land",),
    "jobs": ("jobs",),
    "events": ("events", "stage_text", "halted"),
    "is_park": ("is_park",),
    "leader": ("leader",),
    "lead_department": ("lead_department",),
    "national_code": ("national_code",),
    "parties": ("parties",),
    "origin": ("origin",),
    "office": ("office",),
    "brought_by": ("brought_by",),
    "tags": ("tags",),
    "note": ("note",),
    "provenance": ("provenance",),
}
"""What is chosen together, under the name of its first field."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A group of fields that the two rows fill; `proposed` is what a person would mostly choose."""

    group: str
    survivor: Record
    loser: Record
    proposed: Choice

    @property
    def differs(self) -> bool:
        return self.survivor != self.loser

    @property
    def choices(self) -> tuple[Choice, ...]:
        both = self.group in BOTH_KEPT and _filled(self.survivor) and _filled(self.loser)
        return tuple(Choice) if both else (Choice.SURVIVOR, Choice.LOSER)


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field that somebody changed after the merge had: nobody's wish is overridden unasked."""

    field: str
    before: object
    merged: object
    now: object


def differences(survivor: InvestmentProject, loser: InvestmentProject) -> tuple[Difference, ...]:
    """Every group that either row fills, in the order of GROUPS."""
    mine, theirs = to_record(survivor), to_record(loser)
    found = []
    for group, names in GROUPS.items():
        own, other = _part(mine, names), _part(theirs, names)
        if _filled(own) or _filled(other):
            found.append(Difference(group, own, other, _proposed(group, own, other)))
    return tuple(found)


def combine(
    survivor: InvestmentProject, loser: InvestmentProject, choices: Mapping[str, Choice]
) -> InvestmentProject:
    """The survivor with the values chosen; a group without a choice gets the proposed one.

    The other row stays as 另一口径, with its code and its own 另一口径.
    """
    mine, theirs = to_record(survivor), to_record(loser)
    for difference in differences(survivor, loser):
        choice = choices.get(difference.group, difference.proposed)
        if choice not in difference.choices:
            raise ValueError(f"{difference.group}: {choice}")
        if choice is Choice.LOSER:
            mine |= _part(theirs, GROUPS[difference.group])
    joined = replace(from_record(mine), row_version=survivor.row_version)
    kept = [g for g in BOTH_KEPT if _chosen(g, survivor, loser, choices) is Choice.BOTH]
    for group in kept:
        joined = replace(joined, **_together(group, survivor, loser))
    return replace(
        joined,
        accounts=(*survivor.accounts, account_of(loser), *loser.accounts),
        last_confirmed=_later(survivor, loser),
    )


def account_of(project: InvestmentProject) -> Account:
    """A row that gave way, as another account of the project that stays."""
    money, output = project.contracted_investment, project.expected_output
    said = (project.enterprise, project.product, project.note)
    return Account(
        id=project.project_code,
        name=project.name,
        investment=money_text(money) if money else project.investment_text,
        output=money_text(output) if output else project.output_text,
        stage=project.stage.value if project.stage else project.stage_text,
        provenance=project.provenance or Provenance("本地台账"),
        note="；".join(filter(None, said)),
    )


def take_apart(
    now: InvestmentProject, before: Record, merged: Record
) -> tuple[InvestmentProject, tuple[Conflict, ...]]:
    """The survivor without what a merge brought, and the fields changed again since: these stay.

    Everything else that was done to it after the merge stays as well.
    """
    held, conflicts = to_record(now), []
    for name in before:
        was, then, current = before[name], merged[name], held[name]
        if was == then or current == was:
            continue
        if name == "accounts":
            held[name], lost = _without(current, was, then)
        else:
            lost = current != then
            held[name] = current if lost else was
        if lost:
            conflicts.append(Conflict(name, was, then, current))
    return replace(from_record(held), row_version=now.row_version), tuple(conflicts)


def _without(current: Any, was: Any, then: Any) -> tuple[list[object], bool]:
    """The accounts without those that the merge added; and whether one of these was changed."""
    added = [account for account in then if account not in was]
    return [a for a in current if a not in added], any(a not in current for a in added)


def _proposed(group: str, own: Record, other: Record) -> Choice:
    if own != other and group in BOTH_KEPT and _filled(own) and _filled(other):
        return Choice.BOTH
    return Choice.SURVIVOR if _filled(own) or not _filled(other) else Choice.LOSER


def _chosen(
    group: str,
    survivor: InvestmentProject,
    loser: InvestmentProject,
    choices: Mapping[str, Choice],
) -> Choice | None:
    for difference in differences(survivor, loser):
        if difference.group == group:
            return choices.get(group, difference.proposed)
    return None


def _together(group: str, survivor: InvestmentProject, loser: InvestmentProject) -> dict[str, Any]:
    match group:
        case "links":
            notes = dict.fromkeys(filter(None, (survivor.link_note, loser.link_note)))
            return {
                "links": tuple(dict.fromkeys((*survivor.links, *loser.links))),
                "link_note": "；".join(notes),
            }
        case "events":
            return {
                "events": _events(survivor, loser),
                "stage_text": survivor.stage_text or loser.stage_text,
                "halted": survivor.halted or loser.halted,
            }
        case "parties":
            return {"parties": tuple(dict.fromkeys((*survivor.parties, *loser.parties)))}
        case "tags":
            return {"tags": tuple(dict.fromkeys((*survivor.tags, *loser.tags)))}
    return {"note": "；".join(dict.fromkeys(filter(None, (survivor.note, loser.note))))}


def _events(survivor: InvestmentProject, loser: InvestmentProject) -> tuple[StageEvent, ...]:
    """One event a stage: the survivor's, unless only the other's is dated; each 增资 of both."""
    found = list(survivor.events)
    for event in loser.events:
        if event.increment:
            found += [] if event in found else [event]
            continue
        same = next((e for e in found if e.stage is event.stage and not e.increment), None)
        if same is None:
            found.append(event)
        elif same.on is None and event.on is not None:
            found[found.index(same)] = event
    return tuple(sorted(found, key=lambda event: event.place))


def _later(a: InvestmentProject, b: InvestmentProject) -> Any:
    dates = [date for date in (a.last_confirmed, b.last_confirmed) if date]
    return max(dates, key=lambda date: date.last, default=None)


def _part(record: Record, names: tuple[str, ...]) -> Record:
    return {name: record[name] for name in names}


def _filled(part: Record) -> bool:
    return any(value not in _BLANK for value in part.values())
