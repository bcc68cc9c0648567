"""A project's page: its life is told there, with what shows each step, and nothing runs."""

import re
from html import unescape

import pytest
from flask.testing import FlaskClient

from mapapp import create_app
from mapapp.journeys.bureau import Bureau
from mapapp.journeys.edit_project import create
from mapapp.journeys.life import steps
from mapapp.ledger.headers import Field
from mapapp.ledger.project import InvestmentProject

HOSTILE = "{{7*7}}<script>alert(1)</script>${1}`"
GIVEN = {
    Field.NAME: "甲项目",
    Field.COUNTY: "郧阳区",
    Field.CONTRACTED: "1",
    Field.SIGNED: "2025-03",
}


@pytest.fixture
def client(empty_bureau: Bureau) -> FlaskClient:
    app = create_app(bureau=empty_bureau)
    app.testing = True
    app.config["WTF_CSRF_ENABLED"] = False
    return app.test_client()


def made(bureau: Bureau, **more: str) -> InvestmentProject:
    outcome = create(bureau, {**GIVEN, **{Field[k]: v for k, v in more.items()}}, "张三")
    assert outcome.project, outcome.problems
    return outcome.project


def page(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return unescape(answer.text)


def test_a_step_is_reported_put_right_and_taken_back(
    client: FlaskClient, empty_bureau: Bureau
) -> None:
    code = made(empty_bureau).project_code
    sent = {"stage": "开工", "on": "2025-06", "evidence": f"许可证{HOSTILE}"}
    assert client.post(f"/editing/life/add/{code}", data=sent).status_code == 302
    shown = client.get(f"/projects/{code}").text
    assert "已记入进展" in shown
    assert "<script>alert(1)" not in shown
    assert f"许可证{HOSTILE}" in unescape(shown)
    project = empty_bureau.store.project(code)
    assert project
    key = steps(project)[1].key
    sent = {"key": key, "on": "2025-07", "evidence": "许可证 8 号"}
    assert client.post(f"/editing/life/correct/{code}", data=sent).status_code == 302
    assert "开工 2025-06" in page(client, f"/projects/{code}")
    late = client.post(f"/editing/life/withdraw/{code}", data={"key": key})
    assert late.status_code == 422
    assert "刚被别人改过" in late.text


def test_what_cannot_be_comes_back_with_what_was_typed(
    client: FlaskClient, empty_bureau: Bureau
) -> None:
    code = made(empty_bureau).project_code
    sent = {"stage": "开工", "on": "改天", "evidence": "甲方来函"}
    answer = client.post(f"/editing/life/add/{code}", data=sent)
    assert answer.status_code == 422
    assert "不是日期" in unescape(answer.text)
    assert 'value="甲方来函"' in answer.text
    assert 'value="改天"' in answer.text
    assert client.post("/editing/life/add/没有", data=sent).status_code == 404


def test_the_form_offers_the_next_code_and_leaves_it_to_be_issued(
    client: FlaskClient, empty_bureau: Bureau
) -> None:
    year = empty_bureau.today.year
    said = re.sub("<[^>]+>", "", page(client, "/editing/new"))
    assert f"下一个是 {year}-0001" in said
    data = {field.value: text for field, text in GIVEN.items()}
    for number in (1, 2):
        answer = client.post("/editing/new", data={**data, "项目编号": ""})
        assert answer.headers["Location"].endswith(f"/projects/{year}-000{number}")


def test_the_terms_are_shown_and_lead_to_the_like(
    client: FlaskClient, empty_bureau: Bureau
) -> None:
    first = made(
        empty_bureau, OFFICE="上海招商专班", ORIGIN="浙江省", TAGS="百日攻坚、A类",
        AGREEMENT="框架协议",
        NATIONAL_CODE="2304-441900-04-01-135254", LAND="120", JOBS="300",
    )  # fmt: skip
    other = made(
        empty_bureau, OFFICE="北京招商专班", TAGS="百日攻坚二期、a类", AGREEMENT="投资协议"
    )
    shown = page(client, f"/projects/{first.project_code}")
    for text in ("120 亩", "300 人", "2023-04 在广东省东莞市赋码", "上海招商专班", "框架协议"):
        assert text in shown
    for query, codes in (
        ("office=上海招商专班", {first}),
        ("origin=浙江省", {first}),
        ("tag=百日攻坚", {first}),
        ("tag=A类", {first}),
        ("tag=a类", {other}),
        ("tag=_类", set()),
        ("agreement=framework", {first}),
        ("agreement=investment", {other}),
    ):
        listed = page(client, f"/projects?{query}")
        for project in (first, other):
            assert (f"/projects/{project.project_code}" in listed) is (project in codes), query
    assert client.get("/projects?agreement=handshake").status_code == 404
