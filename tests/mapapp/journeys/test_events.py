"""Events: the known ones are there as published; what is written down is counted by the rules."""

import pytest

from chains import UnknownName
from mapapp.journeys import event_entry, events
from mapapp.journeys.bureau import Bureau
from mapapp.journeys.events import Dimension
from mapapp.ledger.project import InvestmentProject
from mapapp.outreach.event import EventKind

GIVEN = {"name": "上海推介会", "date": "2026-11-20", "city": "上海", "kind": "推介会",
         "office": "上海", "visited": "甲、乙，甲", "leader_rank": "市领导"}  # fmt: skip


def test_the_known_events_are_there_as_published(office: Bureau) -> None:
    found = events.list_events(office)
    assert len(found.events) == 39
    forum = events.get_event(office, "R13")
    assert (forum.projects, forum.amount_yi) == ("102(合计)", "1283.1(合计)")
    assert all(figures.contracted == 0 for figures in found.figures[Dimension.OFFICE])
    assert events.get_event(office, "R06").kind is EventKind.MISSION
    of_office = {one.key: len(one.events) for one in found.figures[Dimension.OFFICE]}
    hosts = [event.host for event in found.events]
    for name in ("北京招商专班", "上海招商专班", "深圳招商专班"):
        assert of_office[name] == sum(name in host for host in hosts) > 0


def test_an_event_is_entered_changed_and_counted(office: Bureau) -> None:
    made = event_entry.enter(office, GIVEN, "测试")
    assert made.problems == {}
    event = events.get_event(office, made.id)
    assert (event.office, event.visited) == ("上海招商专班", ("甲", "乙"))
    code = next(p.project_code for p in office.store.projects() if p.contracted_investment)
    given = {"contract": "投资协议", "project": code}
    assert event_entry.sign(office, made.id, 1, given, "测试").problems == {}
    again = event_entry.sign(office, made.id, 2, given, "测试")
    assert "已经记在这场活动里" in again.problems["project"]
    [figures] = [
        one for one in events.list_events(office).figures[Dimension.OFFICE]
        if one.key == "上海招商专班"
    ]  # fmt: skip
    project = office.store.project(code)
    assert project is not None
    assert project.contracted_investment is not None
    assert (figures.projects, figures.contracted) == ((code,), project.contracted_investment.wan)
    later = event_entry.enter(office, GIVEN | {"date": "2026-11-21", "name": "又一场"}, "测试")
    event_entry.sign(office, later.id, 1, given, "测试")
    found = events.list_events(office)
    assert found.first[code] == made.id
    total = sum(len(one.projects) for one in found.figures[Dimension.YEAR])
    assert total == 1
    event_entry.unsign(office, made.id, 2, 0, "测试")
    assert events.list_events(office).first[code] == later.id


def test_a_project_is_its_own_office_s_whoever_held_the_event(office: Bureau) -> None:
    project = InvestmentProject("8888-1", "新项目", office="上海招商专班")
    code = office.store.create(project, None, "测试")
    given = {**GIVEN, "office": "", "city": "武汉"}
    made = event_entry.enter(office, given, "测试").id
    signed = {"contract": "投资协议", "project": code}
    assert event_entry.sign(office, made, 1, signed, "测试").problems == {}
    figures = {f.key: f.projects for f in events.list_events(office).figures[Dimension.OFFICE]}
    assert figures["上海招商专班"] == (code,)
    assert figures[events.NO_OFFICE] == ()


def test_a_filter_does_not_change_where_a_project_counts(office: Bureau) -> None:
    ids = [
        event_entry.enter(office, GIVEN | {"date": date}, "测试").id
        for date in ("2025-11-20", "2026-11-20")
    ]
    for id in ids:
        given = {"contract": "投资协议", "project": "新项目", "amount": "2"}
        event_entry.sign(office, id, 1, given, "测试")
    [figures] = events.list_events(office, year="2026", office="上海招商专班").figures[
        Dimension.OFFICE
    ]
    assert (figures.projects, figures.repeated) == ((), ("新项目",))


@pytest.mark.parametrize(
    ("given", "about"),
    [
        ({"name": ""}, {"name"}),
        ({"date": "下周"}, {"date"}),
        ({"office": "广州"}, {"office"}),
        ({"kind": "聚会"}, {"kind"}),
        ({"name": "", "city": "", "leader_rank": "局长"}, {"name", "city", "leader_rank"}),
    ],
)
def test_what_is_wrong_is_collected(office: Bureau, given: dict[str, str], about: set[str]) -> None:
    assert set(event_entry.enter(office, GIVEN | given, "测试").problems) == about
    assert len(office.store.events.every()) == 39


def test_a_published_span_of_days_survives_a_change(office: Bureau) -> None:
    event = events.get_event(office, "R06")
    given = {"name": event.name, "date": event.date, "city": event.city, "version": "1"}
    assert event_entry.enter(office, given | {"team": "市长带队"}, "测试", "R06").problems == {}
    assert events.get_event(office, "R06").date == "2020-07-09~11"


def test_an_unknown_event_is_said(office: Bureau) -> None:
    with pytest.raises(UnknownName):
        events.get_event(office, "X")
    with pytest.raises(UnknownName):
        events.list_events(office, kind="聚会")
