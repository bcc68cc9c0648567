"""What goes out as a file comes back as the same ledger, cell for cell."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from mapapp import documents
from mapapp.journeys import import_ledger
from mapapp.journeys.bureau import Bureau
from mapapp.journeys.import_rows import Action
from mapapp.journeys.ledger_cells import cells_of
from mapapp.journeys.ledger_file import ledger_file
from mapapp.journeys.ledger_filter import LedgerFilter
from mapapp.journeys.selection import Selection
from mapapp.ledger.dates import PartialDate
from mapapp.ledger.money import Money
from mapapp.ledger.project import InvestmentProject, PointPrecision, Position, Stage, StageEvent
from mapapp.ledger.record import changed_fields
from mapapp.store import ProjectChange, Sample, Store

EVERYTHING = LedgerFilter(Selection())
WRITERS = {"xlsx": documents.to_xlsx, "csv": documents.to_csv}


def odd(bureau: Bureau) -> list[InvestmentProject]:
    """Projects with all that an export could lose."""
    zone = bureau.city.zones[0]
    on = [(Stage.SIGNED, "2023-05-12"), (Stage.STARTED, "2023-Q3"), (Stage.COMPLETED, "2024")]
    full = InvestmentProject(
        project_code="000123",
        name="𬭊 㛃 䶮 项目",
        enterprise="=1+1 有限公司",
        county=zone.host,
        zone=zone.name,
        place="@路 1 号",
        position=Position(110.785634217, 32.628391, PointPrecision.SITE, "GCJ-02"),
        chain="power_battery",
        links=tuple(bureau.catalogue.chain("power_battery").links)[:3],
        product="电池\n二行",
        contracted_investment=Money(Decimal("17500.123456")),
        paid_in_investment=Money(Decimal("0.000001")),
        foreign_investment=Money(Decimal("500"), "USD"),
        events=tuple(StageEvent(stage, PartialDate.parse(text)) for stage, text in on),
        stage_text="主体完工",
        leader="-张三",
        lead_department="+经信局",
        note='\'引号 “中” "英"，逗号,制表',
    )
    return [
        full,
        replace(full, project_code="B-1", county=None, zone=None, position=None, name="未分县区"),
        replace(
            full, project_code="B-2", contracted_investment=Money(Decimal("300"), "USD"), chain=None
        ),
        InvestmentProject("B-3", "只有名字", investment_text="6余"),
        replace(full, project_code="B-4", investment_text="约1.75亿", events=(), links=()),
        replace(full, project_code="B-5", zone=None, county="420381", foreign_investment=None),
    ]


def fill(own: Bureau, sample: Bureau) -> None:
    """The sample and the odd ones."""
    projects = [*sample.store.projects(), *odd(sample)]
    own.store.load_sample(Sample(projects, sample.store.enterprises()), "test")


def opened(bureau: Bureau, tmp_path: Path, name: str) -> Bureau:
    store = Store.open(f"sqlite:///{tmp_path / name}.db", bureau.city.code)
    return replace(bureau, store=store)


@pytest.mark.parametrize("kind", WRITERS)
def test_an_export_says_nothing_new(bureau: Bureau, tmp_path: Path, kind: str) -> None:
    own = opened(bureau, tmp_path, "own")
    fill(own, bureau)
    data = WRITERS[kind](ledger_file(own, EVERYTHING))
    report = import_ledger.preview(own, data, f"台账.{kind}")
    assert report.count("reject") == 0, [r.message for r in report.rows if r.verdict == "reject"]
    changed = [r for r in report.rows if r.before and r.after and r.action is not Action.SAME]
    assert not [changed_fields(r.before, r.after) for r in changed if r.after]
    assert report.actions()[Action.SAME] == own.store.count()


@pytest.mark.parametrize("kind", WRITERS)
def test_an_empty_ledger_becomes_the_same_one(bureau: Bureau, tmp_path: Path, kind: str) -> None:
    own, other = opened(bureau, tmp_path, "own"), opened(bureau, tmp_path, "other")
    fill(own, bureau)
    data = WRITERS[kind](ledger_file(own, EVERYTHING))
    import_ledger.commit(other, import_ledger.preview(other, data, f"台账.{kind}"), "test")
    assert [cells_of(other, p) for p in other.store.projects()] == [
        cells_of(own, p) for p in own.store.projects()
    ]


def test_every_link_of_the_catalogue_comes_back(bureau: Bureau, tmp_path: Path) -> None:
    own = opened(bureau, tmp_path, "links")
    for number, chain in enumerate(bureau.catalogue.chains.values()):
        names = tuple(link.name for link in chain.links.values())
        made = InvestmentProject(f"L{number}", chain.name, chain=chain.id, links=names)
        own.store.save_by_hand(ProjectChange(made), "test")
    data = documents.to_csv(ledger_file(own, EVERYTHING))
    report = import_ledger.preview(own, data, "环节.csv")
    assert report.actions()[Action.SAME] == own.store.count()
