"""An XLSX workbook's cells, through calamine; what calamine leaves out comes from the XML."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from xml.parsers import expat

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum

from mapapp.intake.limits import Limits
from mapapp.ledger.cells import Cell, CellError, RawRow, RawSheet
from mapapp.ledger.problems import FileRefused

_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
Marks = dict[int, dict[int, "bool | str"]]
"""Row and column to what calamine does not tell: a formula (with its value stored?), an error."""


def read_workbook(data: bytes, limits: Limits) -> list[RawSheet]:
    """The worksheets in their order. Raises FileRefused."""
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        marks = _marks_by_sheet(data)
        sheets = []
        for meta in workbook.sheets_metadata:
            if meta.typ == SheetTypeEnum.WorkSheet:
                sheet = workbook.get_sheet_by_name(meta.name)
                left = (sheet.start or (0, 0))[1]
                rows = _rows(sheet.iter_rows(), left, marks.get(meta.name, {}), limits)
                sheets.append(RawSheet(meta.name, tuple(rows)))
    except (CalamineError, expat.ExpatError, KeyError, ValueError, OSError) as error:
        raise FileRefused("E_DAMAGED", f"文件已损坏，读不出表格（{error}）") from error
    return sheets


def _rows(
    values: Iterable[Sequence[object]], left: int, marks: Marks, limits: Limits
) -> Iterator[RawRow]:
    """The rows that say something; calamine's begin at row 1, but at the leftmost used column."""
    kept = 0
    for number, row in enumerate(values, start=1):
        marked = marks.get(number, {})
        cells: list[Cell] = [None] * left + [_cell(value) for value in row]
        for index, mark in marked.items():
            if isinstance(mark, str) and index < len(cells):
                cells[index] = CellError(mark)
        while cells and cells[-1] is None:
            cells.pop()
        formulas = {index: mark for index, mark in marked.items() if isinstance(mark, bool)}
        if not any(_says_something(cell) for cell in cells) and not formulas:
            continue
        kept += 1
        if kept > limits.rows + 100:
            raise FileRefused("E_TOO_MANY_ROWS", f"超过 {limits.rows} 行，请分成几个文件导入")
        yield RawRow(number, tuple(cells), formulas)


def _says_something(cell: Cell) -> bool:
    return cell is not None and not (isinstance(cell, str) and not cell.strip())


def _cell(value: object) -> Cell:
    if value == "" or value is None:
        return None
    if isinstance(value, str | bool | datetime | date | time):
        return value
    if isinstance(value, int | float):
        return Decimal(format(value, ".15g"))
    if isinstance(value, timedelta):
        return str(value)
    return str(value)


def _marks_by_sheet(data: bytes) -> dict[str, Marks]:
    """Formulas and errors of each sheet; sheets without any cost one search of their text."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        paths = _sheet_paths(archive)
        found = {}
        for name, path in paths.items():
            text = archive.read(path)
            if b"<f" in text or b":f" in text or b't="e"' in text:
                found[name] = _marks(text)
        return found


def _sheet_paths(archive: zipfile.ZipFile) -> dict[str, str]:
    """Sheet name to the member that holds it."""
    targets: dict[str, str] = {}
    sheets: dict[str, str] = {}

    def relation(name: str, attributes: dict[str, str]) -> None:
        if name.endswith("Relationship"):
            target = attributes.get("Target", "").lstrip("/")
            path = target if target.startswith("xl/") else f"xl/{target}"
            targets[attributes.get("Id", "")] = path

    def sheet(name: str, attributes: dict[str, str]) -> None:
        if name.rpartition(":")[2] == "sheet":
            key = next((v for k, v in attributes.items() if k.rpartition(":")[2] == "id"), "")
            sheets[attributes.get("name", "")] = key

    for member, handler in (("xl/_rels/workbook.xml.rels", relation), ("xl/workbook.xml", sheet)):
        parser = expat.ParserCreate()
        parser.StartElementHandler = handler
        parser.Parse(archive.read(member), True)
    names = set(archive.namelist())
    return {name: targets[key] for name, key in sheets.items() if targets.get(key) in names}


class _Marker:
    """Reads a sheet's XML and notes formulas and errors."""

    def __init__(self) -> None:
        self.found: Marks = {}
        self._at: tuple[int, int] | None = None
        self._error = self._formula = False
        self._inside = ""
        self._value = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(":")[2]
        if tag == "c":
            self._at = _place(attributes.get("r", ""))
            self._error = attributes.get("t") == "e"
            self._formula, self._value = False, ""
        elif tag == "f":
            self._formula = True
        self._inside = tag

    def text(self, text: str) -> None:
        if self._inside in ("v", "t"):
            self._value += text

    def end(self, name: str) -> None:
        self._inside = ""
        if name.rpartition(":")[2] != "c" or self._at is None:
            return
        row, column = self._at
        if self._error:
            self.found.setdefault(row, {})[column] = self._value or "#ERROR"
        elif self._formula:
            self.found.setdefault(row, {})[column] = bool(self._value)


def _marks(text: bytes) -> Marks:
    marker = _Marker()
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = marker.start
    parser.CharacterDataHandler = marker.text
    parser.EndElementHandler = marker.end
    parser.Parse(text, True)
    return marker.found


def _place(reference: str) -> tuple[int, int] | None:
    match = _REFERENCE.fullmatch(reference)
    if not match:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return int(match[2]), column - 1
