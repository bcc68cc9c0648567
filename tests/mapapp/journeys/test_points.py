from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geodata import county_of
from mapapp.journeys.bureau import Bureau
from mapapp.journeys.milestones import milestones
from mapapp.journeys.month_sums import month_sums
from mapapp.journeys.point_bytes import overdue_bytes, point_bytes
from mapapp.journeys.points import place_projects
from mapapp.ledger.dates import PartialDate
from mapapp.ledger.milestones import Standing
from mapapp.ledger.money import Money
from mapapp.ledger.project import (
    InvestmentProject,
    PointPrecision,
    Position,
    Stage,
    StageEvent,
)
from mapapp.store import ProjectFilter, Sample
from tests.mapapp.journeys.read_points import read_columns, read_points


def signed(code: str, on: str | None, **facts: object) -> InvestmentProject:
    when = PartialDate.parse(on) if on else None
    return InvestmentProject(code, code, events=(StageEvent(Stage.SIGNED, when),), **facts)  # type: ignore[arg-type]


def test_projects_known_by_county_are_spread_inside_it(bureau: Bureau) -> None:
    table = place_projects(bureau)
    assert len(table) == 112 - 11
    counties = [table.county.words[n] for n in table.county.index]
    assert list(county_of(bureau.boundaries, table.lon, table.lat)) == counties
    assert table.placing.words == ("county",)
    assert len(set(zip(table.lon, table.lat, strict=True))) == len(table)


def test_the_points_say_what_the_ledger_says(bureau: Bureau) -> None:
    read = read_points(point_bytes(bureau))
    held = {p.project_code: p for p in bureau.store.projects() if p.county}
    assert set(read) == set(held)
    for code, project in held.items():
        point = read[code]
        assert point["chain"]["id"] == (project.chain or "other")
        assert point["stage"]["name"] == (project.stage.value if project.stage else "未明")
        assert (point["county"], point["zone"]) == (project.county, project.zone or "")
        assert point["links"] == list(project.links)
        assert point["unconfirmed"] == project.unconfirmed(bureau.today)
        on = project.signed
        assert point["signed"] == (f"{on.first:%Y-%m}" if on else None)
        if on:
            months = 12 * (on.last.year - on.first.year) + on.last.month - on.first.month
            assert point["span"] == months


def test_a_point_of_its_own_travels_to_ten_metres(empty_bureau: Bureau) -> None:
    at = [(110.123456, 32.654321, "site"), (110.8, 32.6, "township"), (110.8, 32.6, "county")]
    empty_bureau.store.load_sample(
        Sample(
            [
                signed(
                    f"P{n}", None, county="420304",
                    position=Position(lon, lat, PointPrecision(how)),
                )
                for n, (lon, lat, how) in enumerate(at)
            ]
            + [signed("N", None), signed("Z", None, county="420111")]
        ),
        "test",
    )  # fmt: skip
    read = read_points(point_bytes(empty_bureau))
    assert set(read) == {"P0", "P1", "P2"}  # nowhere, and in a county of another city: not drawn
    for n, (lon, lat, _) in enumerate(at):
        assert abs(read[f"P{n}"]["lon"] - lon) <= 0.5e-4 + 1e-12
        assert abs(read[f"P{n}"]["lat"] - lat) <= 0.5e-4 + 1e-12
    assert [read[f"P{n}"]["placing"]["label"] for n in range(3)] == ["厂址", "乡镇", "区县"]
    assert [read[f"P{n}"]["placing"]["exact"] for n in range(3)] == [True, True, False]


@given(codes=st.sets(st.from_regex(r"\A[A-Z项０\-]{0,3}[0-9]{0,14}\Z").filter(bool), max_size=12))
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_every_code_comes_back(codes: set[str], empty_bureau: Bureau) -> None:
    held = set(empty_bureau.store.codes())
    fresh = [signed(code, None, county="420304") for code in sorted(codes - held)]
    for project in fresh:
        empty_bureau.store.create(project, None, "test")
    assert set(read_points(point_bytes(empty_bureau))) == held | codes


def test_an_empty_ledger_has_no_points(empty_bureau: Bureau) -> None:
    head, columns = read_columns(point_bytes(empty_bureau))
    assert head["origin"] == [0.0, 0.0]
    assert all(column == [] for column in columns.values())


def test_overdue_means_what_the_milestones_page_means(bureau: Bureau) -> None:
    head, columns = read_columns(overdue_bytes(bureau))
    assert head["revision"] == place_projects(bureau).revision
    marked = {
        code
        for code, late in zip(place_projects(bureau).codes, columns["overdue"], strict=True)
        if late
    }
    rows = milestones(bureau, bureau.today, standings=[Standing.OVERDUE]).rows
    assert marked == {r.facts.project_code for r in rows if not r.stale and r.facts.county}


def test_sums_by_county_chain_and_month(empty_bureau: Bureau) -> None:
    facts = {"county": "420304", "chain": "power_battery"}
    ten, foreign = Money(Decimal(10)), Money(Decimal(7), "USD")
    empty_bureau.store.load_sample(
        Sample(
            [
                signed("A", "2023-05-12", contracted_investment=ten, **facts),
                signed("B", "2023-05", contracted_investment=Money(Decimal("0.5")), **facts),
                signed("C", "2023-05-01", contracted_investment=foreign, **facts),
                signed("D", "2023", contracted_investment=ten, **facts),
                signed("E", None),
            ]
        ),
        "test",
    )
    sums = empty_bureau.store.month_sums()
    may, january, december = (12 * 2023 + month for month in (4, 0, 11))
    assert {s[:4]: (s.projects, s.with_amount, s.contracted) for s in sums} == {
        ("420304", "power_battery", may, may): (3, 2, Decimal("10.5")),
        ("420304", "power_battery", january, december): (1, 1, Decimal(10)),
        (None, None, None, None): (1, 0, Decimal(0)),
    }
    told = month_sums(empty_bureau)
    assert set(told["months"]) == {"2023-01", "2023-12", "2023-05", ""}  # type: ignore[call-overload]
    assert told["projects"] == [item.projects for item in sums]


@pytest.mark.parametrize("query", [ProjectFilter(), ProjectFilter(county="420304")])
def test_sums_by_month_are_the_sums_by_county(bureau: Bureau, query: ProjectFilter) -> None:
    chosen = [s for s in bureau.store.month_sums() if query.county in (None, s.county)]
    by_county = bureau.store.county_sums(query)
    assert sum(s.projects for s in chosen) == sum(s.projects for s in by_county)
    assert sum(s.with_amount for s in chosen) == sum(s.with_amount for s in by_county)
    whole = sum((s.contracted.wan for s in by_county if s.contracted), Decimal())
    assert sum((s.contracted for s in chosen), Decimal()) == whole
