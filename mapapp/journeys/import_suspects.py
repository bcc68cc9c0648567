"""疑似重复 in an import: new rows, and rows without a code, that may be a project already there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from mapapp.jobs import Progress
from mapapp.journeys import duplicates
from mapapp.journeys.bureau import Bureau
from mapapp.journeys.duplicates import Suspicion
from mapapp.journeys.import_ledger import ImportReport
from mapapp.journeys.import_rows import Action, RowReport
from mapapp.ledger.merge import merge
from mapapp.ledger.problems import Problem
from mapapp.ledger.project import InvestmentProject
from mapapp.ledger.record import from_record
from mapapp.store.imports import StoredRow

SUSPECT = "W_SUSPECT"
NO_CODE = "E_CODE_MISSING"
MOST = 5_000
"""New rows compared before they are in; a larger delivery is compared afterwards, on its page."""
_AT_ONCE = 250
_NOTE = Problem(SUSPECT, "疑似与已有项目重复")


def note_suspects(bureau: Bureau, report: ImportReport, progress: Progress) -> ImportReport:
    """The report with a note on every row that may be a project of the ledger.

    Nothing is merged and nothing kept out: the note is there to be decided on.
    """
    asked = [(n, made) for n, row in enumerate(report.rows) if (made := stated(bureau, row))]
    if not asked or not bureau.store.count():
        return report
    if len(asked) > MOST:
        text = f"新增的有 {len(asked):,} 行，写入之后请到“疑似重复”与已有项目比对。"
        return replace(report, message=report.message + text)
    progress.say("正在与已有项目比对", len(asked))
    rows, found = list(report.rows), 0
    for start in range(0, len(asked), _AT_ONCE):
        progress.step(start)
        some = asked[start : start + _AT_ONCE]
        likely = duplicates.suspects_for(bureau, [made for _, made in some])
        for (n, _), suspicions in zip(some, likely, strict=True):
            if suspicions:
                rows[n] = replace(rows[n], problems=(*rows[n].problems, _NOTE))
                found += 1
    if not found:
        return report
    text = f"有 {found} 行疑似与已有项目重复，不会自动合并，请核对。"
    return replace(report, rows=tuple(rows), message=report.message + text)


def stated(bureau: Bureau, row: RowReport) -> InvestmentProject | None:
    """The project that a row would bring, where it may be one that is there under another code."""
    if row.effect is Action.INSERT:
        return row.after
    if row.read and NO_CODE in row.codes and row.read.values.get("name"):
        return merge(None, row.read, bureau.today)
    return None


def suspicions_of(bureau: Bureau, rows: Sequence[StoredRow]) -> list[tuple[Suspicion, ...]]:
    """For each kept row what it may be in the ledger as it is now; nothing where none was noted."""
    noted = [n for n, row in enumerate(rows) if SUSPECT in row.codes.split() and row.new]
    found: list[tuple[Suspicion, ...]] = [()] * len(rows)
    if noted:
        blank = {"project_code": "", "name": ""}
        made = [from_record(blank | dict(rows[n].new or {})) for n in noted]
        for n, some in zip(noted, duplicates.suspects_for(bureau, made), strict=True):
            found[n] = some
    return found
