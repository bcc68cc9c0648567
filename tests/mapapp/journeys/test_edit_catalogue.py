"""编辑链谱: download, change, see, apply, go back; and everybody sees the same catalogue."""

import io
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import openpyxl
import pytest

from chains import UnknownName
from mapapp.journeys import catalogue_history as history
from mapapp.journeys import edit_catalogue as editing
from mapapp.journeys.bureau import Bureau, open_bureau
from mapapp.journeys.catalogue_sheets import GUIDE, chain_workbook, new_workbook
from mapapp.journeys.edit_catalogue import EditRefused, EditReport
from mapapp.journeys.gaps import find_gaps
from mapapp.journeys.load_sample import load_sample
from mapapp.store import ImportBatch, ProjectChange
from mapapp.store.catalogue import CatalogueChanged

CHAIN = "power_battery"
Change = Callable[[Any], None]


def edited(bureau: Bureau, change: Change, chain: str = CHAIN) -> bytes:
    """A chain's workbook after a change with openpyxl."""
    book = openpyxl.load_workbook(io.BytesIO(chain_workbook(bureau, chain).data))
    change(book)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def share(value: float) -> Change:
    def change(book: Any) -> None:
        book["供需关系"]["C2"] = value

    return change


def drop(link: str) -> Change:
    """Take a link out, with its edges, and the firms that are nowhere else."""

    def change(book: Any) -> None:
        for name, columns in (("环节", (1,)), ("供需关系", (1, 2)), ("企业产品", (2,))):
            _delete(book[name], lambda row, at=columns: link in [row[c - 1] for c in at])
        left = {cell.value for cell in book["企业产品"]["A"]}
        _delete(book["企业"], lambda row: row[0] not in left)
        for row in book["限制"].iter_rows(min_row=2):
            named = [name for name in str(row[2].value or "").split("；") if name != link]
            row[2].value = "；".join(named) or None

    return change


def _delete(sheet: Any, wanted: Callable[[list[Any]], bool]) -> None:
    for number in range(sheet.max_row, 1, -1):
        if wanted([cell.value for cell in sheet[number]]):
            sheet.delete_rows(number)


def apply(bureau: Bureau, data: bytes, note: str = "试") -> Bureau:
    editing.commit(bureau, editing.preview(bureau, data, "链谱.xlsx"), note, "张三")
    return bureau.current()


def first_share(bureau: Bureau) -> float:
    return bureau.catalogue.chain(CHAIN).edges[0].share


def test_every_workbook_comes_back_as_it_went(bureau: Bureau) -> None:
    for chain in bureau.catalogue.chains:
        report = editing.preview(bureau, chain_workbook(bureau, chain).data, "x.xlsx")
        assert (report.faults, report.changes, report.texts) == ((), (), {})
        assert not report.writes


def test_the_workbook_explains_itself(bureau: Bureau) -> None:
    book = openpyxl.load_workbook(io.BytesIO(chain_workbook(bureau, CHAIN).data))
    assert "、".join(book.sheetnames) == (
        "说明、产业链、词语、环节、供需关系、企业、企业产品、扩产动向、限制、出处"
    )
    said = {(row[0].value, row[1].value): row[2].value for row in book[GUIDE].iter_rows()}
    for sheet in book.worksheets[2:]:
        for cell in sheet[1]:
            assert said[sheet.title, cell.value], (sheet.title, cell.value)
    assert said["本市区划", "420381"] == "丹江口市"
    assert ("计量", "投入系数") in said
    assert [cell.value for cell in book["产业链"][2]] == ["代号", CHAIN]
    edge = bureau.catalogue.chain(CHAIN).edges[0]
    assert [cell.value for cell in book["供需关系"][2]][:3] == [
        edge.supplier, edge.user, edge.share,
    ]  # fmt: skip
    firm = bureau.catalogue.enterprises_on(edge.supplier)[0]
    row = next(row for row in book["企业"].iter_rows() if row[0].value == firm.name)
    assert row[2].value == firm.stock_code
    assert row[3].value.startswith(f"{firm.city} ")


def test_a_share_is_changed_and_changed_back(empty_bureau: Bureau) -> None:
    before = first_share(empty_bureau)
    report = editing.preview(empty_bureau, edited(empty_bureau, share(0.123)), "链谱.xlsx")
    [change] = report.changes
    assert (change.action, change.what) == ("修改", "供需关系")
    assert change.fields == (("投入系数", f"{before:g}", "0.123"),)
    assert set(report.texts) == {f"{CHAIN}.yaml"}
    after = apply(empty_bureau, edited(empty_bureau, share(0.123)), "重算")
    assert first_share(after) == 0.123
    assert first_share(empty_bureau) == before  # who began earlier goes on with what he saw
    assert after.current() is after
    [own] = history.own_files(after)
    assert (own.label, own.changed_by, own.is_new, own.moved) == (
        "新型动力电池", "张三", False, False,
    )  # fmt: skip
    [edit] = history.edits(after)
    assert (edit.number, edit.note, edit.undoable) == (1, "重算", True)
    history.undo(after, 1, "李四")
    back = after.current()
    assert first_share(back) == before
    assert back.catalogue == empty_bureau.catalogue
    assert history.own_files(back) == []
    assert [(e.number, e.changed_by, e.undoable) for e in history.edits(back)] == [
        (2, "李四", True),
        (1, "张三", False),
    ]


def test_whoever_opens_the_bureau_anew_sees_it(empty_bureau: Bureau) -> None:
    apply(empty_bureau, edited(empty_bureau, share(0.123)))
    assert first_share(open_bureau(empty_bureau.settings)) == 0.123


def test_what_was_worked_out_before_is_forgotten(empty_bureau: Bureau) -> None:
    load = [gap.here.link for gap in find_gaps(empty_bureau, chain=CHAIN)]
    gone = "铝塑膜"
    assert gone in load
    after = apply(empty_bureau, edited(empty_bureau, drop(gone)))
    assert gone not in [gap.here.link for gap in find_gaps(after, chain=CHAIN)]
    elsewhere = [firm.name for firm in after.catalogue.enterprises_on("包装")]
    assert "紫江企业" in elsewhere, "only its link in this chain is gone"


def test_two_edits_are_undone_one_after_the_other(empty_bureau: Bureau) -> None:
    one = apply(empty_bureau, edited(empty_bureau, share(0.1)))
    two = apply(one, edited(one, share(0.2)))
    with pytest.raises(EditRefused, match="又改过"):
        history.undo(two, 1, "x")
    history.undo(two, 2, "x")
    assert first_share(two.current()) == 0.1
    with pytest.raises(UnknownName):
        history.undo(two, 9, "x")


def test_restoring_leads_back_to_what_is_shipped(empty_bureau: Bureau) -> None:
    one = apply(empty_bureau, edited(empty_bureau, share(0.1)))
    two = apply(one, edited(one, share(0.2)))
    history.restore(two, [], "x")
    assert two.current().catalogue == empty_bureau.catalogue
    with pytest.raises(EditRefused, match="随产品的版本"):
        history.restore(two.current(), [], "x")
    with pytest.raises(UnknownName):
        history.restore(two.current(), ["../x.yaml"], "x")


def test_an_edit_that_somebody_overtook_is_not_written(empty_bureau: Bureau) -> None:
    stale = editing.preview(empty_bureau, edited(empty_bureau, share(0.1)), "x.xlsx")
    apply(empty_bureau, edited(empty_bureau, share(0.2)))
    with pytest.raises(CatalogueChanged):
        editing.commit(empty_bureau, stale, "", "x")
    assert first_share(empty_bureau.current()) == 0.2


def test_who_stands_on_a_link_that_goes_is_told(empty_bureau: Bureau) -> None:
    own = replace(empty_bureau)
    data = edited(own, drop("磷酸铁锂正极"))
    assert editing.preview(own, data, "x.xlsx").stranded == ()
    store = empty_bureau.store
    assert store.is_empty()
    load_sample(own)
    report = editing.preview(own, data, "x.xlsx")
    [stranded] = report.stranded
    assert stranded.link == "磷酸铁锂正极"
    assert stranded.enterprises + stranded.projects > 0
    assert "磷酸铁锂正极" in [c.name for c in report.changes if c.action == "删去"]
    after = apply(own, data)
    assert find_gaps(after, chain=CHAIN)


def test_a_gate_is_edited_by_the_office(empty_bureau: Bureau) -> None:
    def change(book: Any) -> None:
        book["限制"].append(
            ["用地", "不得新建", "电解液", "420381 丹江口市", "一期没有地", "某公告", None, "2025"]
        )

    after = apply(empty_bureau, edited(empty_bureau, change))
    [gate] = set(after.catalogue.gates) - set(empty_bureau.catalogue.gates)
    assert (gate.link, gate.place, gate.source.date) == ("电解液", "420381", "2025")
    gap = next(g for g in find_gaps(after, chain=CHAIN) if g.here.link == "电解液")
    assert gate in gap.here.gates
    assert [own.label for own in history.own_files(after)] == ["十堰市的限制"]


def new_chain(bureau: Bureau) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(new_workbook(bureau).data))
    book["产业链"]["B2"], book["产业链"]["B3"] = "bamboo", "竹制品"
    for row in (["原石", "上游"], ["饰品", "下游"]):
        book["环节"].append(row)
    book["供需关系"].append(["原石", "饰品", 0.4, "估计", "按进价", "是"])
    book["企业"].append(["某石", None, None, "竹山县", None, None, "县政府网站"])
    book["企业产品"].append(["某石", "饰品", "手链"])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def test_a_new_chain_comes_and_goes(empty_bureau: Bureau) -> None:
    report = editing.preview(empty_bureau, new_chain(empty_bureau), "新.xlsx")
    assert report.faults == ()
    assert report.is_new
    assert set(report.texts) == {"bamboo.yaml", "enterprises/bamboo.yaml"}
    after = apply(empty_bureau, new_chain(empty_bureau))
    assert after.catalogue.chain("竹制品").links.keys() == {"原石", "饰品"}
    [firm] = after.catalogue.enterprises_on("饰品")
    assert firm.city == "420323"
    assert [own.is_new for own in history.own_files(after)] == [True, True]
    with pytest.raises(EditRefused, match="一起恢复"):
        history.restore(after, ["bamboo.yaml"], "x")  # its firm would be left on no link
    history.undo(after, 1, "x")
    assert after.current().catalogue == empty_bureau.catalogue


def test_a_chain_that_the_ledger_speaks_of_does_not_go(empty_bureau: Bureau) -> None:
    after = apply(empty_bureau, new_chain(empty_bureau))
    load_sample(after)
    one = after.store.projects(limit=1)[0]
    moved = replace(one, chain="bamboo")
    after.store.save_import(
        ImportBatch("x", "x.csv", "0" * 64, 0, 1, 0, 0, 0), [ProjectChange(moved, one)]
    )
    with pytest.raises(EditRefused, match="1 个项目"):
        history.undo(after.current(), 1, "x")


def test_what_does_not_fit_the_shipped_catalogue_any_more_steps_aside(
    empty_bureau: Bureau,
) -> None:
    """After an update of the product, a revision may name a link that is gone."""
    text = "enterprises:\n- {name: 甲, city: '420300', links: [{link: 没有的, products: 甲}]}\n"
    empty_bureau.store.catalogue.save({"enterprises/x.yaml": text}, {}, "", "x", 0)
    here = empty_bureau.current()
    assert here.catalogue == empty_bureau.catalogue
    assert any("没有叫“没有的”的环节" in fault.message for fault in here.catalogue_faults)
    report = editing.preview(here, chain_workbook(here, CHAIN).data, "x.xlsx")
    assert "请先" in report.refused
    with pytest.raises(EditRefused):
        editing.commit(here, report, "", "x")
    history.restore(here, ["enterprises/x.yaml"], "x")
    assert here.current().catalogue_faults == ()


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 no zip", b"a,b\n1,2\n", b"\x00" * 100])
def test_a_file_that_is_no_workbook_is_refused(empty_bureau: Bureau, data: bytes) -> None:
    report = editing.keep(empty_bureau, data, "../../x.xlsx", "x")
    assert isinstance(report, EditReport)
    assert report.refused or report.faults
    assert empty_bureau.store.catalogue.newest() == 0


def test_hostile_cells_stay_text(empty_bureau: Bureau) -> None:
    texts = ["=1+1", "{{7*7}}", "${alert(1)}", "<script>alert(1)</script>", "a: &b [*c", "'; DROP"]

    def change(book: Any) -> None:
        for row, text in enumerate(texts, start=2):
            cell = book["环节"].cell(row, 3)
            cell.value, cell.data_type = text, "s"

    after = apply(empty_bureau, edited(empty_bureau, change))
    links = list(after.catalogue.chain(CHAIN).links.values())
    assert [link.products for link in links[: len(texts)]] == texts
    again = editing.preview(after, chain_workbook(after, CHAIN).data, "x.xlsx")
    assert again.changes == ()


def test_a_formula_gives_its_result_or_is_refused(empty_bureau: Bureau) -> None:
    def change(book: Any) -> None:
        book["供需关系"]["C2"] = "=0.1+0.2"  # openpyxl stores no result

    [fault] = editing.preview(empty_bureau, edited(empty_bureau, change), "x.xlsx").faults
    assert fault.place == "“供需关系”表第 2 行 C 列“投入系数”"
    assert "没有算出结果的公式" in fault.message
