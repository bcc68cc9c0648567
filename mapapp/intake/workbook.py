"""An XLSX workbook's cells, through calamine; what calamine leaves out comes from the XML."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from xml.parsers import expat

from python_calamine import CalamineError, CalamineWorkbook

from mapapp.intake.limits import Limits
from mapapp.intake.sheets import NO_EXTRAS, Extras, is_worksheet, raw_sheet
from mapapp.intake.sparse import check_rows, drawn_together, is_sparse
from mapapp.ledger.cells import RawSheet
from mapapp.ledger.problems import FileRefused

_SIGNS = (b"<f", b":f", b't="e"', b"hidden=", b"'e'", b'ht="0"')
"""What a sheet holds that calamine does not tell of."""

_SINCE_1904 = re.compile(rb"<(?:\w+:)?workbookPr\b[^<>]*\bdate1904\s*=\s*[\"'](?:1|true)[\"']")
_MOST_HIDDEN = 200
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


def read_workbook(data: bytes, limits: Limits) -> list[RawSheet]:
    """The worksheets in their order. Raises FileRefused."""
    try:
        extras, sparse = _look_through(data)
        near = io.BytesIO(_with(data, sparse.values()))
        workbook = CalamineWorkbook.from_filelike(near)
        return [
            raw_sheet(
                meta,
                workbook.get_sheet_by_name(meta.name),
                extras.get(meta.name, NO_EXTRAS),
                limits,
                sparse[meta.name].own if meta.name in sparse else {},
            )
            for meta in workbook.sheets_metadata
            if is_worksheet(meta)
        ]
    except (CalamineError, expat.ExpatError, KeyError, ValueError, OSError) as error:
        raise FileRefused("E_DAMAGED", f"文件已损坏，读不出表格（{error}）") from error


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A sparse sheet drawn together: its member, its new text, each row's own number."""

    path: str
    text: bytes
    own: Mapping[int, int]


def _look_through(data: bytes) -> tuple[dict[str, Extras], dict[str, _Drawn]]:
    """By sheet: formulas, errors and hidden rows; and what has cells far from its table.

    Sheets without any cost a few searches of their text.
    """
    found, sparse = {}, {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        since_1904 = bool(_SINCE_1904.search(archive.read("xl/workbook.xml")))
        for name, path in _sheet_paths(archive).items():
            text = archive.read(path)
            check_rows(text)
            if any(sign in text for sign in _SIGNS):
                found[name] = _extras(text)
            if since_1904:
                found[name] = replace(found.get(name, NO_EXTRAS), since_1904=True)
            if is_sparse(text):
                sparse[name] = _Drawn(path, *drawn_together(text))
    return found, sparse


def _with(data: bytes, drawn: Iterable[_Drawn]) -> bytes:
    """The archive with other members; the same bytes where there are none."""
    others = {one.path: one.text for one in drawn}
    if not others:
        return data
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            new.writestr(name, others.get(name) or old.read(name))
    return file.getvalue()


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
        self.hidden_columns: set[int] = set()
        self._at: tuple[int, int] | None = None
        self._kind = ""
        self._formula = self._stored = False
        self._inside = ""
        self._value = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(":")[2]
        if tag == "c":
            self._at = _place(attributes.get("r", ""))
            self._kind = attributes.get("t", "")
            self._formula, self._value, self._stored = False, "", False
        elif tag == "f":
            self._formula = True
        elif tag == "v":
            self._stored = self._kind == "str"  # an empty text is a result as well
        elif tag == "row" and _is_hidden(attributes, "ht"):
            self.hidden.add(int(attributes.get("r", "0")))
        elif tag == "col" and _is_hidden(attributes, "width"):
            first, last = int(attributes.get("min", "1")), int(attributes.get("max", "0"))
            if last - first < _MOST_HIDDEN:  # wider ones are the empty rest of the sheet
                self.hidden_columns.update(range(first - 1, last))
        self._inside = tag

    def text(self, text: str) -> None:
        if self._inside in ("v", "t"):
            self._value += text

    def end(self, name: str) -> None:
        self._inside = ""
        if name.rpartition(":")[2] != "c" or self._at is None:
            return
        row, column = self._at
        if self._kind == "e":
            self.found.setdefault(row, {})[column] = self._value or "#ERROR"
        elif self._formula:
            self.found.setdefault(row, {})[column] = bool(self._value) or self._stored


def _extras(text: bytes) -> Extras:
    marker = _Marker()
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = marker.start
    parser.CharacterDataHandler = marker.text
    parser.EndElementHandler = marker.end
    parser.Parse(text, True)
    return Extras(
        marker.found,
        frozenset(marker.hidden),
        hidden_columns=frozenset(marker.hidden_columns),
    )


def _is_hidden(attributes: Mapping[str, str], size: str) -> bool:
    """Hidden, or of no height or width at all."""
    return attributes.get("hidden") in ("1", "true") or attributes.get(size) == "0"


def _place(reference: str) -> tuple[int, int] | None:
    match = _REFERENCE.fullmatch(reference)
    if not match:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return int(match[2]), column - 1
