"""A week from the list to the memo, and the next week's look back."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from docx import Document
from flask.testing import FlaskClient

from chains import UnknownName
from mapapp import create_app
from mapapp.journeys import following, weekly
from mapapp.journeys.bureau import Bureau
from mapapp.journeys.following import Narrowing
from mapapp.journeys.refusals import StaleRow
from mapapp.journeys.selection import Selection
from mapapp.journeys.weekly_memo import memo
from mapapp.ledger.dates import PartialDate
from mapapp.ledger.following import Keeping
from mapapp.ledger.project import InvestmentProject, Stage, StageEvent
from mapapp.store import Sample, Store

MONDAY, NEXT = date(2023, 7, 3), date(2023, 7, 10)


@pytest.fixture
def office(empty_bureau: Bureau) -> Bureau:
    """Two signed projects, one of them late, under an office of two departments."""
    projects = [
        InvestmentProject(
            code,
            f"{code}项目",
            lead_department=unit,
            leader=leader,
            tags=tags,
            events=(StageEvent(Stage.SIGNED, PartialDate.parse(on)),),
        )
        for code, unit, leader, on, tags in (
            ("A", "经信局", "甲市长", "2023-01-10", ()),
            ("B", "文旅局", "乙市长", "2023-06-20", ("百日攻坚",)),
        )
    ]
    place = empty_bureau.settings.instance / "weekly.sqlite3"
    store = Store.open(f"sqlite:///{place}", empty_bureau.city.code)
    store.load_sample(Sample(projects=tuple(projects)), "test")
    return replace(empty_bureau, store=store)


def held(office: Bureau) -> int:
    given = {"next:A": "拆迁交地", "unit:A": "自然资源局", "due:A": "2023-07-07", "title": "第27周"}
    given |= {"next:B": ""}
    found = weekly.draft(office, MONDAY, given, Selection())
    assert found.problems == []
    return weekly.keep(office, found, "测试")


def test_the_list_the_meeting_and_the_next_week(office: Bureau) -> None:
    assert [item.project_code for item in weekly.week(office, MONDAY).items] == ["A", "B"]
    number = held(office)
    meeting = weekly.meeting(office, number)
    assert [item.next_step for item in meeting.items] == ["拆迁交地", ""]
    after = weekly.week(office, NEXT)
    assert after.last == meeting
    (kept,) = after.promises
    assert (kept.keeping, kept.promise.unit) == (Keeping.OVERDUE, "自然资源局")
    assert after.items[0].reasons[0][0].value == "上次承诺未办结"
    item = office.store.follow_ups.of("A")[0]
    following.settle(
        office,
        "A",
        item.id or 0,
        item.row_version,
        {"settled_on": "2023-07-06", "outcome": "已交地"},
        "测试",
    )
    (kept,) = weekly.week(office, NEXT).promises
    assert (kept.keeping, kept.promise.outcome) == (Keeping.KEPT, "已交地")


def listed(office: Bureau, on: date) -> dict[str, str]:
    """The form of a day as it is sent when nobody touches it."""
    sent = {}
    for item in weekly.week(office, on).items:
        code = item.project_code
        sent |= {f"next:{code}": item.next_step, f"unit:{code}": item.unit}
        sent |= {f"due:{code}": str(item.due_on or ""), f"was:{code}": weekly.seen(item)}
    return sent


def test_a_promise_that_nobody_touched_is_carried_over_and_stays_late(office: Bureau) -> None:
    held(office)
    found = weekly.draft(office, NEXT, listed(office, NEXT), Selection())
    assert found.problems == []
    second = weekly.meeting(office, weekly.keep(office, found, "测试"))
    (only,) = office.store.follow_ups.of("A")
    assert (only.due_on, only.keeping(NEXT)) == (date(2023, 7, 7), Keeping.OVERDUE)
    (kept,) = weekly.promises_of(office, second, date(2023, 7, 17))
    assert (kept.promise, kept.name) == (only, "A项目")


def test_another_step_takes_the_place_of_the_promise(office: Bureau) -> None:
    first = held(office)
    given = listed(office, NEXT) | {"due:A": "2023-07-20"}
    second = weekly.keep(office, weekly.draft(office, NEXT, given, Selection()), "测试")
    new, old = office.store.follow_ups.of("A")
    assert (old.replaced_on, old.keeping(NEXT), old.due_on) == (
        NEXT,
        Keeping.REPLACED,
        date(2023, 7, 7),
    )
    assert (new.due_on, new.keeping(NEXT)) == (date(2023, 7, 20), Keeping.OPEN)
    load = following.following(office, Selection()).departments[1]
    assert (load.key, load.pending, load.never) == ("经信局", 1, 1)
    (then,) = weekly.promises_of(office, weekly.meeting(office, first), NEXT)
    assert (then.keeping, then.since) == (Keeping.OVERDUE, ("2023-07-10 调度改定下一步",))
    (now,) = weekly.promises_of(office, weekly.meeting(office, second), NEXT)
    assert now.promise == new


def test_a_step_that_somebody_else_changed_meanwhile_is_not_written_over(office: Bureau) -> None:
    held(office)
    mine = listed(office, NEXT) | {"next:A": "我写的"}
    theirs = listed(office, NEXT) | {"next:A": "别人写的", "due:A": ""}
    weekly.keep(office, weekly.draft(office, NEXT, theirs, Selection()), "别人")
    found = weekly.draft(office, NEXT, mine, Selection())
    assert "改成“别人写的”" in found.problems[0]
    late = replace(found, problems=(), replaced=((1, 1),))
    with pytest.raises(StaleRow):
        weekly.keep(office, late, "测试")
    assert len(weekly.week(office, NEXT).meetings) == 2


def test_only_what_the_form_shows_is_kept(office: Bureau) -> None:
    found = weekly.draft(office, MONDAY, {"next:B": "签合同"}, Selection())
    assert [item.project_code for item in found.meeting.items] == ["B"]


def test_a_promise_ends_once_and_not_before_it_was_made(office: Bureau) -> None:
    held(office)
    (item,) = office.store.follow_ups.of("A")
    said = {"settled_on": "2023-07-01", "outcome": "早了"}
    assert "settled_on" in following.settle(office, "A", item.id or 0, 1, said, "测试").problems
    with pytest.raises(UnknownName, match="承诺"):
        following.settle(office, "B", item.id or 0, 1, said, "测试")
    said["settled_on"] = "2023-07-05"
    following.settle(office, "A", item.id or 0, 1, said, "测试")
    with pytest.raises(StaleRow):
        following.settle(office, "A", item.id or 0, 2, said, "测试")


def test_what_is_wrong_is_said_and_nothing_is_kept(office: Bureau) -> None:
    given = {"next:A": "交地", "due:A": "2023-06-01", "due:B": "下周", "unit:B": "公安局"}
    found = weekly.draft(office, MONDAY, given, Selection())
    assert len(found.problems) == 3, found.problems
    with pytest.raises(ValueError, match="早于调度日"):
        weekly.keep(office, found, "测试")
    assert weekly.week(office, MONDAY).meetings == []


def test_the_memo_holds_what_the_meeting_decided(office: Bureau) -> None:
    held(office)
    second = weekly.draft(
        office, NEXT, {"next:B": "签用地合同", "due:B": "2023-07-20"}, Selection()
    )
    export = memo(office, weekly.meeting(office, weekly.keep(office, second, "测试")))
    assert export.name == "周调度纪要-十堰市-20230710.docx"
    paper = Document(BytesIO(export.data))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    for word in ("拆迁交地", "逾期", "签用地合同", "文旅局", "2023-07-20"):
        assert word in cells, word
    text = "\n".join(line.text for line in paper.paragraphs)
    assert "2023年7月10日" in text
    assert "一、上次调度承诺办理情况（1项）" in text


def test_who_follows_what(office: Bureau) -> None:
    found = following.following(office, Selection())
    assert [(load.key, len(load.projects)) for load in found.departments] == [
        ("文旅局", 1),
        ("经信局", 1),
    ]
    assert found.counts["never"] == 2
    wrong = following.add(office, "A", {"on": "后天", "due_on": "2023-07-01"}, "测试")
    assert set(wrong.problems) == {"on", "said", "next_step"}
    said = {"on": "2023-07-01", "said": "到企业走访", "next_step": "送政策", "due_on": "2023-07-05"}
    assert not following.add(office, "A", said, "测试").problems
    assert following.following(office, Selection()).counts["overdue"] == 1
    (late,) = following.following(office, Selection(), Narrowing(show="overdue")).rows
    assert late.facts.project_code == "A"
    with pytest.raises(UnknownName, match="标签"):
        following.following(office, Selection(), Narrowing(tag="没有的"))
    tagged = following.following(office, Selection(), Narrowing(tag="百日攻坚"))
    assert ([row.facts.project_code for row in tagged.rows], tagged.tags) == (["B"], ["百日攻坚"])
    assert [load.key for load in tagged.departments] == ["文旅局"]
    by_leader = following.following(office, Selection(), Narrowing(leader="乙市长"))
    assert [row.facts.project_code for row in by_leader.rows] == ["B"]


def test_pages(office: Bureau) -> None:
    app = create_app(bureau=office)
    app.config["WTF_CSRF_ENABLED"] = False
    client: FlaskClient = app.test_client()
    assert "A项目" in client.get("/weekly?on=2023-07-03").get_data(as_text=True)
    bad = client.post("/weekly", data={"on": "2023-07-03", "next:A": "交地", "due:A": "乱写"})
    assert bad.status_code == 422
    assert "乱写" in bad.get_data(as_text=True)
    good = client.post(
        "/weekly", data={"on": "2023-07-03", "next:A": "交地"}, follow_redirects=True
    )
    assert "承诺与办理" in good.get_data(as_text=True)
    assert "签约未开工" in client.get("/weekly?on=2023-07-10&count=0").get_data(as_text=True)
    settle = {"settle": "1", "version": "1", "settled_on": "2023-07-01"}
    early = client.post("/following/A", data=settle)
    assert early.status_code == 422
    assert "早于 2023-07-03" in early.get_data(as_text=True)
    assert client.post("/following/B", data=settle).status_code == 404
    assert client.get("/weekly/1/memo").data.startswith(b"PK")
    assert client.get("/weekly/99").status_code == 404
    assert client.get("/following?show=乱写").status_code == 404
    assert client.get("/following/export/xlsx").status_code == 200
    assert client.post("/following/A", data={"on": "2023-07-01"}).status_code == 422
    done = client.post("/following/A", data={"on": "2023-07-01", "said": "走访"})
    assert done.status_code == 303
    assert client.get("/following/NONE").status_code == 404
