"""The rows of a ledger against the store: what each would do, or every reason why it does not."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from mapapp.journeys.bureau import Bureau
from mapapp.journeys.merging import survivors
from mapapp.journeys.vocabulary import CityVocabulary
from mapapp.ledger.cells import RawRow
from mapapp.ledger.merge import merge, says_the_same
from mapapp.ledger.problems import Problem, in_one_line
from mapapp.ledger.project import InvestmentProject
from mapapp.ledger.row import ReadRow, read_row
from mapapp.ledger.sheet import Table
from mapapp.ledger.variants import note_variants

Told = Callable[[int], None]
"""How many rows have been read; what it raises ends the preview."""

_TELL_EVERY = 500


class Action(StrEnum):
    """What an accepted row does to the ledger."""

    INSERT = "insert"
    UPDATE = "update"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class RowReport:
    """What became of one row: accept, reject or skip. read is None for a skipped row.

    before and after are the project as it is and as it would be; None where it is not accepted.
    action is what the row means for the ledger as it was; repeats says that an earlier row of the
    file has done it already.
    """

    sheet: str
    row: int
    verdict: str
    problems: tuple[Problem, ...] = ()
    read: ReadRow | None = None
    action: Action | None = None
    before: InvestmentProject | None = None
    after: InvestmentProject | None = None
    repeats: bool = False

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(problem.code for problem in self.problems)

    @property
    def message(self) -> str:
        return in_one_line(self.problems)

    @property
    def effect(self) -> Action | None:
        """What is written on account of this very row."""
        return Action.SAME if self.repeats else self.action


@dataclass(frozen=True, slots=True)
class _Known:
    """What a row is held against: the ledger, codes that were merged away, the file's other rows.

    doubled are the codes on several rows, and whether these say the same; first is the row that
    speaks for a code.
    """

    held: Mapping[str, InvestmentProject]
    merged: Mapping[str, str]
    doubled: Mapping[str, bool]
    first: Mapping[str, tuple[str, int]]
    today: date


def check_rows(
    bureau: Bureau, tables: Sequence[Table], words: CityVocabulary, told: Told
) -> tuple[RowReport, ...]:
    """Every row of the tables, in order."""
    read: list[tuple[Table, int, ReadRow | None]] = []
    for table in tables:
        for row in table.rows:
            read.append((table, row.number, _read(table, row, words)))
            if len(read) % _TELL_EVERY == 0:
                told(len(read))
    read = note_variants(read)
    known = _known(bureau, read, words.today)
    return tuple(_report(table, number, one, known) for table, number, one in read)


def _known(
    bureau: Bureau, read: Sequence[tuple[Table, int, ReadRow | None]], today: date
) -> _Known:
    first: dict[str, tuple[str, int]] = {}
    for table, number, one in read:
        if one and one.accepted:
            first.setdefault(one.code, (table.sheet, number))
    held = bureau.store.projects_by_code(first)
    merged = survivors(bureau, [code for code in first if code not in held])
    return _Known(held, merged, _doubled(one for _, _, one in read if one), first, today)


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


def _report(table: Table, number: int, read: ReadRow | None, known: _Known) -> RowReport:
    sheet = table.sheet
    if read is None:
        return RowReport(sheet, number, "skip", (Problem("", table.asides[number]),))
    problems = read.problems + _double_problem(read, known) + _merged_problem(read, known)
    if any(problem.rejects for problem in problems):
        return RowReport(sheet, number, "reject", problems, read)
    before = known.held.get(read.code)
    after = merge(before, read, known.today)
    if before is None:
        action = Action.INSERT
    else:
        action = Action.SAME if says_the_same(before, after) else Action.UPDATE
    repeats = known.first[read.code] != (sheet, number)
    return RowReport(sheet, number, "accept", problems, read, action, before, after, repeats)


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


def _double_problem(row: ReadRow, known: _Known) -> tuple[Problem, ...]:
    if row.code not in known.doubled:
        return ()
    if known.doubled[row.code]:
        return (Problem("W_DUP_IDENTICAL", f"项目编号 {row.code} 有内容相同的几行，只记一次"),)
    return (Problem("E_DUP_CODE", f"项目编号 {row.code} 有内容不同的几行，请只留一行"),)


def _merged_problem(row: ReadRow, known: _Known) -> tuple[Problem, ...]:
    """A code that gave way to another must not bring its row back."""
    if row.code not in known.merged:
        return ()
    into = known.merged[row.code]
    text = f"编号 {row.code} 已并入 {into}，请改用 {into}；不是同一个项目的，先在“疑似重复”撤销合并"
    return (Problem("E_CODE_MERGED", text),)
