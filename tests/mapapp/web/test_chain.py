from html import unescape

import pytest
from flask.testing import FlaskClient

from chains import load


def test_without_a_chain_one_is_offered(client: FlaskClient) -> None:
    page = client.get("/chain").get_data(as_text=True)
    assert page.count('class="chain-thumbnail"') == len(load().chains)
    assert "新型动力电池" in page
    assert client.get("/chain?chain=other").status_code == 200


def test_the_picture_stands_in_the_page(client: FlaskClient) -> None:
    page = unescape(client.get("/chain?chain=power_battery&place=420304").get_data(as_text=True))
    assert 'class="chain-picture"' in page
    assert page.count('data-number="') == 39
    assert "place=420304" in page
    assert "本链企业和项目，尚未对应环节" in page
    assert " style=" not in page


def test_a_link_of_the_address_is_open(client: FlaskClient) -> None:
    page = unescape(client.get("/chain?chain=power_battery&link=电解液").get_data(as_text=True))
    assert "<h2>电解液</h2>" in page
    for word in ("为什么是“缺环”", "谁靠它", "它靠谁", "去找谁", "下游依赖"):
        assert word in page
    assert 'aria-current="true"' in page


def test_the_panel_alone(client: FlaskClient) -> None:
    panel = client.get("/chain/panel?chain=power_battery&link=磷酸铁锂正极&place=420304")
    text = panel.get_data(as_text=True)
    assert "<html" not in text
    assert "县内供给" in text
    assert "市内" in text
    assert "万润" in text
    assert client.get("/chain/panel?chain=power_battery").status_code == 404


@pytest.mark.parametrize(
    "query", ["chain=battery_x", "chain=power_battery&link=没有的环节", "place=999999"]
)
def test_unknown_words_are_named(client: FlaskClient, query: str) -> None:
    response = client.get(f"/chain?{query}")
    assert response.status_code == 404
    assert query.rsplit("=", 1)[1] in response.get_data(as_text=True)


def test_the_chain_is_taken_away_as_data(client: FlaskClient) -> None:
    page = unescape(client.get("/chain?chain=power_battery").get_data(as_text=True))
    assert 'href="/chain/data.json?chain=power_battery"' in page
    answer = client.get("/chain/data.json?chain=power_battery&place=420304")
    assert answer.mimetype == "application/json"
    assert "attachment; filename=chain-power_battery.json" in answer.headers["Content-Disposition"]
    assert answer.get_json()["id"] == "power_battery"
    assert client.get("/chain/data.json").status_code == 404
    assert client.get("/chain/data.json?chain=other").status_code == 404
