"""What is written is inert, formatted, and comes back as the very same text."""

import csv
import io
import re
import zipfile
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mapapp.documents import Column, Kind, Note, Table, restore, to_csv, to_xlsx
from mapapp.intake import read
from mapapp.intake.limits import DEFAULT
from mapapp.intake.text import read_text
from mapapp.intake.workbook import read_workbook

LEDGERS = Path(__file__).resolve().parents[2] / "fixtures" / "ledgers"
TABLE = Table(
    "目标企业/清单",
    [
        Column("企业", 24),
        Column("得分", 8, Kind.SCORE),
        Column("金额(万元)", 14, Kind.AMOUNT),
        Column("日期", 12, Kind.DATE),
    ],
    [
        ["=1+1", 95.25, Decimal("1234.56"), date(2026, 1, 2)],
        ["000123", None, -3, None],
        ["{{7*7}}", float("nan"), 0, None],
    ],
    subtitle="全市",
    notes=[Note("范围", "=全市")],
)


def opened(table: Table) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(to_xlsx(table)))


def test_the_workbook_is_ready_to_use() -> None:
    book = opened(TABLE)
    sheet = book["目标企业 清单"]
    assert (sheet["A1"].value, sheet["A2"].value) == ("目标企业/清单", "全市")
    assert [cell.value for cell in sheet[3]] == ["企业", "得分", "金额(万元)", "日期"]
    assert [cell.value for cell in sheet[4]] == ["=1+1", 95.25, 1234.56, datetime(2026, 1, 2)]
    assert [cell.value for cell in sheet[5]] == ["000123", None, -3, None]
    assert sheet["B6"].value is None
    assert [cell.data_type for cell in sheet[4]] == ["s", "n", "n", "d"]
    assert sheet["A4"].quotePrefix
    assert sheet["A4"].number_format == "@"
    assert sheet["C4"].number_format == "#,##0.00"
    assert sheet.freeze_panes == "A4"
    assert sheet.auto_filter.ref == "A3:D6"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.column_dimensions["A"].width == pytest.approx(24, abs=1)
    notes = book["说明"]
    assert [cell.value for cell in notes[2]] == ["范围", "=全市"]
    assert notes["B2"].data_type == "s"


@pytest.mark.parametrize("long", [[0], [1], [0, 1, 2], [2]])
def test_no_row_is_written_twice(long: list[int]) -> None:
    rows = [["长" * 200 if n in long else "短"] for n in range(3)]
    data = to_xlsx(Table("表", [Column("文字", 20)], rows))
    sheet = zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml")
    assert re.findall(rb'<row r="(\d+)"', sheet) == [b"%d" % n for n in range(1, 7)]
    assert [list(row.cells) for row in read(data)[0].rows][-3:] == rows


def test_no_formula_in_the_file() -> None:
    table = Table("=x", [Column("=y")], [["=1+1"]], subtitle="=z", notes=[Note("=a", "=b")])
    for sheet in opened(table):
        for row in sheet.iter_rows():
            assert all(cell.data_type in ("s", "n") for cell in row)


def test_an_empty_table_is_a_workbook() -> None:
    sheet = opened(Table("空", [Column("甲")], [])).active
    assert sheet is not None
    assert sheet["A3"].value == "甲"


@pytest.mark.parametrize("title", ["", "/", "说明", "'", "很" * 40, "a:b?c"])
def test_any_title_will_do(title: str) -> None:
    assert opened(Table(title, [Column("甲")], [["乙"]], notes=[Note("a", "b")])).sheetnames


def test_csv_as_excel_opens_it() -> None:
    assert (
        to_csv(TABLE)
        == (
            "\ufeff企业,得分,金额(万元),日期\r\n"
            "'=1+1,95.25,1234.56,2026-01-02\r\n"
            "000123,,-3,\r\n"
            "{{7*7}},,0,\r\n"
        ).encode()
    )


def test_every_dangerous_start_is_made_harmless() -> None:
    (sheet,) = read_workbook((LEDGERS / "e01_formula_injection.xlsx").read_bytes(), DEFAULT)
    names = [row.cells[2] for row in sheet.rows[1:]]
    table = Table("名", [Column("企业")], [[name] for name in names])
    rows = list(csv.reader(io.StringIO(to_csv(table).decode("utf-8-sig"), newline="")))[1:]
    assert all(row[0].startswith("'") for row in rows)
    assert [restore(row[0]) for row in rows] == names
    (again, *_) = read_workbook(to_xlsx(table), DEFAULT)
    assert [row.cells[0] for row in again.rows[2:]] == names


texts = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), min_size=1
).filter(lambda text: text.strip())


@given(rows=st.lists(st.tuples(texts, texts), min_size=1, max_size=6))
@settings(deadline=None)
def test_text_comes_back_code_point_by_code_point(rows: list[tuple[str, str]]) -> None:
    table = Table("表", [Column("项目名称"), Column("企业名称")], rows)
    (sheet, *_) = read_workbook(to_xlsx(table), DEFAULT)
    assert [row.cells for row in sheet.rows[2:]] == rows
    (lines,) = read_text(to_csv(table), DEFAULT)
    assert [row.cells for row in lines.rows[1:]] == rows


@pytest.mark.parametrize(
    ("columns", "rows"), [([], []), ([Column("a"), Column("a")], []), ([Column("a")], [[1, 2]])]
)
def test_a_table_that_does_not_fit(columns: list[Column], rows: list[list[int]]) -> None:
    with pytest.raises(ValueError, match="表“坏”"):
        Table("坏", columns, rows)


def test_paper_holds_the_first_columns_and_rows_grow_with_their_text() -> None:
    table = Table(
        title="名单",
        columns=(Column("企业", 10), Column("理由", 20), Column("全称", 30)),
        rows=[["甲", "短", "长" * 200], ["乙", "很长的理由" * 10, ""], ["丙", "短", ""]],
        printed=2,
    )
    sheet = opened(table).worksheets[0]
    assert sheet.print_area == "'名单'!$A$1:$B$6"
    assert sheet.row_dimensions[4].height is None
    assert sheet.row_dimensions[5].height >= 5 * 15
