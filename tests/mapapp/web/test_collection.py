"""报送 and 载体 in the browser's terms: pages, uploads, refusals, hostile text."""

import io
import re
import zipfile
from html import unescape
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook

from mapapp import create_app
from mapapp.journeys.bureau import Bureau
from mapapp.journeys.load_sample import load_sample
from tests.mapapp.office import fill

LIST = Path(__file__).resolve().parents[2] / "fixtures" / "sites" / "made_up.csv"
HOSTILE = "{{7*7}} ${alert(1)} </script><script>alert(1)</script> =1+1"


@pytest.fixture
def desk(empty_bureau: Bureau) -> FlaskClient:
    """A planner's browser on a bureau of its own; tokens are looked at elsewhere."""
    load_sample(empty_bureau)
    app = create_app(bureau=empty_bureau)
    app.config.update(WTF_CSRF_ENABLED=False, AT_ONCE=60)
    return app.test_client()


def text(client: FlaskClient, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return unescape(answer.get_data(as_text=True))


def send(client: FlaskClient) -> None:
    form = {"title": "十一月进展", "kind": "place", "to-place": ["420304", "420302"]}
    assert client.post("/collection", data=form).location == "/collection/1"


def upload(client: FlaskClient, *files: tuple[bytes, str], path: str = "/collection/1/return"):  # type: ignore[no-untyped-def]
    data = {"file": [(io.BytesIO(content), name) for content, name in files]}
    return client.post(path, data=data, content_type="multipart/form-data")


def test_a_round_from_end_to_end(desk: FlaskClient) -> None:
    assert "还没有下发过" in text(desk, "/collection")
    send(desk)
    assert "十一月进展" in text(desk, "/collection")
    page = text(desk, "/collection/1")
    assert page.count("未报送") >= 3
    assert "郧阳区、茅箭区" in page
    book = desk.get("/collection/1/1.xlsx")
    assert "filename*=UTF-8''" in book.headers["Content-Disposition"]
    assert book.headers["Cache-Control"] == "no-store"
    archive = zipfile.ZipFile(io.BytesIO(desk.get("/collection/1/all.zip").data))
    assert len(archive.namelist()) == 2

    answer = upload(desk, (fill(book.data, ("P048", "备注", HOSTILE)), "C:\\报\\回.xlsx"))
    assert answer.location == "/collection/1/returns/1"
    raw = desk.get(answer.location).get_data(as_text=True)
    assert "<script>alert" not in raw
    assert HOSTILE in unescape(raw)
    assert "回.xlsx" in raw
    assert "C:\\报" not in raw
    seen = re.search(r'name="seen" value="(\w+)"', raw)
    assert seen
    stale = desk.post(answer.location, data={"seen": "0"})
    assert "还没有写入" in stale.get_data(as_text=True)
    assert desk.post(answer.location, data={"seen": seen[1]}).status_code == 302
    assert "已写入台账" in text(desk, answer.location)
    twice = desk.post(answer.location, data={"seen": seen[1]}).get_data(as_text=True)
    assert "确认过" in twice or "还没有写入" in twice
    assert "已报送" in text(desk, "/collection/1")


def test_several_workbooks_at_once_and_one_that_is_none(desk: FlaskClient) -> None:
    send(desk)
    books = [desk.get(f"/collection/1/{n}.xlsx").data for n in (1, 2)]
    answer = upload(desk, (books[0], "a.xlsx"), (books[1], "b.xlsx"), (b"a,b\n1,2", "c.csv"))
    page = text(desk, answer.location)
    assert "收到 2 份" in page
    assert "“c.csv”没有收" in page
    assert "不是链图下发的报送表" in page
    assert "还没有选文件" in unescape(
        upload(desk, path="/collection/1/return").get_data(as_text=True)
    )


def test_a_round_that_cannot_be_opened_says_why(desk: FlaskClient) -> None:
    for form, said in (
        ({"kind": "place", "to-place": ["420304"]}, "起个名字"),
        ({"title": "一", "kind": "place"}, "至少选一个"),
        ({"title": "一", "to-place": ["420304"], "due": "明天"}, "不是日期"),
        ({"title": "一", "to-place": ["420304"], "due": "2020-01-01"}, "已经过了"),
    ):
        assert said in unescape(desk.post("/collection", data=form).get_data(as_text=True))
    assert "还没有下发过" in text(desk, "/collection")


@pytest.mark.parametrize(
    "path", ["/collection/9", "/collection/1/9.xlsx", "/collection/1/returns/9", "/sites/9"]
)
def test_what_is_not_there_is_a_404(desk: FlaskClient, path: str) -> None:
    send(desk)
    assert desk.get(path).status_code == 404


def test_a_post_without_its_token_is_refused(client: FlaskClient) -> None:
    for path in ("/collection", "/collection/1/return", "/sites/import"):
        assert client.post(path, data={}).status_code == 400


def test_sites_come_in_and_are_on_the_map(desk: FlaskClient) -> None:
    assert "还没有载体" in text(desk, "/sites")
    assert desk.get("/map/sites").get_json()["id"] == []
    bad = upload(desk, (b"a,b,c\n1,2,3", "x.csv"), path="/sites/import")
    assert "没有载体清单的表头" in unescape(bad.get_data(as_text=True))
    answer = upload(desk, (LIST.read_bytes(), "清单.csv"), path="/sites/import")
    page = text(desk, answer.location)
    assert "星空" in page
    seen = re.search(r'name="seen" value="(\w+)"', page)
    assert seen
    assert desk.post(answer.location, data={"seen": seen[1]}).location == "/sites"
    assert "测试产业园甲" in text(desk, "/sites")
    assert "测试产业园甲" not in text(desk, "/sites?place=420325")
    data = desk.get("/map/sites").get_json()
    assert data["name"] == ["测试产业园甲"]
    number = data["id"][0]
    for path in (f"/sites/{number}", f"/map/panel/site/{number}", f"/map?site={number}"):
        found = text(desk, path)
        assert "双回路110kV" in found, path
    assert "变更记录" in text(desk, f"/sites/{number}")


def seen_of(client: FlaskClient, path: str) -> str:
    found = re.search(r'name="seen" value="(\w+)"', text(client, path))
    assert found
    return found[1]


def bring_sites(desk: FlaskClient, data: bytes) -> str:
    """Import a list of sites; the address where that is undone."""
    place = upload(desk, (data, "清单.csv"), path="/sites/import").location
    desk.post(place, data={"seen": seen_of(desk, place)})
    [undo] = re.findall(r"/sites/import/\d+/undo", text(desk, "/sites/import"))[:1]
    return str(undo)


def test_rejected_sites_leave_as_a_workbook_and_come_back_mended(desk: FlaskClient) -> None:
    place = upload(desk, (LIST.read_bytes(), "清单.csv"), path="/sites/import").location
    assert "下载退回的 2 行" in text(desk, place)
    answer = desk.get(f"{place}/rejected.xlsx")
    assert "attachment" in answer.headers["Content-Disposition"]
    assert answer.headers["Cache-Control"] == "no-store"
    book = load_workbook(io.BytesIO(answer.data))
    sheet = book.worksheets[0]
    titles = [cell.value for cell in sheet[1]]
    assert titles[:3] == ["原表位置", "退回原因", "载体名称"]
    assert [row[2].value for row in sheet.iter_rows(min_row=2)] == ["测试地块丁", "测试地块戊"]
    assert "星空" in str(sheet["B2"].value)
    again = upload(desk, (answer.data, "退回.xlsx"), path="/sites/import").location
    assert "下载退回的 2 行" in text(desk, again)
    sheet.cell(2, titles.index("类型") + 1, "工业用地")
    mended = io.BytesIO()
    book.save(mended)
    once_more = upload(desk, (mended.getvalue(), "改好.xlsx"), path="/sites/import").location
    page = text(desk, once_more)
    assert "确认，写入 1 处" in page
    assert "下载退回的 1 行" in page
    assert desk.get("/sites/import/99/rejected.xlsx").status_code == 404


def test_an_import_of_sites_is_undone_unless_they_changed_since(desk: FlaskClient) -> None:
    header = "载体名称,类型,县市区,占地面积（亩）"
    first = bring_sites(desk, f"{header}\n东园区,园区,房县,10".encode())
    second = bring_sites(desk, f"{header}\n东园区,园区,房县,20".encode())
    assert "不能撤销" in text(desk, first)
    assert "不能撤销" in unescape(desk.post(first).get_data(as_text=True))
    assert "20 亩" in text(desk, "/sites")
    plan = text(desk, second)
    assert "变更的 <strong>1</strong> 处载体" in plan
    assert 'href="/sites" aria-current="page"' in plan
    assert desk.post(second).status_code == 303
    assert "10 亩" in text(desk, "/sites")
    assert desk.post(first).location == "/sites/import"
    assert "还没有载体" in text(desk, "/sites")
    assert desk.get(first).status_code == 404


def test_a_return_is_undone_and_waits_again(desk: FlaskClient) -> None:
    send(desk)
    book = desk.get("/collection/1/1.xlsx").data
    place = upload(desk, (fill(book, ("P048", "备注", "新进展")), "回.xlsx")).location
    early = desk.get(f"{place}/undo")
    assert early.status_code == 409
    assert "没有可撤销的内容" in early.get_data(as_text=True)
    desk.post(place, data={"seen": seen_of(desk, place)})
    assert "新进展" in text(desk, "/projects/P048")
    plan = text(desk, f"{place}/undo")
    assert "撤销这次写入" in plan
    assert "1</strong> 个项目恢复" in plan
    assert desk.post(f"{place}/undo").location == place
    assert "确认" in text(desk, place)
    assert seen_of(desk, place)
    assert "已写入台账" not in text(desk, place)
    assert desk.post(f"{place}/undo").status_code == 409


def test_a_site_written_like_code_stays_text(desk: FlaskClient) -> None:
    header, row = (
        "载体名称,类型,县市区,备注,来源",
        f"{HOSTILE},园区,房县,{HOSTILE},javascript:alert(1)",
    )
    answer = upload(desk, (f"{header}\n{row}".encode(), "x.csv"), path="/sites/import")
    page = desk.get(answer.location).get_data(as_text=True)
    seen = re.search(r'name="seen" value="(\w+)"', page)
    assert seen
    desk.post(answer.location, data={"seen": seen[1]})
    for path in ("/sites", "/sites/1", "/map/panel/site/1"):
        raw = desk.get(path).get_data(as_text=True)
        assert "<script>alert" not in raw
        assert 'href="javascript:' not in raw
        assert HOSTILE in unescape(raw)
