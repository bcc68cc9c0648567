"""Import sites (载体): see what a file would change, then change it in one transaction."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from mapapp import intake
from mapapp.journeys.bureau import Bureau
from mapapp.journeys.vocabulary import CityVocabulary
from mapapp.ledger.cells import NO_VALUE, Cell, CellError, RawRow, RawSheet, is_blank, shown
from mapapp.ledger.problems import FileRefused, Problem, in_one_line
from mapapp.ledger.site import Site, same_site
from mapapp.ledger.site_headers import REQUIRED, SiteColumn, read_site_header
from mapapp.ledger.site_row import ReadSite, is_no_site, put, read_site
from mapapp.store import ImportBatch
from mapapp.store.sites import SiteChange

_HEADER_WITHIN = 20
_FEWEST_COLUMNS = 3
LABELS = {"insert": "新增", "update": "更新", "same": "未变", "reject": "退回", "skip": "跳过"}


@dataclass(frozen=True, slots=True)
class SiteOutcome:
    """What became of a row, whose cells stand here as they stood.

    action is insert, update, same, reject or skip.
    """

    sheet: str
    row: int
    action: str
    name: str = ""
    problems: tuple[Problem, ...] = ()
    before: Site | None = None
    after: Site | None = None
    cells: tuple[Cell, ...] = ()

    @property
    def message(self) -> str:
        return in_one_line(self.problems)


@dataclass(frozen=True, slots=True)
class SiteReport:
    """What became of a file; refused says why the whole of it was turned away.

    titles is the header of each of its sheets.
    """

    name: str
    sha256: str
    rows: tuple[SiteOutcome, ...] = ()
    refused: str = ""
    code: str = ""
    batch: int | None = None
    titles: Mapping[str, tuple[Cell, ...]] = field(default_factory=dict)

    def count(self, action: str) -> int:
        return Counter(row.action for row in self.rows)[action]

    @property
    def writes(self) -> int:
        return self.count("insert") + self.count("update")

    @property
    def fingerprint(self) -> str:
        """Changes when what the planner was shown would no longer be true."""
        shown = [(row.row, row.action, row.before, row.after, row.problems) for row in self.rows]
        return hashlib.sha256(repr(shown).encode()).hexdigest()[:24]


def preview(bureau: Bureau, data: bytes, name: str) -> SiteReport:
    """What importing a file would do; nothing is written. A refused file is a report as well."""
    name = "".join(c for c in name if c.isprintable())[:255]
    digest = hashlib.sha256(data).hexdigest()
    try:
        tables = _tables(intake.read(data))
        titles = {table.sheet: table.titles for table in tables}
        return SiteReport(name, digest, _rows(bureau, tables), titles=titles)
    except FileRefused as refusal:
        return SiteReport(name, digest, refused=refusal.message, code=refusal.code)


def commit(bureau: Bureau, report: SiteReport, actor: str) -> SiteReport:
    """Write what a preview showed, all of it or nothing; the report with its batch's number.

    Raises:
        StaleRow: somebody changed one of the sites after the preview.
        FileRefused: the file was turned away, there is nothing to write.
    """
    if report.refused:
        raise FileRefused(report.code, report.refused)
    batch = ImportBatch(
        actor=actor,
        file_name=report.name,
        sha256=report.sha256,
        inserted=report.count("insert"),
        updated=report.count("update"),
        same=report.count("same"),
        rejected=report.count("reject"),
        skipped=report.count("skip"),
    )
    changes = [
        SiteChange(row.after, row.before)
        for row in report.rows
        if row.after and row.action in ("insert", "update")
    ]
    return replace(report, batch=bureau.store.sites.save_import(batch, changes))


def keep(bureau: Bureau, data: bytes, name: str, actor: str) -> SiteReport | int:
    """Keep an uploaded file until it is confirmed: its number. A refused one is not kept."""
    report = preview(bureau, data, name)
    if report.refused:
        return report
    return bureau.store.collection.keep_file("sites", report.name, report.sha256, data, actor)


def read_kept(bureau: Bureau, number: int) -> SiteReport | None:
    """A kept file, read anew against the sites as they are now."""
    kept = bureau.store.collection.file(number)
    if kept is None or kept.purpose != "sites":
        return None
    return preview(bureau, kept.content, kept.name)


@dataclass(frozen=True, slots=True)
class _List:
    """A sheet that lists sites: its header as it stands, the columns understood, the rows."""

    sheet: str
    titles: tuple[Cell, ...]
    columns: tuple[SiteColumn, ...]
    rows: Sequence[RawRow]


def _tables(sheets: Sequence[RawSheet]) -> list[_List]:
    """The lists of sites in a workbook. Raises FileRefused."""
    found = [table for sheet in sheets if (table := _table(sheet))]
    if not found:
        titles = [shown(c) for s in sheets for r in s.rows[:1] for c in r.cells[:20]]
        raise FileRefused(
            "E_HEADER_MISSING",
            "没有载体清单的表头，缺少载体名称、县市区等列。"
            f"现有：{'、'.join(filter(None, titles))[:120]}",
        )
    if not any(table.rows for table in found):
        raise FileRefused("E_NO_ROWS", "只有表头，没有数据行")
    return found


def _table(sheet: RawSheet) -> _List | None:
    for place, row in enumerate(sheet.rows[:_HEADER_WITHIN]):
        columns = read_site_header(row.cells)
        if len(columns) < _FEWEST_COLUMNS:
            continue
        fields = [column.field for column in columns]
        where = f"工作表“{sheet.name}”" if sheet.name else "表头"
        if twice := [column.title for column in columns if fields.count(column.field) > 1]:
            raise FileRefused("E_DUP_HEADER", f"{where}里有几列说的是同一件事：{'、'.join(twice)}")
        if lacking := [of for of in REQUIRED if of not in fields]:
            raise FileRefused("E_HEADER_MISSING", f"{where}缺少{'、'.join(lacking)}")
        rows = [r for r in sheet.rows[place + 1 :] if not all(is_blank(c) for c in r.cells)]
        return _List(sheet.name, row.cells, columns, rows)
    return None


def _rows(bureau: Bureau, tables: Iterable[_List]) -> tuple[SiteOutcome, ...]:
    words, known = CityVocabulary(bureau), _Known(bureau.store.sites.all())
    found = []
    for table in tables:
        for row in table.rows:
            if is_no_site(row, table.columns):
                note = Problem("", "合计、签名或说明行，不是载体")
                one = SiteOutcome(table.sheet, row.number, "skip", problems=(note,))
            else:
                read = read_site(row, table.columns, words, table.sheet)
                one = _outcome(table.sheet, row.number, read, known)
            found.append(replace(one, cells=_as_it_stood(row)))
    return tuple(found)


def _as_it_stood(row: RawRow) -> tuple[Cell, ...]:
    """The cells; a formula without a result is a fault in a copy as well, not an empty cell."""
    return tuple(
        CellError(NO_VALUE) if row.formulas.get(index) is False else cell
        for index, cell in enumerate(row.cells)
    )


class _Known:
    """The sites that are there, and the rows of this file that spoke of one already."""

    def __init__(self, sites: Sequence[Site]) -> None:
        self._codes = {site.code: site for site in sites if site.code}
        self._names = {(site.name, site.county): site for site in sites}
        self._said: dict[object, int] = {}

    def find(self, read: ReadSite) -> Site | None:
        """By code; by name and county where the site there has no code, or none is given."""
        code = read.values.get("code", "")
        if code in self._codes:
            return self._codes[code]
        named = self._names.get((read.values["name"], read.values.get("county")))
        return named if named and not (code and named.code) else None

    def repeated(self, read: ReadSite, number: int) -> int | None:
        """The row that spoke of the same site before, if one did."""
        key = read.values.get("code") or (read.values["name"], read.values.get("county"))
        first = self._said.setdefault(key, number)
        return first if first != number else None


def _outcome(sheet: str, number: int, read: ReadSite, known: _Known) -> SiteOutcome:
    name, problems = read.values["name"], read.problems
    if read.accepted and (first := known.repeated(read, number)):
        double = Problem("E_DUP_SITE", f"与第 {first} 行说的是同一个载体，请只留一行")
        problems = (*problems, double)
    if any(problem.rejects for problem in problems):
        return SiteOutcome(sheet, number, "reject", name, problems)
    before = known.find(read)
    after = put(before, read)
    action = "insert" if before is None else "update"
    if before and same_site(before, after):
        action = "same"
    return SiteOutcome(sheet, number, action, name, problems, before, after)
