"""A list of edges (who supplies whom, with what share) to a chain whose tiers follow from it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from pathlib import Path

import networkx as nx

from chains._errors import Fault, hint
from chains._words import listed
from chains.catalogue.checks import PlacedEdge, check_edges
from chains.chain import Chain, Edge, Link
from chains.table_file import MOST_COLUMNS, Row, TableError, read_rows, read_text

TITLES = {
    "from": ("supplier", "source", "供方", "供方环节", "供给方", "供应方", "上游环节", "起点"),
    "to": ("user", "target", "用方", "用方环节", "需求方", "使用方", "下游环节", "终点"),
    "share": ("投入系数", "系数", "直接消耗系数", "投入占比", "a_ij"),
    "required": ("必需", "必需投入", "必须"),
    "group": ("替代组", "可替代组", "组"),
    "return": ("回流", "回收", "回收回流"),
    "note": ("依据", "说明", "备注"),
}
"""Column → what else its title may read; case, blanks and remarks in brackets do not matter."""

NEEDED = ("from", "to", "share")
BANDS = {1: ("全链",), 2: ("上游", "下游"), 3: ("上游", "中游", "下游")}
"""The tiers' names by how many there are; beyond, 第1层, 第2层 …"""
UNREASONED = "没有写依据"
"""Ends the note of an edge that came without one."""
_YES = frozenset({"true", "yes", "y", "1", "是", "必需", "√", "✓", "回流"})
_NO = frozenset({"", "false", "no", "n", "0", "否", "×", "-"})


def read_edge_list(path: Path, id: str, name: str) -> Chain:
    """The chain of an edge list (CSV, or TSV by its name or its header).

    Every share is an estimate, with the row's note or, without one, where it was read. A link's
    tier is the longest path that leads to it.

    Raises:
        TableError: every fault of the file, each with its line.
    """
    rows = _rows(path)
    title = next(rows, None)
    if title is None:
        raise TableError([Fault(path.name, 1, "文件是空的：第一行应是列名 from,to,share")])
    columns = _columns(path.name, title)
    sheet = _Sheet(path.name, [])
    edges = [edge for row in rows if (edge := _edge(sheet, row, columns, len(title[1])))]
    if not edges and not sheet.faults:
        sheet.fault(title[0] + 1, "只有列名，没有一行供需关系：请补上再来")
    names = dict.fromkeys(end for item in edges for end in (item.edge.supplier, item.edge.user))
    check_edges(sheet, {end: Link(end, "") for end in names}, [""], edges)
    if sheet.faults:
        raise TableError(sorted(sheet.faults, key=lambda fault: fault.line))
    forward = [item.edge for item in edges if not item.returns]
    levels = tiers_of(names, forward)
    tiers = _tier_names(max(levels.values()) + 1)
    return Chain(
        id=id,
        name=name,
        tiers=tiers,
        links={end: Link(end, tiers[levels[end]]) for end in sorted(names, key=levels.__getitem__)},
        edges=tuple(forward),
        returns=tuple(item.edge for item in edges if item.returns),
        summary=f"由供需关系表 {_printable(path.name)} 导入",
    )


def tiers_of(links: Sequence[str] | Mapping[str, object], edges: Sequence[Edge]) -> dict[str, int]:
    """For each link, how many edges the longest path to it has (0: nobody supplies it).

    The edges run in no circle.
    """
    graph = nx.DiGraph((edge.supplier, edge.user) for edge in edges)
    graph.add_nodes_from(links)
    levels = {
        link: level
        for level, generation in enumerate(nx.topological_generations(graph))
        for link in generation
    }
    return {link: levels[link] for link in links}


@dataclass(slots=True)
class _Sheet:
    """The file, and the faults found in it so far."""

    file: str
    faults: list[Fault]

    def fault(self, line: int, message: str) -> None:
        self.faults.append(Fault(self.file, line, message))


@dataclass(frozen=True, slots=True)
class _Place:
    """A row of the file."""

    sheet: _Sheet
    line: int

    def fault(self, message: str, key: str = "") -> None:
        self.sheet.fault(self.line, message)


def _rows(path: Path) -> Iterator[Row]:
    """Rows apart by commas, or by tabs where the name or the first line says so."""
    first = next((line for line in read_text(path).splitlines() if line.strip()), "")
    tabs = path.suffix.lower() == ".tsv" or ("\t" in first and "," not in first)
    return read_rows(path, "\t" if tabs else ",")


def _columns(file: str, title: Row) -> dict[str, int]:
    line, cells = title
    if len(cells) > MOST_COLUMNS:
        message = f"有 {len(cells):,} 列，最多 {MOST_COLUMNS} 列：只需要 {listed(NEEDED)}"
        raise TableError([Fault(file, line, message)])
    titles = [re.sub(r"[（(].*?[)）]|\s", "", cell).casefold() for cell in cells]
    found: dict[str, int] = {}
    faults: list[Fault] = []
    for column, others in TITLES.items():
        places = [place for place, text in enumerate(titles) if text in (column, *others)]
        if len(places) > 1:
            named = "、".join(f"“{cells[place].strip()}”" for place in places)
            faults.append(Fault(file, line, f"{named}都是 {column} 列：请只留一列"))
        elif places:
            found[column] = places[0]
        elif column in NEEDED:
            known = [text for text in titles if text]
            also = "、".join(other for other in others if not other.isascii())
            message = f"缺少列“{column}”（也可写{also}）{hint(column, known)}：请补上或改列名"
            faults.append(Fault(file, line, message))
    if faults:
        raise TableError(faults)
    return found


def _edge(sheet: _Sheet, row: Row, columns: Mapping[str, int], width: int) -> PlacedEdge | None:
    """The edge of a row; None, and its faults in the sheet, where it cannot be read."""
    line, cells = row
    before = len(sheet.faults)
    if len(cells) != width:
        sheet.fault(line, f"有 {len(cells)} 格，列名有 {width} 格：请核对分隔符和引号")
        return None
    texts = {column: cells[place].strip() for column, place in columns.items()}
    for column in ("from", "to", "group", "note"):
        if not texts.get(column, "").isprintable():
            sheet.fault(line, f"{column} 里有换行或不可见的字符：请删去")
    for column in ("from", "to"):
        if not texts[column]:
            sheet.fault(line, f"{column} 是空的：请填上环节名或删去此行")
    share = _share(sheet, line, texts["share"])
    required = _flag(sheet, line, "required", texts)
    returns = _flag(sheet, line, "return", texts)
    group = texts.get("group", "")
    if required and group:
        sheet.fault(line, "required 与 group 不能同时写：必需的投入没有替代")
    if len(sheet.faults) > before:
        return None
    note = texts.get("note", "") or f"取自 {_printable(sheet.file)} 第 {line} 行，{UNREASONED}"
    edge = Edge(texts["from"], texts["to"], share, note=note, required=required, group=group)
    return PlacedEdge(edge, _Place(sheet, line), returns)


def _share(sheet: _Sheet, line: int, text: str) -> float:
    """0 to 1, or a percentage with its sign."""
    digits, hundred = (text[:-1], 100.0) if text[-1:] in ("%", "％") else (text, 1.0)
    try:
        share = float(digits) / hundred if "_" not in digits else float("nan")
    except ValueError:
        share = float("nan")
    if not isfinite(share):
        said = f"是“{text[:40]}”，不是数" if text else "是空的"
        sheet.fault(line, f"share {said}：投入系数应在 0 与 1 之间")
    elif not 0 <= share <= 1:
        mend = "；是百分数的话请带上 %" if 1 < share <= 100 and hundred == 1 else ""
        sheet.fault(line, f"share 是 {text[:40]}：投入系数应在 0 与 1 之间{mend}")
    return share


def _flag(sheet: _Sheet, line: int, column: str, texts: Mapping[str, str]) -> bool:
    text = texts.get(column, "").casefold()
    if text not in _YES and text not in _NO:
        sheet.fault(line, f"{column} 是“{texts[column][:40]}”：请写“是”或留空")
    return text in _YES


def _tier_names(count: int) -> tuple[str, ...]:
    return BANDS.get(count) or tuple(f"第{level}层" for level in range(1, count + 1))


def _printable(text: str) -> str:
    return "".join(character for character in text if character.isprintable())
