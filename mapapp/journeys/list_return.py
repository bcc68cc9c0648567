"""回收: what a workbook brings back that a team took along, row by row.

A list that was exported, and the return workbook of a pack, both carry each row's number and
version. What was written is compared three ways: as it went out, as the list is now, as it came.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from chains import UnknownName
from mapapp import intake
from mapapp.documents import KEY_TITLE, VERSION_TITLE
from mapapp.journeys.bureau import Bureau
from mapapp.journeys.list_form import FIRM, LINK
from mapapp.journeys.list_making import get_list
from mapapp.ledger.cells import CellError, RawRow, RawSheet, has_control, shown
from mapapp.ledger.problems import FileRefused
from mapapp.ledger.three_way import CellChange, comparable, compare
from mapapp.outreach.pursuit_cells import PursuitField, VisitField, cells_of, write
from mapapp.outreach.target_list import TargetList, TargetRow, Visit
from mapapp.store import RowChange

PURPOSE = "target_list_return"
_HEADER_WITHIN = 20


class Fate(StrEnum):
    """What becomes of a returned row."""

    CHANGED = "有改动"
    SAME = "没有变化"
    REJECTED = "不能收"


@dataclass(frozen=True, slots=True)
class ReturnedPursuit:
    """A row of the workbook against the list. number is its row in the sheet.

    changes are the cells that came back otherwise; those that wait are taken only where somebody
    says so. reasons say why the row cannot be taken.
    """

    number: int
    firm: str
    fate: Fate
    row: TargetRow | None = None
    changes: tuple[CellChange[PursuitField], ...] = ()
    told: Mapping[str, str] | None = None
    visit: Visit | None = None
    reasons: tuple[str, ...] = ()

    def decision(self, field: PursuitField) -> str:
        """What the page calls the decision on a cell."""
        return f"{self.row.id if self.row else 0}:{field.name}"


@dataclass(frozen=True, slots=True)
class ListReturn:
    """What a returned workbook says of a list."""

    item: TargetList
    name: str
    rows: tuple[ReturnedPursuit, ...]

    def count(self, fate: str) -> int:
        return sum(row.fate.value == fate for row in self.rows)

    @property
    def waiting(self) -> int:
        return sum(change.waits for row in self.rows for change in row.changes)

    @property
    def fingerprint(self) -> str:
        """Changes when what the planner was shown would no longer be true."""
        shown_ = [(r.number, r.fate, r.changes, r.visit, r.reasons) for r in self.rows]
        return hashlib.sha256(repr(shown_).encode()).hexdigest()[:24]


def keep_return(bureau: Bureau, id: int, data: bytes, name: str, actor: str) -> int:
    """Keep a workbook that came back until somebody confirms it; its number.

    Raises:
        UnknownName: there is no such list.
        FileRefused: it cannot be read, or is no workbook of this list.
    """
    read_return(bureau, id, data, name)
    plain = "".join(c for c in name if c.isprintable())[:255]
    digest = hashlib.sha256(data).hexdigest()
    return bureau.store.collection.keep_file(PURPOSE, plain, digest, data, actor)


def kept_return(bureau: Bureau, id: int, file: int) -> ListReturn:
    """What a workbook that was kept says of a list now.

    Raises:
        UnknownName: there is no such list or file.
        FileRefused: it is no workbook of this list.
    """
    found = bureau.store.collection.file(file)
    if found is None or found.purpose != PURPOSE:
        raise UnknownName("返回的工作簿", str(file), ())
    return read_return(bureau, id, found.content, found.name)


def read_return(bureau: Bureau, id: int, data: bytes, name: str) -> ListReturn:
    """What a workbook would change; nothing is written.

    Raises:
        UnknownName: there is no such list.
        FileRefused: it cannot be read, or is no workbook of this list.
    """
    item = get_list(bureau, id)
    header, rows = _find(intake.read(data))
    held = {row.id: row for row in bureau.store.target_lists.rows(id)}
    keyed = [_read(row, header) for row in rows]
    keyed = [one for one in keyed if any(one.cells.values()) or one.key]
    if keyed and not any(_row_id(one.key, id) in held for one in keyed):
        raise FileRefused(
            "E_RETURN_LIST",
            f"这份工作簿里的行不是名单“{item.title}”的，没有收。请到它自己的名单页上传",
        )
    twice = {key for key, times in Counter(one.key for one in keyed).items() if key and times > 1}
    seen = {row: int(one.version) for one in keyed
            if (row := _row_id(one.key, id)) in held and one.version.isdigit()}  # fmt: skip
    then = bureau.store.target_lists.cells_then(seen)
    visits = bureau.store.target_lists.visits(id)
    found = [_outcome(bureau, one, id, held, then, twice, visits) for one in keyed]
    return ListReturn(item, name, tuple(found))


def write_return(
    bureau: Bureau, id: int, file: int, adopted: Collection[str], seen: str, actor: str
) -> int:
    """Write what a workbook changes, and of what waits the cells adopted; how many rows.

    All or nothing. seen is the fingerprint of what the planner was shown.

    Raises:
        UnknownName: there is no such list or file.
        FileRefused: the list changed since it was shown, or the cells do not fit together.
        StaleRow: somebody changed one of the rows at this moment.
    """
    found = kept_return(bureau, id, file)
    if found.fingerprint != seen:
        raise FileRefused("E_RETURN_STALE", "名单刚被别人改过，没有写入。请看现在的对照再确认")
    changes = [
        change
        for one in found.rows
        if one.fate is Fate.CHANGED and (change := _change(bureau, one, adopted))
    ]
    bureau.store.target_lists.save(changes, actor)
    return len(changes)


def _change(bureau: Bureau, one: ReturnedPursuit, adopted: Collection[str]) -> RowChange | None:
    """What is written of a row, if anything."""
    assert one.row is not None
    taken = {
        change.field.value: change.returned
        for change in one.changes
        if not change.waits or one.decision(change.field) in adopted
    }
    written = write(one.row.pursuit, taken | dict(one.told or {}), bureau.today, one.row.id)
    if written.problems:
        said = "；".join(written.problems.values())
        raise FileRefused("E_RETURN_CELLS", f"第 {one.number} 行“{one.firm}”没有写入：{said}")
    if written.pursuit == one.row.pursuit and written.visit is None:
        return None
    visits = (written.visit,) if written.visit else ()
    return RowChange(replace(one.row, pursuit=written.pursuit), one.row, visits)


@dataclass(frozen=True, slots=True)
class _Keyed:
    """A row as it came back: its key and version, and its cells by title."""

    number: int
    key: str
    version: str
    cells: Mapping[str, str]
    problems: tuple[str, ...]


def _find(sheets: Sequence[RawSheet]) -> tuple[dict[str, int], Sequence[RawRow]]:
    """The columns by title, and the rows below them, of the sheet that is a list."""
    for sheet in sheets:
        for place, row in enumerate(sheet.rows[:_HEADER_WITHIN]):
            titles = [re.sub(r"\s", "", shown(cell)) for cell in row.cells]
            if {KEY_TITLE, VERSION_TITLE, FIRM, LINK} <= set(titles):
                twice = [t for t in (*PursuitField, *VisitField) if titles.count(t) > 1]
                if twice:
                    raise FileRefused("E_DUP_HEADER", f"表里有重复的列：{'、'.join(twice)}")
                return {title: titles.index(title) for title in titles if title}, sheet.rows[
                    place + 1 :
                ]
    raise FileRefused(
        "E_RETURN_UNKNOWN",
        "这不是链图导出的名单：没有找到“行标识”“版本”“企业”“环节”这几列。"
        "请用名单页导出的内部版 Excel，或出差包里的接洽情况表",
    )


def _read(row: RawRow, header: Mapping[str, int]) -> _Keyed:
    problems = []
    cells = {}
    for title, place in header.items():
        cell = row.cells[place] if place < len(row.cells) else None
        if isinstance(cell, CellError):
            problems.append(f"“{title}”是错误值 {cell.text}，请改正")
        elif has_control(cell):
            problems.append(f"“{title}”里有看不见的控制字符，请重新键入")
        if row.formulas.get(place) is False:
            problems.append(f"“{title}”是公式而没有计算结果，请改成文字")
        cells[title] = comparable(cell)
    key, version = cells.pop(KEY_TITLE), cells.pop(VERSION_TITLE)
    return _Keyed(row.number, key, version, cells, tuple(problems))


def _row_id(key: str, list: int) -> int:
    """The number of a row of a list, from its key; -1 for none of it."""
    match = re.fullmatch(r"([0-9]{1,9})-([0-9]{1,9})", key)
    return int(match[2]) if match and int(match[1]) == list else -1


def _outcome(
    bureau: Bureau,
    one: _Keyed,
    list: int,
    held: Mapping[int, TargetRow],
    then: Mapping[int, Mapping[str, str]],
    twice: Collection[str],
    visits: Sequence[Visit],
) -> ReturnedPursuit:
    row = held.get(_row_id(one.key, list))
    base = then.get(row.id) if row else None
    reasons = one.problems + _reasons(one, row, base, twice)
    firm = one.cells.get(FIRM, "")
    if reasons or row is None or base is None:
        return ReturnedPursuit(one.number, firm, Fate.REJECTED, row, reasons=reasons)
    theirs = {f.value: one.cells[f.value] for f in PursuitField if f.value in one.cells}
    changes = compare(base, cells_of(row.pursuit), theirs, PursuitField)
    told = {f.value: one.cells[f.value] for f in VisitField if one.cells.get(f.value)}
    plain = {change.field.value: change.returned for change in changes if not change.waits}
    written = write(row.pursuit, plain | told, bureau.today, row.id)
    if written.problems:
        problems = tuple(written.problems.values())
        return ReturnedPursuit(one.number, firm, Fate.REJECTED, row, reasons=problems)
    visit = written.visit
    if visit and any(_same(visit, other) for other in visits):
        visit, told = None, {}
    fate = Fate.CHANGED if changes or visit else Fate.SAME
    return ReturnedPursuit(one.number, firm, fate, row, changes, told, visit)


def _reasons(
    one: _Keyed,
    row: TargetRow | None,
    base: Mapping[str, str] | None,
    twice: Collection[str],
) -> tuple[str, ...]:
    """Why a row cannot be matched with one of the list."""
    if not one.key:
        return ("没有行标识：新增的企业请在名单页里加，不要在表里插入行",)
    if one.key in twice:
        return (f"行标识 {one.key} 出现了几次，像是复制了整行，请只留一行",)
    if row is None:
        return (f"行标识 {one.key} 不是这份名单的",)
    if (one.cells.get(FIRM), one.cells.get(LINK)) != (row.firm, row.link):
        return (
            f"行标识 {one.key} 是“{row.firm}”补“{row.link}”，这一行写的是"
            f"“{one.cells.get(FIRM, '')}”补“{one.cells.get(LINK, '')}”，像是排序时没有带上这一列",
        )
    if base is None:
        return (f"版本 {one.version} 不是这一行出去时的，没有收",)
    return ()


def _same(visit: Visit, other: Visit) -> bool:
    """Whether a contact was kept before: a workbook returned twice tells of it once."""
    return (visit.row, visit.on, visit.by, visit.met, visit.said) == (
        other.row, other.on, other.by, other.met, other.said,
    )  # fmt: skip
