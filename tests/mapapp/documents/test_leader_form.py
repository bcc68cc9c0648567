"""A workbook as an office hands it to its leader: merged heads, panes, filter, A4, watermark."""

import io
import time
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pypdfium2
import pytest

from mapapp.documents import Column, Kind, Note, Table, to_csv, to_xlsx
from tests.mapapp.documents.soffice import converted

COLUMNS = (
    Column("序号", 6, Kind.INTEGER),
    Column("企业", 20),
    Column("匹配分", 8, Kind.SCORE),
    Column("金额", 10, Kind.AMOUNT),
    Column("下一步日期", 12, Kind.DATE),
    Column("理由", 40),
    Column("行标识", 16),
)
ROWS = [
    (n, f"=企业{n}", 71.5, Decimal("1200.5"), date(2026, 12, 1), "本地有客户；" * 6, f"1-{n}")
    for n in range(1, 61)
]


def table(title: str = "上海专班 12 月", rows: object = ROWS) -> Table:
    return Table(
        title,
        COLUMNS,
        rows,  # type: ignore[arg-type]
        "十堰市，2026-11-24",
        (Note("范围", "全市"),),
        printed=6,
        groups=(("企业", 2), ("评分", 2), ("接洽", 1), ("为什么", 1), ("", 1)),
        frozen=2,
        watermark="内部资料 张&三 2026-11-24 10:30",
    )


def test_the_form_is_the_one_that_goes_to_a_leader() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(to_xlsx(table())))["上海专班 12 月"]
    assert sheet["A1"].value == "上海专班 12 月"
    assert sheet["A2"].value == "十堰市，2026-11-24"
    merged = {str(cells) for cells in sheet.merged_cells.ranges}
    assert merged == {"A1:F1", "A2:F2", "A3:B3", "C3:D3"}
    assert (sheet["A3"].value, sheet["C3"].value) == ("企业", "评分")
    assert [cell.value for cell in sheet[4]] == [column.title for column in COLUMNS]
    assert sheet.freeze_panes == "C5"
    assert sheet.auto_filter.ref == "A4:G64"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.print_title_rows == "$3:$4"
    assert sheet.print_area.endswith("$A$1:$F$64")
    assert "张&&三" in sheet.oddHeader.center.text or "张&三" in sheet.oddHeader.center.text
    row = [cell.value for cell in sheet[5]]
    assert row[:4] == [1, "=企业1", 71.5, 1200.5]
    assert sheet["B5"].data_type == "s"
    assert row[4].date() == date(2026, 12, 1)


def test_several_tables_stand_on_a_sheet_each() -> None:
    book = openpyxl.load_workbook(
        io.BytesIO(to_xlsx(table("上海[专班]"), table("上海 专班"), table("北京", [])))
    )
    assert book.sheetnames == ["上海 专班", "上海 专班 2", "北京", "说明"]
    notes = [[cell.value for cell in row] for row in book["说明"].iter_rows()]
    assert notes[0] == ["表", "项目", "内容"]
    assert [row[0] for row in notes[1:]] == ["上海 专班", "上海 专班 2", "北京"]


def test_it_prints_on_a4_with_every_row(tmp_path: Path) -> None:
    pdf = pypdfium2.PdfDocument(converted(to_xlsx(table()), "xlsx", tmp_path))
    sizes = {tuple(round(side / 72 * 25.4) for side in page.get_size()) for page in pdf}
    assert sizes == {(297, 210)}
    said = ["".join(page.get_textpage().get_text_range().split()) for page in pdf]
    assert 2 <= len(said) <= 6
    whole = "".join(said)
    assert all(f"=企业{n}" in whole for n in range(1, 61))
    assert "1-60" not in whole
    assert all("内部资料张&三" in page for page in said[:-1])
    assert all("理由" in page for page in said[:-1])


def test_the_heads_must_cover_the_columns() -> None:
    with pytest.raises(ValueError, match="没有正好盖住 2 列"):
        Table("x", (Column("a"), Column("b")), [], groups=(("g", 3),))


def test_a_csv_has_titles_only() -> None:
    text = to_csv(table()).decode("utf-8-sig")
    assert text.splitlines()[0].startswith("序号,企业,匹配分")


def test_ten_thousand_rows_take_less_than_three_seconds() -> None:
    many = [(*row[:5], "本地有客户", f"1-{n}") for n, row in enumerate(ROWS * 167)][:10_000]
    wide = Table("大", [*COLUMNS, *(Column(f"列{n}") for n in range(17))],
                 [(*row, *("内容" for _ in range(17))) for row in many])  # fmt: skip
    start = time.perf_counter()
    assert to_xlsx(wide)
    assert time.perf_counter() - start < 3
