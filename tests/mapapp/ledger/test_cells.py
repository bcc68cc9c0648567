"""What cells say: dates, amounts, coordinates, headers."""

from datetime import date, datetime, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapapp.ledger.amounts import Unit, parse_amount, parse_unit
from mapapp.ledger.cells import Cell
from mapapp.ledger.coordinates import parse_pair
from mapapp.ledger.date_cells import parse_date
from mapapp.ledger.dates import PartialDate, Precision
from mapapp.ledger.headers import Field, missing, read_header, repeated
from mapapp.ledger.money import Money

TODAY = date(2026, 11, 23)
YI = parse_unit("亿元")
days = st.dates(date(1978, 1, 1), date(2031, 12, 31))


def read_date(cell: Cell) -> tuple[str, str]:
    found, problems = parse_date(cell, "签约日期", TODAY)
    return str(found or ""), "".join(problem.code for problem in problems)


@given(day=days)
def test_a_day_reads_back_in_every_notation(day: date) -> None:
    for cell in (
        day,
        datetime.combine(day, time(23, 59)),
        day.isoformat(),
        f"{day:%Y%m%d}",
        f"{day.year}年{day.month}月{day.day}日",
        f"{day.year}.{day.month}.{day.day}",
        f"{day.year}/{day.month}/{day.day} 0:00:00",
    ):
        assert read_date(cell) == (day.isoformat(), "")
    serial = Decimal((day - date(1899, 12, 30)).days)
    assert read_date(serial) == (day.isoformat(), "W_DATE_SERIAL")


@given(day=days, precision=st.sampled_from(Precision))
def test_a_partial_date_reads_back(day: date, precision: Precision) -> None:
    first = {
        Precision.DAY: day,
        Precision.MONTH: day.replace(day=1),
        Precision.QUARTER: date(day.year, (day.month - 1) // 3 * 3 + 1, 1),
        Precision.YEAR: date(day.year, 1, 1),
    }[precision]
    written = PartialDate(first, precision)
    assert PartialDate.parse(str(written)) == written
    assert parse_date(str(written), "日期", TODAY)[0] == written


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("2023年", ("2023", "")),
        (Decimal(2023), ("2023", "")),
        ("2023Q2", ("2023-Q2", "W_DATE_QUARTER")),
        ("2023年第三季度", ("2023-Q3", "W_DATE_QUARTER")),
        ("二〇二三年十月", ("2023-10", "W_DATE_MONTH")),
        ("2024-02-29", ("2024-02-29", "")),
        ("2023-02-29", ("", "E_DATE")),
        ("5月12日", ("", "E_DATE_NO_YEAR")),
        ("明年", ("", "E_DATE")),
        (True, ("", "E_DATE")),
        (None, ("", "W_DATE_NULL")),
        ("1949-10-01", ("", "E_DATE_RANGE")),
        (Decimal("NaN"), ("", "E_DATE")),
        (Decimal("1e400"), ("", "E_DATE_RANGE")),
    ],
)
def test_dates(cell: Cell, expected: tuple[str, str]) -> None:
    assert read_date(cell) == expected


def read_amount(cell: Cell, unit: Unit | None = YI) -> tuple[Money | None, str]:
    found, problems = parse_amount(cell, unit, "投资额")
    return found, "".join(problem.code for problem in problems)


@given(yi=st.decimals(min_value=Decimal("0.01"), max_value=9999, places=2))
def test_an_amount_reads_back_exactly(yi: Decimal) -> None:
    for cell in (yi, str(yi), f"{yi:,}", f"{yi}亿元"):
        assert read_amount(cell) == (Money.from_yi(yi), "")


@pytest.mark.parametrize(
    ("cell", "unit", "wan", "codes"),
    [
        ("1.75", "亿元", "17500", ""),
        (Decimal("1.75"), "万元", "1.75", ""),
        ("300", "元", "0.03", ""),
        ("5000万元", "亿元", "5000", "W_UNIT_OVERRIDE"),
        ("5000万元", "", "5000", ""),
        ("约6余亿", "亿元", "60000", "W_APPROX"),
        ("6亿余元", "亿元", "60000", "W_APPROX"),
        ("超10亿元", "亿元", "100000", "W_APPROX"),
        ("10亿元以上", "亿元", "100000", "W_APPROX"),
        ("6-8", "亿元", None, "E_AMOUNT_SPAN"),
        ("8", "", None, "E_AMOUNT_UNIT"),
        ("一亿", "亿元", None, "E_AMOUNT"),
        ("50000", "亿元", None, "E_AMOUNT_RANGE"),
        (Decimal("1e400"), "亿元", None, "E_AMOUNT_RANGE"),
        (Decimal("Infinity"), "亿元", None, "E_AMOUNT"),
        (date(2023, 1, 1), "亿元", None, "E_AMOUNT"),
        ("300万美元", "亿元", None, "E_CURRENCY_NO_RATE"),
        (Decimal("0.3333333333333333"), "亿元", "3333.333333", ""),
    ],
)
def test_amounts(cell: Cell, unit: str, wan: str | None, codes: str) -> None:
    found, said = read_amount(cell, parse_unit(unit))
    assert said == codes
    assert found == (None if wan is None else Money(Decimal(wan)))


def test_dollars_stay_dollars() -> None:
    assert read_amount(Decimal(300), parse_unit("万美元")) == (Money(Decimal(300), "USD"), "W_FX")


@pytest.mark.parametrize(
    ("lon", "lat", "expected"),
    [
        (None, None, None),
        (Decimal("110.8"), Decimal("32.6"), (110.8, 32.6)),
        ("110.8", "３２．６", (110.8, 32.6)),
        (Decimal("32.6"), Decimal("110.8"), "E_COORD_SWAPPED"),
        (Decimal("110.8"), None, "E_COORD_HALF"),
        ("东经110度", "32", (110.0, 32.0)),
        (Decimal("37512345"), Decimal("3612345"), "E_COORD_PROJECTED"),
        (Decimal(999), Decimal(999), "E_COORD_RANGE"),
        (True, Decimal(1), "E_COORD"),
    ],
)
def test_coordinates(lon: Cell, lat: Cell, expected: object) -> None:
    pair, fault = parse_pair(lon, lat)
    assert (fault.code if fault else pair) == expected


def test_headers_carry_unit_and_datum() -> None:
    columns = read_header(
        ["项目 编号", None, "项目\n名称", "所属区县", "总投资（亿元）", "经度(GCJ-02)", "毛利"]
    )
    assert [(c.field, c.index) for c in columns] == [
        (Field.CODE, 0),
        (Field.NAME, 2),
        (Field.COUNTY, 3),
        (Field.CONTRACTED, 4),
        (Field.LON, 5),
    ]
    assert columns[3].unit == YI
    assert columns[4].datum == "GCJ-02"
    assert missing(columns) == repeated(columns) == ()


@pytest.mark.parametrize(
    ("title", "wan"),
    [("投资额亿元", "10000"), ("投资额/万元", "1"), ("总投资(单位:万元)", "1"), ("投资额", None)],
)
def test_where_a_unit_may_stand(title: str, wan: str | None) -> None:
    (column,) = read_header([title])
    assert (column.unit.wan if column.unit else None) == (Decimal(wan) if wan else None)


def test_what_a_ledger_cannot_do_without() -> None:
    columns = read_header(["项目名称", "项目名", "企业"])
    assert missing(columns) == (Field.CODE, Field.COUNTY)
    assert repeated(columns) == (Field.NAME,)


@given(cell=st.one_of(st.none(), st.text(), st.decimals(), st.booleans(), st.dates(), st.times()))
def test_no_cell_breaks_a_rule(cell: Cell) -> None:
    for found, problems in (
        parse_date(cell, "日期", TODAY),
        parse_amount(cell, YI, "投资额"),
    ):
        assert found is not None or problems
    parse_pair(cell, cell)
    read_header([cell])
