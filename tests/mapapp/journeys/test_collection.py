"""A round of reporting: sent out, filled in by an office, collected, put together."""

import io
import zipfile
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from chains import UnknownName
from mapapp.journeys import rounds, send_out
from mapapp.journeys.bureau import Bureau
from mapapp.journeys.collect import NEW, ReturnReport, RowKind, preview
from mapapp.journeys.load_sample import load_sample
from mapapp.journeys.round_summary import round_summary
from mapapp.journeys.rounds import State, read_return, take_in, view_round, write_return
from mapapp.journeys.sent_back import sent_back
from mapapp.ledger.headers import Field
from mapapp.ledger.project import InvestmentProject, Stage
from mapapp.ledger.reporting import ReceiverKind
from mapapp.ledger.three_way import Outcome
from mapapp.store import ImportBatch, ProjectChange, ProjectFilter, StaleRow, Store, StoreError
from mapapp.store.collection import AlreadyConfirmed
from tests.mapapp.documents.soffice import converted
from tests.mapapp.office import change, fill, line, place

YUNYANG = "420304"
PROJECT = "P048"


@pytest.fixture
def city(empty_bureau: Bureau) -> Bureau:
    load_sample(empty_bureau)
    return empty_bureau


@pytest.fixture
def sent(city: Bureau) -> tuple[int, bytes]:
    """A round to three receivers, and the workbook of 郧阳区."""
    number = open_round(city, "十一月进展", YUNYANG, "420302", "十堰经济技术开发区")
    view = view_round(city, number)
    return number, send_out.workbook(city, view.round, view.standings[0].dispatch)


def open_round(bureau: Bureau, title: str, *keys: str) -> int:
    due = bureau.today + timedelta(days=7)
    return send_out.open_round(bureau, title, ReceiverKind.PLACE, keys, due, "张三")


def edit(bureau: Bureau, code: str, **fields: object) -> None:
    """Somebody at the bureau changes a project."""
    before = held(bureau, code)
    batch = ImportBatch("王五", "", "")
    bureau.store.save_import(batch, [ProjectChange(replace(before, **fields), before)])  # type: ignore[arg-type]


def held(bureau: Bureau, code: str) -> InvestmentProject:
    found = bureau.store.project(code)
    assert found is not None
    return found


def returned(bureau: Bureau, round: int, data: bytes) -> tuple[int, ReturnReport]:
    (number,) = take_in(bureau, [("报回.xlsx", data)], round, "李四")
    assert isinstance(number, int), number
    return number, read_return(bureau, round, number)[1]


def confirm(bureau: Bureau, round: int, data: bytes, *adopted: str) -> ReturnReport:
    number, report = returned(bureau, round, data)
    write_return(bureau, round, number, adopted, report.fingerprint, "李四")
    return report


def test_a_workbook_is_ready_to_be_filled_in(city: Bureau, sent: tuple[int, bytes]) -> None:
    book = openpyxl.load_workbook(io.BytesIO(sent[1]))
    assert {s.title: s.sheet_state for s in book} == {
        "项目": "visible",
        "填表说明": "visible",
        "选项": "hidden",
        "_链图": "veryHidden",
    }
    sheet = book.worksheets[0]
    assert sheet.protection.sheet
    assert (sheet.freeze_panes, sheet.page_setup.orientation) == ("E4", "landscape")
    assert str(sheet.page_setup.paperSize) == "9"
    assert sheet.column_dimensions["A"].hidden
    assert "郧阳区" in sheet["C1"].value
    row = place(sheet, "项目编号")
    assert sheet.cell(4, row).protection.locked
    assert not sheet.cell(4, row + 1).protection.locked
    assert sheet.cell(4, row + 1).number_format == "@"
    lists = [v for v in sheet.data_validations.dataValidation if v.type == "list"]
    assert len(lists) == 4
    assert all(v.formula1.startswith("选项!") or v.formula1.startswith("=选项!") for v in lists)
    assert "万元" in sheet.cell(3, place(sheet, "投资额（万元）")).comment.text
    keys = [sheet.cell(r, 1).value for r in range(4, sheet.max_row + 1)]
    assert len(set(keys)) == len(keys) == 14 + send_out.BLANK_ROWS


def test_text_like_a_formula_goes_out_and_comes_back_as_text(city: Bureau) -> None:
    edit(city, PROJECT, note='=HYPERLINK("http://x")', leader="+1")
    number = open_round(city, "一", YUNYANG)
    view = view_round(city, number)
    data = send_out.workbook(city, view.round, view.standings[0].dispatch)
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    note = next(cell for row in sheet.iter_rows() for cell in row if "HYPERLINK" in str(cell.value))
    assert note.data_type == "s"
    assert preview(city, data, "a", number).count("same") == 14


def test_it_survives_libreoffice(city: Bureau, sent: tuple[int, bytes], tmp_path: Path) -> None:
    saved = converted(sent[1], "xlsx", tmp_path, to="xlsx")
    report = preview(city, fill(saved, (PROJECT, "投资额（万元）", 5000)), "a", sent[0])
    assert (report.refused, report.count("same"), report.count("changed")) == ("", 13, 1)


def test_each_project_goes_to_one_receiver(city: Bureau, sent: tuple[int, bytes]) -> None:
    store = city.store.collection
    codes = [
        row.project_code
        for dispatch in store.dispatches(sent[0])
        for row in store.rows(dispatch.id)
        if row.project_code
    ]
    assert len(codes) == len(set(codes)) == 14 + 16
    zoned = [p for p in city.store.projects() if p.zone == "十堰经济技术开发区"]
    assert {p.project_code for p in zoned} <= set(codes)


def test_by_department(city: Bureau) -> None:
    edit(city, PROJECT, lead_department="市经信局")
    kind = ReceiverKind.DEPARTMENT
    assert [(r.name, r.projects) for r in send_out.receivers(city, kind)] == [("市经信局", 1)]
    number = send_out.open_round(city, "一", kind, ["市经信局"], None, "张三")
    assert view_round(city, number).projects == 1


def test_the_bundle_holds_every_workbook(city: Bureau, sent: tuple[int, bytes]) -> None:
    view = view_round(city, sent[0])
    data = send_out.bundle(city, view.round, [s.dispatch for s in view.standings])
    names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    assert names == [
        "十一月进展-郧阳区.xlsx", "十一月进展-茅箭区.xlsx", "十一月进展-十堰经济技术开发区.xlsx",
    ]  # fmt: skip


def test_an_untouched_workbook_changes_nothing(city: Bureau, sent: tuple[int, bytes]) -> None:
    before = city.store.projects()
    report = confirm(city, *sent)
    assert (report.count("same"), len(report.rows)) == (14, 14)
    assert city.store.projects() == before


def test_it_updates_exactly_its_cells(city: Bureau, sent: tuple[int, bytes]) -> None:
    before = {p.project_code: p for p in city.store.projects()}
    data = fill(
        sent[1],
        (PROJECT, "投资额（万元）", 123456.78),
        (PROJECT, "状态", "投产"),
        (PROJECT, "备注", "等待环评"),
    )
    report = confirm(city, sent[0], data)
    assert {o.change.field for r in report.rows for o in r.offers} == {
        Field.CONTRACTED, Field.STATUS, Field.NOTE,
    }  # fmt: skip
    after = held(city, PROJECT)
    assert after.contracted_investment is not None
    assert after.contracted_investment.wan == Decimal("123456.78")
    assert (after.stage, after.note) == (Stage.PRODUCING, "等待环评")
    assert after.last_confirmed is not None
    assert after.last_confirmed.last == city.today
    others = {p.project_code: p for p in city.store.projects()}
    assert {c: p for c, p in others.items() if c != PROJECT} == {
        c: p for c, p in before.items() if c != PROJECT
    }
    last = city.store.history("project", PROJECT)[-1]
    assert (last.changed_by, last.new["note"]) == ("李四", "等待环评")
    assert last.batch is not None


def test_a_cell_that_the_ledger_changed_is_a_conflict(
    city: Bureau, sent: tuple[int, bytes]
) -> None:
    edit(city, PROJECT, note="市里改的", product="市里的产品")
    data = fill(sent[1], (PROJECT, "备注", "县里改的"), (PROJECT, "责任领导", "县长"))
    _, report = returned(city, sent[0], data)
    row = next(r for r in report.rows if r.kind is RowKind.CHANGED)
    outcomes = {o.change.field: o.change for o in row.offers}
    assert outcomes[Field.LEADER].outcome is Outcome.CHANGED
    conflict = outcomes[Field.NOTE]
    assert (conflict.outcome, conflict.current, conflict.returned) == (
        Outcome.CONFLICT, "市里改的", "县里改的",
    )  # fmt: skip
    confirm(city, sent[0], data)
    kept = held(city, PROJECT)
    assert (kept.note, kept.leader, kept.product) == ("市里改的", "县长", "市里的产品")
    confirm(city, sent[0], data, row.decision(Field.NOTE))
    assert held(city, PROJECT).note == "县里改的"


def test_an_emptied_cell_waits_for_a_word(city: Bureau, sent: tuple[int, bytes]) -> None:
    firm = held(city, PROJECT).enterprise
    assert firm
    data = fill(sent[1], (PROJECT, "企业名称", None))
    report = confirm(city, sent[0], data)
    row = next(r for r in report.rows if r.offers)
    assert row.offers[0].change.outcome is Outcome.CLEARED
    assert held(city, PROJECT).enterprise == firm
    confirm(city, sent[0], data, row.decision(Field.ENTERPRISE))
    assert held(city, PROJECT).enterprise == ""


def test_a_second_return_goes_on_from_the_first(city: Bureau, sent: tuple[int, bytes]) -> None:
    confirm(city, sent[0], fill(sent[1], (PROJECT, "备注", "一")))
    report = confirm(city, sent[0], fill(sent[1], (PROJECT, "备注", "二")))
    assert report.waiting == 0
    assert held(city, PROJECT).note == "二"


NEW_ROW = ((None, "项目名称", "测试新项目"), (None, "县市区", "郧阳区"), (None, "状态", "在谈"))


def test_a_new_project_comes_in_once(city: Bureau, sent: tuple[int, bytes]) -> None:
    total = city.store.count()
    data = fill(sent[1], *NEW_ROW)
    confirm(city, sent[0], data)
    again = confirm(city, sent[0], data)
    assert (again.count("same"), len(again.rows)) == (15, 15)
    assert city.store.count() == total + 1
    view = view_round(city, sent[0])
    fresh = send_out.workbook(city, view.round, view.standings[0].dispatch)
    report = confirm(city, sent[0], fill(fresh, (f"{city.today.year}-0001", "备注", "来了")))
    assert report.count("changed") == 1
    made = held(city, f"{city.today.year}-0001")
    assert made.note == "来了"
    assert (made.name, made.county, made.stage) == ("测试新项目", YUNYANG, Stage.TALKS)


def test_a_likely_duplicate_waits_for_a_word(city: Bureau, sent: tuple[int, bytes]) -> None:
    total, name = city.store.count(), held(city, PROJECT).name
    data = fill(sent[1], (None, "项目名称", name), (None, "县市区", "郧阳区"))
    report = confirm(city, sent[0], data)
    row = next(r for r in report.rows if r.kind is RowKind.NEW)
    assert row.alike == (PROJECT,)
    assert city.store.count() == total
    confirm(city, sent[0], data, row.decision(NEW))
    assert city.store.count() == total + 1


@pytest.mark.parametrize(
    ("title", "value", "said"),
    [
        ("县市区", "武汉市", "武汉"),
        ("投资额（万元）", "很多", "很多"),
        ("状态", "快了", "快了"),
        ("签约日期", "大概去年", "大概去年"),
        ("产业链", "星际航行", "星际航行"),
        ("项目编号", "P999", "P999"),
    ],
)
def test_what_cannot_be_is_sent_back_with_the_reason(
    city: Bureau, sent: tuple[int, bytes], title: str, value: str, said: str
) -> None:
    report = preview(city, fill(sent[1], (PROJECT, title, value)), "a", sent[0])
    row = next(r for r in report.rows if r.kind is RowKind.REJECTED)
    assert said in "".join(row.reasons)
    assert report.count("same") == 13


def test_rows_that_were_moved_about(city: Bureau, sent: tuple[int, bytes]) -> None:
    def copy_and_drop(sheet: openpyxl.worksheet.worksheet.Worksheet) -> None:
        sheet.cell(5, 1).value = sheet.cell(4, 1).value
        sheet.cell(6, 1).value = None
        sheet.cell(7, 2).value = "9"
        sheet.cell(8, 1).value = "R99999"

    report = preview(city, change(sent[1], copy_and_drop), "a", sent[0])
    reasons = ["".join(r.reasons) for r in report.rows if r.kind is RowKind.REJECTED]
    assert len(reasons) == 5
    assert "几次" in reasons[0]
    assert "没有行标识" in reasons[2]
    assert "版本" in reasons[3]
    assert "不是这份表里的" in reasons[4]
    assert report.count("absent") == 3


def test_another_round_city_or_token_is_refused_by_name(
    city: Bureau, sent: tuple[int, bytes]
) -> None:
    other = open_round(city, "十二月进展", YUNYANG)
    report = preview(city, sent[1], "a", other)
    assert report.code == "E_RETURN_ROUND"
    assert "十一月进展" in report.refused
    assert "十二月进展" in report.refused

    token = openpyxl.load_workbook(io.BytesIO(sent[1]))["_链图"]["A1"].value
    swaps = {
        "E_RETURN_CITY": token.replace("420300", "420600"),
        "E_RETURN_TOKEN": token[:-1] + ("0" if token[-1] != "0" else "1"),
        "E_RETURN_UNKNOWN": None,
    }
    for code, text in swaps.items():
        report = preview(city, with_token(sent[1], text, text), "a", sent[0])
        assert report.code == code, report.refused
    assert (
        "襄阳市"
        in preview(city, with_token(sent[1], *[swaps["E_RETURN_CITY"]] * 2), "a", sent[0]).refused
    )
    half = preview(city, with_token(sent[1], token, token[:-1] + "x"), "a", sent[0])
    assert half.code == "E_RETURN_TOKEN"


def with_token(data: bytes, visible: str | None, hidden: str | None) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(data))
    book.worksheets[0]["A1"] = visible
    book["_链图"]["A1"] = hidden
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def test_a_missing_column_is_refused(city: Bureau, sent: tuple[int, bytes]) -> None:
    def rename(sheet: openpyxl.worksheet.worksheet.Worksheet) -> None:
        sheet.cell(3, place(sheet, "责任领导")).value = "领导"

    report = preview(city, change(sent[1], rename), "a", sent[0])
    assert report.code == "E_HEADER_MISSING"
    assert "责任领导" in report.refused


def test_who_has_reported(city: Bureau, sent: tuple[int, bytes]) -> None:
    number, data = sent
    view = view_round(city, number)
    assert [s.state for s in view.standings] == [State.MISSING] * 3
    taken, report = returned(city, number, fill(data, (PROJECT, "备注", "一")))
    assert view_round(city, number).standings[0].state is State.PENDING
    write_return(city, number, taken, (), report.fingerprint, "李四")
    view = view_round(city, number)
    assert [s.state for s in view.standings] == [State.DONE, State.MISSING, State.MISSING]
    text = rounds.reminder(city, view)
    assert "茅箭区、十堰经济技术开发区" in text
    assert "郧阳区" not in text
    assert "2 家" in text
    assert view.standings[0].confirmed[0].updated == 1


def test_confirmed_once_and_only_as_it_was_shown(city: Bureau, sent: tuple[int, bytes]) -> None:
    number, report = returned(city, sent[0], fill(sent[1], (PROJECT, "备注", "一")))
    edit(city, PROJECT, note="市里抢先")
    with pytest.raises(StoreError, match="还没有写入"):
        write_return(city, sent[0], number, (), report.fingerprint, "李四")
    assert held(city, PROJECT).note == "市里抢先"
    again = read_return(city, sent[0], number)[1]
    write_return(city, sent[0], number, (), again.fingerprint, "李四")
    with pytest.raises(AlreadyConfirmed):
        write_return(city, sent[0], number, (), again.fingerprint, "李四")


def test_nothing_is_written_where_one_project_is_stale(
    city: Bureau, sent: tuple[int, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    data = fill(sent[1], (PROJECT, "备注", "一"), *NEW_ROW)
    number, report = returned(city, sent[0], data)
    total = city.store.count()
    rows = [
        replace(row, before=replace(row.before, row_version=9)) if row.before else row
        for row in report.rows
    ]
    stale = replace(report, rows=tuple(rows))
    monkeypatch.setattr("mapapp.journeys.collect.preview", lambda *_: stale)
    with pytest.raises(StaleRow):
        write_return(city, sent[0], number, (), stale.fingerprint, "李四")
    assert city.store.count() == total
    assert held(city, PROJECT).note != "一"


def test_a_round_needs_a_name_and_somebody(city: Bureau) -> None:
    for title, keys, days in (("", [YUNYANG], 1), ("一", [], 1), ("一", [YUNYANG], -1)):
        with pytest.raises(send_out.NotSent):
            send_out.open_round(
                city, title, ReceiverKind.PLACE, keys, city.today + timedelta(days), "张三"
            )
    with pytest.raises(UnknownName):
        send_out.open_round(city, "一", ReceiverKind.PLACE, ["420600"], None, "张三")


def test_the_rounds_survive_a_new_start(city: Bureau, sent: tuple[int, bytes]) -> None:
    again = replace(city, store=Store.open(city.settings.database_url, city.city.code))
    assert rounds.list_rounds(again)[0].round.title == "十一月进展"
    assert preview(again, sent[1], "a", sent[0]).count("same") == 14


def test_rejected_rows_come_back_with_their_reasons(city: Bureau, sent: tuple[int, bytes]) -> None:
    data = fill(
        sent[1],
        (PROJECT, "备注", "收下的"),
        ("P005", "状态", "快了"),
        (None, "项目名称", "没有县的新项目"),
        (None, "投资额（万元）", "很多"),
    )
    _, report = returned(city, sent[0], data)
    book = sent_back(city, report)
    sheet = openpyxl.load_workbook(io.BytesIO(book)).worksheets[0]
    reason = place(sheet, "退回原因")
    codes = [sheet.cell(row, place(sheet, "项目编号")).value for row in (4, 5)]
    assert codes == ["P005", None]
    assert sheet.max_row == 5
    assert "快了" in sheet.cell(4, reason).value
    assert sheet.freeze_panes == "F4"

    again = preview(city, book, "退回的行.xlsx", sent[0])
    assert [row.kind for row in again.rows if row.number] == [RowKind.REJECTED] * 2
    mended = fill(
        book,
        ("P005", "状态", "签约"),
        (None, "县市区", "郧阳区"),
        (None, "投资额（万元）", 3000),
    )
    confirm(city, sent[0], mended)
    assert held(city, "P005").stage is Stage.SIGNED
    new = city.store.projects(ProjectFilter(text="没有县的新项目"))
    assert [project.county for project in new] == [YUNYANG]
    assert held(city, PROJECT).note != "收下的"


def test_a_fault_that_a_copy_hides_keeps_its_row_out(city: Bureau, sent: tuple[int, bytes]) -> None:
    def without_result(sheet: Worksheet) -> None:
        sheet.cell(line(sheet, PROJECT), place(sheet, "投资额（万元）")).value = "=1+1"

    _, report = returned(city, sent[0], change(sent[1], without_result))
    book = sent_back(city, report)
    again = preview(city, book, "退回的行.xlsx", sent[0])
    assert [row.kind for row in again.rows if row.number] == [RowKind.REJECTED]
    whole = fill(book, (PROJECT, "改好后删去", None), (PROJECT, "投资额（万元）", 2))
    (row,) = (row for row in preview(city, whole, "a.xlsx", sent[0]).rows if row.number)
    assert row.kind is RowKind.CHANGED


def test_the_summary_holds_every_project_of_the_round(
    city: Bureau, sent: tuple[int, bytes]
) -> None:
    number, data = sent
    before = round_summary(city, view_round(city, number))
    confirm(city, number, fill(data, (PROJECT, "备注", "等待环评"), *NEW_ROW))
    table = round_summary(city, view_round(city, number))
    assert len(table.rows) == len(before.rows) + 1
    titles = [column.title for column in table.columns]
    code, note = titles.index("项目编号"), titles.index("备注")
    (row,) = (row for row in table.rows if row[code] == PROJECT)
    assert (row[0], row[1], row[note]) == ("郧阳区", "已报送", "等待环评")
    assert {row[1] for row in table.rows if row[0] != "郧阳区"} == {"未报送"}
    assert "更新 1 个，新增 1 个" in table.notes[0].text
