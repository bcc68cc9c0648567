"""What comes in a second time: unchanged, doubled, merged away, or under another code."""

import io

import openpyxl

from mapapp.jobs import Quiet
from mapapp.journeys import import_batch, import_ledger, import_preview, merging
from mapapp.journeys.bureau import Bureau
from mapapp.journeys.import_links import SUGGESTED, UNLINKED
from mapapp.journeys.rejected_rows import rejected_workbook
from mapapp.journeys.undo_import import plan_undo, undo_import
from mapapp.ledger.dates import PartialDate
from mapapp.store.imports import Upload
from tests.mapapp.journeys.test_import_batch import come_in, confirm

HEADER = "项目编号,项目名称,企业名称,县市区,投资额（亿元）,签约日期"
ZN = "年产5万吨磷酸铁锂正极材料项目,湖北测试锂能有限公司,房县,12,2024-05-06"
OTHER = "食用菌深加工项目,乙公司,房县,1,2025-06-18"


def csv(*rows: str) -> bytes:
    return "\r\n".join((HEADER, *rows)).encode()


def arrive(bureau: Bureau, *rows: str, sender: str = "房县") -> Upload:
    return come_in(bureau, csv(*rows), sender)


def rows_of(upload: Upload) -> dict[str, int]:
    """What becomes of the rows; the suggestions are counted beside it."""
    return {key: n for key, n in upload.counts.items() if key not in (UNLINKED, SUGGESTED)}


def heard_of(bureau: Bureau, code: str, on: str) -> None:
    """The project was last heard of on a day long ago."""
    with bureau.store._database.write() as connection:
        connection.exec_driver_sql(
            "UPDATE project SET last_confirmed = ?, confirmed_last = ? WHERE project_code = ?",
            (on, on, code),
        )


def test_an_unchanged_row_is_heard_of_and_nothing_else(empty_bureau: Bureau) -> None:
    here = empty_bureau
    confirm(here, arrive(here, f"A1,{ZN}"))
    heard_of(here, "A1", "2020-01-02")
    before = here.store.history("project", "A1")
    again = confirm(here, arrive(here, f"A1,{ZN}"))
    assert again.counts == {"same": 1}
    project = here.store.project("A1")
    assert project is not None
    assert project.row_version == 1
    assert project.last_confirmed == PartialDate(here.today)
    assert here.store.history("project", "A1") == before

    undo_import(here, again.id, "张三", Quiet())
    project = here.store.project("A1")
    assert project is not None
    assert project.last_confirmed == PartialDate.parse("2020-01-02")


def test_what_a_later_import_reported_again_is_not_taken_away(empty_bureau: Bureau) -> None:
    here = empty_bureau
    first = confirm(here, arrive(here, f"A1,{ZN}", f"A2,{OTHER}"))
    second = confirm(here, arrive(here, f"A1,{ZN}"))
    [held] = plan_undo(here, first.id).changed
    assert held.code == "A1"
    assert "批次 2" in held.reason
    undo_import(here, second.id, "张三", Quiet())
    undo_import(here, first.id, "张三", Quiet())
    assert here.store.count() == 0


def test_a_row_twice_counts_as_stored(empty_bureau: Bureau) -> None:
    here = empty_bureau
    upload = arrive(here, f"A1,{ZN}", f"A1,{ZN}", f"A2,{OTHER}")
    assert rows_of(upload) == {"insert": 2, "repeat": 1}
    view = import_preview.view_preview(here, upload)
    assert (view.total, view.accepted) == (3, 3)
    confirm(here, upload)
    assert here.store.count() == 2
    report = import_ledger.preview(here, csv(f"B1,{ZN}", f"B1,{ZN}"), "a.csv")
    assert dict(report.actions()) == {"insert": 1, "same": 1}


def test_a_project_from_another_channel_is_offered_and_comes_in(empty_bureau: Bureau) -> None:
    here = empty_bureau
    confirm(here, arrive(here, f"A1,{ZN}", f"A2,{OTHER}"))
    upload = arrive(here, f"FX-9,{ZN.replace('湖北', '')}", sender="市经信局")
    assert rows_of(upload) == {"insert": 1, "suspect": 1}
    [row] = import_preview.view_preview(here, upload, "suspect").rows
    assert [one.project.project_code for one in row.suspicions] == ["A1"]
    assert import_preview.view_preview(here, upload).total == 1
    confirm(here, upload)
    assert here.store.count() == 3


def test_a_row_without_a_code_is_told_which_it_may_lack(empty_bureau: Bureau) -> None:
    here = empty_bureau
    confirm(here, arrive(here, f"A1,{ZN}"))
    upload = arrive(here, f",{ZN}", f"A2,{OTHER}")
    assert rows_of(upload) == {"reject": 1, "insert": 1, "suspect": 1}
    [row] = import_preview.view_preview(here, upload, "reject").rows
    assert row.suspicions[0].project.project_code == "A1"
    sheet = openpyxl.load_workbook(io.BytesIO(rejected_workbook(here, upload))).worksheets[0]
    assert "A1" in str(sheet.cell(2, 2).value)


def test_a_code_that_was_merged_away_does_not_come_back(empty_bureau: Bureau) -> None:
    here = empty_bureau
    confirm(here, arrive(here, f"A1,{ZN}", f"B1,{ZN}", f"C1,{ZN}"))
    merging.merge(here, "B1", "C1", {}, "张三")
    merging.merge(here, "A1", "B1", {}, "张三")
    upload = arrive(here, f"C1,{ZN}", f"A1,{ZN}")
    assert upload.counts == {"reject": 1, "same": 1}
    [row] = here.store.imports.rows(upload.id, ("reject",))
    assert row.codes == "E_CODE_MERGED"
    assert "A1" in row.message
    confirm(here, upload)
    assert here.store.codes() == ["A1"]
    assert import_batch.find(here, upload.id).batch == 2
