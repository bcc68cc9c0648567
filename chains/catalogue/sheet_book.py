"""The expert's workbook as tables whose every cell knows its place, and its mistakes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import yaml

from chains._errors import Fault, hint
from chains.catalogue import sheet_forms as forms
from chains.catalogue.reading import Page
from chains.catalogue.sheet_cells import CellFault, CellMark, Places, Value, letter, node_of
from chains.catalogue.sheet_forms import Column, Form

MOST_ROWS = 5_000
_HEADER_WITHIN = 10
_WORDS = {
    ("产业链", "links"): "环节表的行",
    ("企业", "links"): "企业产品表的行",
    ("限制", "sources"): "“出处”一列",
    ("环节", "tiers"): "“产业链”表的“层”",
    ("环节", "sources"): "“出处”表",
    ("供需关系", "sources"): "“出处”表",
    ("产业链", "keywords"): "标志词",
    ("产业链", "hints"): "旁证词",
    ("产业链", "not"): "排除词",
}
"""What an expert calls the keys that are no column's."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet as it came: its name, and its rows that say something with their numbers."""

    name: str
    rows: Sequence[tuple[int, Sequence[Value]]]


class Book:
    """The workbook as it is read: its faults, and what its columns are called and where."""

    def __init__(self, file: str, places: Places) -> None:
        self.file, self.places = file, places
        self.faults: list[Fault] = []
        self.incomplete = False
        """A sheet or a column is missing."""
        self.columns: dict[str, dict[str, int]] = {}
        """By sheet, where each title stands."""
        self.items: dict[str, int] = {}
        """The rows of 产业链, by the key that each is for."""
        self.unread: set[tuple[str, int, int]] = set()
        """Cells noted already as ones that cannot be read: nothing more is said of them."""

    def in_order(self) -> tuple[Fault, ...]:
        order = {form.sheet: place for place, form in enumerate(forms.FORMS)}
        return tuple(sorted(set(self.faults), key=lambda f: (order.get(f.sheet, -1), f.line)))

    def page(self, root: yaml.Node, stem: str = "") -> "SheetPage":
        return SheetPage(self, root, stem)

    def fault(self, mark: yaml.Mark, message: str, key: str = "") -> None:
        """Note a mistake at a cell, or in a row where the column of `key` would be."""
        sheet, row, at = str(mark.name), mark.line + 1, mark.column
        titles = self.columns.get(sheet, {})
        if sheet == forms.CHAIN.sheet and key in self.items:
            row, at = self.items[key], titles.get(forms.CONTENT, -1)
        if key and (column := self.column(mark, key)):
            at = titles.get(column.title, at)
        if (sheet, row, at) in self.unread:
            return
        title = next((title for title, place in titles.items() if place == at), "")
        where = f" {letter(at)} 列" + (f"“{title}”" if title else "") if at >= 0 else ""
        self.faults.append(Fault(self.file, row, message, sheet, where))

    def column(self, mark: yaml.Mark, key: str) -> Column | None:
        """The column of a key; a key of a group (`revenue.year`) by the rest of its name, where
        the mark stands in that group."""
        sheet = str(mark.name)
        form = next((form for form in forms.FORMS if form.sheet == sheet), None)
        if form is None or form is forms.CHAIN:
            return None
        here = {place: title for title, place in self.columns.get(sheet, {}).items()}
        at = next((c.key for c in form.columns if c.title == here.get(mark.column)), "")
        wanted = (f"{at.rpartition('.')[0]}.{key}", key, f"{key}.title")
        return next((c for name in wanted for c in form.columns if c.key == name), None)

    def table(self, form: Form, sheets: Sequence[Sheet]) -> "list[Row]":
        """The rows of one of our sheets below its titles."""
        sheet = next((sheet for sheet in sheets if sheet.name.strip() == form.sheet), None)
        if sheet is None:
            return self._lacks(form, 0, f"缺少“{form.sheet}”表：没有内容也要留着这张表和它的表头")
        titles = (
            (forms.ITEM, forms.CONTENT)
            if form is forms.CHAIN
            else tuple(column.title for column in form.columns)
        )
        for place, (number, cells) in enumerate(sheet.rows[:_HEADER_WITHIN]):
            said = [str(cell).strip() if cell is not None else "" for cell in cells]
            if len(set(said) & set(titles)) >= min(2, len(titles)):
                self._titled(form, number, said, titles)
                return [] if self.incomplete else self._rows(form, sheet.rows[place + 1 :])
        return self._lacks(form, 1, f"没有表头：应有 {'、'.join(titles)} 各列")

    def _lacks(self, form: Form, row: int, message: str) -> "list[Row]":
        self.faults.append(Fault(self.file, row, message, form.sheet))
        self.incomplete = True
        return []

    def _titled(self, form: Form, number: int, said: Sequence[str], titles: Sequence[str]) -> None:
        """Where each column stands; each has to be there once, and no other."""
        before = len(self.faults)
        found = self.columns.setdefault(form.sheet, {})
        for place, title in enumerate(said):
            mark = CellMark(form.sheet, number, place)
            if title and title not in titles:
                self.fault(mark, f"不认识的列“{title}”{hint(title, titles)}")
            elif title in found:
                self.fault(mark, f"列“{title}”有两个，请只留一个")
            elif title:
                found[title] = place
        for title in titles:
            if title not in found:
                self.fault(
                    CellMark(form.sheet, number), f"缺少列“{title}”：请补上表头，没有内容可以空着"
                )
        self.incomplete = self.incomplete or len(self.faults) > before

    def _rows(self, form: Form, rows: Sequence[tuple[int, Sequence[Value]]]) -> "list[Row]":
        filled = [
            (number, cells)
            for number, cells in rows
            if any(cell is not None and str(cell).strip() for cell in cells)
        ]
        if len(filled) > MOST_ROWS:
            message = f"有 {len(filled):,} 行，最多 {MOST_ROWS:,} 行"
            return self._lacks(form, filled[MOST_ROWS][0], message)
        return [Row(self, form, number, cells) for number, cells in filled]


class SheetPage(Page):
    """Rows of a workbook as a file that the readers can read."""

    def __init__(self, book: Book, root: yaml.Node, stem: str) -> None:
        self.file, self.stem = book.file, stem
        self.faults, self.root = book.faults, root
        self._book = book

    def fault(self, line: int, message: str) -> None:
        """Something about the edges as a whole: nothing else is said of a line alone."""
        self._book.fault(CellMark(forms.EDGES.sheet, line), message)

    def fault_at(self, mark: yaml.Mark, message: str, key: str = "") -> None:
        self._book.fault(mark, message, key)

    def word(self, mark: yaml.Mark, key: str) -> str:
        if mark.name == forms.CHAIN.sheet:
            title = next((c.title for c in forms.CHAIN.columns if c.key == key), "")
        else:
            column = self._book.column(mark, key)
            title = column.title if column else ""
        return title or _WORDS.get((str(mark.name), key), key)


class Row:
    """A row: the nodes of its cells by key. A cell that cannot be read is noted and left out."""

    def __init__(self, book: Book, form: Form, number: int, cells: Sequence[Value]) -> None:
        self._book, self._form = book, form
        self.mark = CellMark(form.sheet, number)
        self.cells: dict[str, yaml.Node] = {}
        self.key = ""
        self._titles: dict[str, Value] = {}
        if form is forms.CHAIN:
            self._item(cells)
            return
        for column in form.columns:
            place = book.columns[form.sheet][column.title]
            self._read(column, cells[place] if place < len(cells) else None, place)

    def _item(self, cells: Sequence[Value]) -> None:
        """A row of 产业链: the item to the left is the column."""
        where = self._book.columns[self._form.sheet]
        item, content = (
            cells[where[title]] if where[title] < len(cells) else None
            for title in (forms.ITEM, forms.CONTENT)
        )
        titles = [column.title for column in self._form.columns]
        column = next((c for c in self._form.columns if c.title == str(item or "").strip()), None)
        if column is None:
            self.fault(f"不认识的项目“{item or ''}”，应是 {'、'.join(titles)} 之一")
            return
        self.key = column.key
        self._book.items.setdefault(column.key, self.mark.line + 1)
        self._read(column, content, where[forms.CONTENT])

    def _read(self, column: Column, value: Value, place: int) -> None:
        mark = CellMark(self._form.sheet, self.mark.line + 1, place)
        try:
            node = node_of(value, column, mark, self._book.places)
        except CellFault as wrong:
            self._book.fault(mark, str(wrong))
            self._book.unread.add((self._form.sheet, mark.line + 1, place))
            return
        if node is not None:
            self.cells[column.key] = node

    def fault(self, message: str, key: str = "") -> None:
        node = self.cells.get(key)
        self._book.fault(node.start_mark if node else self.mark, message, key)

    def text(self, key: str) -> str:
        node = self.cells.get(key)
        return str(node.value) if isinstance(node, yaml.ScalarNode) else ""

    def missing(self, key: str) -> None:
        title = self._form.column(key).title
        self.fault(f"缺少“{title}”", key)

    def nodes(self, *keys: str) -> Iterator[tuple[str, yaml.Node]]:
        """The cells of these keys that say something; of all that belong to no group, if none."""
        for key, node in self.cells.items():
            if key in keys or (not keys and "." not in key):
                yield key, node

    def group(self, name: str) -> list[tuple[str, yaml.Node]]:
        """The cells whose key begins with `name.`, by the rest of it."""
        start = f"{name}."
        return [(k.removeprefix(start), n) for k, n in self.cells.items() if k.startswith(start)]
