"""Merged cells: what is shared is filled, an amount over several projects is nobody's."""

from decimal import Decimal

import pytest

from mapapp.ledger.cells import RawRow
from mapapp.ledger.fields import Field
from mapapp.ledger.merged import unmerge
from mapapp.ledger.titles import Column

ROWS = (RawRow(2, ("甲", Decimal(5))), RawRow(3, ("乙", None)))


@pytest.mark.parametrize(
    ("field", "code", "left"),
    [
        (Field.CONTRACTED, "E_AMOUNT", Decimal(5)),
        (Field.FIXED_ASSET, "", None),
        (Field.TAX, "", None),
    ],
)
def test_an_amount_over_two_projects(field: Field, code: str, left: Decimal | None) -> None:
    columns = (Column(Field.NAME, 0, "项目名称"), Column(field, 1, str(field)))
    rows, notes = unmerge(ROWS, [(2, 1, 3, 1)], columns)
    assert [row.cells[1] for row in rows] == [left, None]
    for number in (2, 3):
        (note,) = notes[number]
        assert note.code == code
        assert "合并的单元格" in note.message


def test_a_department_over_two_projects_is_both_their_own() -> None:
    columns = (Column(Field.NAME, 0, "项目名称"), Column(Field.DEPARTMENT, 1, "责任单位"))
    rows = (RawRow(2, ("甲", "经信局")), RawRow(3, ("乙", None)))
    filled, _ = unmerge(rows, [(2, 1, 3, 1)], columns)
    assert [row.cells[1] for row in filled] == ["经信局", "经信局"]
