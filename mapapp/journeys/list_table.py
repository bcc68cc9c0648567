"""A target list as a table and as a paper: what each edition shows of a row, in one place."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from chains import CUSTOMERS, GATED, SUPPLIERS
from mapapp.documents import (
    KEY_TITLE,
    VERSION_TITLE,
    Column,
    Document,
    Facts,
    Grid,
    Kind,
    Layer,
    Note,
    Paragraph,
    Table,
    Value,
)
from mapapp.documents.table import as_text
from mapapp.draw.lettering import elide
from mapapp.journeys.bureau import Bureau
from mapapp.journeys.target_lists import ListedRow
from mapapp.journeys.target_table import VALIDATED
from mapapp.outreach.edition import Edition
from mapapp.outreach.pursuit_cells import PursuitField

_MARK = "水印"
_CELL = 110
"""Characters of a cell on paper; the workbook holds all of it."""
_OURS, _ALL, _THEIRS = (Edition.INTERNAL,), tuple(Edition), (Edition.PUBLIC,)
_ACROSS = 125.0
"""Characters across A4 at full size: a narrower list is spread, a wider one is made smaller."""
_FIRM, _LINK, _WHY, _PURSUIT, _MORE = "企业", "补什么", "为什么", "接洽", "其他"


@dataclass(frozen=True, slots=True)
class ListSheet:
    """Rows to be written down: under which title, for whom, by whom and when."""

    title: str
    subtitle: str
    rows: Sequence[ListedRow]
    edition: Edition
    author: str
    at: datetime

    @property
    def watermark(self) -> str:
        return self.edition.watermark(self.author, self.at)


@dataclass(frozen=True, slots=True)
class _Part:
    """A column: its heading, what it holds of a row; printed says that it fits on A4.

    An edition holds only the columns that name it.
    """

    group: str
    column: Column
    value: Callable[[ListedRow], Value]
    editions: Collection[Edition] = _OURS
    printed: bool = True


def list_table(bureau: Bureau, sheet: ListSheet) -> Table:
    """The rows as a table in the form that goes to a leader; internal ones can be read back."""
    parts = _parts(bureau, sheet)
    return Table(
        title=sheet.title,
        subtitle=sheet.subtitle,
        columns=[part.column for part in parts],
        rows=[[part.value(row) for part in parts] for row in sheet.rows],
        notes=_notes(sheet),
        printed=sum(part.printed for part in parts),
        groups=_groups(parts),
        frozen=2,
        watermark=sheet.watermark,
    )


def list_lines(bureau: Bureau, sheet: ListSheet) -> Table:
    """The rows for a file that has no page to bear a watermark: each row bears it."""
    table = list_table(bureau, sheet)
    if not sheet.watermark:
        return table
    return replace(
        table,
        columns=[*table.columns, Column(_MARK, 36)],
        rows=[[*row, sheet.watermark] for row in table.rows],
        groups=(),
    )


def list_document(bureau: Bureau, sheet: ListSheet) -> Document:
    """The rows as a paper: the printed columns, and under them what the table's notes say."""
    parts = [part for part in _parts(bureau, sheet) if part.printed]
    numbers = (Kind.INTEGER, Kind.SCORE, Kind.AMOUNT)
    return Document(
        sheet.title,
        [
            Grid(
                [part.column.title for part in parts],
                [
                    [elide(as_text(part.value(row)), _CELL, 1.0) for part in parts]
                    for row in sheet.rows
                ],
                [part.column.width for part in parts],
                [n for n, part in enumerate(parts) if part.column.kind in numbers],
                _groups(parts),
            ),
            *([Facts(notes)] if (notes := [(n.about, n.text) for n in _notes(sheet)]) else []),
            *([] if sheet.rows else [Paragraph("名单里还没有企业。")]),
        ],
        sheet.subtitle,
        f"链图 {bureau.city.name}　{sheet.title}",
        sheet.watermark,
        lying=True,
    )


def list_layer(bureau: Bureau, sheet: ListSheet) -> Layer:
    """The rows as points at the prefecture of the firm's head office, WGS-84."""
    table = list_lines(bureau, sheet)
    divisions = bureau.gazetteer.divisions
    points = [
        bureau.gazetteer.position(row.row.why.city) if row.row.why.city in divisions else None
        for row in sheet.rows
    ]
    where = [["总部所在地市" if at else "不知道总部"] for at in points]
    rows = [[*row, *precision] for row, precision in zip(table.rows, where, strict=True)]
    return Layer("目标企业", [*table.columns, Column("位置精度", 12)], rows, points)


def _parts(bureau: Bureau, sheet: ListSheet) -> list[_Part]:
    """The columns of an edition, those that are printed first."""
    found = [*_PARTS]
    if sheet.edition.is_internal:
        found += _score_parts(sheet.rows)
        if any(row.row.id for row in sheet.rows):
            found += _KEYS
    chosen = [part for part in found if sheet.edition in part.editions]
    return _spread(sorted(chosen, key=lambda part: not part.printed))


def _spread(parts: Sequence[_Part]) -> list[_Part]:
    """The columns across the whole of a page: room that is left goes to texts."""
    wide = sum(part.column.width for part in parts if part.printed)
    texts = [p for p in parts if p.printed and p.column.kind is Kind.TEXT]
    room = sum(part.column.width for part in texts)
    if wide >= _ACROSS or not room:
        return [*parts]
    grow = (room + _ACROSS - wide) / room
    return [
        replace(part, column=replace(part.column, width=round(part.column.width * grow, 1)))
        if part in texts
        else part
        for part in parts
    ]


def _groups(parts: Sequence[_Part]) -> list[tuple[str, int]]:
    found: list[tuple[str, int]] = []
    for part in parts:
        if found and found[-1][0] == part.group:
            found[-1] = (part.group, found[-1][1] + 1)
        else:
            found.append((part.group, 1))
    return found


def _notes(sheet: ListSheet) -> tuple[Note, ...]:
    made = Note("制表", f"{sheet.author}，{sheet.at:%Y-%m-%d %H:%M}")
    if not sheet.edition.is_internal:
        return ()
    return (
        made,
        Note("版本", "内部版，含联系人、接洽情况和评分，请勿外传"),
        Note("匹配分", VALIDATED),
        Note("现状", "环节现在的状态；理由、客户、供方和评分是列入名单那天的"),
    )


def _firms(names: Sequence[str]) -> str:
    return "、".join(names)


def _reasons(row: ListedRow) -> str:
    """Why it was listed, without customers, suppliers and bounds: they have columns
    of their own."""
    own = (CUSTOMERS, SUPPLIERS, GATED)
    return "；".join(said for said in row.row.why.reasons if not said.startswith(own))


def _status(row: ListedRow) -> str:
    return row.status.label if row.status else "环节已不在图谱"


_PARTS = (
    _Part(_FIRM, Column("序号", 6, Kind.INTEGER), lambda r: r.number, _ALL),
    _Part(_FIRM, Column("企业", 13), lambda r: r.row.firm, _ALL),
    _Part(_FIRM, Column("总部", 9), lambda r: r.city_name, _ALL),
    _Part(_LINK, Column("环节", 13), lambda r: r.row.link, _ALL),
    _Part(_LINK, Column("产业链", 18), lambda r: r.chain_name, _THEIRS),
    _Part(_LINK, Column("现状", 7), _status),
    _Part(_LINK, Column("做法", 6), lambda r: r.row.why.remedy),
    _Part(_WHY, Column("匹配分", 8, Kind.SCORE), lambda r: r.row.why.score),
    _Part(_WHY, Column("理由", 34), _reasons),
    _Part(_WHY, Column("本地客户", 20), lambda r: _firms(r.row.why.customers), _ALL),
    _Part(_WHY, Column("本地供方", 20), lambda r: _firms(r.row.why.suppliers), _ALL),
    _Part(_PURSUIT, Column("状态", 8), lambda r: r.row.pursuit.approach.value),
    _Part(_PURSUIT, Column("联系人", 9), lambda r: r.row.pursuit.contact),
    _Part(_PURSUIT, Column("联系方式", 14), lambda r: r.row.pursuit.phone),
    _Part(_PURSUIT, Column("下一步", 18), lambda r: r.row.pursuit.next_step),
    _Part(_PURSUIT, Column("下一步日期", 13, Kind.DATE), lambda r: r.row.pursuit.next_on),
    _Part(_MORE, Column("产业链", 18), lambda r: r.chain_name, printed=False),
    _Part(
        _MORE,
        Column(PursuitField.GIVEN_UP.value, 16),
        lambda r: r.row.pursuit.given_up,
        printed=False,
    ),
    _Part(_MORE, Column(PursuitField.TIES.value, 18), lambda r: r.row.pursuit.ties, printed=False),
    _Part(_MORE, Column(PursuitField.NOTE.value, 24), lambda r: r.row.pursuit.note, printed=False),
    _Part(
        _MORE,
        Column("最近一次接洽", 40),
        lambda r: _last(r),
        printed=False,
    ),
    _Part(
        _MORE,
        Column("也在名单", 30),
        lambda r: "；".join(other.says() for other in r.others),
        printed=False,
    ),
    _Part(_MORE, Column("项目编号", 13), lambda r: r.row.project_code or "", printed=False),
    _Part(
        _MORE,
        Column("限制", 36),
        lambda r: "；".join((*(["不得新建"] if r.row.why.banned else []), *r.row.why.gates)),
        printed=False,
    ),
    _Part(_MORE, Column("名次", 6, Kind.INTEGER), lambda r: r.row.why.rank, printed=False),
    _Part(_MORE, Column("重要度", 8, Kind.SCORE), lambda r: r.row.why.criticality, printed=False),
)
_KEYS = (
    _Part("回收用", Column(KEY_TITLE, 10), lambda r: f"{r.row.list}-{r.row.id}", printed=False),
    _Part("回收用", Column(VERSION_TITLE, 6), lambda r: str(r.row.row_version), printed=False),
)
"""How a row is found again when the workbook comes back."""


def _last(row: ListedRow) -> str:
    if not row.visits:
        return ""
    visit = row.visits[-1]
    who = f"，对方 {visit.met}" if visit.met else ""
    said = f"：{visit.said}" if visit.said else ""
    return f"{visit.on} {visit.approach}{who}{said}"


def _score_parts(rows: Sequence[ListedRow]) -> list[_Part]:
    """A column for each part that scores of these rows have."""
    labels = dict.fromkeys(part.label for row in rows for part in row.row.why.parts)

    def points(label: str) -> Callable[[ListedRow], Value]:
        return lambda r: next((p.points for p in r.row.why.parts if p.label == label), None)

    return [
        _Part("评分构成", Column(label, 11, Kind.SCORE), points(label), printed=False)
        for label in labels
    ]
