"""Files to take away: which kinds there are, and one that waits for whoever asked for it."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from chains import UnknownName
from mapapp import documents
from mapapp.documents import Table
from mapapp.journeys.bureau import Bureau

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KINDS: Mapping[str, tuple[Callable[[Table], bytes], str]] = {
    "xlsx": (documents.to_xlsx, XLSX),
    "csv": (documents.to_csv, "text/csv; charset=utf-8"),
}

ROWS_AT_ONCE = 2_000
"""As many rows are written while a page waits; more are a job. Measured at 20,000 projects: the
ledger 2.2 s, the workbooks of a round 4.6 s."""

_KEPT_SECONDS = 24 * 3600


@dataclass(frozen=True, slots=True)
class Export:
    """A file: `name` is what it is called, `plain` the same in ASCII, both with their ending."""

    name: str
    plain: str
    mime: str
    data: bytes


def check_kind(kind: str) -> str:
    """The kind, where there is such a one. Raises UnknownName."""
    if kind not in KINDS:
        raise UnknownName("导出格式", kind, tuple(KINDS))
    return kind


def as_file(table: Table, kind: str, name: str, plain: str) -> Export:
    """A table as a file of a kind; names come without an ending. Raises UnknownName."""
    write, mime = KINDS[check_kind(kind)]
    return Export(f"{name}.{kind}", f"{plain}.{kind}", mime, write(table))


def keep(bureau: Bureau, job: str, export: Export) -> None:
    """Keep what a job wrote for a day, so that it can be taken when the job is over."""
    folder = _folder(bureau)
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.iterdir():
        if time.time() - old.stat().st_mtime > _KEPT_SECONDS:
            old.unlink(missing_ok=True)
    named = {"name": export.name, "plain": export.plain, "mime": export.mime}
    (folder / f"{job}.data").write_bytes(export.data)
    (folder / f"{job}.json").write_text(json.dumps(named), "utf-8")


def kept(bureau: Bureau, job: str) -> Export | None:
    """What a job wrote; `job` is the id of one that the book knows."""
    folder = _folder(bureau)
    try:
        named = json.loads((folder / f"{job}.json").read_text("utf-8"))
        data = (folder / f"{job}.data").read_bytes()
    except FileNotFoundError:
        return None
    return Export(named["name"], named["plain"], named["mime"], data)


def _folder(bureau: Bureau) -> Path:
    return bureau.settings.instance / "exports"
