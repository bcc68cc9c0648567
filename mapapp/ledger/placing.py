"""Where a row says its project stands: in WGS-84 and inside the city, or not at all."""

from __future__ import annotations

from collections.abc import Mapping

from mapapp.ledger.cells import Cell, CellError, folded, says_nothing
from mapapp.ledger.coordinates import Pair, outside, parse_pair, parse_point
from mapapp.ledger.fields import Field
from mapapp.ledger.problems import Problem
from mapapp.ledger.project import PointPrecision, Position
from mapapp.ledger.titles import Column, datum_in
from mapapp.ledger.words import Vocabulary


def position_of(
    cells: Mapping[Field, Cell], columns: Mapping[Field, Column], words: Vocabulary
) -> tuple[Position | None, tuple[Problem, ...]]:
    """The position of a row's cells; without one, why it has none (nothing, where none is said)."""
    pair, fault = _pair(cells)
    if pair:
        datum = _datum(cells, columns)
        try:
            lon, lat = words.to_wgs84(*pair, datum) if datum else pair
        except ValueError as error:
            fault = Problem("E_COORD", f"坐标系“{datum[:40]}”不认识：{error}")
        else:
            if words.contains(lon, lat):
                return Position(lon, lat, PointPrecision.SITE, datum or "WGS-84"), ()
            fault = outside(lon, lat, words.city_name)
    return None, (fault, Problem("W_NO_POINT", "项目照收，图上不落点")) if fault else ()


def _pair(cells: Mapping[Field, Cell]) -> tuple[Pair | None, Problem | None]:
    """From two columns, or from one that holds both."""
    lon, lat, point = (cells.get(of) for of in (Field.LON, Field.LAT, Field.POINT))
    if any(isinstance(cell, CellError) for cell in (lon, lat, point)):
        return None, None  # said already, for every field
    if says_nothing(lon) and says_nothing(lat):
        return parse_point(point)
    if says_nothing(lon) or says_nothing(lat):
        both, _ = parse_point(lat if says_nothing(lon) else lon)
        if both:
            return both, None
    return parse_pair(lon, lat)


def _datum(cells: Mapping[Field, Cell], columns: Mapping[Field, Column]) -> str:
    """Of the row itself, or of the columns; two that differ are joined and so known to nobody."""
    cell = cells.get(Field.DATUM)
    if not says_nothing(cell):
        return datum_in(folded(cell)) or folded(cell)
    found = (columns.get(of) for of in (Field.LON, Field.LAT, Field.POINT))
    return "、".join(dict.fromkeys(column.datum for column in found if column and column.datum))
