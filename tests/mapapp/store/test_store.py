"""The store keeps what it is given, answers as the domain does, and loses nothing."""

import multiprocessing
import sqlite3
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from alembic import command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine, inspect

from mapapp.ledger.dates import PartialDate, Period
from mapapp.ledger.money import Money
from mapapp.ledger.project import (
    Account,
    InvestmentProject,
    LocalEnterprise,
    PointPrecision,
    Position,
    Provenance,
    Stage,
    StageEvent,
)
from mapapp.store import (
    DatabaseUnavailable,
    ImportBatch,
    NotEmpty,
    ProjectChange,
    ProjectFilter,
    Sample,
    SchemaUnknown,
    StaleRow,
    Store,
    WrongCity,
)
from mapapp.store.database import _scripts
from mapapp.store.tables import metadata

ON = date(2026, 11, 1)
BATCH = ImportBatch("张三", "台账.xlsx", "0" * 64)
STAMP = {"row_version", "changed_by", "changed_at"}


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'ledger.db'}"


@pytest.fixture
def store(url: str) -> Store:
    return Store.open(url, "420300")


def date_of(text: str) -> PartialDate:
    return PartialDate.parse(text)


def project(code: str, **facts: object) -> InvestmentProject:
    return InvestmentProject(code, f"项目{code}", **facts)  # type: ignore[arg-type]


def signed(text: str | None, confirmed: str | None = None) -> dict[str, object]:
    on = date_of(text) if text else None
    return {
        "events": (StageEvent(Stage.SIGNED, on),),
        "last_confirmed": date_of(confirmed) if confirmed else None,
    }


def save(store: Store, *projects: InvestmentProject) -> int:
    return store.save_import(BATCH, [ProjectChange(item) for item in projects])


def codes(store: Store, **query: object) -> list[str]:
    found = ProjectFilter(**query)  # type: ignore[arg-type]
    assert store.count(found) == len(store.projects(found))
    return [item.project_code for item in store.projects(found)]


FULL = InvestmentProject(
    project_code="SY-1",
    name="{{7*7}}",
    enterprise="</script><script>alert(1)</script>",
    county="420302",
    zone="十堰经济技术开发区",
    place="D:\\users",
    position=Position(110.8, 32.6, PointPrecision.SITE, "GCJ-02"),
    chain="power_battery",
    links=("模组/PACK", "动力电芯"),
    contracted_investment=Money(Decimal("17500.000001")),
    paid_in_investment=Money(Decimal(3)),
    foreign_investment=Money(Decimal("1.5"), "USD"),
    expected_output=Money(Decimal(0)),
    investment_text="6余",
    events=(
        StageEvent(Stage.SIGNED, date_of("2023-Q2"), None, "集中签约"),
        StageEvent(Stage.STARTED, None, date_of("2024")),
    ),
    last_confirmed=date_of("2024-03"),
    halted=True,
    note="𬭊㛃䶮",
    provenance=Provenance("http://x", "2023-07", "A-"),
    accounts=(Account("P2", "又名", "5亿元", "", "签约", Provenance("http://y")),),
)


def test_a_project_comes_back_as_it_went_in(store: Store) -> None:
    save(store, FULL)
    assert store.project("SY-1") == FULL
    assert store.projects() == [FULL]


def test_what_stands_on_a_link_in_columns(store: Store) -> None:
    firm = LocalEnterprise("E1", "甲公司")
    carried = replace(FULL, enterprise_id="E1", links=("模组/PACK", "动力电芯"))
    plain = project("P-1", chain="power_battery")
    store.load_sample(Sample(projects=[carried, plain], enterprises=[firm]), "样例")
    (found,) = store.linked_projects(ON)
    assert (found.project_code, found.carrier, found.links) == ("SY-1", "甲公司", carried.links)
    assert (found.stage, found.last_confirmed) == (carried.stage, carried.last_confirmed)
    assert (found.expected_output, found.county) == (carried.expected_output, carried.county)
    assert found.unconfirmed == carried.unconfirmed(ON)
    assert store.carriers() == {"E1"}
    assert codes(store, enterprise_id="E1") == codes(store, linked=True) == ["SY-1"]
    assert codes(store, linked=False) == ["P-1"]
    assert store.project("SY-2") is None


@given(wan=st.decimals(min_value=0, max_value=10**9, places=6))
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_money_is_exact(store: Store, wan: Decimal) -> None:
    before = store.project("M")
    item = project("M", contracted_investment=Money(wan))
    store.save_import(BATCH, [ProjectChange(item, before)])
    (total,) = store.county_sums()
    assert total.contracted == Money(wan)
    saved = store.project("M")
    assert saved is not None
    assert saved.contracted_investment == Money(wan)


def test_sums_do_not_go_through_floats(store: Store) -> None:
    save(store, *(project(f"P{n}", contracted_investment=Money(Decimal("0.1"))) for n in range(30)))
    assert [s.contracted for s in store.chain_sums()] == [Money(Decimal(3))]


def test_finer_than_a_fen_is_refused(store: Store) -> None:
    with pytest.raises(Exception, match="一分钱"):
        save(store, project("P", contracted_investment=Money(Decimal("0.0000001"))))
    assert store.is_empty()


def test_currencies_are_never_mixed(store: Store) -> None:
    save(
        store,
        project("A", county="420302", contracted_investment=Money(Decimal(5))),
        project("B", county="420302", contracted_investment=Money(Decimal(7), "USD")),
        project("C", county="420302"),
    )
    (total,) = store.county_sums()
    assert (total.projects, total.with_amount, total.contracted) == (3, 1, Money(Decimal(5)))


@pytest.fixture
def filled(store: Store) -> Store:
    save(
        store,
        project("A", county="420302", zone="经开区", chain="battery", links=("电芯",)),
        project("B", county="420302", chain="battery", **signed("2023-05", "2026-01")),
        project("C", county="420303", **signed("2023-Q2", "2020")),
        project("D", enterprise="100%_万润", **signed(None)),
        project("E", product="a_b", **signed("2022", "2026")),
    )
    return store


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, "ABCDE"),
        ({"county": "420302"}, "AB"),
        ({"zone": "经开区"}, "A"),
        ({"unassigned": True}, "DE"),
        ({"chain": "battery"}, "AB"),
        ({"chain": "other"}, "CDE"),
        ({"link": "电芯"}, "A"),
        ({"stage": "签约"}, "BCDE"),
        ({"stage": "未明"}, "A"),
        ({"stage": "待核实", "on": ON}, "CD"),
        ({"period": Period.parse("2023-05")}, "BC"),
        ({"period": Period.parse("2023H2")}, ""),
        ({"period": Period.parse("2022-2023")}, "BCE"),
        ({"text": "万润"}, "D"),
        ({"text": "0%_"}, "D"),
        ({"text": "%"}, "D"),
        ({"text": "A_B"}, "E"),
        ({"text": "'; DROP TABLE project; --"}, ""),
        ({"county": "420302", "stage": "签约"}, "B"),
    ],
)
def test_filters(filled: Store, query: dict[str, object], expected: str) -> None:
    assert codes(filled, **query) == list(expected)


def test_sums_follow_the_filter(filled: Store) -> None:
    assert [(s.county, s.projects) for s in filled.county_sums()] == [
        ("420302", 2),
        ("420303", 1),
        (None, 2),
    ]
    assert [(s.zone, s.projects) for s in filled.zone_sums()] == [("经开区", 1)]
    assert [(s.chain, s.projects) for s in filled.chain_sums()] == [("battery", 2), (None, 3)]
    stages = filled.stage_sums(ProjectFilter(on=ON))
    assert [(s.stage, s.projects, s.unconfirmed) for s in stages] == [
        (Stage.SIGNED, 4, 2),
        (None, 1, 0),
    ]
    assert filled.county_sums(ProjectFilter(stage="入统")) == []


def test_the_unconfirmed_part_of_a_sum(filled: Store) -> None:
    for row in filled.stage_sums(ProjectFilter(on=ON)):
        query = ProjectFilter(stage="待核实", on=ON)
        theirs = filled.totals(query).contracted if row.stage is Stage.SIGNED else None
        assert row.unconfirmed_contracted == theirs


def test_how_many_an_undated_signing_hides(filled: Store) -> None:
    assert filled.undated(ProjectFilter(period=Period.parse("2023"))) == 2
    assert filled.undated(ProjectFilter(period=Period.parse("2023"), county="420303")) == 0
    assert filled.undated(ProjectFilter()) == 0


days = st.dates(date(2020, 1, 1), date(2028, 12, 31))


@given(confirmed=days, on=days)
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_unconfirmed_in_sql_is_unconfirmed_in_the_domain(
    store: Store, confirmed: date, on: date
) -> None:
    item = project(
        "U", events=(StageEvent(Stage.STARTED, None),), last_confirmed=PartialDate(confirmed)
    )
    store.save_import(BATCH, [ProjectChange(item, store.project("U"))])
    read, _ = store.point_columns(on)
    assert [bool(said) for said in read.unconfirmed] == [item.unconfirmed(on)]


def test_unconfirmed_on_a_leap_day(store: Store) -> None:
    item = project("U", **signed(None, "2021-02-28"))
    save(store, item)
    for on in (date(2024, 2, 28), date(2024, 2, 29), date(2024, 3, 1)):
        read, _ = store.point_columns(on)
        assert [bool(said) for said in read.unconfirmed] == [item.unconfirmed(on)]


def test_points_say_how_precise_they_are(store: Store) -> None:
    save(store, FULL, project("K", county="420302"), project("N"))
    read, links = store.point_columns(date(2026, 1, 1))
    points = {code: n for n, code in enumerate(read.code)}
    assert list(points) == sorted(points)
    own, county, nowhere = (points[code] for code in ("SY-1", "K", "N"))
    assert read.precision[own] == PointPrecision.SITE.value
    assert (read.lon[own], read.lat[own]) == (110.8, 32.6)
    assert (read.precision[county], read.lon[county], read.county[county]) == (None, None, "420302")
    assert (read.precision[nowhere], read.county[nowhere]) == (None, None)
    assert links == {"SY-1": list(FULL.links)}


def test_an_update_leaves_old_and_new(store: Store) -> None:
    save(store, FULL)
    changed = replace(FULL, leader="李四", links=("动力电芯",))
    store.save_import(replace(BATCH, actor="李四"), [ProjectChange(changed, FULL)])
    assert store.project("SY-1") == replace(changed, row_version=2)
    first, second = store.history("project", "SY-1")
    assert first.old is None
    assert second.old == {"leader": "", "links": ["模组/PACK", "动力电芯"]}
    assert second.new == {"leader": "李四", "links": ["动力电芯"]}
    assert second.changed_by == "李四"
    assert abs(datetime.now(UTC) - second.changed_at).total_seconds() < 60


@pytest.mark.parametrize("before", [replace(FULL, row_version=7), None])
def test_a_stale_row_is_named_and_nothing_is_written(
    store: Store, before: InvestmentProject | None
) -> None:
    save(store, FULL)
    changes = [ProjectChange(project("NEW")), ProjectChange(replace(FULL, name="改"), before)]
    with pytest.raises(StaleRow, match="SY-1"):
        store.save_import(BATCH, changes)
    assert store.projects() == [FULL]


def test_a_sample_goes_into_an_empty_database_only(store: Store) -> None:
    assert store.is_empty()
    firm = LocalEnterprise("E1", "厂", aliases=("甲",), links=("电芯",), output=Money(Decimal(1)))
    store.load_sample(Sample(projects=[FULL], enterprises=[firm]), "样例")
    assert store.enterprise("E1") == firm
    assert store.enterprise("E2") is None
    assert not store.is_empty()
    with pytest.raises(NotEmpty):
        store.load_sample(Sample(), "样例")


def test_another_city_is_named(store: Store, url: str) -> None:
    Store.open(url, "420300").close()
    with pytest.raises(WrongCity, match=r"420300.*330200"):
        Store.open(url, "330200")


@pytest.mark.parametrize(
    "wrong", ["bogus", "sqlite:////proc/nowhere/a.db", "oracle+none://x", "sqlite:////etc"]
)
def test_a_database_that_cannot_be_opened(wrong: str) -> None:
    with pytest.raises(DatabaseUnavailable):
        Store.open(wrong, "420300")


def test_a_password_is_not_shown() -> None:
    with pytest.raises(DatabaseUnavailable) as caught:
        Store.open("nonesuch://user:secret@host/db", "420300")
    assert "secret" not in str(caught.value)


def test_a_newer_schema_is_left_alone(store: Store, url: str, tmp_path: Path) -> None:
    store.close()
    with sqlite3.connect(tmp_path / "ledger.db") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(SchemaUnknown, match="9999"):
        Store.open(url, "420300")


def test_the_migrations_build_the_tables_of_the_code(store: Store, url: str) -> None:
    found = inspect(create_engine(url))
    assert set(found.get_table_names()) == set(metadata.tables) | {"alembic_version"}
    for name, table in metadata.tables.items():
        columns = {column["name"]: column["nullable"] for column in found.get_columns(name)}
        assert columns == {column.name: column.nullable for column in table.columns}
        indexes = {index["name"] for index in found.get_indexes(name)}
        assert indexes == {str(index.name) for index in table.indexes}


def test_an_older_ledger_learns_the_months_of_its_signings(store: Store, url: str) -> None:
    spans = {"A": "2023-05-12", "B": "2023-12", "C": "2023", "D": "2024-Q1", "E": None}
    save(store, *(project(code, **signed(text)) for code, text in spans.items()))
    written = store.month_sums()
    store.close()
    with create_engine(url).begin() as connection:
        scripts = _scripts()
        scripts.attributes["connection"] = connection
        command.downgrade(scripts, "0013")
    assert Store.open(url, "420300").month_sums() == written
    year = 12 * 2023
    may, december = year + 4, year + 11
    read = sorted((item.first or 0, item.last or 0) for item in written)
    assert read == [
        (0, 0), (year, december), (may, may), (december, december), (year + 12, year + 14),
    ]  # fmt: skip


@pytest.mark.parametrize("table", metadata.tables.values(), ids=str)
def test_every_table_says_who_and_when(table: object) -> None:
    assert {column.name for column in table.columns} >= STAMP  # type: ignore[attr-defined]


def test_sqlite_is_set_up_to_lose_nothing(store: Store) -> None:
    with store._database.read() as connection:
        asked = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        found = [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in asked]
    assert found == ["wal", 2, 1, 10_000]


def _count_up(url: str, times: int) -> None:
    store = Store.open(url, "420300")
    for _ in range(times):
        while True:
            before = store.project("N")
            assert before is not None
            after = replace(before, capacity=str(int(before.capacity) + 1))
            try:
                store.save_import(BATCH, [ProjectChange(after, before)])
            except StaleRow:
                continue
            break


def test_no_update_is_lost(store: Store, url: str) -> None:
    save(store, project("N", capacity="0"))
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=_count_up, args=(url, 25)) for _ in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)
        assert writer.exitcode == 0
    counted = store.project("N")
    assert counted is not None
    assert (counted.capacity, counted.row_version) == ("100", 101)
