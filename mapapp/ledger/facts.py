"""What the bureau's figures, milestones and lists are worked out from: a project, short."""

from __future__ import annotations

from typing import NamedTuple

from mapapp.ledger.dates import PartialDate
from mapapp.ledger.money import Money
from mapapp.ledger.project import Agreement, Stage


class Increment(NamedTuple):
    """What a later signing added: when, and how much."""

    on: PartialDate | None
    money: Money


class ProjectFacts(NamedTuple):
    """A project without its texts, light enough to hold a whole ledger of them.

    Codes and money as in InvestmentProject. signed … above_size say when it first reached that
    stage, None where no date is known; stage is the furthest one, dated or not. contracted is
    what stands now, the increments in it.
    """

    project_code: str
    name: str
    county: str | None
    zone: str | None
    chain: str | None
    stage: Stage | None
    halted: bool
    is_park: bool
    leader: str
    department: str
    office: str
    agreement: Agreement | None
    contracted: Money | None
    paid_in: Money | None
    fixed_asset: Money | None
    foreign: Money | None
    signed: PartialDate | None
    started: PartialDate | None
    enrolled: PartialDate | None
    completed: PartialDate | None
    producing: PartialDate | None
    above_size: PartialDate | None
    last_confirmed: PartialDate | None
    increments: tuple[Increment, ...] = ()

    def reached(self, stage: Stage) -> PartialDate | None:
        """When it first reached a stage, if dated."""
        place = _PLACES.get(stage)
        return None if place is None else self[place]  # type: ignore[return-value]


_PLACES = {
    stage: ProjectFacts._fields.index(name)
    for stage, name in (
        (Stage.SIGNED, "signed"),
        (Stage.STARTED, "started"),
        (Stage.ENROLLED, "enrolled"),
        (Stage.COMPLETED, "completed"),
        (Stage.PRODUCING, "producing"),
        (Stage.ABOVE_SIZE, "above_size"),
    )
}
"""Where in the tuple a stage's date stands: a whole ledger is asked for each of them."""
