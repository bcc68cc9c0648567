"""What went out comes back: exactly what was changed is changed, once; nobody loses work."""

from dataclasses import replace
from datetime import timedelta

import pytest

from mapapp.journeys import list_files, list_form, list_return, pursuit, target_lists
from mapapp.journeys.bureau import Bureau
from mapapp.journeys.list_return import Fate
from mapapp.ledger.problems import FileRefused
from mapapp.outreach.edition import Edition
from mapapp.outreach.target_list import Approach, ListRule, TargetRow
from tests.mapapp.journeys.listed_city import filled, made, missing_link

LIST_HEADER, FORM_HEADER = 4, 3


@pytest.fixture
def id(office: Bureau) -> int:
    chain, _ = missing_link(office)
    return made(office, ListRule(chain=chain, per_link=1, most=6))


def exported(office: Bureau, id: int) -> bytes:
    view = target_lists.view_list(office, id)
    return list_files.list_file(office, view, "xlsx", Edition.INTERNAL, "张三").data


def form(office: Bureau, id: int) -> bytes:
    return list_form.return_workbook(office, target_lists.view_list(office, id)).data


def rows(office: Bureau, id: int) -> list[TargetRow]:
    return office.store.target_lists.rows(id)


def written(office: Bureau, id: int, data: bytes, *adopt: str) -> int:
    file = list_return.keep_return(office, id, data, "回来.xlsx", "测试")
    seen = list_return.kept_return(office, id, file).fingerprint
    return list_return.write_return(office, id, file, adopt, seen, "测试")


@pytest.mark.parametrize("kind", [exported, form])
def test_what_comes_back_untouched_changes_nothing(office, id, kind) -> None:  # type: ignore[no-untyped-def]
    before = rows(office, id)
    found = list_return.read_return(office, id, kind(office, id), "x.xlsx")
    assert {row.fate for row in found.rows} == {Fate.SAME}
    assert len(found.rows) == 6
    assert written(office, id, kind(office, id)) == 0
    assert rows(office, id) == before


@pytest.mark.parametrize(("kind", "header"), [(exported, LIST_HEADER), (form, FORM_HEADER)])
def test_exactly_the_cells_changed_are_changed(office, id, kind, header) -> None:  # type: ignore[no-untyped-def]
    before = rows(office, id)
    one, two = before[0], before[3]
    data = filled(kind(office, id), header, one, {"状态": "已联系", "联系人": "=王总"})
    data = filled(data, header, two, {"下一步": "寄资料", "下一步日期": "2027-01-05"})
    assert written(office, id, data) == 2
    after = rows(office, id)
    assert after[0].pursuit == replace(one.pursuit, approach=Approach.CONTACTED, contact="=王总")
    assert after[3].pursuit.next_step == "寄资料"
    assert str(after[3].pursuit.next_on) == "2027-01-05"
    assert [row for n, row in enumerate(after) if n not in (0, 3)] == [
        row for n, row in enumerate(before) if n not in (0, 3)
    ]
    assert written(office, id, data) == 0


def test_a_visit_comes_back_once(office: Bureau, id: int) -> None:
    one = rows(office, id)[0]
    day = office.today - timedelta(days=2)
    data = filled(
        form(office, id),
        FORM_HEADER,
        one,
        {
            "状态": "已拜访",
            "本次日期": day.isoformat(),
            "对方人员": "王总",
            "谈了什么": "愿意来看",
        },
    )
    assert written(office, id, data) == 1
    [visit] = office.store.target_lists.visits_of(one.id)
    assert (visit.on, visit.approach, visit.met, visit.said) == (
        day, Approach.VISITED, "王总", "愿意来看",
    )  # fmt: skip
    assert written(office, id, data) == 0
    assert office.store.target_lists.visits_of(one.id) == [visit]


def test_what_two_changed_waits_for_a_decision(office: Bureau, id: int) -> None:
    one = rows(office, id)[0]
    data = filled(form(office, id), FORM_HEADER, one, {"联系人": "李总"})
    pursuit.write_row(office, id, one.id, 1, {"联系人": "王总", "备注": "先约"}, "家里")
    assert written(office, id, data) == 0
    assert rows(office, id)[0].pursuit.contact == "王总"
    assert written(office, id, data, f"{one.id}:CONTACT") == 1
    after = rows(office, id)[0].pursuit
    assert (after.contact, after.note) == ("李总", "先约")


def test_what_was_shown_must_still_be_true(office: Bureau, id: int) -> None:
    one = rows(office, id)[0]
    data = filled(form(office, id), FORM_HEADER, one, {"联系人": "李总"})
    file = list_return.keep_return(office, id, data, "x.xlsx", "测试")
    seen = list_return.kept_return(office, id, file).fingerprint
    pursuit.write_row(office, id, one.id, 1, {"联系人": "王总"}, "家里")
    with pytest.raises(FileRefused, match="刚被别人改过"):
        list_return.write_return(office, id, file, [], seen, "测试")


@pytest.mark.parametrize(
    ("title", "value", "words"),
    [
        ("状态", "差不多了", "没有叫“差不多了”的状态"),
        ("状态", "放弃", "放弃原因"),
        ("企业", "别家", "像是排序时没有带上这一列"),
        ("版本", "7", "版本 7 不是这一行出去时的"),
        ("行标识", "", "没有行标识"),
        ("谈了什么", "好", "请填“本次日期”"),
    ],
)
def test_a_row_that_cannot_stand_is_named(
    office: Bureau,
    id: int,
    title: str,
    value: str,
    words: str,
) -> None:
    one = rows(office, id)[0]
    data = filled(form(office, id), FORM_HEADER, one, {title: value})
    found = list_return.read_return(office, id, data, "x.xlsx")
    rejected = [row for row in found.rows if row.fate is Fate.REJECTED]
    assert len(rejected) == 1
    assert words in "；".join(rejected[0].reasons)
    before = rows(office, id)
    assert written(office, id, data) == 0
    assert rows(office, id) == before


def test_another_list_s_workbook_is_refused(office: Bureau, id: int) -> None:
    other = made(office, ListRule(chain="power_battery", most=2), "北京")
    with pytest.raises(FileRefused, match="不是名单“北京”的"):
        list_return.keep_return(office, other, form(office, id), "x.xlsx", "测试")
    view = target_lists.view_list(office, id)
    public = list_files.list_file(office, view, "xlsx", Edition.PUBLIC, "张三").data
    with pytest.raises(FileRefused, match="没有找到“行标识”"):
        list_return.read_return(office, id, public, "x.xlsx")
