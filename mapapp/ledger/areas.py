"""Boundary layers: polygons that are no projects, such as zones, parks and plots."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mapapp.ledger.cells import Layer, RawRow, RawSheet, folded, is_blank, shown
from mapapp.ledger.coordinates import outside
from mapapp.ledger.fields import Field
from mapapp.ledger.headers import read_header
from mapapp.ledger.problems import FileRefused, Problem
from mapapp.ledger.project import PointPrecision, Position
from mapapp.ledger.row import ReadRow
from mapapp.ledger.titles import Column
from mapapp.ledger.words import UnknownPlace, Vocabulary

_NAMES = re.compile(r".{0,6}(?:名称|名)|name|mc|.*_name|.*mc|title", re.IGNORECASE)


def areas_of(sheets: Sequence[RawSheet], words: Vocabulary) -> tuple[ReadRow, ...]:
    """The polygons of a layer that holds no projects; empty for any other file.

    Raises:
        FileRefused: none of them lies in the city.
    """
    if not sheets or any(sheet.layer is not Layer.AREAS for sheet in sheets):
        return ()
    if any(_holds_projects(sheet) for sheet in sheets):
        return ()
    areas = tuple(_area(row, sheet.rows[0], words) for sheet in sheets for row in sheet.rows[1:])
    if areas and not any("position" in area.values for area in areas):
        raise FileRefused(
            "E_COORD_OUTSIDE",
            f"图层的坐标都不在{words.city_name}范围内，请核对坐标系（应为 WGS-84）",
        )
    return areas


def _holds_projects(sheet: RawSheet) -> bool:
    fields = {column.field for column in read_header(sheet.rows[0].cells)}
    return {Field.CODE, Field.NAME} <= fields


def _area(row: RawRow, header: RawRow, words: Vocabulary) -> ReadRow:
    columns = {column.field: column for column in read_header(header.cells)}
    values: dict[str, object] = {"name": _name(row, header)}
    place, problems = _place(row, columns.get(Field.COUNTY), words)
    lon, lat = (float(shown(row.cells[columns[of].index])) for of in (Field.LON, Field.LAT))
    if words.contains(lon, lat):
        values["position"] = Position(lon, lat, PointPrecision.SITE)
    else:
        problems += (
            outside(lon, lat, words.city_name),
            Problem("W_NO_POINT", "这个面不在本市，图上不画"),
        )
    return ReadRow("", values, place, None, {}, problems)


def _name(row: RawRow, header: RawRow) -> str | None:
    for title, cell in zip(header.cells, row.cells, strict=False):
        if not is_blank(cell) and _NAMES.fullmatch(folded(title)):
            return shown(cell)
    return None


def _place(
    row: RawRow, column: Column | None, words: Vocabulary
) -> tuple[str, tuple[Problem, ...]]:
    """The county that the layer states; a boundary need not state one."""
    text = folded(row.cells[column.index]) if column else ""
    try:
        return (words.place(text).name if text else ""), ()
    except UnknownPlace:
        return "", ()
