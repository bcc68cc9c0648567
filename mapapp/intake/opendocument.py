"""An ODS workbook through calamine; merged cells and hidden rows come from its XML."""

from __future__ import annotations

import io
import zipfile
from xml.parsers import expat

from python_calamine import CalamineError, CalamineWorkbook

from mapapp.intake.limits import Limits
from mapapp.intake.sheets import NO_EXTRAS, Extras, is_worksheet, raw_sheet
from mapapp.ledger.cells import Merge, RawSheet
from mapapp.ledger.problems import FileRefused

_MOST_ROWS = 1_048_576
_CELLS = frozenset({"table:table-cell", "table:covered-table-cell"})


def read_opendocument(data: bytes, limits: Limits) -> list[RawSheet]:
    """The worksheets in their order. Raises FileRefused."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            extras = _extras(archive.read("content.xml"), limits)
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        return [
            raw_sheet(
                meta,
                workbook.get_sheet_by_name(meta.name),
                extras.get(meta.name, NO_EXTRAS),
                limits,
            )
            for meta in workbook.sheets_metadata
            if is_worksheet(meta)
        ]
    except (CalamineError, expat.ExpatError, KeyError, ValueError, OSError) as error:
        raise FileRefused(
            "E_DAMAGED", f"文件已损坏，读不出表格（{error}）。请重新保存后再上传"
        ) from error


class _Reader:
    """Walks through content.xml and counts rows and columns as their repeats say."""

    def __init__(self, limits: Limits) -> None:
        self.found: dict[str, Extras] = {}
        self._limits = limits
        self._row = self._column = self._repeat = 0
        self._hidden: set[int] = set()
        self._merges: list[Merge] = []
        self._marks: dict[int, dict[int, bool | str]] = {}
        self._name = ""
        self._depth = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "table:table":
            self._depth += 1
            if self._depth == 1:
                self._name = attributes.get("table:name", "")
                self._row = self._repeat = 0
                self._hidden, self._merges, self._marks = set(), [], {}
        elif name == "table:table-row" and self._depth == 1:
            self._start_row(attributes)
        elif name in _CELLS and self._depth == 1:
            self._cell(attributes)

    def end(self, name: str) -> None:
        if name == "table:table":
            self._depth -= 1
            if self._depth == 0:
                self.found[self._name] = Extras(
                    self._marks, frozenset(self._hidden), tuple(self._merges)
                )

    def _start_row(self, attributes: dict[str, str]) -> None:
        self._row += self._repeat
        self._repeat = _count(attributes, "table:number-rows-repeated")
        self._column = 0
        if attributes.get("table:visibility", "visible") != "visible":
            last = min(self._row + self._repeat, self._limits.rows + 1000)
            self._hidden.update(range(self._row + 1, last + 1))

    def _cell(self, attributes: dict[str, str]) -> None:
        row, column = self._row + 1, self._column
        down = _count(attributes, "table:number-rows-spanned")
        right = _count(attributes, "table:number-columns-spanned")
        if down > 1 or right > 1:
            self._merges.append((row, column, row + down - 1, column + right - 1))
        if attributes.get("calcext:value-type") == "error":
            self._marks.setdefault(row, {})[column] = "#ERROR"
        elif "table:formula" in attributes:
            stored = "office:value-type" in attributes
            self._marks.setdefault(row, {})[column] = stored
        self._column += _count(attributes, "table:number-columns-repeated")


def _count(attributes: dict[str, str], name: str) -> int:
    text = attributes.get(name, "1")
    return min(int(text), _MOST_ROWS) if text.isdigit() and len(text) < 9 else 1


def _extras(text: bytes, limits: Limits) -> dict[str, Extras]:
    reader = _Reader(limits)
    parser = expat.ParserCreate()
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.Parse(text, True)
    return reader.found
