"""The map's other pages, asked as a browser asks them."""

import json
import re
from dataclasses import replace
from html import unescape

import pytest
from flask.testing import FlaskClient

from mapapp import create_app
from mapapp.journeys.bureau import Bureau
from mapapp.tile_service import read_tiles

PAGES = [
    "/map/compare",
    "/map/link?chain=power_battery&link=模组/PACK",
    "/country",
    "/country?city=深圳",
]


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


def test_the_country_s_script_is_kept_by_the_browser(client: FlaskClient) -> None:
    page = client.get("/country").get_data(as_text=True)
    assert 'src="/country/map.js"' in page
    script = client.get("/country/map.js", headers={"Accept-Encoding": "gzip"})
    assert script.mimetype == "text/javascript"
    assert len(script.data) < 80_000
    tag = {"If-None-Match": script.headers["ETag"], "Accept-Encoding": "gzip"}
    assert client.get("/country/map.js", headers=tag).status_code == 304


def test_a_city_has_its_counties_and_its_firms(client: FlaskClient) -> None:
    place = client.get("/country/place/440300").get_json()
    assert place["name"] == "深圳市"
    assert {"南山区", "福田区"} <= {label["name"] for label in place["labels"]}
    panel = unescape(
        client.get("/country/panel?chain=power_battery&city=440300").get_data(as_text=True)
    )
    assert "贝特瑞" in panel
    assert "深圳招商专班" in panel
    assert "/lists/new?chain=power_battery&roadshow=440300" in panel
    assert "未计出访城市" in panel
    for path in ("/country/place/999999", "/country/panel?city=火星", "/country?city=火星"):
        assert client.get(path).status_code == 404


def test_ticked_firms_of_a_city_become_a_list_for_it(client: FlaskClient) -> None:
    client.application.config["WTF_CSRF_ENABLED"] = False
    try:
        answer = client.post(
            "/lists/new?chain=power_battery&roadshow=440300",
            data={"row": ["硅基负极|贝特瑞"], "roadshow": "440300"},
        )
    finally:
        client.application.config["WTF_CSRF_ENABLED"] = True
    page = unescape(answer.get_data(as_text=True))
    assert answer.status_code == 200
    assert "勾选的 1 行" in page
    assert 'name="roadshow" value="440300"' in page


@pytest.fixture(scope="module")
def reviewed(bureau: Bureau) -> FlaskClient:
    """The same city with a review number and tiles of the intranet."""
    tiles = read_tiles("xyz:https://gis.example:8443/{z}/{x}/{y}.png", "GCJ02", "<i>底图</i>")
    settings = replace(bureau.settings, map_review="鄂S(2026)<b>001号", tiles=tiles)
    app = create_app(bureau=replace(bureau, settings=settings))
    app.testing = True
    return app.test_client()


@pytest.mark.parametrize("path", ["/map", *PAGES, "/projects/P048"])
def test_the_review_number_is_on_every_map(reviewed: FlaskClient, path: str) -> None:
    page = reviewed.get(path).get_data(as_text=True)
    assert "审图号：鄂S(2026)&lt;b&gt;001号" in page
    assert "<i>底图" not in page


def test_images_come_from_the_host_of_the_tiles_and_no_other(
    reviewed: FlaskClient, client: FlaskClient
) -> None:
    policy = reviewed.get("/map").headers["Content-Security-Policy"]
    assert "img-src 'self' data: https://gis.example:8443;" in policy
    assert policy.count("https://") == 1
    assert "img-src 'self' data:;" in client.get("/map").headers["Content-Security-Policy"]
    drawing = reviewed.get("/map/drawing.js").get_data(as_text=True)
    assert "https://gis.example:8443/{z}/{x}/{y}.png" in drawing


def test_above_tiles_in_gcj02_sites_and_labels_are_shifted(
    reviewed: FlaskClient, client: FlaskClient
) -> None:
    def labels(of: FlaskClient) -> dict[str, list[float]]:
        page = of.get("/map").get_data(as_text=True)
        data = re.search(r'id="map-data">(.*?)</script>', page, re.DOTALL)
        assert data
        return {c["code"]: c["label"] for c in json.loads(data[1])["counties"]}

    plain, shifted = labels(client), labels(reviewed)
    assert plain.keys() == shifted.keys()
    for code, at in plain.items():
        assert 0.002 < abs(shifted[code][0] - at[0]) < 0.01
