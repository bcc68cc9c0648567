"""The map's other pages, asked as a browser asks them."""

import re
from html import unescape

import pytest
from flask.testing import FlaskClient

PAGES = ["/map/compare", "/map/link?chain=power_battery&link=模组/PACK"]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_whole_and_holds_no_style(client: FlaskClient, path: str) -> None:
    response = client.get(path)
    page = response.get_data(as_text=True)
    assert response.status_code == 200
    assert len(response.data) < 150_000
    assert not re.search(r"<[^>]+\sstyle=", page)
    assert not re.search(r"<[^>]+\son\w+=", page)
    assert "边界：天地图（CGCS2000）" in page
    assert 'aria-current="page">地图<' in page
    nonce = re.search(r"'nonce-([^']+)'", response.headers["Content-Security-Policy"])
    assert nonce
    for tag in re.findall(r"<script(?![^>]*(?:src=|application/json))[^>]*>", page):
        assert f'nonce="{nonce[1]}"' in tag


def test_two_periods_come_with_their_table(client: FlaskClient) -> None:
    page = unescape(
        client.get(
            "/map/compare?figure=start_rate&from=2023-01-01&to=2023-06-30"
            "&from2=2022-01-01&to2=2022-06-30"
        ).get_data(as_text=True)
    )
    assert "本期：2023-01-01 至 2023-06-30" in page
    assert "对比期：2022-01-01 至 2022-06-30" in page
    assert "期内首次签约、到期末已开工的 ÷ 签约项目" in page
    assert page.count('class="folium-map"') == 2


@pytest.mark.parametrize(
    ("query", "word"),
    [("figure=x", "对比指标"), ("from=2024-01-01&to=2023-01-01", "颠倒"), ("from2=x", "不是")],
)
def test_what_cannot_be_compared_is_named(client: FlaskClient, query: str, word: str) -> None:
    response = client.get(f"/map/compare?{query}")
    assert response.status_code == 404
    assert word in response.get_data(as_text=True)


def test_supply_says_where_its_positions_come_from(client: FlaskClient) -> None:
    page = unescape(client.get("/map/link?link=模组/PACK").get_data(as_text=True))
    assert "位置来源" in page
    assert "直线，不是路程" in page
    assert "外地最近的已知供应企业" in page


def test_without_a_link_there_is_a_choice(client: FlaskClient) -> None:
    page = unescape(client.get("/map/link?chain=power_battery").get_data(as_text=True))
    assert "选一个环节" in page
    assert "/map/link?chain=power_battery&link=" in page
    other = client.get("/map/link?chain=other").get_data(as_text=True)
    assert "不是一条产业链" in other
    assert client.get("/map/link?link=乱写").status_code == 404
