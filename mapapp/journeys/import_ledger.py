"""Import a ledger: see what a file would change, then change it in one transaction."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from mapapp import intake
from mapapp.journeys.bureau import Bureau
from mapapp.journeys.import_rows import Action, RowReport, Told, check_rows
from mapapp.journeys.reading_notes import misnamed, readings
from mapapp.journeys.vocabulary import CityVocabulary
from mapapp.ledger.areas import areas_of
from mapapp.ledger.cells import RawSheet
from mapapp.ledger.ledgers import find_ledgers
from mapapp.ledger.problems import FileRefused
from mapapp.ledger.row import ReadRow
from mapapp.ledger.sheet import Chosen, Table
from mapapp.store import Confirmation, ImportBatch, ProjectChange

LONGEST_NAME = 255
"""Of a file, as the log keeps it."""


class Verdict(StrEnum):
    """What became of a file."""

    ACCEPT = "accept"
    PARTIAL = "partial"
    REFUSE = "refuse"


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What became of a file. name is display text only; batch is set once it is committed.

    tables are the ledgers found in it, with the columns as they were read.
    """

    name: str
    sha256: str
    verdict: Verdict
    message: str
    rows: tuple[RowReport, ...] = ()
    codes: tuple[str, ...] = ()
    batch: int | None = None
    tables: tuple[Table, ...] = ()

    def count(self, verdict: str) -> int:
        """How many rows were accepted, rejected or skipped."""
        return sum(row.verdict == verdict for row in self.rows)

    def actions(self) -> Counter[Action]:
        """How many projects would be new, changed, or as they are; a row that says what an
        earlier one of the file said counts with the latter."""
        return Counter(row.effect for row in self.rows if row.effect)


def preview(bureau: Bureau, data: bytes, name: str, chosen: Chosen | None = None) -> ImportReport:
    """What importing a file would do; nothing is written. A refused file is a report as well.

    chosen gives, by sheet, the columns that a person set right instead of those guessed.
    """
    digest = hashlib.sha256(data).hexdigest()
    try:
        sheets = intake.read(data)
    except FileRefused as refusal:
        return _refused(name, digest, refusal)
    return interpret(bureau, sheets, name, digest, chosen)


def interpret(
    bureau: Bureau,
    sheets: Sequence[RawSheet],
    name: str,
    digest: str,
    chosen: Chosen | None = None,
    told: Told | None = None,
) -> ImportReport:
    """The same as `preview` for sheets that have been read already; told hears of the progress."""
    words = CityVocabulary(bureau)
    try:
        if areas := areas_of(sheets, words):
            return _of_areas(areas, name, digest)
        found = find_ledgers(sheets, words, chosen)
        rows = check_rows(bureau, found.tables, words, told or _nobody)
    except FileRefused as refusal:
        return _refused(name, digest, refusal)
    notes = [*misnamed(name, sheets), *found.notes, *readings(found)]
    verdict, message = _verdict(rows)
    message += "".join(f"{note.message}。" for note in notes)
    codes = tuple(dict.fromkeys(note.code for note in notes if note.code))
    return ImportReport(
        display_name(name), digest, verdict, message, rows, codes, tables=found.tables
    )


def _refused(name: str, digest: str, refusal: FileRefused) -> ImportReport:
    message = f"文件未导入：{refusal.message}"
    return ImportReport(display_name(name), digest, Verdict.REFUSE, message, codes=(refusal.code,))


def _of_areas(areas: Sequence[ReadRow], name: str, digest: str) -> ImportReport:
    """A layer of boundaries: said what it holds, and no project among it."""
    rows = tuple(
        RowReport("", number, "accept", read.problems, read) for number, read in enumerate(areas, 1)
    )
    names = "、".join(str(read.values.get("name") or "未命名") for read in areas[:5])
    message = (
        f"这是边界图层，有 {len(areas)} 个面（{names}{'等' if len(areas) > 5 else ''}），"
        "几何有效，坐标按 WGS-84 读。里面没有招商项目，不会改动台账。"
    )
    return ImportReport(display_name(name), digest, Verdict.ACCEPT, message, rows)


def commit(
    bureau: Bureau, report: ImportReport, actor: str, sender: str = "", upload: str = ""
) -> ImportReport:
    """Write what a preview showed, all of it or nothing; the report with its batch's number.

    upload is the file that was kept for it, if it was.

    Raises:
        StaleRow: somebody changed one of the projects after the preview.
        FileRefused: the file was turned away, there is nothing to write.
    """
    if report.verdict is Verdict.REFUSE:
        raise FileRefused(next(iter(report.codes), "E_NO_ROWS"), report.message)
    batch = batch_of(report, actor, sender)
    changes, confirmed = [], []
    for row in report.rows:
        if row.after is None or row.repeats:
            continue
        if row.action is not Action.SAME:
            changes.append(ProjectChange(row.after, row.before))
        elif row.after != row.before:
            confirmed.append(Confirmation.of(row.after))
    if upload:
        number = bureau.store.imports.commit(upload, batch, changes, confirmed)
    else:
        number = bureau.store.save_import(batch, changes, confirmed)
    return replace(report, batch=number)


def batch_of(report: ImportReport, actor: str, sender: str = "") -> ImportBatch:
    """What the log says of an import."""
    actions = report.actions()
    return ImportBatch(
        actor=actor,
        file_name=report.name,
        sha256=report.sha256,
        inserted=actions[Action.INSERT],
        updated=actions[Action.UPDATE],
        same=actions[Action.SAME],
        rejected=report.count("reject"),
        skipped=report.count("skip"),
        sender=sender,
    )


def _nobody(done: int) -> None:
    """Nobody watches."""


def display_name(name: str) -> str:
    """A file's name as it was sent, for showing: it may look like a path, and nothing opens it."""
    plain = "".join(character for character in name if character.isprintable())
    return plain[:LONGEST_NAME]


def _verdict(rows: Sequence[RowReport]) -> tuple[Verdict, str]:
    count = Counter(row.verdict for row in rows)
    parts = [f"接收 {count['accept']} 行"]
    if count["reject"]:
        parts.append(f"退回 {count['reject']} 行")
    if count["skip"]:
        reasons = Counter(row.message.partition("，")[0] for row in rows if row.verdict == "skip")
        why = "、".join(f"{reason} {n}" for reason, n in reasons.most_common())
        parts.append(f"跳过 {count['skip']} 行（{why}）")
    hidden = sum("W_HIDDEN_ROW" in row.codes for row in rows)
    if hidden:
        parts.append(f"其中 {hidden} 行在表里是隐藏的")
    message = "，".join(parts) + "。"
    if count["reject"]:
        first = next(row for row in rows if row.verdict == "reject")
        where = f"{first.sheet}第{first.row}行" if first.sheet else f"第{first.row}行"
        message += f"例如{where}：{first.message.rstrip('。')}。"
    if not count["accept"]:
        return Verdict.REFUSE, message
    return (Verdict.PARTIAL if count["reject"] else Verdict.ACCEPT), message
