"""The what-if page: all of it is in the address, and wrong words are named."""

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient

BASE = "/what-if?chain=power_battery"
BMS = "BMS/控制器|华霆动力"


def page(client: FlaskClient, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return unescape(response.get_data(as_text=True))


def firms(address: str) -> list[str]:
    return parse_qs(urlsplit(address).query)["firm"]


def test_without_a_chain_it_asks_for_one(client: FlaskClient) -> None:
    for query in ("", "?chain=other"):
        assert "/what-if?chain=power_battery" in page(client, f"/what-if{query}")


def test_the_best_are_put_into_the_address(client: FlaskClient) -> None:
    response = client.get(f"{BASE}&k=5&each=1&place=420304")
    assert response.status_code == 302
    chosen = firms(response.location)
    assert len(chosen) == 5
    assert "k=" not in response.location
    text = page(client, response.location)
    assert "这是推演，不是预测" in text
    for word in chosen:
        assert word.split("|")[1] in text
    assert client.get(f"{BASE}&k=4").status_code == 404


def test_what_is_typed_goes_into_the_address(client: FlaskClient) -> None:
    response = client.get(f"{BASE}&pick={BMS}&p=55&c=&pick=动力电芯|甲公司&p=&c=12")
    assert firms(response.location) == [f"{BMS}|55", "动力电芯|甲公司||12"]
    added = client.get(f"{BASE}&firm={BMS}&name=乙|公司&on=动力电芯")
    assert firms(added.location) == [BMS, "动力电芯|乙 公司"]
    assert "名单外" in page(client, added.location)


def test_links_add_and_remove_a_firm(client: FlaskClient) -> None:
    text = page(client, f"{BASE}&firm={BMS}&q=星源")
    add = re.search(r'href="([^"]+)" aria-label="加入星源材质', text)
    assert add
    assert [word.split("|")[1] for word in firms(add[1])] == ["华霆动力", "星源材质"]
    drop = re.search(r'href="([^"]+)" aria-label="去掉华霆动力"', text)
    assert drop
    assert "firm" not in parse_qs(urlsplit(drop[1]).query)


@pytest.mark.parametrize("word", ["没有|甲", "动力电芯|甲|200", "动力电芯", "动力电芯|甲|{{7*7}}"])
def test_a_wrong_pick_is_named(client: FlaskClient, word: str) -> None:
    response = client.get("/what-if", query_string={"chain": "power_battery", "firm": word})
    assert response.status_code == 404
    assert word.rpartition("|")[2] in unescape(response.get_data(as_text=True))


def test_a_name_is_never_markup(client: FlaskClient) -> None:
    name = "<script>alert(1)</script>{{7*7}}"
    response = client.get(
        "/what-if", query_string={"chain": "power_battery", "firm": f"动力电芯|{name}"}
    )
    assert response.status_code == 200
    assert "<script>alert" not in response.get_data(as_text=True)
    assert name in unescape(response.get_data(as_text=True))


def test_other_pages_lead_here(client: FlaskClient) -> None:
    for address in ("/chain?chain=power_battery", "/gaps?chain=power_battery", "/targets"):
        assert "推演落地" in page(client, address), address
