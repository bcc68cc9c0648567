import io
import re
from html import unescape
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from mapapp import create_app
from mapapp.cli import main
from mapapp.journeys.bureau import Bureau

CHAIN = "power_battery"


@pytest.fixture
def own(empty_bureau: Bureau) -> FlaskClient:
    """The pages before a bureau of this test's own."""
    app = create_app(bureau=empty_bureau)
    app.testing = True
    app.config["WTF_CSRF_ENABLED"] = False
    return app.test_client()


def workbook(client: FlaskClient, cell: object = None) -> bytes:
    answer = client.get(f"/chain/edit/workbook.xlsx?chain={CHAIN}")
    assert "attachment" in answer.headers["Content-Disposition"]
    if cell is None:
        return answer.data
    book = openpyxl.load_workbook(io.BytesIO(answer.data))
    book["供需关系"]["C2"] = cell
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def send(client: FlaskClient, data: bytes, name: str = "链谱.xlsx"):  # type: ignore[no-untyped-def]
    return client.post("/chain/edit", data={"file": (io.BytesIO(data), name)})


def seen(page: str) -> str:
    found = re.search('name="seen" value="([0-9a-f]+)"', page)
    assert found
    return found[1]


def test_a_mistake_is_shown_with_sheet_row_and_column(own: FlaskClient) -> None:
    answer = send(own, workbook(own, "<b>很多"), "<i>.xlsx")
    assert answer.status_code == 400
    page = answer.get_data(as_text=True)
    assert "<b>很多" not in page
    assert "<i>.xlsx" not in page
    row = re.search(r"<tr><th[^>]*>供需关系</th>.*?</tr>", page)
    assert row
    text = unescape(re.sub("<[^>]+>", " ", row[0]).replace("&lt;b&gt;", "(b)"))
    assert re.search(r"供需关系\s+2\s+C 列“投入系数”\s+“投入系数”应是数字", text)


def test_uploads_that_are_no_workbook(own: FlaskClient) -> None:
    assert send(own, b"").status_code == 400
    assert send(own, b"PK\x03\x04").status_code == 400
    assert own.post("/chain/edit").status_code == 400
    assert own.get("/chain/edit/1").status_code == 404
    assert own.get("/chain/edit/workbook.xlsx").status_code == 404
    assert own.get("/chain/edit/workbook.xlsx?chain=nothing").status_code == 404
    assert own.post("/chain/edit/undo/7").status_code == 404
    assert own.post("/chain/edit/restore", data={"name": "../x"}).status_code == 404


def test_it_is_applied_only_as_it_was_shown(own: FlaskClient) -> None:
    first, second = (send(own, workbook(own, value)).headers["Location"] for value in (0.1, 0.2))
    shown = own.get(first).get_data(as_text=True)
    stale = seen(own.get(second).get_data(as_text=True))
    assert own.post(first, data={"seen": "0" * 24}).status_code == 409
    assert own.post(first, data={"seen": seen(shown), "note": "<b>价"}).status_code == 303
    page = own.get("/chain/edit").get_data(as_text=True)
    assert "&lt;b&gt;价" in page
    answer = own.post(second, data={"seen": stale})
    assert answer.status_code == 409
    assert "还没有写入" in answer.get_data(as_text=True)
    again = own.get(first).get_data(as_text=True)
    assert "没有要写入的内容" in again


def test_the_pages_take_no_unsigned_post(client: FlaskClient) -> None:
    for path in ("/chain/edit", "/chain/edit/undo/1", "/chain/edit/restore"):
        assert client.post(path).status_code == 400


def test_the_commands_do_the_same(empty_bureau: Bureau, tmp_path: Path) -> None:
    db = ["--db", empty_bureau.settings.database_url]
    file = tmp_path / "a.xlsx"

    def run(*words: str) -> tuple[int, str]:
        done = CliRunner().invoke(main, ["catalogue", *words, *db])
        return done.exit_code, done.output

    assert run("export", "--chain", CHAIN, "--output", str(file))[0] == 0
    assert run("check", str(file)) == (0, "和现在的链谱一样，没有要写入的内容。\n")
    book = openpyxl.load_workbook(file)
    book["供需关系"]["C2"] = 0.123
    book.save(file)
    code, said = run("apply", str(file), "--note", "试")
    assert code == 0
    assert re.search(r"修改  供需关系  .+：投入系数 .+→0.123\n已写入，第 1 次修改。", said)
    assert empty_bureau.current().catalogue.chain(CHAIN).edges[0].share == 0.123
    book["供需关系"]["C2"] = 2
    book.save(file)
    code, said = run("apply", str(file))
    assert code == 2
    assert "“供需关系”表第 2 行 C 列“投入系数”：投入系数应在 0 与 1 之间，现在是 2" in said
    assert run("export", "--output", str(tmp_path / "a.txt"))[0] == 2
    assert run("export", "--chain", "没有的链", "--output", str(file))[0] == 2
