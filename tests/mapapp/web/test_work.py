"""Long work in the browser's terms: a progress page, a file to take away, cancelling, failing."""

import threading
import time

import pytest
from flask import Flask
from flask.testing import FlaskClient

from mapapp import create_app
from mapapp.jobs import Progress
from mapapp.journeys.bureau import Bureau
from mapapp.journeys.load_sample import load_sample
from mapapp.store import StoreError
from mapapp.web import work


@pytest.fixture
def app_(empty_bureau: Bureau) -> Flask:
    load_sample(empty_bureau)
    app = create_app(bureau=empty_bureau)
    app.config.update(WTF_CSRF_ENABLED=False, AT_ONCE=0)
    return app


@pytest.fixture
def desk(app_: Flask) -> FlaskClient:
    return app_.test_client()


def finished(desk: FlaskClient, address: str) -> dict[str, object]:
    """How a job ended; at most half a minute is waited for it."""
    for _ in range(300):
        said = desk.get(f"{address}/status.json").get_json()
        if said["over"]:
            return dict(said)
        time.sleep(0.1)
    raise AssertionError("任务没有结束")


def test_a_large_export_is_a_job_whose_file_waits(
    desk: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_once = desk.get("/ledger/export/csv?q=锂")
    assert at_once.mimetype == "text/csv"
    monkeypatch.setattr(work, "ROWS_AT_ONCE", 0)
    answer = desk.get("/ledger/export/csv?q=锂")
    assert answer.location.startswith("/work/")
    assert finished(desk, answer.location)["state"] == "done"
    page = desk.get(answer.location).get_data(as_text=True)
    assert "已经备好" in page
    assert "/projects?q=" in page
    file = desk.get(f"{answer.location}/file")
    assert file.data == at_once.data
    assert file.headers["Content-Disposition"] == at_once.headers["Content-Disposition"]


@pytest.mark.parametrize(
    "path", ["/collection/1/all.zip", "/collection/1/1.xlsx", "/collection/1/summary.xlsx"]
)
def test_the_files_of_a_round_are_jobs_where_large(
    desk: FlaskClient, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    form = {"title": "十一月进展", "kind": "place", "to-place": ["420304", "420302"]}
    sending = desk.post("/collection", data=form)
    assert finished(desk, sending.location)["state"] == "done"
    assert desk.get(sending.location).location == "/collection"
    small = desk.get(path)
    assert small.headers["Content-Disposition"].startswith("attachment")
    monkeypatch.setattr(work, "ROWS_AT_ONCE", 0)
    answer = desk.get(path)
    assert finished(desk, answer.location)["state"] == "done"
    assert desk.get(f"{answer.location}/file").data[:2] == b"PK"


def test_comparing_is_a_job(desk: FlaskClient) -> None:
    answer = desk.post("/duplicates/find")
    if answer.location.startswith("/work/"):
        assert finished(desk, answer.location)["state"] == "done"
        assert desk.get(answer.location).location == "/duplicates"
    assert "还没有比对" not in desk.get("/duplicates").get_data(as_text=True)


def test_a_job_can_be_watched_and_cancelled(app_: Flask, desk: FlaskClient) -> None:
    go = threading.Event()

    def slow(told: Progress) -> str:
        told.say("正在慢慢做", 7)
        go.wait(30)
        told.step(1)
        return "做完了。"

    with app_.test_request_context():
        job = work.begin("match", "/duplicates", slow)
        assert work.begin("match", "/duplicates", slow).id == job.id
    try:
        page = desk.get(f"/work/{job.id}").get_data(as_text=True)
        assert f"/work/{job.id}/status.json" in page
    finally:
        threading.Timer(0.2, go.set).start()
        desk.post(f"/work/{job.id}/cancel")
        go.set()
    assert finished(desk, f"/work/{job.id}")["state"] == "cancelled"
    assert "已取消" in desk.get(f"/work/{job.id}").get_data(as_text=True)


def test_a_refusal_is_shown_with_the_way_back(app_: Flask, desk: FlaskClient) -> None:
    def refuse(told: Progress) -> str:
        raise StoreError("台账正被别人改着。<b>")

    with app_.test_request_context():
        job = work.begin("settle", "/collection/1", refuse)
    finished(desk, f"/work/{job.id}")
    page = desk.get(f"/work/{job.id}").get_data(as_text=True)
    assert "台账正被别人改着。&lt;b&gt;" in page
    assert 'href="/collection/1"' in page


@pytest.mark.parametrize("path", ["/work/x", "/work/..%2f..%2fsecret/file", "/work/x/status.json"])
def test_an_unknown_job_is_a_404(desk: FlaskClient, path: str) -> None:
    assert desk.get(path).status_code == 404
