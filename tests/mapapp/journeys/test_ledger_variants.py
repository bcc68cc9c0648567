"""What other offices would send: the same quirks in other words, made here cell by cell."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from datetime import date

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from mapapp.journeys.bureau import Bureau
from mapapp.journeys.import_ledger import ImportReport, preview
from mapapp.journeys.import_rows import RowReport

HEAD = ["项目编号", "项目名称", "县市区", "投资额（亿元）"]
Change = Callable[[Worksheet], None]


def book(rows: Sequence[Sequence[object]], *changes: Change, **others: object) -> bytes:
    """A workbook with one sheet; others are further sheets by name."""
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.title = "台账"
    for row in rows:
        sheet.append(list(row))
    for change in changes:
        change(sheet)
    for name, content in others.items():
        extra = made.create_sheet(name)
        for row in content:  # type: ignore[attr-defined]
            extra.append(row)
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def read(bureau: Bureau, rows: Sequence[Sequence[object]], *changes: Change) -> ImportReport:
    report = preview(bureau, book(rows, *changes), "台账.xlsx")
    counted = sum(report.count(verdict) for verdict in ("accept", "reject", "skip"))
    assert counted == len(report.rows)
    return report


def csv(bureau: Bureau, text: str, encoding: str = "utf-8") -> ImportReport:
    return preview(bureau, text.encode(encoding), "台账.csv")


def row(number: int, county: object = "房县", amount: object = 1) -> list[object]:
    return [f"SY2023-{number:04}", f"项目{number}", county, amount]


def yi(row: RowReport) -> float | None:
    assert row.read
    money = row.read.values.get("contracted_investment")
    return float(money.yi) if money else None


def merged(cells: str) -> Change:
    return lambda sheet: sheet.merge_cells(cells)


def hidden_row(number: int) -> Change:
    def hide(sheet: Worksheet) -> None:
        sheet.row_dimensions[number].hidden = True

    return hide


# Headers -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "header",
    [
        ["*项目编号", "*项目名称", "*县市区", "投资额（亿元）"],
        ["1.项目编号", "2.项目名称", "3.县市区", "4.投资额(亿元)"],
        ["项目编码", "招商项目名称", "所属县（市、区）", "计划总投资（亿元）"],
        ["编号", "项 目 名 称", "县市(区)", "总投资\n（亿元）"],
        ["项目编号（必填）", "项目名称(全称)", "所在区县", "协议投资额【亿元】"],
        ["项目编号:", "项目名称:", "属地", "投资总额：亿元"],
        ["项目代码", "签约项目名称", "落地县市区", "签约金额（单位：亿元）"],
        ["项目编号", "项目名称", "县区", "总投资（亿元，含流动资金）"],
        ["項目编号", "项目名称", "区县", "投资额亿元"],
    ],
)
def test_titles_in_other_words(bureau: Bureau, header: list[str]) -> None:
    header = [title.replace("項", "项") for title in header]
    report = read(bureau, [header, row(1), row(2)])
    assert [yi(one) for one in report.rows] == [1, 1], report.message


@pytest.mark.parametrize(
    ("line", "amount"),
    [
        ("单位：万元", 0.0001),
        ("（单位：亿元）", 1),
        ("填报单位：十堰市招商局      金额单位：万元", 0.0001),
        ("十堰市招商引资项目台账（万元）", 0.0001),
        ("计量单位: 亿元、亩", 1),
    ],
)
def test_a_unit_above_the_header(bureau: Bureau, line: str, amount: float) -> None:
    header = ["项目编号", "项目名称", "县市区", "投资额"]
    report = read(bureau, [["十堰市台账"], [line], header, row(1)])
    assert [yi(one) for one in report.rows] == [amount], report.message


def test_two_units_above_the_header_are_none(bureau: Bureau) -> None:
    report = read(
        bureau,
        [["单位：亿元"], ["单位：万元"], ["项目编号", "项目名称", "县市区", "投资额"], row(1)],
    )
    assert report.rows[0].codes == ("E_AMOUNT_UNIT",)


def test_two_rows_of_header_without_merges(bureau: Bureau) -> None:
    rows = [
        ["序号", "项目", None, "属地", "投资额（万元）", None, "签约", None],
        [None, "编号", "名称", None, "合计", "其中：固定资产", "时间", "地点"],
        [1, "A1", "甲", "房县", 5000, 3000, "2023-05-12", "上海"],
    ]
    report = read(bureau, rows)
    assert [yi(one) for one in report.rows] == [0.5]
    assert str(report.rows[0].after and report.rows[0].after.signed) == "2023-05-12"


def test_three_rows_of_header(bureau: Bureau) -> None:
    rows = [
        ["项目基本情况", None, None, "资金情况", None, None],
        ["项目编号", "项目名称", "县市区", "投资情况（亿元）", None, "到位情况（万元）"],
        [None, None, None, "总投资", "其中：设备投资", "累计到位资金"],
        ["A1", "甲", "房县", 5, 2, 700],
    ]
    report = read(bureau, rows, merged("A1:C1"), merged("D1:F1"), merged("D2:E2"))
    assert [yi(one) for one in report.rows] == [5]
    assert report.rows[0].read
    assert report.rows[0].read.values["paid_in_investment"].wan == 700


def test_a_unit_row_and_a_row_of_column_numbers_under_the_titles(bureau: Bureau) -> None:
    header = ["项目编号", "项目名称", "县市区", "投资额"]
    report = read(
        bureau, [header, [None, None, None, "（万元）"], [1, 2, 3, 4], row(1, amount=500)]
    )
    assert [one.verdict for one in report.rows] == ["skip", "accept"]
    assert yi(report.rows[1]) == 0.05


def test_one_code_column_beside_the_national_code(bureau: Bureau) -> None:
    header = [*HEAD, "项目代码", "其他"]
    report = read(bureau, [header, [*row(1), "2304-420300-04-01-123456", "x"]])
    assert report.rows[0].read
    assert report.rows[0].read.code == "SY2023-0001"
    assert "项目代码" in report.message
    assert "没有读的列：其他" in report.message


@pytest.mark.parametrize("twice", ["投资额（亿元）", "总投资（万元）", "项目名称", "县市区"])
def test_a_column_that_stands_twice(bureau: Bureau, twice: str) -> None:
    report = read(bureau, [[*HEAD, twice], [*row(1), "x"]])
    assert report.codes == ("E_DUP_HEADER",)
    assert twice in report.message


@pytest.mark.parametrize("lacking", HEAD[:3])
def test_a_column_that_is_missing(bureau: Bureau, lacking: str) -> None:
    header = ["x" if title == lacking else title for title in [*HEAD, "签约日期"]]
    report = read(bureau, [header, row(1)])
    assert report.codes == ("E_HEADER_MISSING",)
    assert lacking in report.message


def test_no_header_at_all(bureau: Bureau) -> None:
    assert read(bureau, [row(1), row(2)]).codes == ("E_NO_HEADER",)
    assert read(bureau, [["十堰市台账"]]).codes == ("E_NO_HEADER",)


# Rows that are no projects -------------------------------------------------------------------


@pytest.mark.parametrize(
    "aside",
    [
        ["合  计", None, None, 9],
        ["全市合计", None, None, 9],
        ["茅箭区小计", None, None, 9],
        ["合计：9个项目", None, None, 9],
        [None, "合计", None, 9],
        [None, "本页小计", None, 9],
        ["其中：亿元以上", 3, None, 9],
        ["填表人：", "张三", "审核人：", "李四"],
        ["填报单位（盖章）：茅箭区招商局"],
        ["单位负责人（签字）", None, "分管领导："],
        ["联系电话：0719-0000000"],
        ["注：本表一式三份"],
        ["备注：1.金额按协议数填报"],
        ["数据来源：各县市区"],
        ["填表日期：2023年12月31日"],
        ["一、在谈项目"],
        ["（二）签约项目"],
        ["茅箭区"],
        HEAD,
        ["示例", "某某项目", "茅箭区", 1],
    ],
    ids=lambda aside: str(aside[0] or aside[1]),
)
def test_a_row_that_is_no_project_is_skipped_and_said(bureau: Bureau, aside: list[object]) -> None:
    report = read(bureau, [HEAD, row(1), aside, row(2)])
    assert [one.verdict for one in report.rows] == ["accept", "skip", "accept"], report.message
    assert report.rows[1].message


def test_rows_that_are_only_numbered_are_skipped(bureau: Bureau) -> None:
    report = read(bureau, [["序号", *HEAD], [1, *row(1)], [2], [3]])
    assert [one.verdict for one in report.rows] == ["accept", "skip", "skip"]


@pytest.mark.parametrize(
    "project",
    [
        ["A1", "合计重工项目", "房县", 1],
        ["A1", "其中坊酒业项目", "房县", 1],
        ["A1", "注射液项目", "房县", 1],
        ["A1", "说明书印刷项目", "房县", 1],
    ],
)
def test_a_project_with_a_name_like_a_total_stays(bureau: Bureau, project: list[object]) -> None:
    assert read(bureau, [HEAD, project]).rows[0].verdict == "accept"


def test_a_row_with_a_name_only_is_rejected_not_lost(bureau: Bureau) -> None:
    report = read(bureau, [HEAD, row(1), [None, "某项目"]])
    assert report.rows[1].codes[:2] == ("E_CODE_MISSING", "E_COUNTY")


# Sheets, merged and hidden cells --------------------------------------------------------------


def test_a_merged_county_fills_down_and_says_so(bureau: Bureau) -> None:
    rows = [HEAD, row(1, "茅箭区"), row(2, None), row(3, None), row(4, None)]
    report = read(bureau, rows, merged("C2:C4"))
    assert [one.verdict for one in report.rows] == ["accept"] * 3 + ["reject"]
    assert "合并" in report.rows[1].message
    assert "合并单元格" in report.message


def test_a_merged_amount_belongs_to_nobody(bureau: Bureau) -> None:
    report = read(bureau, [HEAD, row(1), row(2, amount=None), row(3)], merged("D2:D3"))
    assert [one.verdict for one in report.rows] == ["reject", "reject", "accept"]
    assert "E_AMOUNT" in report.rows[0].codes


def test_ditto(bureau: Bureau) -> None:
    report = read(bureau, [HEAD, row(1, "茅箭区"), row(2, "同上"), row(3, "〃")])
    assert [one.read and one.read.place for one in report.rows] == ["茅箭区"] * 3


def test_hidden_rows_and_sheets_are_read_and_said(bureau: Bureau) -> None:
    report = read(bureau, [HEAD, row(1), row(2)], hidden_row(3))
    assert [one.codes for one in report.rows] == [(), ("W_HIDDEN_ROW",)]

    def hide(sheet: Worksheet) -> None:
        assert sheet.parent
        sheet.parent["旧表"].sheet_state = "hidden"

    made = openpyxl.load_workbook(io.BytesIO(book([HEAD, row(1)], 旧表=[HEAD, row(9)])))
    hide(made["台账"])
    file = io.BytesIO()
    made.save(file)
    report = preview(bureau, file.getvalue(), "a.xlsx")
    assert "W_HIDDEN_SHEET" in report.codes
    assert report.rows[1].codes == ("W_HIDDEN_SHEET",)


def test_sheets_named_after_counties(bureau: Bureau) -> None:
    short = ["项目编号", "项目名称", "投资额（亿元）"]
    sheets = {
        name: [short, [f"A{n}", f"项目{n}", 1]]
        for n, name in enumerate(["1.茅箭区", "（2）张湾", "房县台账", "武当山特区（3个）"])
    }
    report = preview(bureau, book([["本表由各县市区填报"]], **sheets), "a.xlsx")
    assert [one.read and one.read.place for one in report.rows] == [
        "茅箭区",
        "张湾区",
        "房县",
        "武当山旅游经济特区",
    ], report.message
    assert "W_SHEET_SKIPPED" in report.codes


def test_a_summary_of_the_same_projects_is_skipped(bureau: Bureau) -> None:
    report = preview(bureau, book([HEAD, row(1), row(2)], 汇总=[HEAD[:3], row(1)[:3]]), "a.xlsx")
    assert (report.count("accept"), report.codes) == (2, ("W_SHEET_SKIPPED",))
    assert "汇总" in report.message


def test_a_summary_with_a_project_of_its_own_is_read(bureau: Bureau) -> None:
    report = preview(bureau, book([HEAD, row(1)], 汇总=[HEAD, row(1), row(2)]), "a.xlsx")
    assert {one.read.code for one in report.rows if one.read} == {"SY2023-0001", "SY2023-0002"}


def test_a_sheet_that_lacks_the_code_is_rejected_row_by_row(bureau: Bureau) -> None:
    other = [["项目名称", "县市区", "投资额（亿元）"], ["甲", "房县", 1]]
    report = preview(bureau, book([HEAD, row(1)], 茅箭区=other), "a.xlsx")
    assert [one.verdict for one in report.rows] == ["accept", "reject"]
    assert report.rows[1].codes == ("E_HEADER_MISSING",)


@pytest.mark.parametrize(
    "title", ["茅箭区2023年招商引资项目台账", "填报单位：茅箭区招商局", "县市区：茅箭区"]
)
def test_a_county_in_the_title(bureau: Bureau, title: str) -> None:
    report = read(bureau, [[title], ["项目编号", "项目名称", "投资额（亿元）"], ["A1", "甲", 1]])
    assert [one.read and one.read.place for one in report.rows] == ["茅箭区"]
    assert "茅箭区" in report.message


def test_counties_as_headings_inside_the_table(bureau: Bureau) -> None:
    header = ["项目编号", "项目名称", "投资额（亿元）"]
    rows = [header, ["一、茅箭区"], ["A1", "甲", 1], ["二、房县"], ["A2", "乙", 1]]
    report = read(bureau, rows)
    assert [one.read and one.read.place for one in report.rows] == [None, "茅箭区", None, "房县"]


# Cells ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "amount", "codes"),
    [
        ("￥5000万元", 0.5, ("W_UNIT_OVERRIDE",)),
        ("人民币2亿元", 2, ()),
        ("2 亿元", 2, ()),
        ("≈5", 5, ("W_APPROX",)),
        ("5亿元以上", 5, ("W_APPROX",)),
        ("5-8亿", None, ("E_AMOUNT_SPAN",)),
        ("5至8", None, ("E_AMOUNT_SPAN",)),
        ("−5", None, ("E_AMOUNT_NEG",)),
        ("$500万", None, ("E_CURRENCY_NO_RATE",)),
        ("300万港元", None, ("E_CURRENCY_NO_RATE",)),
        ("12,34", None, ("E_AMOUNT",)),
        ("1.234,5", None, ("E_AMOUNT",)),
        ("百亿级", None, ("E_AMOUNT",)),
        ("待定", None, ("W_NULL",)),
        ("---", None, ("W_NULL",)),
        (date(2023, 5, 1), None, ("E_AMOUNT",)),
    ],
)
def test_amounts(bureau: Bureau, cell: object, amount: float | None, codes: tuple[str]) -> None:
    one = read(bureau, [HEAD, row(1, amount=cell)]).rows[0]
    assert (yi(one), one.codes) == (amount, codes), one.message


@pytest.mark.parametrize(
    ("cell", "signed", "codes"),
    [
        ("2023年5月12日（星期五）", "2023-05-12", ()),
        ("2023.5.12.", "2023-05-12", ()),
        ("2023-05-12T08:00:00", "2023-05-12", ()),
        ("二〇二三年十二月三十一日", "2023-12-31", ()),
        ("二○二三年十月", "2023-10", ("W_DATE_MONTH",)),
        ("2023年5月底", "2023-05", ("W_DATE_MONTH",)),
        ("2023年5月份", "2023-05", ("W_DATE_MONTH",)),
        ("202305", "2023-05", ("W_DATE_MONTH",)),
        (2023.5, "2023-05", ("W_DATE_MONTH",)),
        (2023.1, "None", ("E_DATE_AMBIGUOUS",)),
        ("25/12/2023", "2023-12-25", ()),
        ("06/05/2023", "None", ("E_DATE_AMBIGUOUS",)),
        ("12-May-2023", "2023-05-12", ()),
        ("May 12, 2023", "2023-05-12", ()),
        ("2023年第3季度", "2023-Q3", ("W_DATE_QUARTER",)),
        ("2023年度", "2023", ()),
        ("12月", "None", ("E_DATE_NO_YEAR",)),
        ("今年5月", "None", ("E_DATE_NO_YEAR",)),
        ("2023-05-12至2023-06-01", "None", ("E_DATE",)),
        ("1899-12-31", "None", ("E_DATE_RANGE",)),
        ("0000年一季度", "None", ("E_DATE_RANGE",)),
    ],
)
def test_dates(bureau: Bureau, cell: object, signed: str, codes: tuple[str]) -> None:
    one = read(bureau, [[*HEAD, "签约时间"], [*row(1), cell]]).rows[0]
    assert (str(one.after.signed if one.after else None), one.codes) == (signed, codes)


@pytest.mark.parametrize(
    ("lon", "lat", "codes"),
    [
        ("110°48′46.8″", "32°35′31.2″", ()),
        ("110°48'46.8\"E", "32°35'31.2\"N", ()),
        ("E110°48′46.8″", "N32°35′31.2″", ()),
        ("东经110度48分46.8秒", "北纬32度35分31.2秒", ()),
        ("110º48.78´", "32º35.52´", ()),
        ("110:48:46.8", "32:35:31.2", ()),
        ("110.813°", "32.592°", ()),
        ("32.592", "110.813", ("E_COORD_SWAPPED", "W_NO_POINT")),
        ("N32°35′31.2″", "E110°48′46.8″", ("E_COORD_SWAPPED", "W_NO_POINT")),
        ("110°61′00″", "32°35′00″", ("E_COORD", "W_NO_POINT")),
        ("110.813", "待定", ("E_COORD_HALF", "W_NO_POINT")),
        ("无", "/", ()),
        ("W110°48′46″", "N32°35′31″", ("E_COORD_OUTSIDE", "W_NO_POINT")),
        ("501234.5", "3607123.4", ("E_COORD_PROJECTED", "W_NO_POINT")),
        ("1e400", "32.6", ("E_COORD_RANGE", "W_NO_POINT")),
    ],
)
def test_coordinates(bureau: Bureau, lon: str, lat: str, codes: tuple[str, ...]) -> None:
    one = read(bureau, [[*HEAD, "经度", "纬度"], [*row(1, "茅箭区"), lon, lat]]).rows[0]
    assert (one.verdict, one.codes) == ("accept", codes), one.message
    assert one.after
    if not codes and one.after.position:
        assert one.after.position.lon == pytest.approx(110.813, abs=1e-6)
        assert one.after.position.lat == pytest.approx(32.592, abs=1e-6)


@pytest.mark.parametrize(
    "cell",
    ["110.813,32.592", "110.813 32.592", "E110°48′46.8″ N32°35′31.2″", "N32.592°，E110.813°",
     "东经110.813度北纬32.592度"],
)  # fmt: skip
def test_a_pair_in_one_cell(bureau: Bureau, cell: str) -> None:
    one = read(bureau, [[*HEAD, "经纬度"], [*row(1, "茅箭区"), cell]]).rows[0]
    assert one.after
    assert one.after.position, one.message
    assert one.after.position.lat == pytest.approx(32.592, abs=1e-6)


@pytest.mark.parametrize(
    ("above", "header"),
    [
        (["坐标系：GCJ-02"], ["经度", "纬度"]),
        (["注：经纬度采用高德坐标"], ["经度", "纬度"]),
        (["台账"], ["经度（高德）", "纬度（高德）"]),
        (["台账"], ["GCJ02经度", "GCJ02纬度"]),
        (["台账"], ["经度（GCJ-02坐标系）", "纬度"]),
    ],
)
def test_where_a_datum_may_stand(bureau: Bureau, above: list[str], header: list[str]) -> None:
    rows = [above, [*HEAD, *header], [*row(1, "茅箭区"), 110.8182, 32.5905]]
    one = read(bureau, rows).rows[0]
    assert one.after
    assert one.after.position
    assert one.after.position.lon != 110.8182


@pytest.mark.parametrize("datum", ["西安80", "北京54", "某坐标系"])
def test_a_datum_that_nobody_can_convert(bureau: Bureau, datum: str) -> None:
    header = [*HEAD, f"经度（{datum}）", "纬度"]
    one = read(bureau, [header, [*row(1, "茅箭区"), 110.813, 32.592]]).rows[0]
    assert one.codes == ("E_COORD", "W_NO_POINT")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("湖北省-十堰市-茅箭区", "茅箭区"),
        ("十堰市经开区", "十堰经济技术开发区"),
        ("十堰市丹江口", "丹江口市"),
        ("420302000000", "茅箭区"),
        ("茅箭", "茅箭区"),
        ("茅箭区/张湾区", ""),
        ("十堰市", ""),
        ("房县、竹山", ""),
    ],
)
def test_counties(bureau: Bureau, text: str, place: str) -> None:
    one = read(bureau, [HEAD, row(1, text)]).rows[0]
    assert one.read
    assert one.read.place == place
    assert ("E_COUNTY" in one.codes) is not place


@pytest.mark.parametrize("status", ["已开工建设", "正在洽谈", "签约项目", "建成投产", "已终止"])
def test_states(bureau: Bureau, status: str) -> None:
    assert read(bureau, [[*HEAD, "当前阶段"], [*row(1), status]]).rows[0].verdict == "accept"


def test_codes(bureau: Bureau) -> None:
    rows = [HEAD, *(["ＳＹ２０２３－１", "甲", "房县", 1], ["A\u200b2", "乙", "房县", 1])]
    rows += [["1.23457E+17", "丙", "房县", 1], [202300123, "丁", "房县", 1]]
    report = read(bureau, rows)
    assert [one.read and one.read.code for one in report.rows[:2]] == ["SY2023-1", "A2"]
    assert [one.codes for one in report.rows] == [
        (),
        ("W_INVISIBLE",),
        ("E_CODE_PRECISION",),
        ("W_CODE_NUMERIC",),
    ]


def test_names_with_what_nobody_sees(bureau: Bureau) -> None:
    header = [*HEAD, "企业名称"]
    names = ["甲乙\u202e丙丁", "示例\u200b企业", "样本\x07企业", "某�企业", "👨‍👩‍👧"]
    text = "\n".join(
        [",".join(header), *(f"A{n},甲,房县,1,{name}" for n, name in enumerate(names))]
    )
    report = csv(bureau, text)
    assert [one.codes for one in report.rows] == [
        ("W_INVISIBLE",),
        ("W_INVISIBLE",),
        ("W_CONTROL",),
        ("E_ENCODING",),
        (),
    ]
    assert [one.after.enterprise for one in report.rows[2:3] if one.after] == ["样本企业"]


def test_one_enterprise_in_several_spellings(bureau: Bureau) -> None:
    names = ["示例（十堰）科技有限公司", "示例(十堰)科技有限公司", "示例十堰科技有限责任公司"]
    rows = [[*row(n), name] for n, name in enumerate(names)]
    report = read(bureau, [[*HEAD, "企业名称"], *rows])
    assert [one.codes for one in report.rows] == [(), ("W_NAME_VARIANT",), ("W_NAME_VARIANT",)]


# Text files ----------------------------------------------------------------------------------

LINES = "十堰市台账\n\n项目编号{0}项目名称{0}县市区{0}投资额（亿元）\nA1{0}甲{0}房县{0}1\n"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|", "，"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le"])
def test_delimiters_and_encodings(bureau: Bureau, delimiter: str, encoding: str) -> None:
    report = csv(bureau, LINES.format(delimiter), encoding)
    assert (report.count("accept"), report.codes) == (1, ()), report.message


def test_line_ends_of_an_old_mac(bureau: Bureau) -> None:
    assert csv(bureau, LINES.format(",").replace("\n", "\r")).count("accept") == 1


def test_columns_that_are_left_empty_at_the_end(bureau: Bureau) -> None:
    text = "项目编号,项目名称,县市区,投资额（亿元）,,\nA1,甲,房县,1,,\nA2,乙,房县,1\nA3,丙,房县\n"
    report = csv(bureau, text)
    assert report.rows[0].verdict == "accept"
    assert report.rows[-1].codes == ("E_COLUMNS",)


def test_mojibake_is_called_by_its_name(bureau: Bureau) -> None:
    text = "项目编号,项目名称,县市区\nA1,甲,房县\n"
    for broken in (
        text.encode("gbk").decode("latin-1"),
        text.encode().decode("gb18030", "replace"),
        text.encode().decode("latin-1"),
        "????,????,???\n1,2,3\n",
    ):
        report = csv(bureau, broken)
        assert (report.codes, "乱码" in report.message) == (("E_HEADER_MISSING",), True), broken
    assert csv(bureau, "項目編號,項目名稱\n1,2\n", "big5").codes == ("E_ENCODING",)


def test_an_open_quote_is_named_where_it_opens(bureau: Bureau) -> None:
    report = csv(bureau, '项目编号,项目名称,县市区\nA1,"甲,房县\nA2,乙,房县\n')
    assert report.codes == ("E_CSV_QUOTE",)
    assert "第2行" in report.message
