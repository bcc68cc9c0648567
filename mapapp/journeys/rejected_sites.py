"""The sites that an import turned away, as a workbook: mended, it can be sent again as it is."""

from __future__ import annotations

from mapapp.documents.rejected import RejectedSheet, to_rejected_workbook
from mapapp.journeys.bureau import Bureau
from mapapp.journeys.export import Export
from mapapp.journeys.import_sites import SiteOutcome, SiteReport, read_kept
from mapapp.ledger.cells import Cell, shown
from mapapp.ledger.guess import RETURNED

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def rejected_sites(bureau: Bureau, file: int) -> Export | None:
    """The workbook of a kept file, a sheet for each that has such rows; None for no such file.

    The cells stand in their own columns, the place and the reason before them.
    """
    report = read_kept(bureau, file)
    if report is None:
        return None
    rows = [row for row in report.rows if row.action == "reject"]
    names = dict.fromkeys(row.sheet for row in rows) or {"": None}
    data = to_rejected_workbook(
        [_sheet(report, name, [row for row in rows if row.sheet == name]) for name in names]
    )
    stem = report.name.rpartition(".")[0] or report.name
    return Export(f"退回的载体-{stem}.xlsx", "rejected.xlsx", _XLSX, data)


def _sheet(report: SiteReport, name: str, rows: list[SiteOutcome]) -> RejectedSheet:
    """The guides of an earlier return are not repeated."""
    header = [shown(cell) for cell in report.titles.get(name, ())]
    kept = [index for index, title in enumerate(header) if title not in RETURNED]
    titles = [*RETURNED, *(header[index] for index in kept)]
    return RejectedSheet(name, titles, [_cells(row, kept) for row in rows], len(RETURNED))


def _cells(row: SiteOutcome, kept: list[int]) -> list[Cell]:
    where = f"{row.sheet} 第 {row.row} 行" if row.sheet else f"第 {row.row} 行"
    own = [row.cells[index] if index < len(row.cells) else None for index in kept]
    return [where, row.message, *own]
