"""The workbook that an expert edits, seen with openpyxl: exact cells, nothing that computes."""

import io

import openpyxl

from mapapp.documents import EditColumn, EditSheet, to_workbook

HOSTILE = ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://127.0.0.1")', "\tx", "0711", "3-4"]


def test_cells_stand_as_they_were_given() -> None:
    rows = [(text, 0.35) for text in HOSTILE] + [("一行\n两行", None), (None, 12.0)]
    columns = [EditColumn("词", 20, "说明", ("甲", "乙")), EditColumn("数", number=True)]
    book = openpyxl.load_workbook(io.BytesIO(to_workbook([EditSheet("表", columns, rows)])))
    sheet = book["表"]
    assert [cell.value for cell in sheet[1]] == ["词", "数"]
    assert [(row[0].value, row[1].value) for row in sheet.iter_rows(min_row=2)] == rows
    assert {sheet.cell(row, 1).data_type for row in range(2, 2 + len(HOSTILE))} == {"s"}
    assert sheet["A2"].number_format == "@"
    assert sheet.freeze_panes == "B2"
    assert sheet.column_dimensions["A"].width > 19
    assert sheet["A1"].comment.text == "说明"
    [choice] = sheet.data_validations.dataValidation
    assert (choice.formula1, str(choice.sqref)) == ('"甲,乙"', "A2:A2011")


def test_an_empty_sheet_has_its_titles_and_text_columns() -> None:
    data = to_workbook([EditSheet("空", [EditColumn("代码")], [])])
    sheet = openpyxl.load_workbook(io.BytesIO(data))["空"]
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [["代码"]]
    assert sheet.column_dimensions["A"].number_format == "@"
