"""Find suspects, decide, merge, undo; and how good the matching is on labelled pairs."""

import json
from dataclasses import replace

import pytest
from click.testing import CliRunner

from chains import UnknownName
from mapapp.cli import main
from mapapp.journeys import duplicates, match_report, merging
from mapapp.journeys.bureau import Bureau
from mapapp.journeys.load_sample import load_sample
from mapapp.journeys.merging import CannotUndo, NotAsSeen
from mapapp.ledger.project import InvestmentProject
from mapapp.store import ImportBatch, ProjectChange, StaleRow

TWIN = InvestmentProject("ZS1", "万润新能源二期", "湖北万润新能源有限公司", county="420304")


@pytest.fixture
def ledger(empty_bureau: Bureau) -> Bureau:
    """A bureau of its own with the sample and one row that is there twice."""
    add(empty_bureau, InvestmentProject("P048", "湖北万润新能源二期生产线项目", "湖北万润新能源"))
    add(empty_bureau, TWIN)
    add(empty_bureau, InvestmentProject("P084", "远景动力零碳智能电池产业园", "远景动力"))
    return empty_bureau


def add(bureau: Bureau, *items: InvestmentProject) -> None:
    batch = ImportBatch("test", "台账.xlsx", "")
    bureau.store.save_import(batch, [ProjectChange(item) for item in items])


def change(bureau: Bureau, code: str, **values: object) -> None:
    held = get(bureau, code)
    after = replace(held, **values)  # type: ignore[arg-type]
    bureau.store.save_by_hand(ProjectChange(after, held), "别人")


def get(bureau: Bureau, code: str) -> InvestmentProject:
    found = bureau.store.project(code)
    assert found is not None
    return found


def open_pairs(bureau: Bureau) -> list[tuple[str, str]]:
    found = duplicates.list_suspects(bureau)
    return [(p.first.project_code, p.second.project_code) for p in found.shown]


@pytest.mark.parametrize("split", match_report.SPLITS)
def test_precision_and_recall_on_the_labelled_pairs(bureau: Bureau, split: str) -> None:
    found = match_report.match_report(bureau)
    assert len(found.judged) >= 400
    quality = match_report.quality(found.part(split))
    assert quality.precision >= 0.95
    assert quality.recall >= 0.9


def test_no_project_is_on_both_sides_of_the_split(bureau: Bureau) -> None:
    sides: dict[str, set[str]] = {}
    for pair in match_report.read_pairs(bureau):
        sides.setdefault(pair.a.project_code, set()).add(pair.split)
    assert all(len(splits) == 1 for splits in sides.values())


def test_the_command_prints_figures_and_errors(tmp_path: object) -> None:
    done = CliRunner().invoke(main, ["match-report", "--db", f"sqlite:///{tmp_path}/m.db"])
    assert done.exit_code == 0, done.output
    assert "留出部分" in done.output
    assert "误报" in done.output
    asked = ["match-report", "--json", "--db", f"sqlite:///{tmp_path}/m.db"]
    parts = json.loads(CliRunner().invoke(main, asked).output)["parts"]
    assert parts["held"]["precision"] >= 0.95


def test_the_sample_is_all_but_free_of_suspects(empty_bureau: Bureau) -> None:
    load_sample(empty_bureau)
    assert open_pairs(empty_bureau) == [("P020", "P167")]


def test_a_row_without_a_code_finds_its_project(ledger: Bureau) -> None:
    row = InvestmentProject("", "万润新能二期磷酸铁锂正极材料生产线", "万润新能")
    other = InvestmentProject("", "城关镇幼儿园")
    found, nothing = duplicates.suspects_for(ledger, [row, other])
    assert {item.project.project_code for item in found} == {"P048", "ZS1"}
    assert "就是 P048“湖北万润新能源二期生产线项目”" in "".join(s.sentence for s in found)
    assert nothing == ()


def test_a_changed_project_is_matched_anew(ledger: Bureau) -> None:
    assert open_pairs(ledger) == [("P048", "ZS1")]
    change(ledger, "ZS1", name="万润新能源三期")
    assert open_pairs(ledger) == []
    change(ledger, "ZS1", name="万润新能源（二期）")
    assert open_pairs(ledger) == [("P048", "ZS1")]


def test_too_many_changes_wait_for_the_button(ledger: Bureau) -> None:
    assert duplicates.find(ledger, most=2) == 3
    assert duplicates.find(ledger) == 0
    assert duplicates.find(ledger, most=0) == 0


def test_no_is_remembered_for_rows_as_well(ledger: Bureau) -> None:
    open_pairs(ledger)
    duplicates.say_different(ledger, "ZS1", "P048", "我")
    assert open_pairs(ledger) == []
    change(ledger, "ZS1", note="改过")
    assert open_pairs(ledger) == []
    assert duplicates.suspects_for(ledger, [TWIN]) == [()]


def test_a_merge_is_undone_exactly(ledger: Bureau) -> None:
    before = get(ledger, "P048"), get(ledger, "ZS1")
    number = merging.merge(ledger, "P048", "ZS1", {"name": "loser"}, "我", (1, 1))
    assert ledger.store.project("ZS1") is None
    assert get(ledger, "P048").name == TWIN.name
    assert ledger.store.merges.merged_into(["ZS1", "P048"]) == {"ZS1": "P048"}
    assert ledger.store.history("project", "ZS1")[-1].new == {"merged_into": "P048"}
    merging.undo(ledger, number, "我")
    after = get(ledger, "P048"), get(ledger, "ZS1")
    assert [replace(p, row_version=1) for p in after] == list(before)
    assert ledger.store.merges.merged_into(["ZS1"]) == {}
    with pytest.raises(CannotUndo, match="已由我撤销"):
        merging.undo(ledger, number, "我")


def test_undo_after_a_change_keeps_it_and_asks_where_it_clashes(ledger: Bureau) -> None:
    number = merging.merge(ledger, "P048", "ZS1", {"name": "loser"}, "我")
    change(ledger, "P048", name="新名字", note="新备注")
    with pytest.raises(CannotUndo, match="项目名称又被改过"):
        merging.undo(ledger, number, "我")
    merging.undo(ledger, number, "我", keep=True)
    now = get(ledger, "P048")
    assert (now.name, now.note, now.county, now.accounts) == ("新名字", "新备注", None, ())
    assert get(ledger, "ZS1").name == TWIN.name


def test_undo_is_refused_while_the_code_is_in_use_or_the_survivor_gone(ledger: Bureau) -> None:
    first = merging.merge(ledger, "P048", "ZS1", {}, "我")
    add(ledger, TWIN)
    with pytest.raises(CannotUndo, match="又在台账里"):
        merging.undo(ledger, first, "我")
    second = merging.merge(ledger, "ZS1", "P048", {}, "我")
    with pytest.raises(CannotUndo, match="又在台账里"):
        merging.undo(ledger, first, "我")
    merging.undo(ledger, second, "我")


def test_merges_on_merges_are_undone_in_turn(ledger: Bureau) -> None:
    first = merging.merge(ledger, "P048", "ZS1", {}, "我")
    second = merging.merge(ledger, "P084", "P048", {}, "我")
    assert [a.id for a in get(ledger, "P084").accounts] == ["P048", "ZS1"]
    with pytest.raises(CannotUndo, match="已并入“P084”"):
        merging.undo(ledger, first, "我")
    merging.undo(ledger, second, "我")
    merging.undo(ledger, first, "我")
    assert get(ledger, "P084").accounts == get(ledger, "P048").accounts == ()


def test_nothing_is_merged_that_was_changed_meanwhile(ledger: Bureau) -> None:
    change(ledger, "ZS1", note="改过")
    with pytest.raises(NotAsSeen, match="ZS1"):
        merging.merge(ledger, "P048", "ZS1", {}, "我", (1, 1))
    mine, theirs = get(ledger, "P048"), replace(get(ledger, "ZS1"), row_version=1)
    with pytest.raises(StaleRow):
        ledger.store.merges.save(ProjectChange(replace(mine, note="x"), mine), theirs, "我")
    assert get(ledger, "P048") == mine


@pytest.mark.parametrize("given", [{"没有": "loser"}, {"name": "both"}, {"name": "x"}])
def test_unknown_choices_are_refused(ledger: Bureau, given: dict[str, str]) -> None:
    with pytest.raises(UnknownName):
        merging.merge(ledger, "P048", "ZS1", given, "我")
