"""Send back (退回): the rows of a return that were turned away, to be mended and returned again.

The workbook is the form that went out, with the same identity and row keys, so that it comes back
through the same door; the rows that were taken are not in it.
"""

from __future__ import annotations

from mapapp import documents
from mapapp.documents import Form, FormRow
from mapapp.journeys.bureau import Bureau
from mapapp.journeys.collect import ReturnReport, RowKind, RowOutcome
from mapapp.journeys.report_form import FIELDS, GUIDE, MARK, REASON, columns, shown
from mapapp.ledger.headers import Field
from mapapp.ledger.problems import FileRefused
from mapapp.ledger.reporting import DispatchRow

_MARKED = "← 改好这一行之后，请删去这一格"


def sent_back(bureau: Bureau, report: ReturnReport) -> bytes:
    """The workbook, each row with what is wrong with it in front.

    A fault that a copy of the cells would hide (a formula without its result, text beyond the
    form) leaves a mark in the last column, and a row with that mark is turned away again.

    Raises:
        FileRefused: the whole return was turned away, so that nobody knows its rows.
    """
    if report.dispatch is None or report.round is None:
        raise FileRefused(report.code, report.refused)
    sent = {row.id: row for row in bureau.store.collection.rows(report.dispatch.id)}
    rejected = [row for row in report.rows if row.kind is RowKind.REJECTED]
    return documents.to_form(
        Form(
            title=f"{bureau.city.name}招商项目报送表：{report.dispatch.name}"
            f"（{report.round.title}，退回的 {len(rejected)} 行）",
            subtitle="按第一列写的原因改好，把这个文件原样报回；其他行不用再报。",
            token=report.dispatch.token,
            columns=(REASON, *columns(bureau), MARK),
            rows=[_row(row, sent.get(row.key)) for row in rejected],
            guide=GUIDE,
        )
    )


def _row(row: RowOutcome, sent: DispatchRow | None) -> FormRow:
    """A row as it came back, under the key, version and code that went out."""
    cells = dict(row.cells or {})
    if sent:
        cells[Field.CODE.value] = sent.project_code or ""
    own = [shown(cells.get(field.value, ""), field) for field in FIELDS]
    reason = f"第 {row.number} 行：{'；'.join(row.reasons)}"
    mark = _MARKED if row.lossy else None
    return FormRow(row.key, str(sent.version or "") if sent else "", [reason, *own, mark])
