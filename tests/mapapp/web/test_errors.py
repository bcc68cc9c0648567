"""Whatever is unknown is named, beside the nearest valid things."""

import sqlite3

import pytest
from flask.testing import FlaskClient

from mapapp import create_app
from mapapp.journeys.bureau import Bureau


@pytest.mark.parametrize(
    ("path", "named", "offered"),
    [
        ("/?place=郧杨区", "郧杨区", "place=420304"),
        ("/gaps?chain=power_batery", "power_batery", "chain=power_battery"),
        ("/chain?chain=power_battery&link=电芯片", "电芯片", "link="),
        ("/map?stage=签", "签", "stage=%E7%AD%BE%E7%BA%A6"),
        ("/?period=去年", "去年", ""),
        ("/gaps?status=gone", "gone", "status=missing"),
        ("/projects/P1680", "P1680", "/projects/P168"),
        ("/enterprises/E0011", "E0011", "/enterprises/E001"),
        ("/targets?roadshow=上嗨", "上嗨", ""),
        ("/nowhere", "/nowhere", ""),
    ],
)
def test_the_page_names_the_unknown_and_the_nearest(
    client: FlaskClient, path: str, named: str, offered: str
) -> None:
    response = client.get(path)
    assert response.status_code == 404
    page = response.get_data(as_text=True)
    assert named in page
    assert offered in page
    assert "Traceback" not in page


def test_every_suggestion_leads_to_a_page(client: FlaskClient) -> None:
    body = client.get("/?chain=电池", headers={"Accept": "application/json"}).get_json()
    nearest = body["error"]["nearest"]
    assert "新型动力电池" in [item["label"] for item in nearest]
    for item in nearest:
        assert client.get(item["url"]).status_code == 200


def test_a_suggested_place_is_listed_once(client: FlaskClient) -> None:
    page = client.get("/?place=郧杨区").get_data(as_text=True)
    main = page[page.index('class="notice-text"') :]
    assert main.count("郧阳区") == 1
    assert "可选的有" not in page


def test_json_is_answered_in_json(client: FlaskClient) -> None:
    response = client.get("/map/points/find?place=火星", headers={"Accept": "application/json"})
    assert response.status_code == 404
    assert set(response.get_json()["error"]) == {"status", "message", "nearest"}
    assert "火星" in response.get_json()["error"]["message"]


@pytest.mark.parametrize("accept", ["text/html", "application/json"])
def test_a_busy_database_is_a_page(
    empty_bureau: Bureau, monkeypatch: pytest.MonkeyPatch, accept: str
) -> None:
    """As in production: where a handler is missing, this would be the 500 of the unforeseen."""
    monkeypatch.setattr("mapapp.store.database.BUSY_SECONDS", 0)
    empty_bureau.store.close()
    app = create_app(bureau=empty_bureau)
    app.config["WTF_CSRF_ENABLED"] = False
    client = app.test_client()
    headers = {"Accept": accept}
    path = empty_bureau.settings.database_url.removeprefix("sqlite:///")
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    refused = client.post("/ledger/views", data={"name": "我的"}, headers=headers)
    shown = client.get("/gaps")
    other.close()
    assert refused.status_code == 503
    assert refused.headers["Retry-After"]
    text = str(refused.get_json()) if "json" in accept else refused.get_data(as_text=True)
    assert "数据库正忙" in text
    assert "稍后再试" in text
    assert shown.status_code == 200
    assert client.post("/ledger/views", data={"name": "我的"}).status_code == 302
