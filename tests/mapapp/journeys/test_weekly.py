"""A week from the list to the memo, and the next week's look back."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from docx import Document
from flask.testing import FlaskClient

from mapapp import create_app
from mapapp.journeys import following, weekly
from mapapp.journeys.bureau import Bureau
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
            events=(StageEvent(Stage.SIGNED, PartialDate.parse(on)),),
        )
        for code, unit, leader, on in (
            ("A", "经信局", "甲市长", "2023-01-10"),
            ("B", "文旅局", "乙市长", "2023-06-20"),
        )
    ]
    place = empty_bureau.settings.instance / "weekly.sqlite3"
    store = Store.open(f"sqlite:///{place}", empty_bureau.city.code)
    store.load_sample(Sample(projects=tuple(projects)), "test")
    return replace(empty_bureau, store=store)


def held(office: Bureau) -> int:
    given = {"next:A": "拆迁交地", "unit:A": "自然资源局", "due:A": "2023-07-07", "title": "第27周"}
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
        item.id or 0,
        item.row_version,
        {"settled_on": "2023-07-06", "outcome": "已交地"},
        "测试",
    )
    (kept,) = weekly.week(office, NEXT).promises
    assert (kept.keeping, kept.promise.outcome) == (Keeping.KEPT, "已交地")


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
    assert following.following(office, Selection(), show="overdue").counts["overdue"] == 1
    by_leader = following.following(office, Selection(), leader="乙市长")
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
    assert client.get("/weekly/1/memo").data.startswith(b"PK")
    assert client.get("/weekly/99").status_code == 404
    assert client.get("/following?show=乱写").status_code == 404
    assert client.get("/following/export/xlsx").status_code == 200
    assert client.post("/following/A", data={"on": "2023-07-01"}).status_code == 422
    done = client.post("/following/A", data={"on": "2023-07-01", "said": "走访"})
    assert done.status_code == 303
    assert client.get("/following/NONE").status_code == 404
