"""Rows that were turned away, as a workbook to be mended and sent again."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from rustpy_xlsxwriter import Format, write_worksheets

from mapapp.ledger.cells import Cell, CellError

NO_NAME = "退回的行"


@dataclass(frozen=True, slots=True)
class RejectedSheet:
    """A sheet: its name, its titles, and its rows with their cells as they stood."""

    name: str
    titles: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    guides: int


def to_rejected_workbook(sheets: Sequence[RejectedSheet]) -> bytes:
    """The first `guides` columns tell where a row stood and why it came back.

    Numbers stay numbers and texts texts, so that a row nobody mended is turned away again.
    """
    named: list[tuple[str, Any]] = []
    formats: dict[str, Any] = {}
    widths: dict[str, Any] = {}
    frozen: dict[str, Any] = {}
    for sheet in sheets:
        name, titles = sheet.name or NO_NAME, _distinct(sheet.titles)
        named.append((name, [dict(zip(titles, map(_cell, r), strict=True)) for r in sheet.rows]))
        guides = titles[: sheet.guides]
        formats[name] = {title: _reason() if title in guides else _plain() for title in titles}
        widths[name] = {title: _width(title, sheet, n) for n, title in enumerate(titles)}
        frozen[name] = {"row": 1, "col": sheet.guides}
    file = io.BytesIO()
    write_worksheets(
        named,
        file,
        header_format={name: _header() for name in formats},
        column_formats=formats,
        column_widths=widths,
        freeze_panes=frozen,
    )
    return file.getvalue()


def _distinct(titles: Sequence[str]) -> list[str]:
    """The writer tells columns by their titles; one without a title gets as many spaces."""
    found: dict[str, None] = {}
    for title in titles:
        while title in found:
            title += " "
        found[title] = None
    return list(found)


def _cell(cell: Cell) -> str | float | datetime | bool | None:
    match cell:
        case None | str() | bool():
            return cell
        case Decimal():
            return float(cell)
        case datetime() if cell.time() == time():
            return cell.date().isoformat()
        case datetime():
            return cell.isoformat(" ")
        case date() | time():
            return cell.isoformat()
        case CellError():
            return cell.text
    raise TypeError(type(cell))


def _width(title: str, sheet: RejectedSheet, place: int) -> float:
    if place < sheet.guides:
        return 16.0 if place == 0 else 46.0
    longest = max((len(str(row[place] or "")) for row in sheet.rows[:200]), default=0)
    return float(min(max(2 * len(title) + 2, 1.7 * longest, 10), 40))


def _header() -> Format:
    return Format().set_bold().set_background_color("#E8EEF5").set_border_bottom("thin")


def _reason() -> Format:
    return Format().set_font_color("#8A1F0D").set_background_color("#FBE9E4").set_text_wrap()


def _plain() -> Format:
    return Format().set_align("top")
