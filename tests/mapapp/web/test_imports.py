"""The import pages: nothing without a token, nothing served back as a page, every end has words."""

import io
import re

import pytest
from flask.testing import FlaskClient

from mapapp import create_app
from mapapp.journeys.bureau import Bureau
from mapapp.web import imports

HEADER = "项目编号,项目名称,县市区,投资额（亿元）,状态\r\n"
ROWS = "A1,<script>甲</script>,房县,1,签约\r\nA2,乙,武汉,1,签约\r\n"
NAME = "<b>台账</b>{{7*7}}.csv"


@pytest.fixture
def desk(empty_bureau: Bureau, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    """A client of an application of its own, which may be written to."""
    monkeypatch.setattr(imports, "AT_ONCE", 20)
    app = create_app(bureau=empty_bureau)
    app.testing = True
    app.config["WTF_CSRF_ENABLED"] = False
    return app.test_client()


def send(desk: FlaskClient, text: str = HEADER + ROWS, name: str = NAME) -> str:
    """Upload a file; the address of its page."""
    form = {"file": (io.BytesIO(text.encode()), name), "sender": "房县<i>"}
    answer = desk.post("/imports", data=form)
    assert answer.status_code == 303
    return answer.location


def preview(desk: FlaskClient) -> str:
    address = send(desk)
    assert "核对列" in desk.get(address).text
    assert desk.post(f"{address}/mapping", data={}).status_code == 303
    return address


def test_no_token_no_upload(empty_bureau: Bureau) -> None:
    app = create_app(bureau=empty_bureau)
    form = {"file": (io.BytesIO(b"x"), "a.csv")}
    assert app.test_client().post("/imports", data=form).status_code == 400
    assert empty_bureau.store.imports.uploads() == []


def test_the_whole_way(desk: FlaskClient, empty_bureau: Bureau) -> None:
    address = preview(desk)
    page = desk.get(f"{address}?show=reject").text
    assert "武汉" in page
    assert re.search(r"<strong>2</strong> 行", page)
    assert desk.post(f"{address}/confirm").status_code == 303
    assert "已写入 · 批次 1" in desk.get(address).text
    assert empty_bureau.store.count() == 1
    assert "撤销批次 1" in desk.get(f"{address}/undo").text
    desk.post(f"{address}/undo")
    assert "已撤销" in desk.get("/imports").text
    assert empty_bureau.store.count() == 0


def test_what_comes_from_outside_is_text(desk: FlaskClient) -> None:
    address = preview(desk)
    for page in ("/imports", address, f"{address}?show=insert", f"{address}/mapping"):
        text = desk.get(page).text
        assert "<script>甲" not in text
        assert "<b>台账" not in text
        assert "房县<i>" not in text


def test_files_leave_as_downloads_only(desk: FlaskClient) -> None:
    address = preview(desk)
    original = desk.get(f"{address}/file")
    assert original.data == (HEADER + ROWS).encode()
    assert original.mimetype == "application/octet-stream"
    rejected = desk.get(f"{address}/rejected.xlsx")
    assert rejected.data.startswith(b"PK")
    for answer in (original, rejected):
        assert answer.headers["Content-Disposition"].startswith("attachment; filename=")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_too_large_a_file_is_told_in_words(desk: FlaskClient) -> None:
    form = {"file": (io.BytesIO(bytes(21 * 1024 * 1024)), "a.xlsx")}
    answer = desk.post("/imports", data=form, headers={"Accept": "application/json"})
    assert answer.status_code == 413
    assert "20 MB" in answer.json["error"]["message"]
    assert desk.post("/imports", data={}).status_code == 400


def test_the_status_is_json_and_the_end_of_a_job_is_told(desk: FlaskClient) -> None:
    address = preview(desk)
    status = desk.get(f"{address}/status.json").json
    assert (status["state"], status["over"]) == ("done", True)
    desk.post(f"{address}/confirm")
    desk.post(f"{address}/confirm")
    assert "已经导入过了" in desk.get(address).text


@pytest.mark.parametrize("path", ["", "/status.json", "/file", "/rejected.xlsx", "/undo"])
@pytest.mark.parametrize("id", ["0" * 32, "x", "..%2f..%2fsecret_key"])
def test_an_unknown_import_is_not_found(desk: FlaskClient, id: str, path: str) -> None:
    assert desk.get(f"/imports/{id}{path}").status_code == 404


def test_a_column_twice_is_refused_with_its_name(desk: FlaskClient) -> None:
    address = send(desk)
    given = {"field-0-1": "项目名称", "field-0-4": "项目名称"}
    answer = desk.post(f"{address}/mapping", data=given)
    assert answer.status_code == 400
    assert "几列都选成了项目名称" in answer.text
