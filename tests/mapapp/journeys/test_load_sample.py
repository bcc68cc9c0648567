"""The sample of Shiyan, as the ledger holds it."""

import csv
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from shutil import copytree

import pytest

from mapapp.cities import City
from mapapp.journeys.bureau import Bureau
from mapapp.journeys.load_sample import FOLDER, SampleError, load_sample, read_sample
from mapapp.ledger.project import Stage
from mapapp.store import NotEmpty, ProjectFilter


def rows(name: str) -> dict[str, dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8-sig", newline="") as file:
        return {row["id"]: row for row in csv.DictReader(file)}


def test_everything_is_there_with_its_source(bureau: Bureau) -> None:
    store = bureau.store
    projects = store.projects()
    assert len(projects) == 112
    assert len(store.enterprises()) == 109
    assert len(store.events.every()) == 39
    assert len(store.reported_figures()) == 262
    assert store.count(ProjectFilter(unassigned=True)) == 11
    facts = (*projects, *store.enterprises(), *store.events.every(), *store.reported_figures())
    assert all(fact.provenance and fact.provenance.text for fact in facts)


def test_sums_are_those_of_the_file(bureau: Bureau) -> None:
    stated = [row["invest_yi"] for row in rows("projects.csv").values() if row["invest_yi"]]
    sums = bureau.store.county_sums()
    assert sum(s.contracted.yi for s in sums if s.contracted) == sum(map(Decimal, stated))
    assert sum(s.with_amount for s in sums) == len(stated)


def test_county_seats_are_no_positions(bureau: Bureau) -> None:
    read, _ = bureau.store.point_columns(bureau.today)
    assert not any(read.lon)
    assert sum(county is not None for county in read.county) == 101


def test_only_annual_output_is_output(bureau: Bureau) -> None:
    for row in rows("projects.csv").values():
        project = bureau.store.project(row["id"])
        assert project is not None
        annual = bool(row["output_yi"]) and row["output_kind"] in ("产值", "销售收入")
        assert (project.expected_output is not None) == annual
        if row["output_yi"] and not annual:
            assert row["output_yi"] in project.output_text


def test_planned_completions_are_no_events(bureau: Bureau) -> None:
    for row in rows("projects.csv").values():
        project = bureau.store.project(row["id"])
        assert project is not None
        completed = any(event.stage is Stage.COMPLETED for event in project.events)
        assert completed == (row["completion_kind"] == "实际/原文")


def test_the_stage_is_what_the_source_saw(bureau: Bureau) -> None:
    counts = {s.stage: s.projects for s in bureau.store.stage_sums()}
    assert counts[None] == 9
    assert counts[Stage.TALKS] == 2
    assert counts[Stage.ENDED] == 1


def test_other_accounts_stand_beside_their_project(bureau: Bureau) -> None:
    projects = bureau.store.projects()
    assert sum(len(p.accounts) for p in projects) == len(rows("project_accounts.csv"))


def test_links_are_those_of_the_catalogue(bureau: Bureau) -> None:
    known = set(bureau.catalogue.use_counts)
    facts = (*bureau.store.projects(), *bureau.store.enterprises())
    assert {link for fact in facts for link in fact.links} <= known


def test_never_into_a_database_with_data(bureau: Bureau) -> None:
    with pytest.raises(NotEmpty, match="空库"):
        load_sample(bureau)


def test_only_for_its_own_city(bureau: Bureau) -> None:
    with pytest.raises(SampleError, match="厦门市"):
        load_sample(replace(bureau, city=City("350200", "厦门市")))


def test_every_fault_is_named(empty_bureau: Bureau, tmp_path: Path) -> None:
    folder = copytree(FOLDER, tmp_path / "sample")
    path = folder / "projects.csv"
    text = path.read_text("utf-8-sig")
    text = text.replace(",2023-07,A-,", ",2023年7月,A-,", 1).replace("开工在建", "开工了", 1)
    path.write_text(text, "utf-8")
    with pytest.raises(SampleError) as caught:
        read_sample(empty_bureau, folder)
    assert "2023年7月" in str(caught.value)
    assert "开工了" in str(caught.value)
    assert empty_bureau.store.is_empty()
