"""What to tell about how a file was read, where its cells alone do not say it."""

from collections.abc import Sequence

from mapapp.ledger.cells import RawSheet
from mapapp.ledger.fields import Field
from mapapp.ledger.ledgers import Ledgers
from mapapp.ledger.problems import Problem
from mapapp.ledger.sheet import Table

_NAMED = {
    "xlsx": (".xlsx", ".xlsm", ".xltx"),
    "xls": (".xls", ".xlt", ".et", ".ett"),
    "ods": (".ods", ".ots"),
    "text": (".csv", ".tsv", ".txt"),
    "layer": (".geojson", ".json", ".gpkg", ".zip", ".shp"),
}


def misnamed(name: str, sheets: Sequence[RawSheet]) -> list[Problem]:
    """A CSV that calls itself a workbook, an XLSX that says .xls: read by content, and said."""
    first = sheets[0]
    kind = "layer" if first.layer else "text" if first.ragged else first.form
    named = {of for of, endings in _NAMED.items() if name.lower().endswith(endings)}
    if named and kind and kind not in named:
        return [Problem("W_EXT_MISMATCH", "文件内容与扩展名不符，已按内容读取")]
    return []


_ORDER = frozenset({"序号", "编次", "No.", "NO", "fid"})
"""Columns that number the rows: nobody misses them."""


def readings(found: Ledgers) -> list[Problem]:
    """How amounts, coordinates and counties were read, where the cells alone do not say it."""
    said: dict[str, None] = {}
    for table in found.tables:
        for column in table.columns:
            if column.unit:
                said[f"{column.field}按{column.unit.text}读"] = None
            if column.datum and column.field.is_coordinate:
                said[f"坐标按 {column.datum} 读"] = None
        if table.county and Field.COUNTY not in {column.field for column in table.columns}:
            where = f"工作表“{table.sheet}”" if table.sheet else "这张表"
            said[f"{where}没有县市区一列，按“{table.county}”读"] = None
        for column in table.lesser:
            said[f"“{column.title}”一列没有读，{column.field}以另一列为准"] = None
        read = {column.index for column in (*table.columns, *table.lesser)}
        unread = [t for i, t in enumerate(table.titles) if t and i not in read and t not in _ORDER]
        if unread:
            said[f"没有读的列：{'、'.join(title[:20] for title in unread[:20])}"] = None
        if unseen := _hidden_titles(table):
            said[f"列{'、'.join(unseen)}在表里是隐藏的，照样读了，请核对"] = None
        merged = sum(any(not p.code for p in table.notes.get(r.number, ())) for r in table.rows)
        if merged:
            said[f"有 {merged} 行的内容取自合并单元格或“同上”"] = None
    return [Problem("", text) for text in said]


def _hidden_titles(table: Table) -> list[str]:
    """The columns that are read and that a reader of the sheet does not see."""
    places = sorted({c.index for c in table.columns} & table.hidden_columns)
    return [f"“{table.titles[place][:20]}”" for place in places if place < len(table.titles)]
