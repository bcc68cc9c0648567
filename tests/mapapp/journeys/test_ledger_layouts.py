"""Layouts of other offices: units beside the amounts, headings, second headers, words at the end.

The makers of the files stand in test_ledger_variants.
"""

from __future__ import annotations

from datetime import date

import pytest

from mapapp.journeys.bureau import Bureau
from tests.mapapp.journeys.test_ledger_variants import HEAD, merged, read, row, yi

BARE = ["项目编号", "项目名称", "县市区", "投资额"]
NO_COUNTY = ["项目编号", "项目名称", "投资额（亿元）"]


@pytest.mark.parametrize("title", ["单位", "金额单位"])
def test_a_column_of_units(bureau: Bureau, title: str) -> None:
    rows = [[*BARE, title], [*row(1, amount=5), "亿元"], [*row(2, amount=5000), "万元"]]
    assert [yi(one) for one in read(bureau, rows).rows] == [5, 0.5]


def test_a_column_of_currencies(bureau: Bureau) -> None:
    header = [*BARE[:3], "投资额（万元）", "币种"]
    report = read(bureau, [header, [*row(1), "美元"], [*row(2), "人民币"], [*row(3), None]])
    assert [one.codes for one in report.rows] == [("E_CURRENCY_NO_RATE",), (), ()]


@pytest.mark.parametrize("unit", ["亿元/万美元", "亿元或万美元"])
def test_a_header_of_two_units_has_none(bureau: Bureau, unit: str) -> None:
    assert read(bureau, [[*BARE[:3], f"投资额（{unit}）"], row(1)]).rows[0].codes == (
        "E_AMOUNT_UNIT",
    )


def test_a_unit_alone_above_the_header(bureau: Bureau) -> None:
    report = read(bureau, [["台账"], [None, None, None, "万元"], BARE, row(1, amount=5000)])
    assert yi(report.rows[0]) == 0.5


@pytest.mark.parametrize("title", ["2023年房县招商引资重点项目台账", "关于房县招商引资项目的台账"])
def test_a_county_behind_the_year(bureau: Bureau, title: str) -> None:
    report = read(bureau, [[title], NO_COUNTY, ["A1", "甲", 5]])
    assert report.rows[0].read
    assert report.rows[0].read.place == "房县"


@pytest.mark.parametrize(
    "aside",
    [
        ["其中", "签约", None, None, 1],
        ["一", "茅箭区（3个）", None, None, None],
        ["（一）", "在谈项目", None, None, None],
        ["二", "签约项目小计", None, None, 5],
        [None, None, "房县小计", None, 5],
        ["茅箭区", None, None, None, 5],
        ["上页结转", None, None, None, 3],
        ["占比", None, None, None, "50%"],
        ["第1页 共2页", None, None, None, None],
        ["— 1 —", None, None, None, None],
        ["截至2023年12月底", None, None, None, None],
        ["1.本表由各县市区填报", None, None, None, None],
        ["十堰市招商局 2023年12月", None, None, None, None],
        ["以下无正文", None, None, None, None],
        ["台账（续）", None, None, None, None],
        ["十堰市招商局", None, None, None, None],
        ["甲", "乙", "丙", "丁", "1"],
        ["A", "B", "C", "D", "E"],
        [1, 2, 3, 4, "5=3/4"],
        [None, "必填", "必填", "必填", "选填"],
    ],
    ids=lambda aside: "·".join(str(cell) for cell in aside if cell is not None),
)
def test_rows_between_projects(bureau: Bureau, aside: list[object]) -> None:
    report = read(bureau, [["序号", *HEAD], [1, *row(1)], aside, [2, *row(2)]])
    assert [one.verdict for one in report.rows] == ["accept", "skip", "accept"], report.message
    assert "不是项目" in report.rows[1].message


@pytest.mark.parametrize(
    "project",
    [
        ["1.1", "上页印刷项目", "房县", 1],
        ["第1页", "甲", "房县", 1],
        ["1.茅招字5号", "平均律乐器项目", "房县", 1],
        ["附件", "甲", "房县", 1],
    ],
)
def test_a_project_that_looks_like_words_stays(bureau: Bureau, project: list[object]) -> None:
    assert read(bureau, [HEAD, project]).rows[0].verdict == "accept"


def test_counties_as_numbered_headings(bureau: Bureau) -> None:
    rows = [["序号", *NO_COUNTY], ["一", "茅箭区"], [1, "A1", "甲", 1], ["二", "房县"]]
    report = read(bureau, [*rows, [1, "A2", "乙", 1]])
    assert [one.read and one.read.place for one in report.rows] == [None, "茅箭区", None, "房县"]


def test_a_header_of_two_rows_on_every_page(bureau: Bureau) -> None:
    header = [
        ["序号", "项目", None, "属地", "投资额（亿元）"],
        [None, "编号", "名称", None, None],
    ]
    rows = [*header, [1, "A1", "甲", "房县", 5], *header, [2, "A2", "乙", "房县", 5]]
    report = read(bureau, rows, merged("B1:C1"))
    assert [one.verdict for one in report.rows] == ["accept", "skip", "skip", "accept"]


def test_nobody_reads_a_row_by_another_header(bureau: Bureau) -> None:
    """Two amounts that change places would look right and be wrong."""
    first = [*HEAD, "到位资金（亿元）"]
    second = [*BARE[:3], "到位资金（亿元）", "投资额（亿元）"]
    rows = [first, [*row(1), 1], second, [*row(2), 1], first, [*row(3), 1]]
    report = read(bureau, rows)
    assert [one.verdict for one in report.rows] == ["accept", "skip", "reject", "skip", "accept"]
    assert report.rows[2].codes == ("E_COLUMNS",)


@pytest.mark.parametrize("cell", ["①", "5²", "½", "５⁵"])
def test_figures_that_are_none(bureau: Bureau, cell: str) -> None:
    assert read(bureau, [HEAD, row(1, amount=cell)]).rows[0].codes == ("E_AMOUNT",)


@pytest.mark.parametrize(
    ("cell", "signed", "codes"),
    [
        ("23年6月", "2023-06", ("W_DATE_2DIGIT", "W_DATE_MONTH")),
        ("23年13月", "None", ("E_DATE",)),
        ("23.6", "None", ("E_DATE",)),
        ("06-30", "None", ("E_DATE_NO_YEAR",)),
        ("2023\n05\n12", "2023-05-12", ()),
        ("'2023-06-30", "2023-06-30", ()),
        ("二〇二三年第二季度", "2023-Q2", ("W_DATE_QUARTER",)),
        ("2023年①月", "None", ("E_DATE",)),
    ],
)
def test_dates_in_other_words(
    bureau: Bureau, cell: str, signed: str, codes: tuple[str, ...]
) -> None:
    one = read(bureau, [[*HEAD, "签约时间"], [*row(1), cell]]).rows[0]
    assert (str(one.after.signed if one.after else None), one.codes) == (signed, codes)


@pytest.mark.parametrize(
    ("lon", "lat"),
    [("110-48-46.8", "32-35-31.2"), ("110.813,32.592", None), (None, "E110.813 N32.592")],
)
def test_where_a_pair_may_stand(bureau: Bureau, lon: object, lat: object) -> None:
    one = read(bureau, [[*HEAD, "经度", "纬度"], [*row(1, "茅箭区"), lon, lat]]).rows[0]
    assert one.after
    assert one.after.position, one.message
    assert one.after.position.lon == pytest.approx(110.813, abs=1e-6)


def test_an_error_in_a_coordinate_is_said_once(bureau: Bureau) -> None:
    rows = [[*HEAD, "经度", "纬度"], [*row(1, "茅箭区"), "#N/A", "#N/A"]]
    assert set(read(bureau, rows).rows[0].codes) == {"E_CELL_ERROR"}


@pytest.mark.parametrize("code", ["4.203e17", "4.203E17"])
def test_a_code_that_lost_its_end(bureau: Bureau, code: str) -> None:
    assert "E_CODE_PRECISION" in read(bureau, [HEAD, [code, *row(1)[1:]]]).rows[0].codes


def test_a_code_that_became_a_date(bureau: Bureau) -> None:
    one = read(bureau, [HEAD, [date(2023, 5, 1), *row(1)[1:]]]).rows[0]
    assert one.codes == ("E_CODE_PRECISION",)
