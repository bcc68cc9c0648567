"""Pages of 名单, 活动, 闭环: what a wrong entry, a stale page and an unknown address get."""

import io
import re
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from flask.testing import FlaskClient

from mapapp import create_app
from mapapp.journeys.bureau import Bureau
from mapapp.store import Sample, Store


@pytest.fixture
def desk(bureau: Bureau, empty_bureau: Bureau) -> FlaskClient:
    place = empty_bureau.settings.instance / "road.sqlite3"
    store = Store.open(f"sqlite:///{place}", bureau.city.code)
    held = bureau.store
    store.load_sample(
        Sample(tuple(held.projects()), tuple(held.enterprises()), tuple(held.events.every())), "t"
    )
    return create_app(bureau=replace(empty_bureau, store=store)).test_client()


def token(desk: FlaskClient, path: str) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', desk.get(path).text)
    assert found
    return found[1]


def post(desk: FlaskClient, path: str, page: str, **data: str):  # type: ignore[no-untyped-def]
    return desk.post(path, data={"csrf_token": token(desk, page), **data})


def listed(desk: FlaskClient, title: str = "上海") -> str:
    made = post(desk, "/lists?chain=power_battery", "/lists/new", title=title, most="3")
    assert made.status_code == 303
    return made.headers["Location"]


def firm(desk: FlaskClient, address: str) -> str:
    found = re.search(rf'href="({address}/rows/\d+)"', desk.get(address).text)
    assert found
    return found[1]


def test_an_office_without_lists_is_told_how_to_begin(desk: FlaskClient) -> None:
    assert "还没有名单" in desk.get("/lists").text
    assert "还没有名单，也就没有可看的闭环" in desk.get("/loop").text
    assert "39 场" in desk.get("/events").text


def test_a_list_without_a_name_or_firms_is_not_made(desk: FlaskClient) -> None:
    answer = post(desk, "/lists?chain=power_battery&link=隔膜(湿法/干法)", "/lists/new",
                  title="", office="广州")  # fmt: skip
    assert answer.status_code == 422
    assert "请给名单起个名称" in answer.text
    assert "没有叫“广州”的驻外招商专班" in answer.text


def test_a_page_that_is_stale_writes_nothing(desk: FlaskClient) -> None:
    address = firm(desk, listed(desk))
    assert post(desk, address, address, version="1", 备注="甲").status_code == 303
    answer = post(desk, address, address, version="1", 备注="乙")
    assert answer.status_code == 303
    page = desk.get(address).text
    assert "刚被别人改过" in page
    assert 'value="甲"' in page


def test_a_wrong_entry_is_named_beside_its_field(desk: FlaskClient) -> None:
    address = firm(desk, listed(desk))
    answer = post(desk, address, address, version="1", 状态="放弃", 谈了什么="<b>不来</b>")
    assert answer.status_code == 422
    assert "以后再看时知道为什么" in answer.text
    assert "请填“本次日期”" in answer.text
    assert "&lt;b&gt;不来&lt;/b&gt;" in answer.text


def test_a_contact_kept_by_mistake_is_taken_back(desk: FlaskClient) -> None:
    address = firm(desk, listed(desk))
    told = {"本次日期": "2026-03-02", "谈了什么": "记错了"}
    assert post(desk, address, address, version="1", **told).status_code == 303
    number = re.search(r'name="forget" value="(\d+)"', desk.get(address).text)
    assert number
    assert post(desk, address, address, version="1", forget=number[1]).status_code == 303
    assert "记错了" not in desk.get(address).text
    post(desk, address, address, version="1", forget=number[1])
    assert "刚被别人改过" in desk.get(address).text


def test_a_signature_asks_for_what_it_needs(desk: FlaskClient) -> None:
    address = firm(desk, listed(desk))
    answer = post(desk, address, address, version="1", sign="1", 投资额="很多")
    assert answer.status_code == 422
    assert "请填“县市区”" in answer.text
    linked = post(desk, address, address, version="1", code="没有这个编号")
    assert linked.status_code == 422
    assert "没有叫“没有这个编号”的" in linked.text


def test_a_file_that_is_no_list_is_refused(desk: FlaskClient) -> None:
    address = listed(desk)
    data = {"csrf_token": token(desk, address), "file": (io.BytesIO(b"x" * 99), "a.xlsx")}
    answer = desk.post(f"{address}/returns", data=data)
    assert answer.status_code == 422
    without = desk.post(f"{address}/returns", data={"csrf_token": token(desk, address)})
    assert "还没有选文件" in without.text


@pytest.mark.parametrize(
    "path",
    ["/lists/99", "/lists/99/file.xlsx", "/lists/99/pack.zip", "/lists/99/briefs.pdf",
     "/lists/99/rows/1", "/events/X", "/events?kind=聚会", "/lists/99/returns/1"],
)  # fmt: skip
def test_what_is_not_there_is_said(desk: FlaskClient, path: str) -> None:
    answer = desk.get(path)
    assert answer.status_code == 404
    assert "没有叫" in answer.text


@pytest.mark.parametrize("kind", ["exe", "html"])
def test_a_kind_that_does_not_exist_is_said(desk: FlaskClient, kind: str) -> None:
    address = listed(desk)
    assert desk.get(f"{address}/file.{kind}").status_code == 404
    assert desk.get(f"{address}/briefs.{kind}").status_code == 404
    assert desk.get(f"{address}/file.xlsx?edition=secret").status_code == 404


def test_an_event_and_its_contract_are_written_down(desk: FlaskClient) -> None:
    wrong = post(desk, "/events/new", "/events/new", name="", date="下周", city="上海")
    assert wrong.status_code == 422
    assert "请填“名称”" in wrong.text
    made = post(desk, "/events/new", "/events/new", name="推介会", date="2026-11", city="上海")
    address = made.headers["Location"]
    signed = post(desk, f"{address}/signings", address, version="1", contract="投资协议",
                  project="新项目", amount="2.5")  # fmt: skip
    assert signed.status_code == 303
    assert "首次签约，计入" in desk.get(address).text
    stale = post(desk, f"{address}/edit", f"{address}/edit", version="1", name="x",
                 date="2026-11", city="上海")  # fmt: skip
    assert stale.status_code == 303
    assert "刚被别人改过" in desk.get(address).text
    whole = desk.get("/events/figures.xlsx?of=kind").data
    one = desk.get("/events/figures.xlsx?of=kind&kind=推介会").data
    assert kinds(whole) > {"推介会"}
    assert kinds(one) == {"推介会"}


def kinds(workbook: bytes) -> set[str]:
    """What stands in the first column of the figures."""
    sheet = openpyxl.load_workbook(io.BytesIO(workbook)).worksheets[0]
    return {str(row[0].value) for row in sheet.iter_rows(min_row=4) if row[0].value}


def test_a_firm_on_another_list_is_named_before_a_list_is_made(desk: FlaskClient) -> None:
    listed(desk, "甲队")
    page = desk.get("/lists/new?chain=power_battery&most=3").text
    assert page.count("也在“甲队”，未接触") == 3
    other = listed(desk, "乙队")
    assert "也在“甲队”，未接触" in desk.get(other).text


def test_an_earlier_version_is_taken_along_as_it_was(desk: FlaskClient) -> None:
    address = listed(desk)
    row = firm(desk, address)
    name = re.search(r"<h1>([^<]+)</h1>", desk.get(row).text)
    assert name
    assert post(desk, row, row, drop="1").status_code == 303
    then = desk.get(f"{address}/file.csv?version=1").text
    now = desk.get(f"{address}/file.csv").text
    assert name[1] in then
    assert name[1] not in now
    assert desk.get(f"{address}/briefs.pdf?version=3").status_code == 404
    page = desk.get(f"{address}?version=1").text
    assert page.count("version=1") >= 2 * 3 + 2 * 5


def test_an_office_takes_its_own_book(desk: FlaskClient) -> None:
    answer = desk.get("/lists/offices.xlsx?office=上海&edition=public")
    book = openpyxl.load_workbook(io.BytesIO(answer.data))
    assert book.sheetnames == ["上海招商专班目标企业"]
    assert desk.get("/lists/offices.xlsx?office=广州").status_code == 404


def test_what_was_typed_stays_where_it_is_refused(desk: FlaskClient) -> None:
    address = listed(desk)
    answer = post(desk, address, address, version="1", title="新名", owner="长" * 501, note="记")
    assert answer.status_code == 422
    assert "长" * 501 in answer.text
    assert 'value="记"' in answer.text


def test_nothing_of_the_pages_needs_the_net(desk: FlaskClient) -> None:
    templates = Path("mapapp/templates")
    for name in ("target_list.html", "target_list_firm.html", "events.html", "loop.html"):
        assert "//" not in re.sub(r"\{#.*?#\}", "", (templates / name).read_text("utf-8"))
