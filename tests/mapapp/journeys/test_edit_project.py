"""Changes by hand: each is applied or refused with the reason, and leaves a line of history."""

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest

from chains import UnknownName
from mapapp.journeys.bureau import Bureau
from mapapp.journeys.change_history import history_of
from mapapp.journeys.edit_project import Outcome, create, edit
from mapapp.journeys.ledger_cells import cells_of
from mapapp.ledger.headers import Field
from mapapp.ledger.money import Money
from mapapp.ledger.project import InvestmentProject, Provenance, Stage
from mapapp.ledger.record import from_record, to_record
from mapapp.store import ProjectChange

GIVEN = {
    Field.NAME: "𬭊项目",
    Field.COUNTY: "郧阳区",
    Field.CHAIN: "新型动力电池",
    Field.CONTRACTED: "3.5",
    Field.SIGNED: "2026-Q2",
}


def made(bureau: Bureau, **more: str) -> InvestmentProject:
    outcome = create(bureau, {**GIVEN, **{Field[k]: v for k, v in more.items()}}, "张三")
    assert outcome.project, outcome.problems
    return outcome.project


def change(bureau: Bureau, project: InvestmentProject, actor: str = "李四", **to: str) -> Outcome:
    given = {Field[name]: text for name, text in to.items()}
    return edit(bureau, project.project_code, project.row_version, given, actor)


def test_a_new_project_is_numbered_and_read_as_an_import_reads(empty_bureau: Bureau) -> None:
    first, second = made(empty_bureau), made(empty_bureau)
    year = empty_bureau.today.year
    assert [first.project_code, second.project_code] == [f"{year}-0001", f"{year}-0002"]
    assert first.contracted_investment == Money(Decimal(35_000))
    assert str(first.signed) == "2026-Q2"
    assert first.county == "420304"
    assert first.last_confirmed is not None


def test_a_code_that_is_taken_is_refused(empty_bureau: Bureau) -> None:
    made(empty_bureau, CODE="A-1")
    outcome = create(empty_bureau, {**GIVEN, Field.CODE: "A-1"}, "张三")
    assert outcome.project is None
    assert "已经有了" in outcome.problems[Field.CODE]


@pytest.mark.parametrize(
    ("field", "text", "says"),
    [
        ("NAME", "", "没有项目名称"),
        ("COUNTY", "火星区", "不认识"),
        ("CHAIN", "没有这条链", "不认识"),
        ("LINK", "没有这个环节", "不认识"),
        ("CONTRACTED", "很多", "不是一个数"),
        ("SIGNED", "明年", "不是日期"),
        ("STATUS", "在天上", "不认识"),
        ("STATUS", "在谈", "矛盾"),
        ("LON", "110.8", "一半"),
    ],
)
def test_what_cannot_stand_is_said_at_its_field(
    empty_bureau: Bureau, field: str, text: str, says: str
) -> None:
    project = made(empty_bureau)
    outcome = change(empty_bureau, project, **{field: text})
    assert not outcome.saved
    assert says in outcome.problems[Field[field]]
    assert empty_bureau.store.project(project.project_code) == project


def test_an_emptied_cell_erases(empty_bureau: Bureau) -> None:
    project = made(empty_bureau, NOTE="旧", DEPARTMENT="经信局")
    outcome = change(
        empty_bureau, project, NOTE="", DEPARTMENT=" ", CONTRACTED="", SIGNED="", CHAIN=""
    )
    assert outcome.project is not None
    after = outcome.project
    assert (after.note, after.lead_department, after.contracted_investment) == ("", "", None)
    assert (after.signed, after.chain, after.stage) == (None, None, None)


def test_a_status_moves_the_stage_and_a_date_makes_it_certain(empty_bureau: Bureau) -> None:
    project = made(empty_bureau)
    started = change(empty_bureau, project, STATUS="开工").project
    assert started is not None
    assert started.stage is Stage.STARTED
    dated = change(empty_bureau, started, STARTED="2026-09").project
    assert dated is not None
    assert [(e.stage, str(e.on)) for e in dated.events][-1] == (Stage.STARTED, "2026-09")


def test_a_point_comes_in_its_datum(empty_bureau: Bureau) -> None:
    project = made(empty_bureau)
    after = change(empty_bureau, project, LON="110.8121", LAT="32.8383", DATUM="GCJ-02").project
    assert after is not None
    assert after.position is not None
    assert after.position.lon == pytest.approx(110.8121, abs=0.01)
    assert after.position.lon != 110.8121
    assert "E_COORD" not in str(change(empty_bureau, after, LON="1", LAT="1").saved)
    assert change(empty_bureau, after, LON="1", LAT="1").problems


def test_the_history_says_who_and_from_what_to_what(empty_bureau: Bureau) -> None:
    project = made(empty_bureau)
    change(empty_bureau, project, CONTRACTED="4亿元", COUNTY="未分县区")
    newest, first = history_of(empty_bureau, project.project_code)
    assert (first.by, first.is_new, newest.by) == ("张三", True, "李四")
    said = {item.label: (item.old, item.new) for item in newest.fields}
    assert said["协议金额"] == ("3.5亿元", "4亿元")
    assert said["区县"] == ("郧阳区", "未分县区")


def test_nothing_new_is_no_change(empty_bureau: Bureau) -> None:
    project = made(empty_bureau)
    cells = cells_of(empty_bureau, project)
    outcome = edit(empty_bureau, project.project_code, 1, cells, "李四")
    assert not outcome.saved
    assert len(history_of(empty_bureau, project.project_code)) == 1


def test_the_second_is_shown_the_other_s_change(empty_bureau: Bureau) -> None:
    project = made(empty_bureau, DEPARTMENT="旧单位")
    change(empty_bureau, project, "甲", DEPARTMENT="经信局", NOTE="甲的备注")
    outcome = change(empty_bureau, project, "乙", DEPARTMENT="商务局")
    assert not outcome.saved
    conflict = outcome.conflict
    assert conflict is not None
    assert conflict.by == "甲"
    shown = {c.field: (c.base, c.theirs, c.mine) for c in conflict.clashes}
    assert shown[Field.DEPARTMENT] == ("旧单位", "经信局", "商务局")
    assert shown[Field.NOTE] == ("", "甲的备注", None)
    now = outcome.project
    assert now is not None
    assert change(empty_bureau, now, "乙", DEPARTMENT="商务局").saved
    labels = [[f.label for f in e.fields] for e in history_of(empty_bureau, now.project_code)[:2]]
    assert labels == [["责任单位"], ["责任单位", "备注"]]


def test_an_unknown_project_names_the_nearest(empty_bureau: Bureau) -> None:
    made(empty_bureau, CODE="A-1")
    with pytest.raises(UnknownName):
        edit(empty_bureau, "A-2", 1, {}, "张三")


def test_eight_writers_lose_nothing(empty_bureau: Bureau) -> None:
    """Each writer adds its mark to the note; a refused one looks again and repeats."""
    code = made(empty_bureau).project_code
    edits = 25

    def write(writer: int) -> int:
        refused = 0
        for number in range(edits):
            while True:
                now = empty_bureau.store.project(code)
                assert now is not None
                mark = f"{now.note} {writer}.{number}"
                if change(empty_bureau, now, f"写者{writer}", NOTE=mark).saved:
                    break
                refused += 1
        return refused

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(8)))
    after = empty_bureau.store.project(code)
    assert after is not None
    marks = after.note.split()
    assert sorted(marks) == sorted(f"{w}.{n}" for w in range(8) for n in range(edits))
    assert after.row_version == 1 + 8 * edits
    assert len(empty_bureau.store.history("project", code)) == 1 + 8 * edits


def test_a_record_becomes_the_project_again(bureau: Bureau) -> None:
    for project in bureau.store.projects():
        assert from_record(to_record(project)) == project


def test_the_version_is_not_part_of_a_record(empty_bureau: Bureau) -> None:
    project = InvestmentProject("V", "版本")
    empty_bureau.store.save_by_hand(ProjectChange(project), "张三")
    assert "row_version" not in to_record(project)


def test_details_are_changed_by_hand_and_refused_where_they_are_not_read(
    empty_bureau: Bureau,
) -> None:
    code = made(empty_bureau).project_code
    given = {
        Field.OUTPUT: "3",
        Field.HALTED: "是",
        Field.SOURCE: "调度会",
        Field.CAPACITY: "年产1万套",
    }
    done = edit(empty_bureau, code, 1, given, "张三")
    assert done.saved
    assert done.project is not None
    assert done.project.expected_output == Money(Decimal(30_000))
    assert (done.project.halted, done.project.capacity) == (True, "年产1万套")
    assert done.project.provenance == Provenance("调度会")
    wrong = edit(empty_bureau, code, 2, {Field.OUTPUT: "很多", Field.PARK: "也许"}, "张三")
    assert not wrong.saved
    assert "不是一个数" in wrong.problems[Field.OUTPUT]
    assert "请填“是”或“否”" in wrong.problems[Field.PARK]
    cleared = edit(empty_bureau, code, 2, {Field.SOURCE: "", Field.HALTED: ""}, "张三")
    assert cleared.project is not None
    assert (cleared.project.provenance, cleared.project.halted) == (None, False)
