"""Ledgers with other triggers of the same classes: halts, day counts, columns out of sight."""

from __future__ import annotations

import io

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.worksheet.worksheet import Worksheet

from mapapp.journeys.bureau import Bureau
from mapapp.journeys.import_ledger import commit, preview
from mapapp.ledger.project import Stage
from tests.mapapp.journeys.test_ledger_variants import HEAD, book, csv, read, row, yi


@pytest.mark.parametrize(
    ("status", "stage"),
    [
        ("停工", Stage.STARTED),
        ("缓建", Stage.STARTED),
        ("停工项目", Stage.STARTED),
        ("已停产", Stage.PRODUCING),
        ("暂停", None),
    ],
)
def test_a_project_that_stands_still(bureau: Bureau, status: str, stage: Stage | None) -> None:
    one = read(bureau, [[*HEAD, "状态"], [*row(1), status]]).rows[0]
    assert (one.verdict, "".join(one.codes)) == ("accept", "")
    assert "停滞" in one.message
    assert one.after
    assert (one.after.halted, one.after.stage) == (True, stage)


def test_a_project_that_goes_on_is_no_longer_halted(empty_bureau: Bureau) -> None:
    for status, halted in (("停工", True), ("开工", False)):
        report = read(empty_bureau, [[*HEAD, "状态"], [*row(1), status]])
        commit(empty_bureau, report, "张三")
        assert report.rows[0].after
        assert report.rows[0].after.halted is halted


def test_a_column_of_its_own_says_whether_a_project_is_halted(bureau: Bureau) -> None:
    header = [*HEAD, "状态", "是否停滞"]
    one = read(bureau, [header, [*row(1), "停工", "否"]]).rows[0]
    assert one.after
    assert not one.after.halted


@pytest.mark.parametrize(("place", "cell"), [(2, "#N/A"), (4, "#REF!")])
def test_an_error_is_said_once(bureau: Bureau, place: int, cell: str) -> None:
    cells: list[object] = [*row(1), "在谈"]
    cells[place] = cell
    assert read(bureau, [[*HEAD, "状态"], cells]).rows[0].codes == ("E_CELL_ERROR",)


@pytest.mark.parametrize("cell", [43585, "43585"])
def test_days_counted_from_1904(bureau: Bureau, cell: object) -> None:
    made = openpyxl.Workbook()
    made.epoch = CALENDAR_MAC_1904
    sheet = made.active
    assert isinstance(sheet, Worksheet)
    for cells in ([*HEAD, "签约日期"], [*row(1), cell], [*row(2), "2023.5"], [*row(3), 99999]):
        sheet.append(cells)
    file = io.BytesIO()
    made.save(file)
    first, month, late = preview(bureau, file.getvalue(), "台账.xlsx").rows
    assert first.after
    assert (str(first.after.signed), first.codes) == ("2023-05-01", ("W_DATE_SERIAL",))
    assert "43585" in first.message
    assert (month.codes, late.codes) == (("W_DATE_MONTH",), ("E_DATE_RANGE",))


def test_a_hidden_column_is_read_and_said(bureau: Bureau) -> None:
    def hide(sheet: Worksheet) -> None:
        sheet.column_dimensions["D"].hidden = True

    report = read(bureau, [HEAD, row(1)], hide)
    assert yi(report.rows[0]) == 1
    assert "列“投资额（亿元）”在表里是隐藏的" in report.message


@pytest.mark.parametrize("unit", ["人民币亿元", "RMB 亿", "人民币：亿元"])
def test_a_currency_before_the_unit(bureau: Bureau, unit: str) -> None:
    header = [*HEAD[:3], f"投资额（{unit}）"]
    assert yi(read(bureau, [header, row(1)]).rows[0]) == 1


def test_a_unit_in_the_name_of_the_sheet(bureau: Bureau) -> None:
    def name(sheet: Worksheet) -> None:
        sheet.title = "台账（万元）"

    assert yi(read(bureau, [[*HEAD[:3], "投资额"], row(1, amount=5000)], name).rows[0]) == 0.5


def test_a_comma_inside_a_number_moves_the_row(bureau: Bureau) -> None:
    header = "项目编号,项目名称,县市区,投资额（亿元）,状态,备注"
    text = f"{header}\nA1,甲,房县,1,234.5,在谈,\nA2,乙,房县,1,在谈,\n"
    first, second = csv(bureau, text).rows
    assert (first.codes, second.codes) == (("E_COLUMNS",), ())


@pytest.mark.parametrize("name", ["台账.xls", "台账.et", "台账.ods", "台账.CSV"])
def test_another_kind_of_workbook_than_its_name_says(bureau: Bureau, name: str) -> None:
    report = preview(bureau, book([HEAD, row(1)]), name)
    assert (report.verdict, report.codes) == ("accept", ("W_EXT_MISMATCH",))


def test_short_names_in_full_width(bureau: Bureau) -> None:
    names = ["ABC有限公司", "ＡＢＣ有限公司", "A有限公司"]
    rows = [[*row(number), name] for number, name in enumerate(names)]
    found = read(bureau, [[*HEAD, "企业名称"], *rows]).rows
    assert [one.codes for one in found] == [(), ("W_NAME_VARIANT",), ()]


@pytest.mark.parametrize("cell", ["5.12", "12.5"])
def test_a_month_and_a_day_lack_their_year(bureau: Bureau, cell: str) -> None:
    one = read(bureau, [[*HEAD, "签约日期"], [*row(1), cell]]).rows[0]
    assert one.codes == ("E_DATE_NO_YEAR",)
