"""An import from the file that arrives to the rows that are in: each step, as a job or at once."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from chains import UnknownName
from mapapp import intake
from mapapp.intake.wire import dump_cell
from mapapp.jobs import Progress, Quiet, collector_rests
from mapapp.journeys import import_ledger
from mapapp.journeys.bureau import Bureau
from mapapp.journeys.import_ledger import ImportReport, display_name
from mapapp.journeys.import_links import count_suggestions
from mapapp.journeys.import_mapping import columns_of, recall, survey
from mapapp.journeys.import_rows import RowReport
from mapapp.journeys.import_suspects import SUSPECT, note_suspects, stated
from mapapp.ledger.problems import FileRefused
from mapapp.ledger.project import InvestmentProject
from mapapp.ledger.record import changed_fields, from_record, with_record
from mapapp.store import Confirmation, ImportBatch, ProjectChange, StaleRow
from mapapp.store.imports import ACCEPTED, CHANGES, AlreadyImported, StoredRow
from mapapp.store.imports import Phase as Phase
from mapapp.store.imports import Upload as Upload

MENDABLE = ("E_HEADER_MISSING", "E_NO_HEADER", "E_DUP_HEADER", "E_NO_ROWS")
"""What keeps a whole file out and may be set right by saying what its columns are."""

LONGEST_SENDER = 60
UPLOAD_LIMIT = intake.DEFAULT.upload
"""The largest file that is received, in bytes."""
REQUEST_LIMIT = intake.DEFAULT.request
"""The most that is sent at once, in bytes."""
_NO_PROJECTS = "里面没有招商项目，没有可以写入的内容。"


def receive(bureau: Bureau, data: bytes, name: str, sender: str, actor: str) -> str:
    """Keep a file as it came, under an id of our own; the id.

    Raises:
        FileRefused: it is larger than an upload may be, or empty.
    """
    limit = intake.DEFAULT.upload
    if len(data) > limit:
        raise FileRefused("E_BOMB", f"文件超过 {limit // 2**20} MB，没有接收。请分成几个文件再导入")
    if not data:
        raise FileRefused("E_EMPTY_FILE", "没有选文件，或文件是空的")
    id = secrets.token_hex(16)
    _keep(bureau, id, data)
    sender = " ".join(_printable(sender).split())[:LONGEST_SENDER]
    digest = hashlib.sha256(data).hexdigest()
    now = datetime.now(UTC)
    upload = Upload(id, display_name(name) or "未命名", digest, len(data), sender, actor, now)
    bureau.store.imports.receive(upload)
    return id


def find(bureau: Bureau, id: str) -> Upload:
    """The upload of that id. Raises UnknownName."""
    if upload := bureau.store.imports.get(id):
        return upload
    raise UnknownName("导入", id, ())


def original(bureau: Bureau, id: str) -> bytes:
    """The file as it came. Raises UnknownName where it is not there any more."""
    try:
        return _path(bureau, find(bureau, id).id).read_bytes()
    except FileNotFoundError:
        raise UnknownName("导入文件", id, ()) from None


def examine(bureau: Bureau, id: str, progress: Progress) -> str:
    """Read a file and guess its columns; straight on to the preview where this sender's header
    has been confirmed before."""
    upload = find(bureau, id)
    progress.say("正在读取文件")
    try:
        sheets = intake.read(original(bureau, id))
        guessed = survey(bureau, sheets)
    except FileRefused as refusal:
        bureau.store.imports.note(
            id, Phase.REFUSED, f"文件未导入：{refusal.message}。", codes=[refusal.code]
        )
        return "文件未导入"
    progress.step(0)
    known = [recall(bureau, upload.sender, sheet) for sheet in guessed]
    plain = [again or sheet for again, sheet in zip(known, guessed, strict=True)]
    bureau.store.imports.note(id, Phase.MAPPING, sheets=[sheet.as_record() for sheet in plain])
    if plain and all(known):
        return preview(bureau, id, progress)
    return "已读取，请核对列的对应"


def preview(bureau: Bureau, id: str, progress: Progress) -> str:
    """Find out what a file would change, with its columns as chosen, and keep the answer."""
    upload = find(bureau, id)
    progress.say("正在读取文件")
    try:
        sheets = intake.read(original(bureau, id))
    except FileRefused as refusal:
        raise FileRefused(refusal.code, f"文件未导入：{refusal.message}") from refusal
    progress.say("正在逐行核对", sum(len(sheet.rows) for sheet in sheets))
    with collector_rests():
        report = import_ledger.interpret(
            bureau, sheets, upload.file_name, upload.sha256, columns_of(upload), progress.step
        )
        report = note_suspects(bureau, report, progress)
        keep_report(bureau, id, report, progress)
    return "核对完毕"


def keep_report(bureau: Bureau, id: str, report: ImportReport, progress: Progress) -> None:
    """Keep what a preview found: every row as it stood, and what becomes of it."""
    upload = find(bureau, id)
    rows = list(_stored(bureau, report))
    counts = Counter(row.kind for row in rows)
    counts.update(count_suggestions(bureau, rows))
    if suspected := sum(SUSPECT in row.codes.split() for row in rows):
        counts["suspect"] = suspected
    if not rows:
        codes = list(report.codes)
        phase = Phase.MAPPING if set(codes) & set(MENDABLE) and upload.sheets else Phase.REFUSED
        bureau.store.imports.note(id, phase, report.message, codes=codes)
        return
    previous = bureau.store.imports.last_of(upload.sender, id)
    facts = {
        "message": report.message if any(r.kind != "area" for r in rows) else _NO_PROJECTS,
        "codes": list(report.codes),
        "counts": dict(counts),
        "previous": previous,
    }
    progress.say("正在保存核对结果", len(rows))
    bureau.store.imports.save_preview(id, rows, facts, progress.step, upload.actor)


def confirm(bureau: Bureau, id: str, actor: str, progress: Progress) -> str:
    """Write what the preview showed, all of it or nothing.

    Raises:
        StaleRow: somebody changed one of the projects after the preview.
        AlreadyImported: it has been confirmed before.
        FileRefused: there is nothing to write.
    """
    upload = find(bureau, id)
    if upload.batch is not None:
        raise AlreadyImported()
    progress.say("正在准备")
    rows = bureau.store.imports.rows(id, ACCEPTED)
    if not rows:
        raise FileRefused("E_NO_ROWS", "没有可以写入的行")
    counts = upload.counts
    batch = ImportBatch(
        actor=actor,
        file_name=upload.file_name,
        sha256=upload.sha256,
        inserted=counts.get("insert", 0),
        updated=counts.get("update", 0),
        same=counts.get("same", 0) + counts.get("repeat", 0),
        rejected=counts.get("reject", 0),
        skipped=counts.get("skip", 0),
        sender=upload.sender,
    )
    with collector_rests():
        changes, confirmed = _changes(bureau, rows)
        progress.say("正在写入台账", len(changes))
        number = bureau.store.imports.commit(
            id, batch, changes, confirmed, progress.step, progress.job
        )
    return f"已写入，批次 {number}"


def import_at_once(
    bureau: Bureau, data: bytes, report: ImportReport, sender: str, actor: str
) -> ImportReport:
    """Keep a file and its preview, and write it: what the command line does."""
    id = receive(bureau, data, report.name, sender, actor)
    report = note_suspects(bureau, report, Quiet())
    keep_report(bureau, id, report, Quiet())
    return import_ledger.commit(bureau, report, actor, find(bureau, id).sender, id)


def _changes(
    bureau: Bureau, rows: list[StoredRow]
) -> tuple[list[ProjectChange], list[Confirmation]]:
    """What is written: the projects that change, and those that are heard of again."""
    held = bureau.store.projects_by_code(row.project_code for row in rows)
    found: list[ProjectChange] = []
    again: list[Confirmation] = []
    for row in rows:
        before = held.get(row.project_code)
        version = before.row_version if before else None
        if version != row.before_version:
            raise StaleRow("project", row.project_code, row.before_version, version)
        if row.kind in CHANGES and row.new:
            found.append(ProjectChange(_after(before, row), before, (row.old, row.new)))
        elif row.kind == "same" and row.new:
            again.append(Confirmation.of(_after(before, row)))
    return found, again


def _after(before: InvestmentProject | None, row: StoredRow) -> InvestmentProject:
    said = row.new or {}
    return with_record(before, said) if before else from_record(said)


def _stored(bureau: Bureau, report: ImportReport) -> Iterator[StoredRow]:
    cells = {(table.sheet, row.number): row.cells for table in report.tables for row in table.rows}
    for row in report.rows:
        stood = cells.get((row.sheet, row.row), ())
        yield _stored_row(bureau, row, [dump_cell(cell) for cell in stood])


def _stored_row(bureau: Bureau, row: RowReport, cells: list[object]) -> StoredRow:
    read = row.read
    after = row.after or (stated(bureau, row) if SUSPECT in row.codes else None)
    old, new = changed_fields(row.before, after) if after else (None, None)
    accepted = "repeat" if row.repeats else row.action.value if row.action else "area"
    return StoredRow(
        sheet=row.sheet,
        row=row.row,
        cells=cells,
        kind=row.verdict if row.verdict != "accept" else accepted,
        codes=" ".join(dict.fromkeys(filter(None, row.codes))),
        message=row.message,
        project_code=read.code if read else "",
        name=str(read.values.get("name") or "") if read else "",
        before_version=row.before.row_version if row.before else None,
        old=old,
        new=new,
    )


def _printable(text: str) -> str:
    return "".join(c if c.isprintable() else " " for c in text)


def _path(bureau: Bureau, id: str) -> Path:
    if not re.fullmatch(r"[0-9a-f]{32}", id):
        raise ValueError(f"no upload id: {id!r}")
    return bureau.settings.instance / "uploads" / id


def _keep(bureau: Bureau, id: str, data: bytes) -> None:
    """Only the owner may read it, and it is on the disk before anybody hears of it."""
    path = _path(bureau, id)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
