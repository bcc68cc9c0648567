"""Lists as files: what stands in each, and how long ten thousand rows take."""

import csv
import io
import time
from dataclasses import replace
from datetime import date

import openpyxl
import pytest

from chains import UnknownName
from mapapp import documents
from mapapp.journeys import list_files, list_table, target_lists
from mapapp.journeys.bureau import Bureau
from mapapp.outreach.edition import Edition
from mapapp.outreach.target_list import Approach, ListRule, Pursuit
from mapapp.store import RowChange
from tests.mapapp.journeys.listed_city import made


@pytest.fixture
def view(office: Bureau) -> target_lists.ListView:
    number = made(office, ListRule(chain="power_battery", most=12), "上海/专班:12月")
    row = office.store.target_lists.rows(number)[0]
    said = Pursuit(
        Approach.TALKS, contact="=HYPERLINK(1)", next_step="+谈地", next_on=date(2027, 1, 5)
    )
    office.store.target_lists.save([RowChange(replace(row, pursuit=said), row)], "测试")
    return target_lists.view_list(office, number)


def test_exact_cells_of_the_workbook(office: Bureau, view: target_lists.ListView) -> None:
    found = list_files.list_file(office, view, "xlsx", Edition.INTERNAL, "张三")
    assert found.name.startswith("上海_专班_12月-内部版-")
    sheet = openpyxl.load_workbook(io.BytesIO(found.data)).worksheets[0]
    titles = {cell.value: cell.column for cell in sheet[4]}
    first = {title: sheet.cell(5, place) for title, place in titles.items()}
    row = view.rows[0]
    assert first["企业"].value == row.row.firm
    assert first["匹配分"].value == row.row.why.score
    assert (first["联系人"].value, first["联系人"].data_type) == ("=HYPERLINK(1)", "s")
    assert (first["下一步"].value, first["下一步"].data_type) == ("+谈地", "s")
    assert first["下一步日期"].value.date() == date(2027, 1, 5)
    assert first["行标识"].value == f"{row.row.list}-{row.row.id}"
    assert sheet.max_row == 4 + 12
    assert "张三" in sheet.oddHeader.center.text


def test_a_csv_begins_with_its_mark_and_keeps_formulas_text(
    office: Bureau, view: target_lists.ListView
) -> None:
    data = list_files.list_file(office, view, "csv", Edition.INTERNAL, "张三").data
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    assert len(rows) == 12
    assert rows[0]["联系人"].lstrip("\t'") == "=HYPERLINK(1)"
    assert not rows[0]["联系人"].startswith("=")


def test_each_office_has_a_sheet_of_its_own_firms(office: Bureau) -> None:
    names = [one.name for one in office.city.offices]
    data = list_files.office_workbook(office, names, Edition.INTERNAL, "张三", 20).data
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert book.sheetnames == [*(f"{name}目标企业" for name in names), "说明"]
    pairs = [
        (sheet.cell(r, 2).value, sheet.cell(r, 4).value)
        for sheet in book.worksheets[:-1]
        for r in range(5, sheet.max_row + 1)
    ]
    assert len(pairs) == len(set(pairs)) == 60


def test_one_office_s_book_says_what_is_already_going_on(
    office: Bureau, view: target_lists.ListView
) -> None:
    """The firm in talks on a list is not a stranger in the ranking of its office."""
    one = list_files.office_workbook(office, ["上海"], Edition.INTERNAL, "张三", 5)
    assert one.name.startswith("上海招商专班目标企业-内部版-")
    names = [one.name for one in office.city.offices]
    found = list_files.office_workbook(office, names, Edition.INTERNAL, "张三")
    held = {}
    for sheet in openpyxl.load_workbook(io.BytesIO(found.data)).worksheets[:-1]:
        titles = {cell.value: cell.column for cell in sheet[4]}
        for r in range(5, sheet.max_row + 1):
            firm = sheet.cell(r, titles["企业"]).value
            held[firm] = sheet.cell(r, titles["也在名单"]).value
    listed = {row.row.firm for row in view.rows} & set(held)
    assert listed
    assert all(held[firm].startswith("上海/专班:12月（张三，") for firm in listed)
    assert "在谈" in "".join(str(held[firm]) for firm in listed)
    assert any(text is None for text in held.values())


def test_the_public_list_fills_its_page_and_has_a_head_over_every_column(
    office: Bureau, view: target_lists.ListView
) -> None:
    data = list_files.list_file(office, view, "xlsx", Edition.PUBLIC, "张三").data
    book = openpyxl.load_workbook(io.BytesIO(data))
    [sheet] = book.worksheets
    assert [cell.value for cell in sheet[4]] == [
        "序号", "企业", "总部", "环节", "产业链", "本地客户", "本地供方",
    ]  # fmt: skip
    merged = {str(cells) for cells in sheet.merged_cells.ranges}
    assert {"A3:C3", "D3:E3", "F3:G3"} <= merged
    columns = sheet.column_dimensions.values()
    wide = sum(column.width * (column.max - column.min + 1) for column in columns)
    assert 120 < wide < 140


def test_a_file_without_pages_bears_its_watermark_on_every_row(
    office: Bureau, view: target_lists.ListView
) -> None:
    data = list_files.list_file(office, view, "csv", Edition.INTERNAL, "张三").data
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    assert all(row["水印"].startswith("内部资料 张三 ") for row in rows)
    public = list_files.list_file(office, view, "csv", Edition.PUBLIC, "张三").data
    assert "水印" not in public.decode("utf-8-sig")


def test_a_kind_or_an_edition_that_does_not_exist_is_said(
    office: Bureau, view: target_lists.ListView
) -> None:
    with pytest.raises(UnknownName, match="导出格式"):
        list_files.list_file(office, view, "exe", Edition.INTERNAL, "张三")
    with pytest.raises(UnknownName, match="没有叫“秘密”的版本"):
        list_files.read_edition("秘密")


def test_ten_thousand_rows_take_less_than_three_seconds(
    office: Bureau, view: target_lists.ListView
) -> None:
    rows = [replace(row, number=n) for n, row in enumerate(view.rows * 834, start=1)][:10_000]
    sheet = replace(list_files.sheet_of(office, view, Edition.INTERNAL, "张三"), rows=rows)
    for write in (documents.to_xlsx, documents.to_csv):
        start = time.perf_counter()
        assert write(list_table.list_table(office, sheet))
        assert time.perf_counter() - start < 3, write
    start = time.perf_counter()
    assert documents.to_geopackage([list_table.list_layer(office, sheet)])
    assert time.perf_counter() - start < 3
