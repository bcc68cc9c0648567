"""The summary (汇总) of a round: all its projects as the ledger has them now, and who reported."""

from __future__ import annotations

from decimal import Decimal

from mapapp.documents import Column, Kind, Note, Table, Value
from mapapp.journeys import report_form
from mapapp.journeys.bureau import Bureau
from mapapp.journeys.report_form import FIELDS, NUMBERS, shown
from mapapp.journeys.rounds import RoundView, Standing, State
from mapapp.ledger.project import InvestmentProject

_PRINTED = 10
"""Receiver, state and the first columns of the form fit an A4 page."""


def round_summary(bureau: Bureau, view: RoundView) -> Table:
    """A row for each project of the round, new ones included, by receiver."""
    columns = [Column("报送单位", 12), Column("报送情况", 9)]
    for field, column in zip(FIELDS, report_form.columns(bureau), strict=True):
        kind = Kind.AMOUNT if field in NUMBERS and "（" in column.title else Kind.TEXT
        columns.append(Column(column.title, column.width, kind))
    rows = [row for item in view.standings for row in _rows(bureau, item)]
    done, all_ = view.count(State.DONE), len(view.standings)
    scope = f"{all_} 家单位，已报送 {done} 家；{len(rows)} 个项目，内容为 {bureau.today} 的台账"
    return Table(
        f"{view.round.title}汇总", columns, rows, scope, [*map(_note, view.standings)], _PRINTED
    )


def _rows(bureau: Bureau, item: Standing) -> list[list[Value]]:
    store = bureau.store
    sent = store.collection.rows(item.dispatch.id)
    codes = [row.project_code for row in sent if row.project_code]
    held = store.projects_by_code(codes)
    return [_row(bureau, item, held[code]) for code in codes if code in held]


def _row(bureau: Bureau, item: Standing, project: InvestmentProject) -> list[Value]:
    cells = report_form.cells(bureau, project)
    own: list[str | Decimal | None] = [shown(cells[field.value], field) for field in FIELDS]
    return [item.dispatch.name, item.state.value, *own]


def _note(item: Standing) -> Note:
    """How a receiver stands, for the sheet of notes."""
    head = f"{item.dispatch.projects} 个项目，{item.state.value}"
    if not item.confirmed:
        return Note(item.dispatch.name, f"{head}。")
    last = item.confirmed[-1]
    return Note(
        item.dispatch.name,
        f"{head}。最近一次确认于 {last.returned_at.astimezone():%Y-%m-%d}：更新 {last.updated} 个，"
        f"新增 {last.inserted} 个，未采用 {last.kept} 处，退回 {last.rejected} 行。",
    )
