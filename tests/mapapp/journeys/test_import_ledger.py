"""A ledger comes in: what a preview says of it, and what a commit leaves behind."""

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from mapapp.journeys.bureau import Bureau
from mapapp.journeys.import_ledger import ImportReport, Verdict, commit, preview
from mapapp.journeys.import_rows import Action
from mapapp.ledger.problems import FileRefused
from mapapp.ledger.project import Stage
from mapapp.store import ImportBatch, ProjectChange, StaleRow

LEDGERS = Path(__file__).resolve().parents[2] / "fixtures" / "ledgers"
CASES = [json.loads(line) for line in (LEDGERS / "expected.jsonl").open(encoding="utf-8")]


def ledger(name: str) -> bytes:
    return (LEDGERS / name).read_bytes()


def test_a_clean_ledger_comes_in_exactly(empty_bureau: Bureau) -> None:
    report = commit(
        empty_bureau, preview(empty_bureau, ledger("a01_baseline.xlsx"), "台账.xlsx"), "张三"
    )
    assert report.batch == 1
    assert report.actions() == {Action.INSERT: 20}
    project = empty_bureau.store.project("SY2023-0001")
    assert project is not None
    assert project.contracted_investment is not None
    assert project.contracted_investment.yi == Decimal("1.75")
    assert project.chain == "new_energy_vehicle"
    assert project.county == "420303"
    assert str(project.signed) == "2023-02-02"
    assert project.stage is Stage.SIGNED
    assert project.position is not None
    assert (project.position.lon, project.position.lat) == (110.7693, 32.6523)
    other = empty_bureau.store.project("SY2023-0003")
    assert other is not None
    assert other.chain is None
    assert other.link_note.startswith("产业链：水产业")
    assert other.stage is Stage.PRODUCING


def test_csv_and_workbook_say_the_same(empty_bureau: Bureau) -> None:
    commit(empty_bureau, preview(empty_bureau, ledger("a01_baseline.xlsx"), "a"), "张三")
    again = preview(empty_bureau, ledger("c02_utf8.csv"), "b.csv")
    assert again.actions() == {Action.SAME: 10}


def test_a_zone_keeps_its_name_and_its_host_county(empty_bureau: Bureau) -> None:
    commit(empty_bureau, preview(empty_bureau, ledger("a01_baseline.xlsx"), "a"), "张三")
    project = empty_bureau.store.project("SY2023-0009")
    assert project is not None
    assert (project.county, project.zone) == ("420302", "十堰经济技术开发区")


def test_reimport_changes_what_changed_and_keeps_the_rest(empty_bureau: Bureau) -> None:
    first = preview(empty_bureau, ledger("a01_baseline.xlsx"), "a")
    commit(empty_bureau, first, "张三")
    assert preview(empty_bureau, ledger("a01_baseline.xlsx"), "a").actions() == {Action.SAME: 20}

    report = preview(empty_bureau, ledger("b07_reimport_changed.xlsx"), "b")
    case = next(c for c in CASES if c["file"] == "b07_reimport_changed.xlsx")
    actions = {row.row: row.action for row in report.rows}
    assert actions == {row["row"]: Action(row["want"]["action"]) for row in case["rows"]}
    commit(empty_bureau, report, "李四")

    assert empty_bureau.store.count() == 21
    insert, update = empty_bureau.store.history("project", "SY2023-0003")
    assert insert.old is None
    assert (update.changed_by, update.batch) == ("李四", 2)
    assert update.old == {"contracted_investment": {"wan": "42500", "currency": "CNY"}}
    assert update.new == {"contracted_investment": {"wan": "5030000", "currency": "CNY"}}
    ended = empty_bureau.store.project("SY2023-0006")
    assert ended is not None
    assert (ended.stage, ended.row_version) == (Stage.ENDED, 2)


def test_a_preview_writes_nothing(empty_bureau: Bureau) -> None:
    preview(empty_bureau, ledger("a01_baseline.xlsx"), "a")
    assert empty_bureau.store.is_empty()


def test_a_row_changed_after_the_preview_stops_the_whole_import(empty_bureau: Bureau) -> None:
    commit(empty_bureau, preview(empty_bureau, ledger("a01_baseline.xlsx"), "a"), "张三")
    report = preview(empty_bureau, ledger("b07_reimport_changed.xlsx"), "b")
    _edit(empty_bureau, "SY2023-0004")
    with pytest.raises(StaleRow, match="SY2023-0004"):
        commit(empty_bureau, report, "李四")
    assert empty_bureau.store.project("SY2023-0040") is None
    assert empty_bureau.store.count() == 20


def _edit(bureau: Bureau, code: str) -> None:
    project = bureau.store.project(code)
    assert project is not None
    edited = replace(project, leader="王五")
    bureau.store.save_import(ImportBatch("王五", "", ""), [ProjectChange(edited, project)])


def test_a_refused_file_cannot_be_committed(empty_bureau: Bureau) -> None:
    report = preview(empty_bureau, ledger("d04_macro.xlsm"), "a.xlsx")
    assert (report.verdict, report.codes) == (Verdict.REFUSE, ("E_MACRO",))
    with pytest.raises(FileRefused):
        commit(empty_bureau, report, "张三")


def test_counties_by_short_form_former_name_and_code(bureau: Bureau) -> None:
    report = preview(bureau, ledger("b09_county_short_forms.xlsx"), "a")
    places = {row.row: row.read.place for row in report.rows if row.read and row.read.accepted}
    assert places[2] == "丹江口市"
    assert (places[6], places[7], places[8]) == ("十堰经济技术开发区", "茅箭区", "郧阳区")
    assert (places[9], places[10], places[17]) == ("郧西县", "房县", "茅箭区")
    rejected = {row.row: row for row in report.rows if row.verdict == "reject"}
    assert {12, 13, 14, 15, 16} <= set(rejected)
    assert "襄阳市" in rejected[13].message
    assert all(row.codes == ("E_COUNTY",) for row in rejected.values())


CSV_HEADER = "项目编号,项目名称,县市区,投资额（亿元）,状态"


def csv_report(bureau: Bureau, *rows: str) -> ImportReport:
    return preview(bureau, "\r\n".join((CSV_HEADER, *rows)).encode(), "台账.csv")


def test_one_code_on_two_rows(bureau: Bureau) -> None:
    twice = csv_report(bureau, "A1,甲,房县,1,签约", "A1,甲,房县,2,签约", "A2,乙,房县,1,签约")
    assert [row.verdict for row in twice.rows] == ["reject", "reject", "accept"]
    assert twice.rows[0].codes == ("E_DUP_CODE",)
    same = csv_report(bureau, "A1,甲,房县,1,签约", "A1,甲,房县,1,签约")
    assert [row.codes for row in same.rows] == [("W_DUP_IDENTICAL",)] * 2


def test_an_identical_row_is_written_once(empty_bureau: Bureau) -> None:
    same = csv_report(empty_bureau, "A1,甲,房县,1,签约", "A1,甲,房县,1,签约")
    commit(empty_bureau, same, "张三")
    assert empty_bureau.store.count() == 1


def test_every_problem_of_a_row_is_named(bureau: Bureau) -> None:
    row = csv_report(bureau, ",甲,武汉,十亿,快了").rows[0]
    assert row.codes == ("E_CODE_MISSING", "E_COUNTY", "E_AMOUNT", "E_STATUS")
    assert "武汉" in row.message
    assert "十亿" in row.message


def test_not_yet_assigned_is_a_place_of_its_own(empty_bureau: Bureau) -> None:
    commit(empty_bureau, csv_report(empty_bureau, "A1,甲,未分县区,1,签约"), "张三")
    project = empty_bureau.store.project("A1")
    assert project is not None
    assert project.county is None


def test_a_blank_cell_erases_nothing(empty_bureau: Bureau) -> None:
    commit(empty_bureau, csv_report(empty_bureau, "A1,甲,房县,1,签约"), "张三")
    report = csv_report(empty_bureau, "A1,甲,房县,,")
    assert report.actions() == {Action.SAME: 1}


def test_a_resumed_project_is_no_longer_ended(empty_bureau: Bureau) -> None:
    for status in ("签约", "终止", "开工"):
        commit(empty_bureau, csv_report(empty_bureau, f"A1,甲,房县,1,{status}"), "张三")
    project = empty_bureau.store.project("A1")
    assert project is not None
    assert [event.stage for event in project.events] == [Stage.SIGNED, Stage.STARTED]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../../../tmp/evil.xlsx", "../../../../tmp/evil.xlsx"),
        ("{{31337*3}}.xlsx", "{{31337*3}}.xlsx"),
        ("台账\x00\n.xlsx", "台账.xlsx"),
        ("台" * 400, "台" * 255),
    ],
)
def test_a_file_name_is_display_text(bureau: Bureau, name: str, shown: str) -> None:
    report = preview(bureau, ledger("a01_baseline.xlsx"), name)
    assert report.name == shown
    assert report.count("accept") == 20
