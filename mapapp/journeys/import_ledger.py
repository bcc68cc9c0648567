"""Import a ledger: see what a file would change, then change it in one transaction."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from mapapp import intake
from mapapp.journeys.bureau import Bureau
from mapapp.journeys.reading_notes import misnamed, readings
from mapapp.journeys.vocabulary import CityVocabulary
from mapapp.ledger.areas import areas_of
from mapapp.ledger.cells import RawRow, RawSheet
from mapapp.ledger.ledgers import find_ledgers
from mapapp.ledger.merge import merge, says_the_same
from mapapp.ledger.problems import FileRefused, Problem
from mapapp.ledger.project import InvestmentProject
from mapapp.ledger.row import ReadRow, read_row
from mapapp.ledger.sheet import Chosen, Table
from mapapp.ledger.variants import note_variants
from mapapp.store import ImportBatch, ProjectChange

LONGEST_NAME = 255
"""Of a file, as the log keeps it."""

Told = Callable[[int], None]
"""How many rows have been read; what it raises ends the preview."""

_TELL_EVERY = 500


class Verdict(StrEnum):
    """What became of a file."""

    ACCEPT = "accept"
    PARTIAL = "partial"
    REFUSE = "refuse"


class Action(StrEnum):
    """What an accepted row does to the ledger."""

    INSERT = "insert"
    UPDATE = "update"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class RowReport:
    """What became of one row: accept, reject or skip. read is None for a skipped row.

    before and after are the project as it is and as it would be; None where it is not accepted.
    """

    sheet: str
    row: int
    verdict: str
    problems: tuple[Problem, ...] = ()
    read: ReadRow | None = None
    action: Action | None = None
    before: InvestmentProject | None = None
    after: InvestmentProject | None = None

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(problem.code for problem in self.problems)

    @property
    def message(self) -> str:
        return "；".join(problem.message for problem in self.problems)


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
        """How many rows would insert, update, or change nothing."""
        return Counter(row.action for row in self.rows if row.action)


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
        rows = _rows(bureau, found.tables, words, told or _nobody)
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
    actions = report.actions()
    batch = ImportBatch(
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
    found = {
        row.after.project_code: ProjectChange(row.after, row.before)
        for row in report.rows
        if row.after is not None and row.after != row.before
    }
    changes = list(found.values())
    if upload:
        return replace(report, batch=bureau.store.imports.commit(upload, batch, changes))
    return replace(report, batch=bureau.store.save_import(batch, changes))


def _nobody(done: int) -> None:
    """Nobody watches."""


def display_name(name: str) -> str:
    """A file's name as it may be shown: never a path, never trusted for what the file is."""
    plain = "".join(character for character in name if character.isprintable())
    return plain[:LONGEST_NAME]


def _rows(
    bureau: Bureau, tables: Sequence[Table], words: CityVocabulary, told: Told
) -> tuple[RowReport, ...]:
    read: list[tuple[Table, int, ReadRow | None]] = []
    for table in tables:
        for row in table.rows:
            read.append((table, row.number, _read(table, row, words)))
            if len(read) % _TELL_EVERY == 0:
                told(len(read))
    read = note_variants(read)
    doubled = _doubled(one for _, _, one in read if one)
    codes = [one.code for _, _, one in read if one and one.accepted]
    held = bureau.store.projects_by_code(codes)
    return tuple(_report(table, number, one, doubled, held, words) for table, number, one in read)


def _read(table: Table, row: RawRow, words: CityVocabulary) -> ReadRow | None:
    """A row with everything that is known about it; None for one that is no project."""
    if row.number in table.asides:
        return None
    if table.missing:
        text = f"工作表“{table.sheet}”缺少{'、'.join(table.missing)}，请补上这一列"
        return ReadRow("", {}, "", None, {}, (Problem("E_HEADER_MISSING", text),))
    county = table.county_of(row.number)
    one = read_row(row, table.columns, words, table.width, table.ragged, county)
    notes = list(table.notes.get(row.number, ()))
    if row.number in table.hidden_rows:
        notes.append(Problem("W_HIDDEN_ROW", "这一行是隐藏的，照样读了，请核对是不是该导入"))
    if table.hidden:
        notes.append(Problem("W_HIDDEN_SHEET", f"工作表“{table.sheet}”是隐藏的，请核对"))
    return replace(one, problems=(*one.problems, *notes)) if notes else one


def _report(
    table: Table,
    number: int,
    read: ReadRow | None,
    doubled: dict[str, bool],
    held: dict[str, InvestmentProject],
    words: CityVocabulary,
) -> RowReport:
    sheet = table.sheet
    if read is None:
        return RowReport(sheet, number, "skip", (Problem("", table.asides[number]),))
    problems = read.problems + _double_problem(read, doubled)
    if any(problem.rejects for problem in problems):
        return RowReport(sheet, number, "reject", problems, read)
    before = held.get(read.code)
    after = merge(before, read, words.today)
    if before is None:
        action = Action.INSERT
    else:
        action = Action.SAME if says_the_same(before, after) else Action.UPDATE
    return RowReport(sheet, number, "accept", problems, read, action, before, after)


def _doubled(rows: Iterable[ReadRow]) -> dict[str, bool]:
    """Codes that stand on several rows, and whether these say the same."""
    of: dict[str, list[ReadRow]] = {}
    for row in rows:
        if row.code:
            of.setdefault(row.code, []).append(row)
    return {
        code: all(_said(row) == _said(same[0]) for row in same)
        for code, same in of.items()
        if len(same) > 1
    }


def _said(row: ReadRow) -> tuple[object, ...]:
    return row.values, row.stage, row.dates


def _double_problem(row: ReadRow, doubled: dict[str, bool]) -> tuple[Problem, ...]:
    if row.code not in doubled:
        return ()
    if doubled[row.code]:
        return (Problem("W_DUP_IDENTICAL", f"项目编号 {row.code} 有内容相同的几行，只记一次"),)
    return (Problem("E_DUP_CODE", f"项目编号 {row.code} 有内容不同的几行，请只留一行"),)


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
