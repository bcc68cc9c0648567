"""Paste a block of cells from WPS or Excel: seen first, then written in one transaction."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mapapp.journeys import import_ledger
from mapapp.journeys.bureau import Bureau
from mapapp.journeys.import_ledger import ImportReport
from mapapp.journeys.import_rows import Action
from mapapp.ledger.headers import MONEY, read_header
from mapapp.ledger.written import WRITTEN

NAME = "粘贴的单元格.tsv"
_WORDS = {Action.INSERT: "新增", Action.UPDATE: "修改", Action.SAME: "不变"}
_FEWEST_COLUMNS = 3
_SHOWN = 5

TITLES = (
    *(str(field) for field in WRITTEN if field not in MONEY),
    *(f"{field}（{unit}）" for field in MONEY for unit in ("万元", "亿元", "万美元")),
)
"""What a column without a title may be said to hold."""


@dataclass(frozen=True, slots=True)
class Block:
    """What was pasted: rows of cells. titled: the first row says what the columns hold."""

    rows: tuple[tuple[str, ...], ...]
    titled: bool

    @property
    def width(self) -> int:
        return max((len(row) for row in self.rows), default=0)

    @property
    def first_rows(self) -> tuple[tuple[str, ...], ...]:
        return tuple((*row, *[""] * (self.width - len(row))) for row in self.rows[:_SHOWN])

    def text(self, titles: Sequence[str] = ()) -> str:
        """As a file that the intake reads, under titles of its own or under the given ones."""
        file = io.StringIO()
        writer = csv.writer(file, dialect="excel-tab", lineterminator="\n")
        file.write("sep=\t\n")
        if titles:
            writer.writerow(title or f"不导入{n}" for n, title in enumerate(titles, start=1))
        writer.writerows([*row, *[""] * (self.width - len(row))] for row in self.rows)
        return file.getvalue()


def read_block(text: str) -> Block:
    """The cells of a pasted text; blank lines around it are nothing."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip("\n").replace("\x00", "")
    rows = [tuple(row) for row in csv.reader(io.StringIO(text), dialect="excel-tab")]
    rows = [row for row in rows if any(cell.strip() for cell in row)]
    titled = bool(rows) and len(read_header(rows[0])) >= _FEWEST_COLUMNS
    return Block(tuple(rows), titled)


def usual_titles(block: Block) -> list[str]:
    """The titles to begin with where the block has none: the columns of our own export."""
    order = [f"{f}（亿元）" if f in MONEY else str(f) for f in WRITTEN]
    return [order[n] if n < len(order) else "" for n in range(block.width)]


def preview(bureau: Bureau, block: Block, titles: Sequence[str] = ()) -> ImportReport:
    """What writing the block would do; nothing is written."""
    return import_ledger.preview(bureau, block.text(titles).encode(), NAME)


def versions(report: ImportReport) -> dict[str, int]:
    """The version that each row was previewed against; 0 for a new project."""
    return {
        row.after.project_code: row.before.row_version if row.before else 0
        for row in report.rows
        if row.after
    }


def commit(
    bureau: Bureau, report: ImportReport, seen: Mapping[str, int], actor: str
) -> ImportReport | None:
    """Write what a preview showed; None where the ledger is not as it was seen there.

    Raises:
        StaleRow: somebody changed one of the projects this very moment; nothing was written.
        FileRefused: there is nothing to write.
    """
    if versions(report) != dict(seen):
        return None
    return import_ledger.commit(bureau, report, actor)


def counts(report: ImportReport) -> list[tuple[str, int]]:
    """How many rows are new, changed, the same, rejected and skipped; only those there are."""
    actions = report.actions()
    found = [(word, actions[action]) for action, word in _WORDS.items()]
    found += [("退回", report.count("reject")), ("跳过", report.count("skip"))]
    return [(word, n) for word, n in found if n]
