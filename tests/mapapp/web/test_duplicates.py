"""疑似重复 in the browser's eyes: offered, decided, merged, undone."""

import re
from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from mapapp import create_app
from mapapp.journeys.bureau import Bureau
from mapapp.ledger.project import InvestmentProject
from mapapp.store import ProjectChange

HOSTILE = "{{7*7}}<script>alert(1)</script>动力电池回收项目"


@pytest.fixture
def twins(empty_bureau: Bureau) -> Bureau:
    a = InvestmentProject("A1", HOSTILE, "湖北鸿泰新能源有限公司", county="420323", note="甲")
    b = InvestmentProject("B1", HOSTILE + "（暂名）", "鸿泰新能源", county="420323", note="乙")
    for item in (a, b):
        empty_bureau.store.save_by_hand(ProjectChange(item), "test")
    return empty_bureau


@pytest.fixture
def pages(twins: Bureau) -> FlaskClient:
    app = create_app(bureau=twins)
    app.testing = True
    app.config["WTF_CSRF_ENABLED"] = False
    return app.test_client()


def text(pages: FlaskClient, path: str) -> str:
    answer = pages.get(path)
    assert answer.status_code == 200, path
    return answer.get_data(as_text=True)


def test_a_pair_is_offered_with_its_reasons_and_never_runs(pages: FlaskClient) -> None:
    page = text(pages, "/duplicates")
    assert "是同一个项目…" in page
    assert "企业相同或相近" in page
    assert "<script>alert" not in page
    assert "{{7*7}}" in page


def test_no_is_remembered_and_can_be_withdrawn(pages: FlaskClient) -> None:
    text(pages, "/duplicates")
    pages.post("/duplicates/different", data={"first": "B1", "second": "A1"})
    assert "没有待核对的疑似重复" in text(pages, "/duplicates")
    assert "B1" in text(pages, "/duplicates/done")
    pages.post("/duplicates/withdraw", data={"first": "A1", "second": "B1"})
    assert "是同一个项目…" in text(pages, "/duplicates")


def test_merge_and_undo(pages: FlaskClient, twins: Bureau) -> None:
    page = text(pages, "/duplicates/merge?survivor=B1&loser=A1")
    sent = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page))
    done = pages.post("/duplicates/merge", data=sent | {"keep-name": "loser"})
    assert done.status_code == 302
    merged = twins.store.project("B1")
    assert merged is not None
    assert (merged.name, merged.note) == (HOSTILE, "乙；甲")
    assert [account.id for account in merged.accounts] == ["A1"]
    assert "B1" in pages.get("/projects/A1").get_data(as_text=True)
    pages.post("/duplicates/undo/1")
    assert twins.store.project("A1") is not None
    assert "已撤销" in text(pages, "/duplicates/done")


def test_a_page_that_is_out_of_date_merges_nothing(pages: FlaskClient, twins: Bureau) -> None:
    held = twins.store.project("A1")
    assert held is not None
    twins.store.save_by_hand(ProjectChange(replace(held, note="新"), held), "别人")
    sent = {"survivor": "B1", "survivor_version": "1", "loser": "A1", "loser_version": "1"}
    pages.post("/duplicates/merge", data=sent)
    assert twins.store.project("A1") is not None


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/duplicates/merge?survivor=A1&loser=A1", 404),
        ("/duplicates/merge?survivor=A1&loser=没有", 404),
        ("/duplicates/undo/99", 404),
        ("/duplicates?start=-5", 200),
        ("/duplicates?start=x", 200),
    ],
)
def test_unknown_words_are_named(pages: FlaskClient, path: str, status: int) -> None:
    assert pages.get(path).status_code == status
