"""Take a whole import back: see what that means, then do it in one transaction."""

from __future__ import annotations

from dataclasses import dataclass

from mapapp.jobs import Progress, collector_rests
from mapapp.journeys.bureau import Bureau
from mapapp.journeys.import_batch import find
from mapapp.store.imports import Upload
from mapapp.store.undoing import ChangedSince, UndoRefused


@dataclass(frozen=True, slots=True)
class UndoPlan:
    """What undoing an import would do; it cannot be done while `changed` is not empty."""

    upload: Upload
    changed: tuple[ChangedSince, ...]

    @property
    def removed(self) -> int:
        return self.upload.counts.get("insert", 0)

    @property
    def restored(self) -> int:
        return self.upload.counts.get("update", 0)


def plan_undo(bureau: Bureau, id: str) -> UndoPlan:
    """What undoing would do, and which projects changed since. Raises UndoRefused."""
    upload = find(bureau, id)
    if upload.batch is None:
        raise UndoRefused("这个文件还没有写入台账，没有可撤销的内容。")
    if upload.undone:
        raise UndoRefused(f"批次 {upload.batch} 已经撤销过了。")
    return UndoPlan(upload, tuple(bureau.store.imports.changed_since(upload.batch)))


def undo_import(bureau: Bureau, id: str, actor: str, progress: Progress) -> str:
    """Take it back, all of it or nothing. Raises UndoRefused, with the rows that changed since."""
    batch = find(bureau, id).batch
    if batch is None:
        raise UndoRefused("这个文件还没有写入台账，没有可撤销的内容。")
    progress.say("正在撤销")
    with collector_rests():
        done = bureau.store.imports.undo(batch, actor, progress.step, progress.job)
    return f"已撤销：删去新增的 {done.removed} 个项目，{done.restored} 个项目恢复到导入之前"
