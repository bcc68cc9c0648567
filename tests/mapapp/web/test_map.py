import gzip
import json
import re
from html import unescape

import pytest
from flask.testing import FlaskClient

from mapapp import create_app
from mapapp.journeys.bureau import Bureau
from mapapp.ledger.project import InvestmentProject, Provenance
from mapapp.store import Sample
from tests.mapapp.journeys.read_points import read_points

HOSTILE = "{{7*7}}${alert(1)}</script><script>alert(1)</script>D:\\users{% x"


def test_the_page_holds_the_map_but_no_project(client: FlaskClient) -> None:
    response = client.get("/map")
    page = response.get_data(as_text=True)
    assert response.status_code == 200
    assert 'class="folium-map"' in page
    assert "湖北万润新能源二期生产线项目" not in page
    assert len(page) < 100_000
    nonce = re.search(r"'nonce-([^']+)'", response.headers["Content-Security-Policy"])
    assert nonce
    for tag in re.findall(r"<script(?![^>]*(?:src=|application/json))[^>]*>", page):
        assert f'nonce="{nonce[1]}"' in tag
    assert " style=" not in page


def test_folium_s_script_comes_by_itself_under_the_same_selection(client: FlaskClient) -> None:
    def drawing(page: str) -> str:
        data = re.search(r'id="map-data">(.*?)</script>', client.get(page).get_data(as_text=True))
        assert data
        address = json.loads(data[1])["libraries"][-1]
        answer = client.get(address)
        assert answer.mimetype == "text/javascript"
        assert (
            client.get(address, headers={"If-None-Match": answer.headers["ETag"]}).status_code
            == 304
        )
        return answer.get_data(as_text=True)

    whole = drawing("/map")
    assert whole.startswith("function* foliumSteps() {")
    assert "湖北万润新能源二期生产线项目" not in whole
    battery = drawing("/map?chain=power_battery")
    assert battery != whole
    assert drawing("/linked?chain=power_battery") == battery
    assert drawing("/map?chain=power_battery&shade=growth") != battery
    assert "foliumSteps" not in client.get("/map").get_data(as_text=True)


def test_the_points_come_compact_and_once(client: FlaskClient) -> None:
    response = client.get("/map/points", headers={"Accept-Encoding": "gzip"})
    assert response.headers["Content-Encoding"] == "gzip"
    body = gzip.decompress(response.data)
    assert len(read_points(body)) == 101
    plain = client.get("/map/points")
    assert plain.data == body
    assert plain.headers["ETag"] != response.headers["ETag"]
    for first in (response, plain):
        tag = {"If-None-Match": first.headers["ETag"]}
        if first is response:
            tag["Accept-Encoding"] = "gzip"
        again = client.get("/map/points", headers=tag)
        assert again.status_code == 304
        assert not again.data


def test_the_points_are_the_same_whatever_is_selected(client: FlaskClient) -> None:
    assert client.get("/map/points?chain=power_battery").data == client.get("/map/points").data


def test_projects_are_found_by_their_text(client: FlaskClient) -> None:
    found = client.get("/map/points/find?q=万润").get_json()
    assert found
    assert len(found) <= 8
    for code, name, stage in found:
        page = unescape(client.get(f"/projects/{code}").get_data(as_text=True))
        assert "万润" in page
        assert name in page
        assert stage in page
    other = client.get("/map/points/find?q=万润&chain=bathroom").get_json()
    assert other == []
    assert client.get("/map/points/find?q=").get_json() == []


def test_projects_are_named_by_their_codes(client: FlaskClient) -> None:
    named = client.get("/map/points/names?code=P048&code=P999").get_json()
    assert list(named) == ["P048"]
    assert named["P048"][0] == "湖北万润新能源二期生产线项目"


def test_the_sums_are_there_column_by_column(client: FlaskClient) -> None:
    sums = client.get("/map/sums").get_json()
    assert sum(sums["projects"]) == 112
    columns = ("county", "chain", "first", "last", "projects", "contracted")
    assert len({len(sums[name]) for name in columns}) == 1
    for name, words in [("county", "counties"), ("chain", "chains"), ("first", "months")]:
        assert max(sums[name]) < len(sums[words])


def test_shading_is_in_the_address(client: FlaskClient) -> None:
    assert "区县底色：协议金额" in client.get("/map?shade=amount").get_data(as_text=True)
    unknown = client.get("/map?shade=growht")
    assert unknown.status_code == 404
    assert "growht" in unknown.get_data(as_text=True)


def test_a_reload_shows_the_same_panel(client: FlaskClient) -> None:
    for query, words in [
        ("place=420304", ["郧阳区</h2>", "郧阳区的产业链"]),
        ("place=武当山特区", ["功能区", "丹江口市"]),
        ("place=未分县区", ["来源没有写明在哪个区县"]),
        ("project=P048", ["湖北万润新能源二期生产线项目</h2>", "位置精度", "不是厂址"]),
        ("period=2023", ["没有写明签约日期"]),
    ]:
        page = unescape(client.get(f"/map?{query}").get_data(as_text=True))
        for word in words:
            assert word in page, (query, word)


@pytest.mark.parametrize("path", ["/map?project=P999", "/map/panel/project/P999"])
def test_an_unknown_project_is_a_404_that_names_it(client: FlaskClient, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 404
    assert "P999" in response.get_data(as_text=True)


def test_text_of_the_ledger_stays_text(empty_bureau: Bureau) -> None:
    project = InvestmentProject(
        "{{7*7}}", HOSTILE, HOSTILE, None, "420304", product=HOSTILE, note=HOSTILE,
        provenance=Provenance("javascript:alert(1)"),
    )  # fmt: skip
    empty_bureau.store.load_sample(Sample([project]), "test")
    app = create_app(bureau=empty_bureau)
    app.testing = True
    client = app.test_client()
    for path in ("/map?place=420304", "/map?project=%7B%7B7*7%7D%7D"):
        page = client.get(path).get_data(as_text=True)
        assert "<script>alert(1)" not in page
        assert 'href="javascript:' not in page
        assert HOSTILE in unescape(page)
    assert list(read_points(client.get("/map/points").data)) == ["{{7*7}}"]
    named = client.get("/map/points/names?code={{7*7}}").get_json()
    assert named == {"{{7*7}}": [HOSTILE, HOSTILE, "—"]}


def test_the_counties_can_be_shaded_anew_without_the_page(client: FlaskClient) -> None:
    data = client.get("/map/counties?shade=start_rate&period=2021-2023").get_json()
    assert data["measure"]["label"] == "开工率"
    assert len(data["counties"]) == 8
    assert set(data["counties"][0]) == {"code", "name", "value", "text", "detail", "colour"}
    assert {one["colour"] for one in data["counties"]} <= {c["colour"] for c in data["classes"]}
    assert data["undated"] > 0
    page = unescape(client.get("/map?shade=start_rate&period=2021-2023").get_data(as_text=True))
    assert data["measure"]["definition"] in page
    assert data["measure"]["note"] in page
    for item in data["classes"]:
        assert f'fill="{item["colour"]}"' in page
        assert item["text"] in page
    refused = client.get("/map/counties?shade=nothing")
    assert refused.status_code == 404
    assert "growth" in refused.get_data(as_text=True)


@pytest.mark.parametrize(
    "shade", ["count", "amount", "paid_in", "growth", "growth_amount", "start_rate"]
)
def test_every_measure_has_a_page_and_the_choice_shows_it(client: FlaskClient, shade: str) -> None:
    page = client.get(f"/map?shade={shade}").get_data(as_text=True)
    value = "" if shade == "count" else shade
    assert f'<option value="{value}" selected>' in page
