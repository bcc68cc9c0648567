"""Import sites (载体): see what a file would change, then change it in one transaction."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from mapapp import intake
from mapapp.journeys.bureau import Bureau
from mapapp.journeys.vocabulary import CityVocabulary
from mapapp.ledger.cells import RawRow, RawSheet, is_blank, shown
from mapapp.ledger.problems import FileRefused, Problem
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
    """What became of a row: insert, update, same, reject or skip."""

    sheet: str
    row: int
    action: str
    name: str = ""
    problems: tuple[Problem, ...] = ()
    before: Site | None = None
    after: Site | None = None

    @property
    def message(self) -> str:
        return "；".join(problem.message for problem in self.problems)


@dataclass(frozen=True, slots=True)
class SiteReport:
    """What became of a file; refused says why the whole of it was turned away."""

    name: str
    sha256: str
    rows: tuple[SiteOutcome, ...] = ()
    refused: str = ""
    code: str = ""
    batch: int | None = None

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
        return SiteReport(name, digest, _rows(bureau, tables))
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


def _tables(
    sheets: Sequence[RawSheet],
) -> list[tuple[str, tuple[SiteColumn, ...], Sequence[RawRow]]]:
    """The lists of sites in a workbook. Raises FileRefused."""
    found = [table for sheet in sheets if (table := _table(sheet))]
    if not found:
        titles = [shown(c) for s in sheets for r in s.rows[:1] for c in r.cells[:20]]
        raise FileRefused(
            "E_HEADER_MISSING",
            "没有载体清单的表头，缺少载体名称、县市区等列。"
            f"现有：{'、'.join(filter(None, titles))[:120]}",
        )
    if not any(rows for _, _, rows in found):
        raise FileRefused("E_NO_ROWS", "只有表头，没有数据行")
    return found


def _table(sheet: RawSheet) -> tuple[str, tuple[SiteColumn, ...], Sequence[RawRow]] | None:
    for place, row in enumerate(sheet.rows[:_HEADER_WITHIN]):
        columns = read_site_header(row.cells)
        if len(columns) < _FEWEST_COLUMNS:
            continue
        fields = [column.field for column in columns]
        where = f"工作表“{sheet.name}”" if sheet.name else "表头"
        if twice := [column.title for column in columns if fields.count(column.field) > 1]:
            raise FileRefused("E_DUP_HEADER", f"{where}里有几列说的是同一件事：{'、'.join(twice)}")
        if lacking := [field for field in REQUIRED if field not in fields]:
            raise FileRefused("E_HEADER_MISSING", f"{where}缺少{'、'.join(lacking)}")
        rows = [r for r in sheet.rows[place + 1 :] if not all(is_blank(c) for c in r.cells)]
        return sheet.name, columns, rows
    return None


def _rows(
    bureau: Bureau, tables: Iterable[tuple[str, tuple[SiteColumn, ...], Sequence[RawRow]]]
) -> tuple[SiteOutcome, ...]:
    words, known = CityVocabulary(bureau), _Known(bureau.store.sites.all())
    found = []
    for sheet, columns, rows in tables:
        for row in rows:
            if is_no_site(row, columns):
                note = Problem("", "合计、签名或说明行，不是载体")
                found.append(SiteOutcome(sheet, row.number, "skip", problems=(note,)))
                continue
            read = read_site(row, columns, words, sheet)
            found.append(_outcome(sheet, row.number, read, known))
    return tuple(found)


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
