"""Collect (回收): see what a returned workbook changes, decide, write it in one transaction."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from mapapp import intake
from mapapp.journeys import report_form
from mapapp.journeys.bureau import Bureau
from mapapp.journeys.duplicates import suspects_for
from mapapp.journeys.ledger_cells import cells_of
from mapapp.journeys.report_form import given
from mapapp.journeys.returned import ReturnedRow, find_dispatch, read_rows
from mapapp.journeys.vocabulary import CityVocabulary
from mapapp.ledger.cells import RawSheet
from mapapp.ledger.edit import Edited, apply
from mapapp.ledger.headers import Field
from mapapp.ledger.problems import FileRefused
from mapapp.ledger.project import InvestmentProject
from mapapp.ledger.reporting import Dispatch, DispatchRow, ReportRound
from mapapp.ledger.three_way import CellChange, compare

NEW = "new"
"""What a decision on a whole new row is called, beside the fields."""


class RowKind(StrEnum):
    """What became of a returned row."""

    CHANGED = "changed"
    NEW = "new"
    SAME = "same"
    REJECTED = "rejected"
    ABSENT = "absent"

    @property
    def label(self) -> str:
        return _LABELS[self.value]


_LABELS = {
    "changed": "有改动",
    "new": "新增",
    "same": "没有变化",
    "rejected": "退回",
    "absent": "没有报回",
}


@dataclass(frozen=True, slots=True)
class Offer:
    """A change of one cell, and why it could not be taken even if somebody wanted it."""

    change: CellChange[Field]
    fault: str = ""

    @property
    def waits(self) -> bool:
        return self.change.waits


@dataclass(frozen=True, slots=True)
class RowOutcome:
    """A row of the workbook against the ledger. number is its row in the sheet.

    before is the project as the ledger has it; None for a new one. alike names the projects that
    a new row may be the same as: then it comes in only where somebody says so. lossy says that
    the fault cannot be seen in a plain copy of its cells.
    """

    key: str
    number: int | None
    kind: RowKind
    name: str
    offers: tuple[Offer, ...] = ()
    reasons: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    before: InvestmentProject | None = None
    alike: tuple[str, ...] = ()
    cells: Mapping[str, str] | None = None
    sent: Mapping[str, str] | None = None
    lossy: bool = False

    def decision(self, field: Field | str) -> str:
        """What the page calls the decision on a cell, or on a new row."""
        return f"{self.key}:{field.name if isinstance(field, Field) else field}"

    @property
    def waiting(self) -> int:
        """How many decisions are open."""
        return sum(offer.waits for offer in self.offers) + bool(self.alike)


@dataclass(frozen=True, slots=True)
class ReturnReport:
    """What a returned workbook says. refused tells why the whole of it was turned away."""

    name: str
    sha256: str
    round: ReportRound | None = None
    dispatch: Dispatch | None = None
    rows: tuple[RowOutcome, ...] = ()
    refused: str = ""
    code: str = ""

    def count(self, kind: str) -> int:
        return Counter(row.kind.value for row in self.rows)[kind]

    @property
    def waiting(self) -> int:
        return sum(row.waiting for row in self.rows)

    @property
    def fingerprint(self) -> str:
        """Changes when what the planner was shown would no longer be true."""
        shown = [(r.key, r.kind, r.offers, r.reasons, r.alike) for r in self.rows]
        return hashlib.sha256(repr(shown).encode()).hexdigest()[:24]


def preview(bureau: Bureau, data: bytes, name: str, round: int) -> ReturnReport:
    """What a workbook would change; nothing is written. A refused one is a report as well."""
    name = "".join(c for c in name if c.isprintable())[:255]
    digest = hashlib.sha256(data).hexdigest()
    try:
        sheets = _sheets(data)
        of, dispatch = find_dispatch(bureau, sheets, round)
        rows = _outcomes(bureau, dispatch, read_rows(sheets))
    except FileRefused as refusal:
        return ReturnReport(name, digest, refused=refusal.message, code=refusal.code)
    return ReturnReport(name, digest, of, dispatch, rows)


@lru_cache(maxsize=2)
def _sheets(data: bytes) -> list[RawSheet]:
    """A workbook is looked at when it comes, on its page and when it is confirmed: read it once."""
    return intake.read(data)


def _outcomes(
    bureau: Bureau, dispatch: Dispatch, returned: list[ReturnedRow]
) -> tuple[RowOutcome, ...]:
    sent = {row.id: row for row in bureau.store.collection.rows(dispatch.id)}
    codes = [row.project_code for row in sent.values() if row.project_code]
    held = bureau.store.projects_by_code(codes)
    twice = {key for key, n in Counter(row.key for row in returned).items() if key and n > 1}
    rules, news = Rules(bureau), dict[int, InvestmentProject]()
    found: list[RowOutcome] = []
    for row in returned:
        known = sent.get(row.key)
        if row.is_blank and (known is None or known.project_code is None):
            continue
        reasons = row.problems + _reasons(row, known, held, twice)
        if reasons or known is None:
            found.append(_rejected(row, reasons))
        elif known.project_code is None:
            outcome, made = _new(row, rules)
            if made:
                news[len(found)] = made
            found.append(outcome)
        else:
            found.append(_known(bureau, row, known, held[known.project_code], rules))
    for place, some in zip(news, suspects_for(bureau, list(news.values())), strict=True):
        codes = [one.project.project_code for one in some]
        found[place] = replace(found[place], alike=tuple(codes))
    there = {row.key for row in returned}
    absent = [
        RowOutcome(key, None, RowKind.ABSENT, held[row.project_code].name)
        for key, row in sent.items()
        if key not in there and row.project_code in held
    ]
    return (*found, *absent)


def _reasons(
    row: ReturnedRow,
    sent: DispatchRow | None,
    held: Mapping[str, InvestmentProject],
    twice: Collection[str],
) -> tuple[str, ...]:
    """Why a row cannot be matched with what went out."""
    if not row.key:
        return ("没有行标识：新增的项目请填在表末的空行里，不要插入行",)
    if row.key in twice:
        return (f"行标识 {row.key} 出现了几次，像是复制了整行，请只留一行",)
    if sent is None:
        return (f"行标识 {row.key} 不是这份表里的",)
    if row.version != str(sent.version or ""):
        return ("隐藏的版本号被改动过，这一行没有收",)
    code = row.cells[Field.CODE.value]
    if sent.project_code is None:
        return (f"新增项目的编号由市里编发，请清空“{code}”",) if code else ()
    if sent.project_code not in held:
        return (f"台账里已经没有项目 {sent.project_code}",)
    if row.is_blank:
        return ("整行被清空；要终止项目请把状态改成“终止”",)
    first = sent.cells.get(Field.CODE.value, "")
    if code not in (first, sent.project_code):
        return (f"项目编号从 {sent.project_code} 改成了“{code}”，编号不能改",)
    return ()


def _rejected(row: ReturnedRow, reasons: tuple[str, ...]) -> RowOutcome:
    name = row.cells[Field.NAME.value]
    return RowOutcome(
        row.key, row.number, RowKind.REJECTED, name, reasons=reasons, cells=row.cells,
        lossy=bool(row.problems),
    )  # fmt: skip


def _known(
    bureau: Bureau,
    row: ReturnedRow,
    sent: DispatchRow,
    project: InvestmentProject,
    rules: Rules,
) -> RowOutcome:
    theirs = {name: text for name, text in row.cells.items() if name != Field.CODE.value}
    changes = compare(sent.cells, report_form.cells(bureau, project), theirs, Field)
    plain = {c.field: c.returned for c in changes if not c.waits}
    first = rules.apply(project, plain)
    if first.problems:
        return replace(_rejected(row, tuple(first.problems.values())), before=project)
    offers = []
    for change in changes:
        fault = ""
        if change.waits:
            tried = rules.apply(project, plain | {change.field: change.returned})
            fault = "；".join(tried.problems.values())
        offers.append(Offer(change, fault))
    return RowOutcome(
        row.key,
        row.number,
        RowKind.CHANGED if offers else RowKind.SAME,
        project.name,
        tuple(offers),
        remarks=first.remarks,
        before=project,
        cells=row.cells,
        sent=sent.cells,
    )


def _new(row: ReturnedRow, rules: Rules) -> tuple[RowOutcome, InvestmentProject | None]:
    """A row that went out blank, and the project that it would be."""
    project = InvestmentProject("（新）", "")
    theirs = {Field(name): text for name, text in row.cells.items() if text}
    tried = rules.apply(project, theirs)
    if tried.problems:
        return _rejected(row, tuple(tried.problems.values())), None
    made = tried.project
    outcome = RowOutcome(
        row.key,
        row.number,
        RowKind.NEW,
        made.name,
        tuple(Offer(change) for change in compare({}, {}, row.cells, Field)),
        remarks=tried.remarks,
        cells=row.cells,
        sent={},
    )
    return outcome, made


class Rules:
    """How a returned cell is put into a project: by the rules of an edit by hand."""

    def __init__(self, bureau: Bureau) -> None:
        self._bureau = bureau
        self.words = CityVocabulary(bureau)

    def apply(self, project: InvestmentProject, theirs: Mapping[Field, str]) -> Edited:
        """The project with the office's cells, or why it cannot have them."""
        return apply(project, cells_of(self._bureau, project), given(theirs), self.words)
