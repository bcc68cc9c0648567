"""A row put into the ledger: what the project is after a row has spoken."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from mapapp.ledger.dates import PartialDate
from mapapp.ledger.fields import Field
from mapapp.ledger.project import InvestmentProject, Position, Stage, StageEvent
from mapapp.ledger.row import ReadRow
from mapapp.ledger.stages import is_halt


def merge(before: InvestmentProject | None, row: ReadRow, as_of: date) -> InvestmentProject:
    """The project as a row of a ledger reported on a day leaves it.

    The row speaks for the fields that it fills; a field it leaves empty, or has no column for,
    stays as it was: a blank cell never erases what the bureau knows.
    """
    base = before or InvestmentProject(row.code, "")
    news = _news(base, row)
    _word(base, row, news)
    events = _events(base.events, row, _status_of(before, row, as_of))
    return replace(base, **news, events=events, last_confirmed=_confirmed(before, row, as_of))


def says_the_same(before: InvestmentProject, after: InvestmentProject) -> bool:
    """Whether nothing changed but the day that the project was last confirmed on."""
    return replace(after, last_confirmed=before.last_confirmed) == before


def _news(base: InvestmentProject, row: ReadRow) -> dict[str, Any]:
    """What the row says beyond what is known.

    An exported table says an amount, a stage and a point in its own words; where they are those
    that the ledger holds, the original wording, datum and precision stay.
    """
    found = dict(row.values)
    for amount, wording in _WORDED.items():
        said = found.get(amount)
        if said and said == getattr(base, amount) and not found.get(wording):
            found.pop(wording, None)
    if row.stage and row.stage is base.stage and found.get("stage_text") == row.stage.value:
        found.pop("stage_text")
    if row.stage and base.halted and is_halt(base.stage_text):
        found.setdefault("halted", False)  # 停工, and now 开工 again
    if base.position and _same_spot(base.position, found.get("position")):
        found.pop("position")
    return found


_WORDED = {"contracted_investment": "investment_text", "expected_output": "output_text"}
"""Amounts, and where their original wording stands."""


def _word(base: InvestmentProject, row: ReadRow, news: dict[str, Any]) -> None:
    """What the row says of original wordings; one left as it was does not outlive its amount."""
    changed = {
        wording
        for amount, wording in _WORDED.items()
        if amount in news and news[amount] != getattr(base, amount)
    }
    if row.stage and row.stage is not base.stage:
        changed.add("stage_text")
    for name, said in row.wordings.items():
        untouched = said == getattr(base, name)
        if said and not (untouched and name in changed):
            news[name] = said
    plain = row.stage and news.get("stage_text") == row.stage.value
    if plain and not base.name and row.wordings.get("stage_text") == "":
        del news["stage_text"]


def _confirmed(before: InvestmentProject | None, row: ReadRow, as_of: date) -> PartialDate | None:
    """When the project was last heard of: the day of the report, unless the row knows better."""
    held = before.last_confirmed if before else None
    said = row.days.get(Field.CONFIRMED)
    if before is None and Field.CONFIRMED in row.days:
        return said
    if said and said != held:
        return said if held is None or said.last >= held.last else held
    return held if held and held.last > as_of else PartialDate(as_of)


def _status_of(before: InvestmentProject | None, row: ReadRow, as_of: date) -> PartialDate | None:
    """The day that the row's status is of: of the report, unless the row says another."""
    said = row.days.get(Field.STATUS_AS_OF)
    if before is None and Field.STATUS_AS_OF in row.days:
        return said
    untouched = before is not None and said == status_as_of(before)
    return PartialDate(as_of) if said is None or untouched else said


def status_as_of(project: InvestmentProject) -> PartialDate | None:
    """The day that an undated stage was reported on; None for a dated one."""
    furthest = next((e for e in project.events if e.stage is project.stage), None)
    return furthest.as_of if furthest and furthest.on is None else None


def _same_spot(held: Position, said: Position | None) -> bool:
    return said is not None and (held.lon, held.lat) == (said.lon, said.lat)


def _events(
    events: tuple[StageEvent, ...], row: ReadRow, as_of: PartialDate | None
) -> tuple[StageEvent, ...]:
    """Dated events stand; the row's undated status replaces older undated ones that said more."""
    found = list(events)
    for stage, on in row.dates.items():
        _set_date(found, stage, on)
    if row.stage and _furthest(found) is not row.stage:
        found = [e for e in found if e.on or e.stage.order <= row.stage.order]
        furthest = _furthest(found)
        if furthest is None or furthest.order < row.stage.order:
            found.append(StageEvent(row.stage, None, as_of))
    return tuple(sorted(found, key=lambda event: event.place))


def _set_date(events: list[StageEvent], stage: Stage, on: PartialDate) -> None:
    for place, event in enumerate(events):
        if event.stage is stage and event.increment is None:
            events[place] = replace(event, on=on)
            return
    events.append(StageEvent(stage, on))


def _furthest(events: Iterable[StageEvent]) -> Stage | None:
    stages = (event.stage for event in events)
    return max(stages, key=lambda stage: stage.order, default=None)
