"""The figures of a period, on ledgers small enough to count by hand."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapapp.ledger.dates import PartialDate, Period
from mapapp.ledger.definitions import DefinitionError, Definitions, definitions
from mapapp.ledger.facts import Increment, ProjectFacts
from mapapp.ledger.money import Money
from mapapp.ledger.project import Agreement, Stage
from mapapp.ledger.rates import Rate, Rates
from mapapp.ledger.statistics import DIMENSIONS, figures, percent, year_before

H1 = Period.parse("2023H1")


def project(code: str, **known: object) -> ProjectFacts:
    blank = dict.fromkeys(ProjectFacts._fields)
    blank |= {"halted": False, "is_park": False, "leader": "", "department": "", "office": ""}
    blank |= {"project_code": code, "name": code, "increments": ()}
    for name, value in known.items():
        dated = name in ("signed", "started", "enrolled", "completed", "producing", "above_size")
        blank[name] = PartialDate.parse(str(value)) if dated else value
    return ProjectFacts(**blank)  # type: ignore[arg-type]


def wan(amount: str, currency: str = "CNY") -> Money:
    return Money(Decimal(amount), currency)


LEDGER = [
    # signed in the period, 1.5 亿, started in it
    project("A", county="1", signed="2023-02-01", started="2023-05-01", contracted=wan("15000")),
    # signed in it, 0.3 亿 now of which 0.1 亿 were added in it; enrolled after it
    project(
        "B",
        county="1",
        signed="2023-03",
        started="2023-06-30",
        enrolled="2023-07-01",
        contracted=wan("3000"),
        increments=(Increment(PartialDate.parse("2023-06-01"), wan("1000")),),
    ),
    # signed before, 0.2 亿 added in it, completed in it
    project(
        "C",
        county="2",
        signed="2022-05-01",
        started="2022-08-01",
        completed="2023-01-31",
        contracted=wan("7000"),
        increments=(Increment(PartialDate.parse("2023-01-10"), wan("2000")),),
    ),
    # a framework agreement of 9 亿 in it
    project("D", county="2", signed="2023-01-01", contracted=wan("90000"))._replace(
        agreement=Agreement.FRAMEWORK
    ),
    # known to the year only: may be in it or not
    project("E", signed="2023", contracted=wan("500")),
    # signed, nobody knows when
    project("F", stage=Stage.SIGNED, contracted=wan("600")),
    # 100 万美元
    project("G", signed="2023-06-30", contracted=wan("100", "USD")),
    # after it
    project("H", county="1", signed="2023-07-01", contracted=wan("800")),
]  # fmt: skip


def test_the_whole_by_hand() -> None:
    found = figures(LEDGER, H1)
    row = found.whole
    assert row.codes["signed_projects"] == ["A", "B", "G"]
    # A 15000 + B 3000 − 1000 at first, B's and C's increments 1000 + 2000; G has no rate
    assert row.wan["contracted_investment"] == Decimal(20000)
    assert row.yi("contracted_investment") == Decimal("2.0")
    assert row.codes["framework_projects"] == ["D"]
    assert row.wan["framework_investment"] == Decimal(90000)
    assert row.codes["increment_projects"] == ["B", "C"]
    assert row.codes["new_projects"] == ["A", "B"]
    assert row.wan["total_investment"] == Decimal(17000)
    assert row.rate("landing_rate") == Decimal("66.7")
    assert row.rate("enrolment_rate") == Decimal("0.0")
    assert row.codes["started_projects"] == ["A", "B"]
    assert row.codes["completed_projects"] == ["C"]
    assert found.doubtful.straddling == ("E",)
    assert found.doubtful.undated == ("F",)
    assert found.doubtful.unconverted == ("G",)


def test_by_county_nobody_has_a_row_of_its_own() -> None:
    found = figures(LEDGER, H1, "county")
    counted = {row.key: row.codes.get("signed_projects", []) for row in found.rows}
    assert counted == {"1": ["A", "B"], "2": [], None: ["G"]}
    assert found.whole.count("signed_projects") == 3


def test_a_rate_of_the_day_converts() -> None:
    rates = Rates(
        [
            Rate("USD", date(2023, 5, 1), Decimal("7")),
            Rate("USD", date(2023, 6, 30), Decimal("7.2258")),
            Rate("USD", date(2023, 7, 1), Decimal("9")),
        ]
    )
    found = figures(LEDGER, H1, rates=rates)
    assert found.whole.wan["contracted_investment"] == Decimal("20722.58")
    assert found.doubtful.unconverted == ()


def test_framework_agreements_count_where_the_bureau_says_so() -> None:
    row = figures(LEDGER, H1, chosen=Definitions(framework_counts=True)).whole
    assert row.codes["signed_projects"] == ["A", "B", "D", "G"]
    assert row.wan["contracted_investment"] == Decimal(110000)


def test_another_stage_may_mean_landed() -> None:
    row = figures(LEDGER, H1, chosen=Definitions(landed=Stage.ENROLLED)).whole
    assert row.count("new_projects") == 0
    assert figures(
        LEDGER, Period.parse("2023"), chosen=Definitions(landed=Stage.ENROLLED)
    ).whole.codes["new_projects"] == ["B"]


def test_an_increment_counts_as_money_not_as_a_project() -> None:
    row = figures([LEDGER[2]], H1).whole
    assert row.count("signed_projects") == 0
    assert row.wan["contracted_investment"] == Decimal(2000)
    earlier = figures([LEDGER[2]], Period.parse("2022")).whole
    assert earlier.wan["contracted_investment"] == Decimal(5000)


def test_choices_that_there_are_not() -> None:
    with pytest.raises(DefinitionError, match="乱写"):
        Definitions.read({"landed": "乱写"})
    with pytest.raises(DefinitionError, match="true"):
        Definitions.read({"framework_counts": "不算"})
    assert (
        "框架协议也算"
        in definitions(Definitions(framework_counts=True))["signed_projects"].sentence
    )


@pytest.mark.parametrize(
    ("period", "before"),
    [
        ("2023H1", ("2022-01-01", "2022-06-30")),
        ("2024-02", ("2023-02-01", "2023-02-28")),
        ("2025-02", ("2024-02-01", "2024-02-29")),
        ("2024", ("2023-01-01", "2023-12-31")),
    ],
)
def test_the_year_before(period: str, before: tuple[str, str]) -> None:
    found = year_before(Period.parse(period))
    assert (str(found.first), str(found.last)) == before


def test_per_cent() -> None:
    assert percent(1, 8) == Decimal("12.5")
    assert percent(2, 3) == Decimal("66.7")
    assert percent(1, 0) is None


days = st.dates(date(2022, 1, 1), date(2024, 12, 31)).map(PartialDate)
amounts = st.one_of(st.none(), st.decimals(0, 10**8, places=4).map(Money))
made = st.builds(
    lambda number, county, chain, signed, started, money, agreement: project(
        f"P{number}", county=county, chain=chain, contracted=money, agreement=agreement
    )._replace(signed=signed, started=started),
    st.integers(),
    st.sampled_from([None, "1", "2"]),
    st.sampled_from([None, "x", "y"]),
    st.one_of(st.none(), days),
    st.one_of(st.none(), days),
    amounts,
    st.sampled_from([None, *Agreement]),
)


@given(st.lists(made, max_size=20), st.sampled_from(sorted(DIMENSIONS)))
def test_the_rows_add_up_to_the_whole(ledger: list[ProjectFacts], by: str) -> None:
    found = figures(ledger, H1, by)
    for figure in found.whole.codes:
        assert sum(row.count(figure) for row in found.rows) == found.whole.count(figure)
    for figure in found.whole.wan:
        added = sum((row.wan.get(figure, Decimal(0)) for row in found.rows), Decimal(0))
        assert added == found.whole.wan[figure]


@given(st.lists(made, max_size=12))
def test_two_halves_make_a_year(ledger: list[ProjectFacts]) -> None:
    parts = [figures(ledger, Period.parse(text)).whole for text in ("2023H1", "2023H2")]
    year = figures(ledger, Period.parse("2023")).whole
    for figure in ("signed_projects", "started_projects", "framework_projects"):
        assert sum(part.count(figure) for part in parts) == year.count(figure)
