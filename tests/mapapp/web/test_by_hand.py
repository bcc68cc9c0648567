"""The table's windows, files and views, and the pages that write, as a browser asks for them."""

import re
from html import unescape

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from mapapp import create_app
from mapapp.journeys.bureau import Bureau
from mapapp.ledger.project import InvestmentProject
from mapapp.store import Sample


@pytest.fixture
def desk(empty_bureau: Bureau, bureau: Bureau) -> FlaskClient:
    """The sample in a database that a test may change."""
    sample = Sample(bureau.store.projects(), bureau.store.enterprises())
    empty_bureau.store.load_sample(sample, "test")
    return create_app(bureau=empty_bureau).test_client()


def token(client: FlaskClient, path: str = "/projects") -> str:
    page = client.get(path).get_data(as_text=True)
    found = re.search(r'name="csrf-?_?token" (?:content|value)="([^"]+)"', page)
    assert found
    return found[1]


def send(client: FlaskClient, code: str, version: int, **cells: str) -> TestResponse:
    return client.patch(
        f"/editing/cells/{code}?col=code&col=department",
        json={"version": version, "cells": cells},
        headers={"X-CSRFToken": token(client), "Accept": "application/json"},
    )


def test_windows_of_rows_follow_filter_sorting_and_columns(client: FlaskClient) -> None:
    address = "/ledger/rows?col=code&col=contracted&sort=-contracted&amount=stated"
    rows = client.get(f"{address}&start=0&count=40").get_json()["rows"]
    amounts = [float(row[3][1].replace(",", "")) for row in rows]
    assert amounts == sorted(amounts, reverse=True)
    second = client.get(f"{address}&start=10&count=5").get_json()["rows"]
    assert second == rows[10:15]
    narrow = client.get(f"{address}&least=10&most=20&start=0&count=400").get_json()["rows"]
    assert narrow
    assert all(10 <= float(row[3][1].replace(",", "")) <= 20 for row in narrow)


@pytest.mark.parametrize("query", ["sort=abc", "col=abc", "point=abc", "least=abc", "amount=x"])
def test_an_unknown_word_of_the_table_is_named(client: FlaskClient, query: str) -> None:
    response = client.get(f"/projects?{query}")
    assert response.status_code == 404
    assert query.split("=")[1] in response.get_data(as_text=True)


@pytest.mark.parametrize("word", ["kind", "id", "endpoint", "_external", "_anchor", "page"])
def test_a_foreign_word_in_the_address_is_nobody_s_argument(client: FlaskClient, word: str) -> None:
    assert client.get(f"/projects?{word}=1").status_code == 200
    assert client.get(f"/ledger/export/csv?{word}=1").status_code == 200


@pytest.mark.parametrize(
    "key", ["name", "signed", "started", "chain", "stage", "paid_in", "changed"]
)
def test_every_sorting_shows_every_row(client: FlaskClient, key: str) -> None:
    for sign in ("", "-"):
        rows = client.get(f"/ledger/rows?sort={sign}{key}&start=0&count=400").get_json()["rows"]
        assert len({row[0] for row in rows}) == 112


def test_a_change_needs_the_token(desk: FlaskClient) -> None:
    response = desk.patch("/editing/cells/P005", json={"version": 1, "cells": {"备注": "x"}})
    assert response.status_code == 400


def test_a_cell_is_changed_in_place(desk: FlaskClient) -> None:
    held = desk.get("/editing/cells/P005").get_json()
    response = send(desk, "P005", held["version"], 责任单位="经信局")
    assert response.status_code == 200
    assert response.get_json()["row"][3] == ["P005", "经信局"]
    again = send(desk, "P005", held["version"], 责任单位="商务局")
    assert again.status_code == 409
    clash = again.get_json()["clashes"][0]
    assert (clash["base"], clash["theirs"], clash["mine"]) == ("", "经信局", "商务局")
    assert again.get_json()["by"] == "本机"


def test_what_cannot_stand_is_422(desk: FlaskClient) -> None:
    response = send(desk, "P005", 1, 签约日期="明年")
    assert response.status_code == 422
    assert "不是日期" in response.get_json()["problems"]["签约日期"]


@pytest.mark.parametrize(
    "body", [{}, {"version": "1", "cells": {}}, {"version": 1, "cells": []}, []]
)
def test_a_request_that_makes_no_sense_is_400(desk: FlaskClient, body: object) -> None:
    headers = {"X-CSRFToken": token(desk), "Accept": "application/json"}
    assert desk.patch("/editing/cells/P005", json=body, headers=headers).status_code == 400


def test_the_form_shows_both_values_and_takes_the_choice(desk: FlaskClient) -> None:
    address = "/editing/project/P005"
    form = {"csrf_token": token(desk, address), "version": "1", "was-责任单位": ""}
    assert desk.post(address, data={**form, "责任单位": "经信局"}).status_code == 302
    second = desk.post(address, data={**form, "责任单位": "商务局", "备注": "新", "was-备注": ""})
    page = second.get_data(as_text=True)
    assert second.status_code == 409
    assert "刚被别人改过" in page
    assert "经信局" in page
    assert "商务局" in page
    chosen = {**form, "version": "2", "was-责任单位": "经信局", "责任单位": "商务局"}
    desk.post(address, data={**chosen, "choose-责任单位": "theirs"})
    assert desk.get("/editing/cells/P005").get_json()["cells"]["责任单位"] == "经信局"
    desk.post(address, data={**chosen, "choose-责任单位": "mine"})
    assert desk.get("/editing/cells/P005").get_json()["cells"]["责任单位"] == "商务局"


def test_a_pasted_block_is_seen_first_and_written_as_seen(desk: FlaskClient) -> None:
    block = (
        "项目编号\t项目名称\t县市区\t投资额（亿元）\nZ-1\t㛃项目\t郧阳区\t3.5\nZ-2\t错\t火星区\t1"
    )
    form = {"csrf_token": token(desk, "/editing/paste"), "text": block}
    page = unescape(desk.post("/editing/paste", data=form).get_data(as_text=True))
    assert "新增" in page
    assert "火星区" in page
    assert desk.get("/editing/cells/Z-1").status_code == 404
    assert 'name="seen" value="{"Z-1": 0}"' in page
    written = desk.post("/editing/paste", data={**form, "confirm": "1", "seen": '{"Z-1": 0}'})
    assert written.status_code == 302
    assert desk.get("/editing/cells/Z-1").get_json()["cells"]["投资额"] == "3.5亿元"
    late = desk.post("/editing/paste", data={**form, "confirm": "1", "seen": '{"Z-1": 0}'})
    assert "预览之后" in late.get_data(as_text=True)


def test_a_view_keeps_the_address(desk: FlaskClient) -> None:
    address = "/ledger/views?chain=power_battery&sort=-contracted&col=code&col=name"
    desk.post(address, data={"csrf_token": token(desk), "name": "电池 <b>"})
    page = desk.get("/projects").get_data(as_text=True)
    assert "电池 &lt;b&gt;" in page
    kept = re.search(r'href="(/projects\?[^"]*)" title="本机 保存"', page)
    assert kept
    view = desk.get(unescape(kept[1])).get_data(as_text=True)
    assert view.count("<col ") == 2
    drop = re.search(r'action="(/ledger/views/\d+/drop[^"]*)"', page)
    assert drop
    desk.post(unescape(drop[1]), data={"csrf_token": token(desk)})
    assert "电池 &lt;b&gt;" not in desk.get("/projects").get_data(as_text=True)


def test_the_author_is_kept_and_no_redirect_leads_outside(desk: FlaskClient) -> None:
    form = {"csrf_token": token(desk), "name": "李\n四", "back": "//evil.example/x"}
    assert desk.post("/author", data=form).headers["Location"] == "/projects"
    assert "<strong>李四</strong>" in desk.get("/projects").get_data(as_text=True)


def test_both_files_hold_what_is_filtered(client: FlaskClient) -> None:
    for kind in ("xlsx", "csv"):
        response = client.get(f"/ledger/export/{kind}?place=420304")
        assert response.status_code == 200
        assert "filename*=UTF-8''" in response.headers["Content-Disposition"]
    assert client.get("/ledger/export/exe").status_code == 404


def test_a_code_may_hold_anything(empty_bureau: Bureau) -> None:
    project = InvestmentProject("十招/2024 #1?%", "怪编号")
    empty_bureau.store.load_sample(Sample([project]), "test")
    client = create_app(bureau=empty_bureau).test_client()
    page = client.get("/projects").get_data(as_text=True)
    link = re.search(r'href="(/projects/[^"]+)">怪编号', page)
    assert link
    assert "怪编号" in client.get(unescape(link[1])).get_data(as_text=True)
