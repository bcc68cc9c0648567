"""What is written: an import, and the history it leaves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from mapapp.ledger.dates import PartialDate
from mapapp.ledger.project import (
    InvestmentProject,
    LocalEnterprise,
    ReportedFigure,
)
from mapapp.outreach.event import PromotionEvent


@dataclass(frozen=True, slots=True)
class ImportBatch:
    """One import: who, which file (its name is display text only), and how its rows went.

    sender is who the file came from. undoes is the number of the import that this one takes back.
    """

    actor: str
    file_name: str
    sha256: str
    inserted: int = 0
    updated: int = 0
    same: int = 0
    rejected: int = 0
    skipped: int = 0
    sender: str = ""
    undoes: int | None = None


@dataclass(frozen=True, slots=True)
class ProjectChange:
    """A project as it shall be; before is what the change was decided on, None if it is new.

    fields are the old and new values that the history keeps, where they have been worked out.
    """

    project: InvestmentProject
    before: InvestmentProject | None = None
    fields: tuple[Mapping[str, object] | None, Mapping[str, object]] | None = None


@dataclass(frozen=True, slots=True)
class Confirmation:
    """A project of which an import said nothing new: only the day that it was last heard of moves.

    That is no change of the row: neither its version nor its history tells of it.
    """

    code: str
    on: PartialDate

    @classmethod
    def of(cls, project: InvestmentProject) -> Confirmation:
        """The project as the import leaves it."""
        assert project.last_confirmed is not None
        return cls(project.project_code, project.last_confirmed)


@dataclass(frozen=True, slots=True)
class LedgerChange:
    """A line of the history: the fields that changed, old → new; old is None for a new row."""

    batch: int | None
    table: str
    key: str
    old: dict[str, object] | None
    new: dict[str, object]
    changed_by: str
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class SavedView:
    """A named view of the ledger: the query string that shows it."""

    id: int
    name: str
    query: str
    changed_by: str
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class Sample:
    """A city's sample data."""

    projects: Sequence[InvestmentProject] = field(default=())
    enterprises: Sequence[LocalEnterprise] = field(default=())
    promotion_events: Sequence[PromotionEvent] = field(default=())
    reported_figures: Sequence[ReportedFigure] = field(default=())
