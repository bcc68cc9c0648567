"""Take what came in back, as a whole: see what that means, then do it in one transaction.

An import of projects, a return that was put into the ledger, an import of sites.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from chains import UnknownName
from mapapp.jobs import Progress, collector_rests
from mapapp.journeys.bureau import Bureau
from mapapp.journeys.import_batch import find
from mapapp.ledger.reporting import ReportReturn
from mapapp.store.undoing import ChangedSince, UndoRefused

PROJECTS, SITES = "个项目", "处载体"
_NOT_WRITTEN = "这个文件还没有写入台账，没有可撤销的内容。"


@dataclass(frozen=True, slots=True)
class UndoPlan:
    """What undoing would do; it cannot be done while `changed` is not empty.

    name is the file's, display text only; unit is what `removed` and `restored` count.
    """

    batch: int
    name: str
    by: str
    at: datetime
    removed: int
    restored: int
    changed: tuple[ChangedSince, ...]
    unit: str = PROJECTS


def plan_undo(bureau: Bureau, id: str) -> UndoPlan:
    """What undoing an import would do, and which projects changed since. Raises UndoRefused."""
    upload = find(bureau, id)
    if upload.batch is None:
        raise UndoRefused(_NOT_WRITTEN)
    if upload.undone:
        raise UndoRefused(f"批次 {upload.batch} 已经撤销过了。")
    changed = tuple(bureau.store.imports.changed_since(upload.batch))
    counts = upload.counts
    return UndoPlan(
        upload.batch, upload.file_name, upload.actor, upload.at, counts.get("insert", 0),
        counts.get("update", 0), changed,
    )  # fmt: skip


def undo_import(bureau: Bureau, id: str, actor: str, progress: Progress) -> str:
    """Take it back, all of it or nothing. Raises UndoRefused, with the rows that changed since."""
    batch = find(bureau, id).batch
    if batch is None:
        raise UndoRefused(_NOT_WRITTEN)
    progress.say("正在撤销")
    with collector_rests():
        done = bureau.store.imports.undo(batch, actor, progress.step, progress.job)
    return f"已撤销：删去新增的 {done.removed} 个项目，{done.restored} 个项目恢复到导入之前"


def plan_undo_return(bureau: Bureau, round: int, number: int) -> UndoPlan:
    """What undoing a return would do. Raises UndoRefused, UnknownName."""
    batch, found = _written(bureau, round, number)
    changed = tuple(bureau.store.imports.changed_since(batch))
    return UndoPlan(
        batch, found.file_name, found.returned_by, found.returned_at, found.inserted,
        found.updated, changed,
    )  # fmt: skip


def undo_return(bureau: Bureau, round: int, number: int, actor: str) -> None:
    """Take a return out of the ledger; it waits to be confirmed again.

    What had been agreed on with its office goes back as well. Raises UndoRefused, UnknownName.
    """
    bureau.store.imports.undo(_written(bureau, round, number)[0], actor)


def _written(bureau: Bureau, round: int, number: int) -> tuple[int, ReportReturn]:
    returns = bureau.store.collection.returns(round)
    found = next((item for item in returns if item.id == number), None)
    if found is None:
        raise UnknownName("报送文件", str(number), ())
    if found.batch is None:
        raise UndoRefused("这份报送还没有写入台账，没有可撤销的内容。")
    return found.batch, found


def plan_undo_sites(bureau: Bureau, batch: int) -> UndoPlan:
    """What undoing an import of sites would do. Raises UnknownName where none stands."""
    found = next((item for item in bureau.store.sites.imports() if item.batch == batch), None)
    if found is None:
        raise UnknownName("载体导入批次", str(batch), ())
    changed = tuple(bureau.store.sites.changed_since(batch))
    return UndoPlan(
        batch, found.file_name, found.by, found.at, found.inserted, found.updated, changed, SITES
    )


def undo_sites(bureau: Bureau, batch: int, actor: str) -> None:
    """Take an import of sites back. Raises UndoRefused, UnknownName."""
    plan_undo_sites(bureau, batch)
    bureau.store.sites.undo(batch, actor)
