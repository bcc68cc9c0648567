"""Send out (下发): open a round of reporting, and write each receiver's prefilled workbook."""

from __future__ import annotations

import io
import re
import secrets
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from chains import UnknownName
from mapapp import documents
from mapapp.documents import Form, FormRow
from mapapp.jobs import Progress, Quiet
from mapapp.journeys import report_form
from mapapp.journeys.bureau import Bureau
from mapapp.journeys.report_form import FIELDS, GUIDE, columns, shown
from mapapp.ledger.headers import Field
from mapapp.ledger.project import InvestmentProject
from mapapp.ledger.reporting import Dispatch, DispatchRow, ReceiverKind, ReportRound, make_token
from mapapp.store import ProjectFilter

BLANK_ROWS = 30
"""Room for new projects, each with a key of its own, so that none comes in twice."""

LONGEST_TITLE = 60


class NotSent(Exception):
    """A round that cannot be opened as asked; the message says why."""


@dataclass(frozen=True, slots=True)
class Receiver:
    """Somebody who can be sent a workbook, and how many projects are theirs."""

    key: str
    name: str
    projects: int


def receivers(bureau: Bureau, kind: ReceiverKind) -> list[Receiver]:
    """Whom the ledger can be divided between; zones after the counties that host them."""
    if kind is ReceiverKind.DEPARTMENT:
        return [
            Receiver(name, name, bureau.store.count(ProjectFilter(department=name)))
            for name in bureau.store.departments()
        ]
    counted = {item.county: item.projects for item in bureau.store.county_sums()}
    zoned = {item.zone: item.projects for item in bureau.store.zone_sums()}
    places = bureau.boundaries
    return [
        Receiver(code, name, counted.get(code, 0))
        for code, name in zip(places.county_codes, places.county_names, strict=True)
    ] + [Receiver(zone.name, zone.name, zoned.get(zone.name, 0)) for zone in bureau.city.zones]


def open_round(
    bureau: Bureau,
    title: str,
    kind: ReceiverKind,
    chosen: Sequence[str],
    due: date | None,
    actor: str,
    told: Progress | None = None,
) -> int:
    """Fix what goes out to each chosen receiver, as the ledger is now; the round's number.

    A project goes to one receiver only: to its zone where that is chosen, else to its county.

    Raises:
        NotSent: no title, nobody chosen, or a day that has passed.
        UnknownName: a receiver that there is not.
    """
    known = check_round(bureau, title, kind, chosen, due)
    title = " ".join(title.split())
    told, news, done = told or Quiet(), [], 0
    told.say("正在给各单位预填", sum(known[key].projects for key in dict.fromkeys(chosen)))
    for key in dict.fromkeys(chosen):
        projects = _projects(bureau, kind, key, chosen)
        news.append((key, known[key].name, _rows(bureau, projects), len(projects)))
        told.step(done := done + len(projects))

    def token(round: int, dispatch: int) -> str:
        return make_token(bureau.city.code, round, dispatch, secrets.token_hex(16))

    return bureau.store.collection.open_round(title, kind, due, news, token, actor)


def check_round(
    bureau: Bureau, title: str, kind: ReceiverKind, chosen: Sequence[str], due: date | None
) -> dict[str, Receiver]:
    """Everybody whom a round of this kind could go to, by key.

    Raises:
        NotSent, UnknownName: it cannot be opened as asked; see open_round.
    """
    title = " ".join(title.split())
    if not title or len(title) > LONGEST_TITLE:
        raise NotSent(f"请给这一轮起个名字，不超过 {LONGEST_TITLE} 个字，如“2026年11月进展”。")
    if due and due < bureau.today:
        raise NotSent(f"截止日期 {due} 已经过了，请改成今天或以后的日期。")
    known = {item.key: item for item in receivers(bureau, kind)}
    if unknown := next((key for key in chosen if key not in known), None):
        raise UnknownName("报送单位", unknown, list(known)[:5])
    if not chosen:
        raise NotSent("请至少选一个报送单位。")
    return known


def workbook(bureau: Bureau, round: ReportRound, dispatch: Dispatch) -> bytes:
    """A receiver's workbook, the same whenever it is asked for."""
    rows = [
        FormRow(
            row.id,
            str(row.version or ""),
            [shown(cells.get(field.value, ""), field) for field in FIELDS],
        )
        for row in bureau.store.collection.rows(dispatch.id)
        for cells in ({**row.cells, Field.CODE.value: row.project_code or ""},)
    ]
    due = f"请于 {round.due} 前报回。" if round.due else ""
    return documents.to_form(
        Form(
            title=f"{bureau.city.name}招商项目报送表：{dispatch.name}（{round.title}）",
            subtitle=f"共 {dispatch.projects} 个项目，{dispatch.sent_at.date()} 下发。{due}"
            "改动直接写在表里，新增的写在末尾空行。",
            token=dispatch.token,
            columns=columns(bureau),
            rows=rows,
            guide=GUIDE,
        )
    )


def bundle(
    bureau: Bureau,
    round: ReportRound,
    dispatches: Sequence[Dispatch],
    told: Progress | None = None,
) -> bytes:
    """Every receiver's workbook in one ZIP."""
    file, told, done = io.BytesIO(), told or Quiet(), 0
    told.say("正在写各单位的工作簿", sum(dispatch.projects for dispatch in dispatches))
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:  # a workbook is one already
        for dispatch in dispatches:
            archive.writestr(file_name(round, dispatch), workbook(bureau, round, dispatch))
            told.step(done := done + dispatch.projects)
    return file.getvalue()


def file_name(round: ReportRound, dispatch: Dispatch | None = None) -> str:
    """What a receiver's workbook is called; the round's ZIP where no receiver is given."""
    name = f"{round.title}-{dispatch.name}.xlsx" if dispatch else f"{round.title}.zip"
    return safe_name(name)


def safe_name(name: str) -> str:
    """A name as every file system takes it."""
    return re.sub(r'[\\/:*?"<>|\x00-\x1f]', "_", name)


def _projects(
    bureau: Bureau, kind: ReceiverKind, key: str, chosen: Sequence[str]
) -> list[InvestmentProject]:
    store = bureau.store
    if kind is ReceiverKind.DEPARTMENT:
        return store.projects(ProjectFilter(department=key))
    if key not in bureau.boundaries.county_codes:
        return store.projects(ProjectFilter(zone=key))
    return [p for p in store.projects(ProjectFilter(county=key)) if p.zone not in chosen]


def _rows(bureau: Bureau, projects: Sequence[InvestmentProject]) -> list[DispatchRow]:
    filled = [
        DispatchRow(
            f"R{number:05d}", item.project_code, item.row_version, report_form.cells(bureau, item)
        )
        for number, item in enumerate(projects, start=1)
    ]
    blank = [DispatchRow(f"N{number:03d}", None, None, {}) for number in range(1, BLANK_ROWS + 1)]
    return filled + blank
