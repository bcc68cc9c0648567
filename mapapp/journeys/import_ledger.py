"""Import a ledger: see what a file would change, then change it in one transaction."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from mapapp import intake
from mapapp.journeys.bureau import Bureau
from mapapp.journeys.vocabulary import CityVocabulary
from mapapp.ledger.merge import merge, says_the_same
from mapapp.ledger.problems import FileRefused, Problem
from mapapp.ledger.project import InvestmentProject
from mapapp.ledger.row import ReadRow, is_no_project, read_row
from mapapp.ledger.sheet import Table, find_tables
from mapapp.store import ImportBatch, ProjectChange

LONGEST_NAME = 255
"""Of a file, as the log keeps it."""


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
        return ";".join(problem.message for problem in self.problems)


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What became of a file. name is display text only; batch is set once it is committed."""

    name: str
    sha256: str
    verdict: Verdict
    message: str
    rows: tuple[RowReport, ...] = ()
    codes: tuple[str, ...] = ()
    batch: int | None = None

    def count(self, verdict: str) -> int:
        """How many rows were accepted, rejected or skipped."""
        return sum(row.verdict == verdict for row in self.rows)

    def actions(self) -> Counter[Action]:
        """How many rows would insert, update, or change nothing."""
        return Counter(row.action for row in self.rows if row.action)


def preview(bureau: Bureau, data: bytes, name: str) -> ImportReport:
    """What importing a file would do; nothing is written. A refused file is a report as well."""
    name = _display(name)
    digest = hashlib.sha256(data).hexdigest()
    try:
        tables, skipped = find_tables(intake.read(data))
        rows = _rows(bureau, tables)
    except FileRefused as refusal:
        return ImportReport(
            name, digest, Verdict.REFUSE, f"文件未导入：{refusal.message}", codes=(refusal.code,)
        )
    verdict, message = _verdict(rows, skipped)
    notes = [*_misnamed(name, tables), *_units(tables)]
    message += "".join(f"{note.message}。" for note in notes)
    codes = tuple(note.code for note in notes if note.code)
    return ImportReport(name, digest, verdict, message, rows, codes)


def commit(bureau: Bureau, report: ImportReport, actor: str) -> ImportReport:
    """Write what a preview showed, all of it or nothing; the report with its batch's number.

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
    )
    changes = {
        row.after.project_code: ProjectChange(row.after, row.before)
        for row in report.rows
        if row.after is not None and row.after != row.before
    }
    return replace(report, batch=bureau.store.save_import(batch, list(changes.values())))


def _display(name: str) -> str:
    """A file's name as it may be shown: never a path, never trusted for what the file is."""
    plain = "".join(character for character in name if character.isprintable())
    return plain[:LONGEST_NAME]


def _rows(bureau: Bureau, tables: Sequence[Table]) -> tuple[RowReport, ...]:
    words = CityVocabulary(bureau)
    read: list[tuple[Table, int, ReadRow | None]] = []
    for table in tables:
        for row in table.rows:
            if is_no_project(row, table.columns):
                read.append((table, row.number, None))
                continue
            one = read_row(row, table.columns, words, table.width, table.ragged)
            read.append((table, row.number, one))
    doubled = _doubled(one for _, _, one in read if one)
    codes = [one.code for _, _, one in read if one and one.accepted]
    held = bureau.store.projects_by_code(codes)
    return tuple(
        _report(table.sheet, number, one, doubled, held, words) for table, number, one in read
    )


def _report(
    sheet: str,
    number: int,
    read: ReadRow | None,
    doubled: dict[str, bool],
    held: dict[str, InvestmentProject],
    words: CityVocabulary,
) -> RowReport:
    if read is None:
        note = Problem("", "合计、签名或说明行，不是项目")
        return RowReport(sheet, number, "skip", (note,))
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


def _misnamed(name: str, tables: Sequence[Table]) -> list[Problem]:
    """A CSV that calls itself a workbook, or the other way round: read by content, and said."""
    workbook = name.lower().endswith((".xlsx", ".xlsm", ".xls", ".et", ".ods"))
    text = name.lower().endswith((".csv", ".tsv", ".txt"))
    if (workbook and tables[0].ragged) or (text and not tables[0].ragged):
        return [Problem("W_EXT_MISMATCH", "文件内容与扩展名不符，已按内容读取")]
    return []


def _units(tables: Sequence[Table]) -> list[Problem]:
    """How the amounts were read."""
    said = {
        f"{column.field}按{column.unit.text}读"
        for table in tables
        for column in table.columns
        if column.unit
    }
    return [Problem("", text) for text in sorted(said)]


def _verdict(rows: Sequence[RowReport], skipped: Sequence[str]) -> tuple[Verdict, str]:
    count = Counter(row.verdict for row in rows)
    parts = [f"接收 {count['accept']} 行"]
    if count["reject"]:
        parts.append(f"退回 {count['reject']} 行")
    if count["skip"]:
        parts.append(f"跳过 {count['skip']} 行（合计、签名等）")
    if skipped:
        parts.append(f"没有读的工作表：{'、'.join(skipped)}（没有表头或不是台账）")
    message = ",".join(parts) + "。"
    if count["reject"]:
        first = next(row for row in rows if row.verdict == "reject")
        where = f"{first.sheet}第{first.row}行" if first.sheet else f"第{first.row}行"
        message += f"例如{where}:{first.message}"
    if not count["accept"]:
        return Verdict.REFUSE, message
    return (Verdict.PARTIAL if count["reject"] else Verdict.ACCEPT), message
