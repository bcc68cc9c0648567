"""The bureau's own register of other cities: look at a file, take it over, take it out again."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from chains import UnknownName
from geodata import GeodataError
from mapapp import intake
from mapapp.journeys.bureau import Bureau
from mapapp.journeys.suggest_links import Named, tag_named
from mapapp.ledger.cells import Cell, RawRow, RawSheet, is_blank, shown
from mapapp.ledger.problems import FileRefused
from mapapp.ledger.register import RegisterEntry, RegisterFile

PURPOSE = "register"
TITLES: Mapping[str, tuple[str, ...]] = {
    "city": ("城市", "地市", "所在城市", "所在地市", "市", "总部城市"),
    "code": ("行政区划代码", "区划代码", "城市代码", "代码"),
    "link": ("环节", "产业链环节", "环节名称"),
    "firm": ("企业", "企业名称", "公司", "公司名称"),
    "product": ("产品", "主要产品"),
}
"""The columns that are read, and what they may be called."""
_HEADER_WITHIN = 20
_LONGEST_FIRM = 200


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """What became of a row: `entry` where it is taken, else the fault, or why it adds nothing."""

    sheet: str
    row: int
    said: str
    entry: RegisterEntry | None = None
    fault: str = ""
    repeats: str = ""


@dataclass(frozen=True, slots=True)
class RegisterReport:
    """What became of a file; refused says why the whole of it was turned away."""

    name: str
    sha256: str
    rows: tuple[RegisterRow, ...] = ()
    refused: str = ""

    @property
    def entries(self) -> list[RegisterEntry]:
        """What taking it over would add."""
        return [row.entry for row in self.rows if row.entry]

    @property
    def faults(self) -> list[RegisterRow]:
        return [row for row in self.rows if row.fault]

    @property
    def repeated(self) -> int:
        return sum(bool(row.repeats) for row in self.rows)

    @property
    def fingerprint(self) -> str:
        """Changes when what was shown would no longer be true."""
        return hashlib.sha256(repr(self.rows).encode()).hexdigest()[:24]


def preview(bureau: Bureau, data: bytes, name: str) -> RegisterReport:
    """What taking over a file would do; nothing is written. A refused file is a report as well."""
    name = "".join(c for c in name if c.isprintable())[:255]
    digest = hashlib.sha256(data).hexdigest()
    try:
        return RegisterReport(name, digest, _rows(bureau, intake.read(data)))
    except FileRefused as refusal:
        return RegisterReport(name, digest, refused=refusal.message)


def keep(bureau: Bureau, data: bytes, name: str, actor: str) -> RegisterReport | int:
    """Keep an uploaded file until it is confirmed: its number. A refused one is not kept."""
    report = preview(bureau, data, name)
    if report.refused:
        return report
    return bureau.store.collection.keep_file(PURPOSE, report.name, report.sha256, data, actor)


def read_kept(bureau: Bureau, number: int) -> RegisterReport | None:
    """A kept file, read anew against the register as it is now."""
    kept = bureau.store.collection.file(number)
    if kept is None or kept.purpose != PURPOSE:
        return None
    return preview(bureau, kept.content, kept.name)


def commit(bureau: Bureau, report: RegisterReport, actor: str) -> int:
    """Take over what a preview showed, all of it or nothing; how many entries.

    Raises:
        FileRefused: the file was turned away, or adds nothing.
    """
    if report.refused:
        raise FileRefused("", report.refused)
    entries = report.entries
    if not entries:
        raise FileRefused("E_NO_ROWS", "没有一行能登记，什么也没有写入。请按退回的原因改好再来")
    bureau.store.register.add(report.name, report.sha256, entries, actor)
    return len(entries)


def files(bureau: Bureau) -> list[RegisterFile]:
    """What was taken over, the newest first."""
    return bureau.store.register.files()


def remove(bureau: Bureau, id: int) -> None:
    """Take a file out of the register with all its entries.

    Raises:
        UnknownName: it is not in the register.
    """
    if not bureau.store.register.remove(id):
        raise UnknownName("登记的文件", str(id), [str(item.id) for item in files(bureau)])


def _rows(bureau: Bureau, sheets: Sequence[RawSheet]) -> tuple[RegisterRow, ...]:
    tables = [(sheet, *found) for sheet in sheets if (found := _header(sheet))]
    if not tables:
        seen = [shown(c) for s in sheets for r in s.rows[:1] for c in r.cells[:20]]
        raise FileRefused(
            "E_HEADER_MISSING",
            "没有认出表头：要有“城市”或“行政区划代码”一列，和“环节”一列（或者“产品”一列）。"
            f"现有：{'、'.join(filter(None, seen))[:120] or '空表'}",
        )
    known = {(item.place, item.link, item.firm) for item in bureau.store.register.entries()}
    first: dict[tuple[str, str, str], str] = {}
    filled = [
        (sheet.name, row.number, {name: _text(row.cells, at) for name, at in columns.items()})
        for sheet, columns, rows in tables
        for row in rows
        if not all(is_blank(cell) for cell in row.cells)
    ]
    hints = _hints(bureau, [cells for *_, cells in filled])
    outcomes = [
        _outcome(bureau, *given, known, first, hint)
        for given, hint in zip(filled, hints, strict=True)
    ]
    if not outcomes:
        raise FileRefused("E_NO_ROWS", "只有表头，没有数据行：请补上数据再来")
    return tuple(outcomes)


def _header(sheet: RawSheet) -> tuple[dict[str, int], Sequence[RawRow]] | None:
    """Where each column stands, and the rows below; None for a sheet that has no such header.

    Raises FileRefused where two columns say the same thing.
    """
    for place, row in enumerate(sheet.rows[:_HEADER_WITHIN]):
        said = [shown(cell) for cell in row.cells]
        columns: dict[str, int] = {}
        for name, titles in TITLES.items():
            at = [index for index, title in enumerate(said) if title in titles]
            if len(at) > 1:
                twice = "、".join(said[index] for index in at)
                raise FileRefused(
                    "E_DUP_HEADER", f"表头里有几列说的是同一件事：{twice}。请只留一列"
                )
            if at:
                columns[name] = at[0]
        if {"link", "product"} & columns.keys() and ("city" in columns or "code" in columns):
            return columns, sheet.rows[place + 1 :]
    return None


def _outcome(
    bureau: Bureau,
    sheet: str,
    number: int,
    cells: Mapping[str, str],
    known: set[tuple[str, str, str]],
    first: dict[tuple[str, str, str], str],
    hint: str,
) -> RegisterRow:
    said = "，".join(filter(None, (cells.get(name, "") for name in TITLES)))[:120]
    try:
        entry = _entry(bureau, cells, hint)
    except (ValueError, GeodataError, UnknownName) as wrong:
        return RegisterRow(sheet, number, said, fault=str(wrong))
    key = (entry.place, entry.link, entry.firm)
    where = f"{sheet}第 {number} 行" if sheet else f"第 {number} 行"
    if key in known:
        return RegisterRow(sheet, number, said, repeats="已经登记过")
    if key in first:
        return RegisterRow(sheet, number, said, repeats=f"与{first[key]}相同")
    first[key] = where
    return RegisterRow(sheet, number, said, entry)


def _hints(bureau: Bureau, rows: Sequence[Mapping[str, str]]) -> list[str]:
    """For each row that names no link, the one its product and firm sound like; else nothing.

    Only a person may say that it is so: a hint is written into the fault, never into the register.
    """
    lacking = [at for at, cells in enumerate(rows) if not cells.get("link")]
    named = [Named(rows[at].get("firm", ""), rows[at].get("product", "")) for at in lacking]
    found = [""] * len(rows)
    if any(item.name or item.product for item in named):
        for at, tag in zip(lacking, tag_named(bureau.catalogue, named), strict=True):
            if tag.links:
                found[at] = f"按企业和产品看，像“{tag.links[0].link}”；"
    return found


def _entry(bureau: Bureau, cells: Mapping[str, str], hint: str) -> RegisterEntry:
    """Raises ValueError, GeodataError or UnknownName with what is wrong and the way out."""
    place = _place(bureau, cells.get("code", ""), cells.get("city", ""))
    if place == bureau.city.code:
        raise ValueError(f"{bureau.city.name}是本市：本市的企业和项目请录进台账，不在这里登记")
    if not cells.get("link"):
        raise ValueError(f"没有写环节：{hint}请核对后填上产业链页上的环节名")
    link = bureau.catalogue.link(cells["link"]).name
    firm = cells.get("firm", "")
    if len(firm) > _LONGEST_FIRM:
        raise ValueError(f"企业名有 {len(firm)} 个字，最多 {_LONGEST_FIRM} 个：请只写名称")
    return RegisterEntry(place, link, firm)


def _place(bureau: Bureau, code: str, city: str) -> str:
    """The code of the prefecture that a row means: by its code, by its city, or by both."""
    divisions = bureau.gazetteer.divisions
    if not (code or city):
        raise ValueError("没有写城市：请填地市的名称或六位区划代码")
    found = {
        divisions.prefecture_of(divisions.find(code).code).code if code else "",
        _prefecture(bureau, city) if city else "",
    } - {""}
    if len(found) > 1:
        raise ValueError(f"代码 {code} 和城市“{city}”不是同一个地市：请改成一致的")
    return found.pop()


def _prefecture(bureau: Bureau, text: str) -> str:
    """A prefecture by name; a county stands for the prefecture that it lies in."""
    divisions = bureau.gazetteer.divisions
    try:
        return divisions.find_prefecture(text).code
    except GeodataError:
        return divisions.prefecture_of(divisions.find(text).code).code


def _text(cells: Sequence[Cell], at: int) -> str:
    return " ".join(shown(cells[at]).split()) if at < len(cells) else ""
