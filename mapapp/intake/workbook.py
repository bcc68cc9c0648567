"""An XLSX workbook's cells, through calamine; what calamine leaves out comes from the XML."""

from __future__ import annotations

import io
import re
import zipfile
from xml.parsers import expat

from python_calamine import CalamineError, CalamineWorkbook

from mapapp.intake.limits import Limits
from mapapp.intake.sheets import NO_EXTRAS, Extras, is_worksheet, raw_sheet
from mapapp.ledger.cells import RawSheet
from mapapp.ledger.problems import FileRefused

_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


def read_workbook(data: bytes, limits: Limits) -> list[RawSheet]:
    """The worksheets in their order. Raises FileRefused."""
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        extras = _extras_by_sheet(data)
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
        raise FileRefused("E_DAMAGED", f"文件已损坏，读不出表格（{error}）") from error


def _extras_by_sheet(data: bytes) -> dict[str, Extras]:
    """Formulas, errors and hidden rows; sheets without any cost one search of their text."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        found = {}
        for name, path in _sheet_paths(archive).items():
            text = archive.read(path)
            if any(sign in text for sign in (b"<f", b":f", b't="e"', b"hidden=", b"'e'")):
                found[name] = _extras(text)
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
    """Reads a sheet's XML and notes formulas, errors and hidden rows."""

    def __init__(self) -> None:
        self.found: dict[int, dict[int, bool | str]] = {}
        self.hidden: set[int] = set()
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
        elif tag == "row" and attributes.get("hidden") in ("1", "true"):
            self.hidden.add(int(attributes.get("r", "0")))
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


def _extras(text: bytes) -> Extras:
    marker = _Marker()
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = marker.start
    parser.CharacterDataHandler = marker.text
    parser.EndElementHandler = marker.end
    parser.Parse(text, True)
    return Extras(marker.found, frozenset(marker.hidden))


def _place(reference: str) -> tuple[int, int] | None:
    match = _REFERENCE.fullmatch(reference)
    if not match:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return int(match[2]), column - 1
