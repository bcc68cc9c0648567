"""Lists come back as they were kept; two who write the same row: the second is told."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from mapapp.ledger.following import FollowUp
from mapapp.ledger.project import InvestmentProject
from mapapp.ledger.project_codes import CodeSeries
from mapapp.outreach.target_list import (
    Approach,
    ListRule,
    ListVersion,
    Pursuit,
    Revision,
    ScorePart,
    TargetList,
    TargetRow,
    Visit,
    Why,
)
from mapapp.store import ProjectChange, RowChange, Sample, StaleRow, Store

DAY = date(2026, 11, 24)
WHY = Why(
    3, 71.5, (ScorePart("业务契合", 30.1, 40, True),), ("本地有客户",), "missing", "补链",
    82.0, True, ("水源保护区：不得新建",), ("甲厂",), ("乙厂",), "310000",
)  # fmt: skip
RULE = ListRule("420302", "battery", "隔膜", "310000", "上海招商专班", 3, 50)
LIST = TargetList("上海 12 月", DAY, "张三", "上海招商专班", "R01", "说明", RULE)
ROWS = [
    TargetRow(0, "星源材质", "隔膜", "battery", WHY, Pursuit(Approach.CONTACTED, contact="王总")),
    TargetRow(0, "恩捷股份", "隔膜", "battery"),
]
FIRST = ListVersion(0, 1, DAY, "按规则生成", ("隔膜|恩捷股份", "隔膜|星源材质"))


@pytest.fixture
def store(tmp_path: Path) -> Store:
    opened = Store.open(f"sqlite:///{tmp_path / 'ledger.db'}", "420300")
    opened.load_sample(Sample([InvestmentProject("A", "甲"), InvestmentProject("B", "乙")]), "t")
    return opened


def test_a_list_comes_back_as_it_was_kept(store: Store) -> None:
    lists = store.target_lists
    number = lists.make(LIST, ROWS, FIRST, "测试")
    assert lists.find(number) == replace(LIST, id=number)
    assert lists.find(99) is None
    assert [replace(row, id=0, list=0) for row in lists.rows(number)] == ROWS
    assert lists.versions(number) == [replace(FIRST, list=number, by="测试")]
    assert lists.rows_of_firm("恩捷股份") == lists.rows(number)[1:]


def test_a_version_adds_and_drops(store: Store) -> None:
    lists = store.target_lists
    number = lists.make(LIST, ROWS, FIRST, "测试")
    item, (one, two) = lists.find(number), lists.rows(number)
    assert item is not None
    new = TargetRow(number, "沧州明珠", "隔膜", "battery")
    lists.revise(item, Revision((new,), (two,), (one,), ()), ListVersion(number, 2, DAY), "测试")
    found = lists.rows(number)
    assert [row.firm for row in found if row.stands_in(1)] == ["星源材质", "恩捷股份"]
    assert [row.firm for row in found if row.stands_in(2)] == ["星源材质", "沧州明珠"]
    with pytest.raises(StaleRow):
        lists.revise(item, Revision((), (), (), ()), ListVersion(number, 3, DAY), "测试")


def test_rows_and_contacts_are_written_together_or_not_at_all(store: Store) -> None:
    lists = store.target_lists
    number = lists.make(LIST, ROWS, FIRST, "测试")
    one, two = lists.rows(number)
    met = Visit(one.id, DAY, Approach.VISITED, "李四", "王总", "看了样品")
    gone = replace(one, pursuit=replace(one.pursuit, approach=Approach.VISITED))
    lists.save([RowChange(gone, one, (met,))], "测试")
    assert lists.row(one.id) == replace(gone, row_version=2)
    assert lists.visits_of(one.id) == [replace(met, id=1)] == lists.visits(number)
    late = RowChange(replace(one, pursuit=Pursuit()), one)
    with pytest.raises(StaleRow):
        lists.save([RowChange(replace(two, pursuit=Pursuit(note="x")), two), late], "别人")
    assert lists.row(two.id) == two


def test_what_stood_in_a_version_is_told(store: Store) -> None:
    lists = store.target_lists
    number = lists.make(LIST, ROWS, FIRST, "测试")
    one = lists.rows(number)[0]
    for text in ("甲", "乙"):
        now = lists.row(one.id)
        assert now is not None
        lists.save([RowChange(replace(now, pursuit=replace(now.pursuit, note=text)), now)], "t")
    seen = {v: lists.cells_then({one.id: v})[one.id]["备注"] for v in (1, 2, 3)}
    assert seen == {1: "", 2: "甲", 3: "乙"}
    assert lists.cells_then({one.id: 9, 99: 1}) == {}


def test_a_signature_makes_the_project_the_row_and_its_history_at_once(store: Store) -> None:
    lists = store.target_lists
    one = lists.rows(lists.make(LIST, ROWS, FIRST, "测试"))[0]
    signed = replace(one, pursuit=replace(one.pursuit, approach=Approach.SIGNED))
    project = InvestmentProject("0", "隔膜项目", enterprise="星源材质")
    series = CodeSeries("2026-", "", 4)
    contact = FollowUp("0", DAY, "李四", "看了样品")
    code = lists.sign(RowChange(signed, one), project, series, [contact], "测试")
    assert store.project(code) is not None
    assert [item.said for item in store.follow_ups.of(code)] == ["看了样品"]
    assert [row.id for row in lists.rows_of_project(code)] == [one.id]
    with pytest.raises(StaleRow):
        lists.sign(RowChange(signed, one), project, series, [contact], "别人")
    assert len(store.projects()) == 3


def test_a_merged_project_hands_its_rows_on(store: Store) -> None:
    lists = store.target_lists
    one = lists.rows(lists.make(LIST, ROWS, FIRST, "测试"))[0]
    lists.save([RowChange(replace(one, project_code="B"), one)], "测试")
    held = store.projects_by_code(["A", "B"])
    store.merges.save(ProjectChange(replace(held["A"], note="合"), held["A"]), held["B"], "测试")
    assert [row.id for row in lists.rows_of_project("A")] == [one.id]


def test_a_list_goes_with_its_rows(store: Store) -> None:
    lists = store.target_lists
    number = lists.make(LIST, ROWS, FIRST, "测试")
    item = lists.find(number)
    assert item is not None
    with pytest.raises(StaleRow):
        lists.remove(replace(item, row_version=7))
    lists.remove(item)
    assert (lists.lists(), lists.rows()) == ([], [])
