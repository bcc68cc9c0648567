"""What an edited part of the catalogue changes, thing by thing and column by column."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from chains.catalogue import sheet_forms as forms
from chains.catalogue.part import Part
from chains.catalogue.sheet_cells import Places, Value, plain
from chains.catalogue.sheet_writing import Filled, to_sheets

ADDED, CHANGED, REMOVED = "新增", "修改", "删去"


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that would be otherwise: `what` is its sheet (环节, 供需关系 …).

    fields are (column, before, after), as the workbook shows them; for a thing that is new or goes,
    only its columns that say something.
    """

    action: str
    what: str
    name: str
    fields: tuple[tuple[str, str, str], ...]


_NAMES: Mapping[str, Callable[[Mapping[str, str]], str]] = {
    "产业链": lambda row: row[forms.ITEM],
    "词语": lambda row: f"{row['词']}（{row['作用']}）",
    "环节": lambda row: row["环节"],
    "供需关系": lambda row: f"{row['供方']} → {row['用方']}",
    "企业": lambda row: row["企业"],
    "企业产品": lambda row: f"{row['企业']} · {row['环节']}",
    "扩产动向": lambda row: f"{row['企业']} · {row['内容']}",
    "限制": lambda row: f"{row['类别']} · {row['环节'] or '所有环节'} · {row['地区'] or '全市'}",
    "出处": lambda row: row["代号"],
}
"""By sheet, what tells one of its rows from another."""


def compare(before: Part | None, after: Part, places: Places | None = None) -> tuple[Change, ...]:
    """What is new, changed or gone in `after`, sheet by sheet in the workbook's order.

    `before` is None for a chain that is new altogether. Two parts that hold the same give nothing;
    the order of words, links or firms alone is no change.
    """
    old = {filled.form.sheet: filled for filled in to_sheets(before, places)} if before else {}
    return tuple(
        change
        for filled in to_sheets(after, places)
        for change in _sheet(old.get(filled.form.sheet), filled)
    )


def _sheet(before: Filled | None, after: Filled) -> Iterable[Change]:
    old, new = _rows(before) if before else {}, _rows(after)
    what = after.form.sheet
    for key, row in new.items():
        if key not in old:
            said = tuple((title, "", text) for title, text in row.items() if text)
            yield Change(ADDED, what, key, said)
        elif row != old[key]:
            fields = tuple(
                (title, old[key].get(title, ""), text)
                for title, text in row.items()
                if text != old[key].get(title, "")
            )
            yield Change(CHANGED, what, key, fields)
    for key, row in old.items():
        if key not in new:
            said = tuple((title, text, "") for title, text in row.items() if text)
            yield Change(REMOVED, what, key, said)


def _rows(filled: Filled) -> dict[str, dict[str, str]]:
    """Rows by what tells them apart; a name met again is numbered."""
    found: dict[str, dict[str, str]] = {}
    for cells in filled.rows:
        row = {title: _said(cell) for title, cell in zip(filled.titles, cells, strict=True)}
        name = key = _NAMES[filled.form.sheet](row)
        number = 1
        while key in found:
            number += 1
            key = f"{name}（{number}）"
        found[key] = row
    return found


def _said(cell: Value) -> str:
    if cell is None:
        return ""
    return plain(cell) if isinstance(cell, int | float) else str(cell)
