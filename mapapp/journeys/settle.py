"""Settle (汇总): write what a returned workbook changes, with the decisions made on it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from mapapp.journeys.bureau import Bureau
from mapapp.journeys.collect import NEW, ReturnReport, RowOutcome, Rules
from mapapp.journeys.edit_project import series_of
from mapapp.ledger.dates import PartialDate
from mapapp.ledger.headers import Field
from mapapp.ledger.problems import FileRefused
from mapapp.ledger.project import InvestmentProject
from mapapp.store import ImportBatch, ProjectChange
from mapapp.store.settling import Settled

_PLACEHOLDER = "0"
"""Stands for the code of a new project until it is issued."""


def confirm(
    bureau: Bureau, number: int, report: ReturnReport, adopted: Collection[str], actor: str
) -> int:
    """Write a return, all of it or nothing; its batch's number.

    `adopted` names the decisions (RowOutcome.decision) that went the office's way: a conflict or
    an emptied cell is otherwise left as the ledger has it, a likely duplicate left out.

    Raises:
        StaleRow: somebody changed one of the projects after the preview.
        AlreadyConfirmed: somebody confirmed this return before.
        FileRefused: the workbook was turned away, or the decisions contradict each other.
    """
    if report.dispatch is None:
        raise FileRefused(report.code, report.refused)
    rules = Rules(bureau)
    decided = [(row, *decide(row, adopted, rules)) for row in report.rows]
    taken = [(row, project, fields) for row, project, fields in decided if project]
    news = [project for row, project, _ in taken if row.before is None]
    codes = iter(bureau.store.issue_codes((series_of(bureau, p) for p in news), actor))
    changes: list[ProjectChange] = []
    settled: list[Settled] = []
    for row, project, fields in taken:
        own = project if row.before else replace(project, project_code=next(codes))
        changes.append(ProjectChange(own, row.before))
        settled.append(Settled(row.key, settled_cells(row, fields), own.project_code))
    batch = ImportBatch(
        actor=actor,
        file_name=report.name,
        sha256=report.sha256,
        inserted=sum(change.before is None for change in changes),
        updated=sum(change.before is not None for change in changes),
        same=report.count("same"),
        rejected=report.count("rejected"),
    )
    return bureau.store.collection.confirm_return(
        number, batch, changes, settled, kept(report, adopted)
    )


def kept(report: ReturnReport, adopted: Collection[str]) -> int:
    """How many decisions left the ledger as it is."""
    return sum(decision not in adopted for row in report.rows for decision in open_decisions(row))


def open_decisions(row: RowOutcome) -> list[str]:
    """The decisions that a row waits for."""
    found = [row.decision(offer.change.field) for offer in row.offers if offer.waits]
    return [*found, row.decision(NEW)] if row.alike else found


def decide(
    row: RowOutcome, adopted: Collection[str], rules: Rules
) -> tuple[InvestmentProject | None, tuple[Field, ...]]:
    """The project as a row and the decisions leave it, and the fields taken from the office.

    A new project's code is yet to be issued.

    Raises:
        FileRefused: the decisions contradict each other; names the row.
    """
    taken = {
        offer.change.field: offer.change.returned
        for offer in row.offers
        if row.before is None or not offer.waits or row.decision(offer.change.field) in adopted
    }
    if not taken or (row.alike and row.decision(NEW) not in adopted):
        return None, ()
    done = rules.apply(row.before or InvestmentProject(_PLACEHOLDER, ""), taken)
    if done.problems:
        reasons = "；".join(done.problems.values())
        raise FileRefused("E_RETURN_ROW", f"“{row.name}”的几处改动不能一起写入：{reasons}")
    confirmed, today = done.project.last_confirmed, rules.words.today
    if confirmed is None or confirmed.last < today:
        confirmed = PartialDate(today)
    return replace(done.project, last_confirmed=confirmed), tuple(taken)


def settled_cells(row: RowOutcome, fields: Iterable[Field]) -> dict[str, str]:
    """What both sides now agree on: as it went out, with the cells that were taken."""
    theirs = row.cells or {}
    return dict(row.sent or {}) | {field.value: theirs[field.value] for field in fields}
