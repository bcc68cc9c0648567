"""The short reading of the ledger says of every project what the long one says."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapapp.journeys.bureau import Bureau
from mapapp.ledger.dates import PartialDate
from mapapp.ledger.facts import Increment
from mapapp.ledger.money import Money
from mapapp.ledger.project import Agreement, InvestmentProject, Stage, StageEvent
from mapapp.store import Sample, Store
from mapapp.store.facts import span
from mapapp.store.tables import REACHED


def test_the_sample_short_is_the_sample_long(bureau: Bureau) -> None:
    held = {project.project_code: project for project in bureau.store.projects()}
    found = bureau.store.facts()
    assert [facts.project_code for facts in found] == sorted(held)
    for facts in found:
        project = held[facts.project_code]
        for name in ("name", "county", "zone", "chain", "stage", "halted", "is_park", "leader"):
            assert getattr(facts, name) == getattr(project, name)
        assert facts.contracted == project.contracted_investment
        for stage in REACHED.values():
            assert facts.reached(stage) == project.reached(stage)


def test_every_fact_of_a_full_project(tmp_path: Path) -> None:
    days = {
        stage: PartialDate.parse(f"202{n}-Q{n % 4 + 1}") for n, stage in enumerate(REACHED.values())
    }
    amounts = [Money(Decimal(n), "USD") for n in range(1, 5)]
    more = Money(Decimal("500.5"))
    later = StageEvent(Stage.SIGNED, PartialDate.parse("2019"), increment=more)
    project = InvestmentProject(
        "A",
        "甲",
        county="420302",
        zone="经开区",
        chain="bathroom",
        contracted_investment=amounts[0],
        paid_in_investment=amounts[1],
        fixed_asset_investment=amounts[2],
        foreign_investment=amounts[3],
        events=(*(StageEvent(stage, on) for stage, on in days.items()), later),
        halted=True,
        leader="张三",
        lead_department="经信局",
        office="北京专班",
        agreement=Agreement.FRAMEWORK,
        last_confirmed=PartialDate.parse("2026-05"),
    )
    store = Store.open(f"sqlite:///{tmp_path / 'ledger.db'}", "420300")
    store.load_sample(Sample([project, InvestmentProject("B", "乙")]), "t")
    full, blank = store.facts()
    assert (full.contracted, full.paid_in, full.fixed_asset, full.foreign) == tuple(amounts)
    assert {stage: full.reached(stage) for stage in days} == days
    assert full.increments == (Increment(PartialDate.parse("2019"), more),)
    assert (full.agreement, full.office, full.department) == (
        Agreement.FRAMEWORK, "北京专班", "经信局",
    )  # fmt: skip
    assert full.last_confirmed == PartialDate.parse("2026-05")
    assert blank.increments == ()
    assert (blank.stage, blank.contracted, blank.signed, blank.agreement) == (None,) * 4


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.sampled_from(["day", "month", "Q", "year"]))
def test_first_and_last_day_are_the_partial_date_again(day: date, precision: str) -> None:
    texts = {
        "day": day.isoformat(),
        "month": f"{day:%Y-%m}",
        "Q": f"{day.year}-Q{(day.month + 2) // 3}",
        "year": f"{day.year}",
    }
    on = PartialDate.parse(texts[precision])
    assert span(str(on.first), str(on.last)) == on


def test_a_span_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="不是一日"):
        span("2026-01-01", "2026-02-01")
