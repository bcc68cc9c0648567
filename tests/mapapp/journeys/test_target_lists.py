"""A list from the ranking to the signed project that turns its link 在建补链."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chains import Status, UnknownName
from mapapp.journeys import list_making, pursuit, target_lists
from mapapp.journeys.bureau import Bureau
from mapapp.journeys.offices import find_office, nearest_offices
from mapapp.journeys.partners import partners
from mapapp.journeys.refusals import StaleRow
from mapapp.journeys.targets import rank_targets
from mapapp.ledger.project import Stage
from mapapp.outreach.target_list import Approach, ListRule
from tests.mapapp.journeys.listed_city import made, missing_link


def test_a_list_by_rule_holds_the_ranking_with_its_why(office: Bureau) -> None:
    chain, link = missing_link(office)
    view = target_lists.view_list(office, made(office, ListRule(chain=chain, link=link, most=4)))
    ranked = rank_targets(office, chain=chain, link=link)
    assert [listed.row.firm for listed in view.rows] == [
        item.target.enterprise.name for item in ranked[:4]
    ]
    first, target = view.rows[0].row.why, ranked[0].target
    assert (first.rank, first.score) == (1, round(target.score, 1))
    assert [part.label for part in first.parts] == [part.label for part in target.parts]
    around = partners(office, chain, link)
    assert list(first.customers) == list(dict.fromkeys(p.firm for p in around.customers))[:5]
    assert view.versions[0].ranking == tuple(item.id for item in ranked)
    assert view.rows[0].status is Status.MISSING
    assert not view.rows[0].filled


def test_a_rule_cuts_by_link_number_and_nearest_office(office: Bureau) -> None:
    _, kept = list_making.propose(office, ListRule(chain="power_battery", per_link=2, most=5))
    assert len(kept) == 5
    assert max(sum(i.target.link == k.target.link for i in kept) for k in kept) <= 2
    names = [one.name for one in office.city.offices]
    parts = [
        list_making.propose(office, ListRule(chain="power_battery", office=n))[1] for n in names
    ]
    whole = rank_targets(office, chain="power_battery")
    assert sum(map(len, parts)) == len(whole)
    assert all(parts)
    assert find_office(office, "上海").name == "上海招商专班"
    with pytest.raises(UnknownName, match="没有叫“广州”的驻外招商专班"):
        find_office(office, "广州")
    [near] = nearest_offices(office, [("440300",)])
    assert near is not None
    assert (near.office, round(near.km)) == ("深圳招商专班", 0)


def test_a_list_by_hand_holds_what_was_ticked(office: Bureau) -> None:
    ranked = rank_targets(office, chain="power_battery")
    ticked = {ranked[1].id, ranked[5].id}
    found = list_making.make_list(
        office, {"title": "两家"}, ListRule(chain="power_battery"), "测试", picked=ticked
    )
    assert found.id is not None
    view = target_lists.view_list(office, found.id)
    assert {listed.row.target for listed in view.rows} == ticked
    assert view.item.rule is None


def test_what_is_wrong_with_a_list_is_collected(office: Bureau) -> None:
    rule = ListRule(chain="power_battery")
    found = list_making.make_list(
        office, {"title": "", "office": "广州", "note": "长" * 501}, rule, "测试", picked=set()
    )
    assert set(found.problems) == {"title", "office", "note", "rows"}
    assert target_lists.summaries(office) == []


def test_a_firm_on_two_lists_is_said_and_its_contact_comes_along(office: Bureau) -> None:
    chain, link = missing_link(office)
    rule = ListRule(chain=chain, link=link, most=1)
    first = made(office, rule)
    row = target_lists.view_list(office, first).rows[0].row
    pursuit.write_row(
        office, first, row.id, 1, {"联系人": "王总", "乡情关系": "武汉大学校友"}, "测试"
    )
    second = made(office, rule, "北京 12 月")
    listed = target_lists.view_list(office, second).rows[0]
    assert [other.item.title for other in listed.others] == ["上海 12 月"]
    [ranked] = target_lists.listed_rows(office, None, [replace(listed.row, list=0)])
    assert [other.item.title for other in ranked.others] == ["上海 12 月", "北京 12 月"]
    assert (listed.row.pursuit.contact, listed.row.pursuit.ties) == ("王总", "武汉大学校友")
    assert listed.row.pursuit.approach is Approach.UNTOUCHED
    shown = pursuit.view_row(office, second, listed.row.id)
    assert [(item.title, r.id) for item, r in shown.elsewhere] == [("上海 12 月", row.id)]


def test_a_renewal_makes_a_version_only_where_something_changes(office: Bureau) -> None:
    chain, link = missing_link(office)
    number = made(office, ListRule(chain=chain, link=link, most=3))
    list_making.renew(office, number, 1, "测试")
    assert target_lists.get_list(office, number).version == 1
    row = target_lists.view_list(office, number).rows[0].row
    list_making.drop_row(office, number, row.id, "测试")
    assert len(target_lists.view_list(office, number).rows) == 2
    assert len(target_lists.view_list(office, number, 1).rows) == 3
    now = target_lists.get_list(office, number)
    with pytest.raises(StaleRow):
        list_making.renew(office, number, now.row_version - 1, "测试")
    assert list_making.renew(office, number, now.row_version, "测试").version == 3
    assert len(target_lists.view_list(office, number).rows) == 3


def test_a_firm_that_nobody_ranked_goes_on_a_list_by_hand(office: Bureau) -> None:
    chain, link = missing_link(office)
    number = made(office, ListRule(chain=chain, link=link, most=1))
    given = {"firm": "某地某厂", "chain": chain, "link": link}
    assert list_making.add_firm(office, number, given, "测试").problems == {}
    listed = target_lists.view_list(office, number).rows[-1]
    assert (listed.row.firm, listed.row.why.rank, listed.row.why.status) == (
        "某地某厂", None, "missing",
    )  # fmt: skip
    again = list_making.add_firm(office, number, given, "测试")
    assert "已经在这份名单里" in again.problems["firm"]
    wrong = list_making.add_firm(office, number, given | {"link": "没有的环节"}, "测试")
    assert "没有叫“没有的环节”的环节" in wrong.problems["link"]


def test_a_list_that_was_worked_on_is_not_deleted(office: Bureau) -> None:
    chain, link = missing_link(office)
    number = made(office, ListRule(chain=chain, link=link, most=1))
    row = target_lists.view_list(office, number).rows[0].row
    pursuit.write_row(office, number, row.id, 1, {"备注": "先打电话"}, "测试")
    assert "不能删除" in target_lists.remove_list(office, number, 1)
    closing = {"title": "上海 12 月", "closed": "1"}
    assert target_lists.change_list(office, number, 1, closing, "测试").problems == {}
    assert target_lists.get_list(office, number).closed
    other = made(office, ListRule(chain=chain, link=link, most=1))
    assert target_lists.remove_list(office, other, 1) == ""


def test_from_the_missing_link_to_the_signed_project(office: Bureau) -> None:
    chain, link = missing_link(office)
    number = made(office, ListRule(chain=chain, link=link, most=2, office="上海"))
    target_lists.change_list(
        office, number, 1,
        {"title": "上海 12 月", "office": "上海", "event": office.store.events.every()[0].id},
        "测试",
    )  # fmt: skip
    row = target_lists.view_list(office, number).rows[0].row
    week = office.today - timedelta(days=7)
    for day, status, said in (
        (week, "已拜访", "介绍了本地电芯厂"),
        (office.today, "在谈", "谈用地 60 亩"),
    ):
        held = office.store.target_lists.row(row.id)
        assert held is not None
        cells = {"状态": status, "本次日期": day.isoformat(), "谈了什么": said, "对方人员": "王总"}
        assert pursuit.write_row(office, number, row.id, held.row_version, cells, "李四").saved
    given = {
        "项目名称": f"{row.firm}{link}基地", "县市区": "郧阳区", "投资额": "12.5",
        "协议类型": "投资协议", "签约日期": office.today.isoformat(),
    }  # fmt: skip
    assert set(pursuit.sign_row(office, number, row.id, 3, {}, "测试").problems) == {
        "项目名称", "县市区", "签约日期",
    }  # fmt: skip
    with pytest.raises(StaleRow):
        pursuit.sign_row(office, number, row.id, 2, given, "测试")
    found = pursuit.sign_row(office, number, row.id, 3, given, "测试")
    assert found.problems == {}
    project = office.store.project(found.project_code)
    assert project is not None
    assert (project.enterprise, project.links, project.chain) == (row.firm, (link,), chain)
    assert project.contracted_investment is not None
    assert project.contracted_investment.yi == 12.5
    assert (project.office, project.stage) == ("上海招商专班", Stage.SIGNED)
    assert project.brought_by == office.store.events.every()[0].name
    assert [(e.stage, e.on.first if e.on else None) for e in project.events] == [
        (Stage.LEAD, week), (Stage.TALKS, office.today), (Stage.SIGNED, office.today),
    ]  # fmt: skip
    said = [item.said for item in office.store.follow_ups.of(project.project_code)]
    assert said == ["在谈（对方：王总）：谈用地 60 亩", "已拜访（对方：王总）：介绍了本地电芯厂"]
    listed = target_lists.view_list(office, number).rows[0]
    assert listed.row.pursuit.approach is Approach.SIGNED
    assert listed.status is Status.PLANNED
    assert listed.filled
    shown = pursuit.view_row(office, number, row.id)
    assert shown.project is not None
    again = pursuit.sign_row(office, number, row.id, 4, given, "测试")
    assert again.problems == {"": f"已经转为项目 {project.project_code}"}


def test_a_firm_that_has_its_project_already_is_linked_to_it(office: Bureau) -> None:
    chain, link = missing_link(office)
    number = made(office, ListRule(chain=chain, link=link, most=1))
    row = target_lists.view_list(office, number).rows[0].row
    code = next(p.project_code for p in office.store.projects() if p.signed)
    assert pursuit.link_row(office, number, row.id, 1, code, "测试").saved
    held = office.store.target_lists.row(row.id)
    assert held is not None
    assert (held.project_code, held.pursuit.approach) == (code, Approach.SIGNED)
    with pytest.raises(UnknownName):
        pursuit.view_row(office, number + 1, row.id)
