"""What a ledger may add: read as far as it goes, and never a reason against the row."""

from datetime import date
from decimal import Decimal

import pytest

from mapapp.ledger.amounts import parse_unit
from mapapp.ledger.cells import Cell, CellError, RawRow
from mapapp.ledger.details import Details, read_details
from mapapp.ledger.fields import DETAILS, Field
from mapapp.ledger.money import Money
from mapapp.ledger.project import Agreement, Provenance
from mapapp.ledger.titles import Column


def read(cells: dict[Field, Cell]) -> Details:
    columns = {
        of: Column(of, n, str(of), parse_unit("万元") if of is Field.OUTPUT else None)
        for n, of in enumerate(cells)
    }
    return read_details(RawRow(1, tuple(cells.values())), columns, date(2026, 7, 1))


@pytest.mark.parametrize("of", sorted(DETAILS))
@pytest.mark.parametrize("cell", [CellError("#REF!"), "看不懂\x00\x07的", "x" * 40_000, True])
def test_nothing_turns_the_row_away(of: Field, cell: Cell) -> None:
    assert not any(problem.code for problem in read({of: cell}).problems)


def test_an_output_that_is_no_figure_is_kept_in_its_words() -> None:
    found = read({Field.OUTPUT: "200（5年累计产值）"})
    assert found.values == {"output_text": "200（5年累计产值）"}
    assert "照原文保存" in found.problems[0].message
    about = read({Field.OUTPUT: "约3亿元"}).values
    assert about == {"expected_output": Money(Decimal(30_000)), "output_text": "约3亿元"}


def test_a_column_that_is_there_says_even_nothing() -> None:
    found = read({Field.CONFIRMED: None, Field.STATUS_TEXT: None})
    assert found.days == {Field.CONFIRMED: None}
    assert found.wordings == {"stage_text": ""}
    assert not read({}).days


def test_a_source_goes_with_its_date_and_grade() -> None:
    found = read({Field.SOURCE: "报告", Field.SOURCE_DATE: "2025-03", Field.SOURCE_GRADE: "A"})
    assert found.values["provenance"] == Provenance("报告", "2025-03", "A")
    assert "信息来源是空的" in read({Field.SOURCE_GRADE: "A"}).problems[0].message


def test_terms_are_read_or_told_of() -> None:
    found = read(
        {
            Field.FIXED_ASSET: "2.8亿元",
            Field.TAX: "待定",
            Field.LAND: "80000平方米",
            Field.JOBS: "约350人",
            Field.AGREEMENT: "战略合作框架协议",
            Field.TAGS: "百日攻坚；领导出访、百日攻坚",
            Field.NATIONAL_CODE: "23044419000401135250",
        }
    )
    assert found.values == {
        "fixed_asset_investment": Money(Decimal(28_000)),
        "land": Decimal(120),
        "jobs": 350,
        "agreement": Agreement.FRAMEWORK,
        "tags": ("百日攻坚", "领导出访"),
        "national_code": "2304-441900-04-01-135250",
    }
    assert [problem.message for problem in found.problems] == [
        "国家项目代码 2304-441900-04-01-135250 的校验位对不上，多半有一位抄错，请与备案证核对"
    ]
    wrong = read({Field.LAND: "一块", Field.NATIONAL_CODE: "备案中", Field.TAX: "很多"})
    assert wrong.values == {}
    assert all("没有读" in problem.message for problem in wrong.problems)
    assert len(wrong.problems) == 3
