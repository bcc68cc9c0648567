"""An import as a process: columns, preview, confirmation, what comes back, and undoing it."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from mapapp.jobs import Cancelled, Quiet
from mapapp.journeys import import_batch, import_ledger, import_mapping, import_preview
from mapapp.journeys.bureau import Bureau
from mapapp.journeys.import_mapping import MappingRefused, mapped_sheets
from mapapp.journeys.rejected_rows import rejected_workbook
from mapapp.journeys.undo_import import plan_undo, undo_import
from mapapp.ledger.problems import FileRefused
from mapapp.store import ProjectChange, StaleRow
from mapapp.store.imports import AlreadyImported, Phase, Upload
from mapapp.store.undoing import UndoRefused
from tests.mapapp.journeys.clean_ledger import clean_ledger

LEDGERS = Path(__file__).resolve().parents[2] / "fixtures" / "ledgers"
HEADER = "项目编号,项目名称,县市区,投资额（亿元）,状态"
CASES = [json.loads(line) for line in (LEDGERS / "expected.jsonl").open(encoding="utf-8")]
WITH_REJECTS = [case["file"] for case in CASES if case["reject"] and case["accept"]]


def come_in(bureau: Bureau, data: bytes, sender: str = "房县", name: str = "台账.csv") -> Upload:
    """A file received and looked at, its columns confirmed as guessed."""
    id = import_batch.receive(bureau, data, name, sender, "张三")
    import_batch.examine(bureau, id, Quiet())
    upload = import_batch.find(bureau, id)
    if upload.phase is Phase.MAPPING:
        import_mapping.choose(bureau, upload, {}, "张三")
        import_batch.preview(bureau, id, Quiet())
    return import_batch.find(bureau, id)


def confirm(bureau: Bureau, upload: Upload) -> Upload:
    import_batch.confirm(bureau, upload.id, "张三", Quiet())
    return import_batch.find(bureau, upload.id)


def csv(*rows: str, header: str = HEADER) -> bytes:
    return "\r\n".join((header, *rows)).encode()


def test_the_counts_add_up_and_every_row_is_kept_as_it_stood(empty_bureau: Bureau) -> None:
    upload = come_in(empty_bureau, csv("A1,甲,房县,1,签约", "A2,乙,武汉,1,签约", "合计,,,2,"))
    said = {"insert": 1, "reject": 1, "skip": 1}
    assert upload.counts == said | {"unlinked": 1, "suggested": 0}
    view = import_preview.view_preview(empty_bureau, upload, "reject")
    assert view.total == 3
    assert view.accepted == 1
    [row] = view.rows
    assert dict(row.cells)["县市区"] == "武汉"
    assert "武汉" in row.message
    kept = [stored.cells for stored in empty_bureau.store.imports.rows(upload.id)]
    assert kept[1] == ["A2", "乙", "武汉", "1", "签约"]
    assert import_batch.original(empty_bureau, upload.id).startswith("项目编号".encode())
    assert empty_bureau.store.count() == 0


def test_confirmed_once_it_is_what_an_import_at_once_writes(empty_bureau: Bureau) -> None:
    data = (LEDGERS / "a01_baseline.xlsx").read_bytes()
    upload = confirm(empty_bureau, come_in(empty_bureau, data, name="a.xlsx"))
    assert (upload.phase, upload.batch) == (Phase.DONE, 1)
    stepwise = empty_bureau.store.projects()
    with pytest.raises(AlreadyImported):
        import_batch.confirm(empty_bureau, upload.id, "张三", Quiet())
    undo_import(empty_bureau, upload.id, "张三", Quiet())
    report = import_ledger.preview(empty_bureau, data, "a.xlsx")
    done = import_batch.import_at_once(empty_bureau, data, report, "房县", "张三")
    assert done.batch == 3
    assert empty_bureau.store.projects() == stepwise


def test_columns_that_nobody_knows_are_set_by_hand_and_remembered(empty_bureau: Bureau) -> None:
    header = "代号,叫什么,在哪,花多少,别的"
    data = csv("A1,甲,房县,12000,x", header=header)
    id = import_batch.receive(empty_bureau, data, "a.csv", "房县", "张三")
    import_batch.examine(empty_bureau, id, Quiet())
    upload = import_batch.find(empty_bureau, id)
    assert upload.phase is Phase.MAPPING
    given = {"field-0-0": "项目编号", "field-0-1": "项目名称", "field-0-2": "县市区"}
    given |= {"field-0-3": "投资额", "unit-0-3": "万元", "field-0-4": ""}
    with pytest.raises(MappingRefused, match="投资额"):
        import_mapping.choose(empty_bureau, upload, given | {"field-0-4": "投资额"}, "张三")
    with pytest.raises(MappingRefused, match="项目编号"):
        import_mapping.choose(empty_bureau, upload, given | {"field-0-0": ""}, "张三")
    import_mapping.choose(empty_bureau, upload, given, "张三")
    import_batch.preview(empty_bureau, id, Quiet())
    confirm(empty_bureau, import_batch.find(empty_bureau, id))
    project = empty_bureau.store.project("A1")
    assert project is not None
    assert project.contracted_investment is not None
    assert project.contracted_investment.wan == 12000

    again = csv("A2,乙,房县,500,y", header=header)
    id = import_batch.receive(empty_bureau, again, "b.csv", "房县", "张三")
    import_batch.examine(empty_bureau, id, Quiet())
    assert import_batch.find(empty_bureau, id).phase is Phase.PREVIEW
    other = import_batch.receive(empty_bureau, again, "b.csv", "竹山县", "张三")
    import_batch.examine(empty_bureau, other, Quiet())
    assert import_batch.find(empty_bureau, other).phase is Phase.MAPPING


def test_another_unit_in_the_header_is_asked_about_again(empty_bureau: Bureau) -> None:
    come_in(empty_bureau, csv("A1,甲,房县,1,签约"))
    data = csv("A1,甲,房县,1,签约", header=HEADER.replace("亿元", "万元"))
    id = import_batch.receive(empty_bureau, data, "b.csv", "房县", "张三")
    import_batch.examine(empty_bureau, id, Quiet())
    assert import_batch.find(empty_bureau, id).phase is Phase.MAPPING


def test_a_guess_says_how_sure_it_is(empty_bureau: Bureau) -> None:
    data = csv("A1,甲,房县,3000,x", header="编号,项目名称,区县,计划总投资额度（万元）,花名")
    upload = come_in(empty_bureau, data)
    columns = {c.title: c for c in mapped_sheets(upload)[0].columns}
    assert columns["项目名称"].sure == "高"
    assert columns["计划总投资额度（万元）"].field == "投资额"
    assert columns["计划总投资额度（万元）"].sure == "低"
    assert columns["花名"].field == ""


def test_a_changed_row_shows_both_values_and_a_missing_one_is_named(empty_bureau: Bureau) -> None:
    confirm(empty_bureau, come_in(empty_bureau, csv("A1,甲,房县,1,签约", "A2,乙,房县,2,签约")))
    upload = come_in(empty_bureau, csv("A1,甲,房县,3,签约"))
    view = import_preview.view_preview(empty_bureau, upload)
    assert view.kind == "update"
    [change] = view.rows[0].changes
    assert (change.label, change.old, change.new) == ("协议金额", "1亿元", "3亿元")
    missing = import_preview.view_preview(empty_bureau, upload, "missing")
    assert [row.code for row in missing.rows] == ["A2"]
    stranger = come_in(empty_bureau, csv("A1,甲,房县,3,签约"), sender="竹山县")
    assert import_preview.view_preview(empty_bureau, stranger).counts["missing"] == 0


def test_a_row_changed_after_the_preview_stops_the_whole_import(empty_bureau: Bureau) -> None:
    confirm(empty_bureau, come_in(empty_bureau, csv("A1,甲,房县,1,签约")))
    upload = come_in(empty_bureau, csv("A1,甲,房县,2,签约", "A9,新,房县,1,签约"))
    edit(empty_bureau, "A1")
    with pytest.raises(StaleRow, match="A1"):
        import_batch.confirm(empty_bureau, upload.id, "李四", Quiet())
    assert empty_bureau.store.count() == 1
    assert import_batch.find(empty_bureau, upload.id).phase is Phase.PREVIEW


def edit(bureau: Bureau, code: str) -> None:
    project = bureau.store.project(code)
    assert project is not None
    bureau.store.save_by_hand(ProjectChange(replace(project, leader="王五"), project), "王五")


def test_undo_brings_the_exact_values_back(empty_bureau: Bureau) -> None:
    first = come_in(empty_bureau, (LEDGERS / "a01_baseline.xlsx").read_bytes(), name="a.xlsx")
    confirm(empty_bureau, first)
    before = empty_bureau.store.projects()
    second = come_in(empty_bureau, (LEDGERS / "b07_reimport_changed.xlsx").read_bytes())
    confirm(empty_bureau, second)
    assert empty_bureau.store.projects() != before
    undo_import(empty_bureau, second.id, "李四", Quiet())
    after = [replace(project, row_version=1) for project in empty_bureau.store.projects()]
    assert after == before
    last = empty_bureau.store.history("project", "SY2023-0003")[-1]
    assert (last.changed_by, last.batch) == ("李四", 3)
    assert last.new == {"contracted_investment": {"wan": "42500", "currency": "CNY"}}
    gone = empty_bureau.store.history("project", "SY2023-0040")[-1]
    assert gone.new == {}
    assert import_batch.find(empty_bureau, second.id).undone == 3
    with pytest.raises(UndoRefused, match="已经撤销"):
        undo_import(empty_bureau, second.id, "李四", Quiet())
    with pytest.raises(UndoRefused, match="已经撤销"):
        plan_undo(empty_bureau, second.id)
    undo_import(empty_bureau, first.id, "李四", Quiet())
    assert empty_bureau.store.count() == 0


def test_undo_is_refused_where_rows_changed_since(empty_bureau: Bureau) -> None:
    upload = confirm(empty_bureau, come_in(empty_bureau, csv("A1,甲,房县,1,签约", "A2,乙,房县,1,")))
    edit(empty_bureau, "A2")
    plan = plan_undo(empty_bureau, upload.id)
    [changed] = plan.changed
    assert (changed.code, changed.by, changed.reason) == ("A2", "王五", "导入之后又有修改")
    with pytest.raises(UndoRefused) as refusal:
        undo_import(empty_bureau, upload.id, "李四", Quiet())
    assert [row.code for row in refusal.value.rows] == ["A2"]
    assert empty_bureau.store.count() == 2


class Stops(Quiet):
    """Somebody cancels after so many steps."""

    def __init__(self, after: int) -> None:
        self.left = after

    def step(self, done: int) -> None:
        self.left -= 1
        if self.left < 0:
            raise Cancelled


@pytest.mark.parametrize("after", [0, 1, 2])
def test_a_cancelled_commit_leaves_nothing(empty_bureau: Bureau, after: int) -> None:
    upload = come_in(empty_bureau, clean_ledger(2500))
    with pytest.raises(Cancelled):
        import_batch.confirm(empty_bureau, upload.id, "张三", Stops(after))
    assert empty_bureau.store.count() == 0
    assert import_batch.find(empty_bureau, upload.id).phase is Phase.PREVIEW


def test_a_cancelled_preview_can_be_done_again(empty_bureau: Bureau) -> None:
    id = import_batch.receive(empty_bureau, clean_ledger(2500), "a.csv", "", "张三")
    import_batch.examine(empty_bureau, id, Quiet())
    with pytest.raises(Cancelled):
        import_batch.preview(empty_bureau, id, Stops(6))
    assert empty_bureau.store.imports.rows(id) == []
    import_batch.preview(empty_bureau, id, Quiet())
    counts = import_batch.find(empty_bureau, id).counts
    assert counts == {"insert": 2500, "unlinked": 2500, "suggested": 0}


def test_mended_rows_come_in_the_second_time(empty_bureau: Bureau) -> None:
    header = f"{HEADER},备注"
    upload = come_in(
        empty_bureau, csv("A1,甲,武汉,1,签约,=1+1", "A2,乙,房县,1,签约,", header=header)
    )
    confirm(empty_bureau, upload)
    back = rejected_workbook(empty_bureau, upload)
    unmended = come_in(empty_bureau, back, name="退回.xlsx")
    assert unmended.counts == {"reject": 1}
    [row] = empty_bureau.store.imports.rows(unmended.id)
    assert row.cells[2:] == ["A1", "甲", "武汉", "1", "签约", "=1+1"]
    again = rejected_workbook(empty_bureau, unmended)
    assert come_in(empty_bureau, again, name="退回2.xlsx").counts == {"reject": 1}


@pytest.mark.parametrize("name", WITH_REJECTS)
def test_what_nobody_mended_is_turned_away_again(empty_bureau: Bureau, name: str) -> None:
    """A copy of a faulty row must not come in because copying hid its fault."""
    upload = come_in(empty_bureau, (LEDGERS / name).read_bytes(), name=name)
    rejected = upload.counts["reject"]
    again = come_in(empty_bureau, rejected_workbook(empty_bureau, upload), name="退回.xlsx")
    assert again.counts.get("insert", 0) == 0, again.message
    assert again.counts.get("reject", 0) + again.counts.get("skip", 0) == rejected or (
        again.phase is not Phase.PREVIEW
    )


def test_files_are_kept_apart_from_their_names(empty_bureau: Bureau) -> None:
    upload = come_in(empty_bureau, csv("A1,甲,房县,1,签约"), name="../../../etc/cron.d/x.csv")
    assert upload.file_name == "../../../etc/cron.d/x.csv"
    kept = list((empty_bureau.settings.instance / "uploads").iterdir())
    assert [path.name for path in kept] == [upload.id]
    assert kept[0].stat().st_mode & 0o077 == 0


def test_too_large_and_empty_files_are_not_kept(empty_bureau: Bureau) -> None:
    for data in (b"", b"x" * (20 * 1024 * 1024 + 1)):
        with pytest.raises(FileRefused):
            import_batch.receive(empty_bureau, data, "a.xlsx", "", "张三")
    assert empty_bureau.store.imports.uploads() == []


def test_a_file_that_cannot_be_read_says_why(empty_bureau: Bureau) -> None:
    upload = come_in(empty_bureau, (LEDGERS / "d04_macro.xlsm").read_bytes(), name="a.xlsm")
    assert upload.phase is Phase.REFUSED
    assert list(upload.codes) == ["E_MACRO"]
