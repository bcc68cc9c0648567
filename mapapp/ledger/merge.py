"""A row put into the ledger: what the project is after a row has spoken."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from mapapp.ledger.dates import PartialDate
from mapapp.ledger.project import InvestmentProject, Position, Stage, StageEvent
from mapapp.ledger.row import ReadRow


def merge(before: InvestmentProject | None, row: ReadRow, as_of: date) -> InvestmentProject:
    """The project as a row of a ledger reported on a day leaves it.

    The row speaks for the fields that it fills; a field it leaves empty, or has no column for,
    stays as it was: a blank cell never erases what the bureau knows.
    """
    base = before or InvestmentProject(row.code, "")
    confirmed = PartialDate(as_of)
    if base.last_confirmed and base.last_confirmed.last > as_of:
        confirmed = base.last_confirmed
    news = _news(base, row)
    events = _events(base.events, row, as_of)
    return replace(base, **news, events=events, last_confirmed=confirmed)


def says_the_same(before: InvestmentProject, after: InvestmentProject) -> bool:
    """Whether nothing changed but the day that the project was last confirmed on."""
    return replace(after, last_confirmed=before.last_confirmed) == before


def _news(base: InvestmentProject, row: ReadRow) -> dict[str, Any]:
    """What the row says beyond what is known.

    An exported table says an amount, a stage and a point in its own words; where they are those
    that the ledger holds, the original wording, datum and precision stay.
    """
    found = dict(row.values)
    amount = found.get("contracted_investment")
    if amount and amount == base.contracted_investment and not found.get("investment_text"):
        found.pop("investment_text", None)
    if row.stage and row.stage is base.stage and found.get("stage_text") == row.stage.value:
        found.pop("stage_text")
    if base.position and _same_spot(base.position, found.get("position")):
        found.pop("position")
    return found


def _same_spot(held: Position, said: Position | None) -> bool:
    return said is not None and (held.lon, held.lat) == (said.lon, said.lat)


def _events(events: tuple[StageEvent, ...], row: ReadRow, as_of: date) -> tuple[StageEvent, ...]:
    """Dated events stand; the row's undated status replaces older undated ones that said more."""
    found = list(events)
    for stage, on in row.dates.items():
        _set_date(found, stage, on)
    if row.stage and _furthest(found) is not row.stage:
        found = [e for e in found if e.on or e.stage.order <= row.stage.order]
        furthest = _furthest(found)
        if furthest is None or furthest.order < row.stage.order:
            found.append(StageEvent(row.stage, None, PartialDate(as_of)))
    return tuple(sorted(found, key=lambda event: event.stage.order))


def _set_date(events: list[StageEvent], stage: Stage, on: PartialDate) -> None:
    for place, event in enumerate(events):
        if event.stage is stage:
            events[place] = replace(event, on=on)
            return
    events.append(StageEvent(stage, on))


def _furthest(events: Iterable[StageEvent]) -> Stage | None:
    stages = (event.stage for event in events)
    return max(stages, key=lambda stage: stage.order, default=None)
