"""What a preview shows: the rows of an upload by what becomes of them, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from chains import UnknownName
from chains.tagging import Tag
from mapapp.intake.wire import load_cell
from mapapp.journeys.bureau import Bureau
from mapapp.journeys.change_history import LABELS, FieldChange, in_words
from mapapp.journeys.duplicates import Suspicion
from mapapp.journeys.import_links import LOOKED, SUGGESTED, UNLINKED, suggestions_of
from mapapp.journeys.import_mapping import mapped_sheets
from mapapp.journeys.import_suspects import SUSPECT, suspicions_of
from mapapp.ledger.cells import shown
from mapapp.store.imports import ACCEPTED, StoredRow, Upload

KINDS = {
    "update": "变更",
    "insert": "新增",
    "same": "未变",
    "repeat": "重复",
    "reject": "退回",
    "skip": "跳过",
    "missing": "这次没有",
    "suspect": "疑似重复",
}
PAGE = 100
_FACTS = ("county", "chain", "contracted_investment", "events")
_QUIET = ("last_confirmed",)
"""Changes with every import; said only where nothing else changed."""
_SAYS_FACTS = ("insert", "suspect")


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """A row: where it stands, what it is about, what changes, what is said about it.

    suggested are the links that its words speak for, where it names none; nobody confirmed them.
    """

    where: str
    code: str
    name: str
    facts: tuple[str, ...] = ()
    changes: tuple[FieldChange, ...] = ()
    message: str = ""
    cells: tuple[tuple[str, str], ...] = ()
    suspicions: tuple[Suspicion, ...] = ()
    suggested: Tag | None = None


@dataclass(frozen=True, slots=True)
class Preview:
    """One page of one kind of rows, and how many there are of each kind."""

    upload: Upload
    kind: str
    rows: tuple[PreviewRow, ...]
    start: int
    counts: Mapping[str, int]

    @property
    def accepted(self) -> int:
        return sum(self.counts[kind] for kind in ACCEPTED)

    @property
    def total(self) -> int:
        return self.accepted + self.counts["reject"] + self.counts["skip"]

    @property
    def unlinked(self) -> int:
        """How many new rows name no link."""
        return self.upload.counts.get(UNLINKED, 0)

    @property
    def suggested(self) -> int:
        """For how many of the first `looked` of those a link is suggested."""
        return self.upload.counts.get(SUGGESTED, 0)

    @property
    def looked(self) -> int:
        return min(self.unlinked, LOOKED)

    @property
    def next(self) -> int | None:
        end = self.start + PAGE
        return end if end < self.counts[self.kind] else None


def view_preview(bureau: Bureau, upload: Upload, kind: str = "", start: int = 0) -> Preview:
    """A page of a preview; without a kind, of the first that has rows.

    Raises:
        UnknownName: no such kind of rows.
    """
    if kind and kind not in KINDS:
        raise UnknownName("预览的分类", kind, tuple(KINDS))
    missing = _missing(bureau, upload)
    counts = {k: upload.counts.get(k, 0) for k in KINDS} | {"missing": len(missing)}
    kind = kind or next((k for k in KINDS if counts[k]), "insert")
    start = max(start, 0)
    if kind == "missing":
        some = missing[start : start + PAGE]
        rows = [PreviewRow("", code, name) for code, name in some]
    else:
        rows = _rows(bureau, upload, kind, start)
    return Preview(upload, kind, tuple(rows), start, counts)


def titles_of(upload: Upload) -> dict[str, dict[int, str]]:
    """The titles of each sheet by the column's place."""
    return {s.sheet: {c.index: c.title for c in s.columns} for s in mapped_sheets(upload)}


def place(row: StoredRow) -> str:
    """Where a row stands, as a spreadsheet counts."""
    return f"{row.sheet} 第 {row.row} 行" if row.sheet else f"第 {row.row} 行"


def _missing(bureau: Bureau, upload: Upload) -> list[tuple[str, str]]:
    if not upload.previous:
        return []
    return bureau.store.imports.missing(upload.id, upload.previous)


def _rows(bureau: Bureau, upload: Upload, kind: str, start: int) -> list[PreviewRow]:
    if kind == "suspect":
        stored = bureau.store.imports.rows(upload.id, (), start, PAGE, SUSPECT)
    else:
        stored = bureau.store.imports.rows(upload.id, (kind,), start, PAGE)
    titles = titles_of(upload)
    suspicions = suspicions_of(bureau, stored)
    tags = suggestions_of(bureau, stored)
    return [
        _row(bureau, row, titles.get(row.sheet, {}), kind, some, tag)
        for row, some, tag in zip(stored, suspicions, tags, strict=True)
    ]


def _row(
    bureau: Bureau,
    row: StoredRow,
    titles: Mapping[int, str],
    kind: str,
    suspicions: tuple[Suspicion, ...],
    suggested: Tag | None,
) -> PreviewRow:
    new = row.new or {}
    facts = [in_words(bureau, name, new.get(name)) for name in _FACTS]
    return PreviewRow(
        where=place(row),
        code=row.project_code,
        name=row.name,
        facts=tuple(facts) if kind in _SAYS_FACTS else (),
        changes=_changes(bureau, row) if row.kind == "update" else (),
        message=row.message,
        cells=_cells(row.cells, titles) if kind in ("reject", "skip") else (),
        suspicions=suspicions,
        suggested=suggested,
    )


def _changes(bureau: Bureau, row: StoredRow) -> tuple[FieldChange, ...]:
    old, new = row.old or {}, row.new or {}
    names = [name for name in new if name not in _QUIET] or list(new)
    return tuple(
        FieldChange(
            LABELS.get(name, name),
            in_words(bureau, name, old.get(name)),
            in_words(bureau, name, new[name]),
        )
        for name in names
    )


def _cells(cells: Sequence[Any], titles: Mapping[int, str]) -> tuple[tuple[str, str], ...]:
    """The cells that are filled, with their titles."""
    texts = ((index, shown(load_cell(cell))) for index, cell in enumerate(cells))
    return tuple((titles.get(index, f"第 {index + 1} 列"), text) for index, text in texts if text)
