"""The menu of 挂图 and 一页纸, and the files that it leads to."""

import re
import time
from html import unescape
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

HEADS = {"pdf": b"%PDF", "png": b"\x89PNG", "docx": b"PK"}


def links(page: str, word: str) -> list[str]:
    found = re.findall(r'href="(/sheets/[^"]+)"', page)
    return [unescape(link) for link in found if link.startswith(f"/sheets/{word}.")]


def taken(client: FlaskClient, address: str) -> tuple[bytes, str]:
    """The file of a job, and its name, when the job is over."""
    answer = client.get(address)
    assert answer.status_code == 303, answer.status
    job = answer.headers["Location"]
    for _ in range(600):
        state = client.get(f"{job}/status.json").get_json()
        if state["over"]:
            break
        time.sleep(0.1)
    assert state["state"] == "done", state
    file = client.get(f"{job}/file")
    return file.data, file.headers["Content-Disposition"]


@pytest.mark.parametrize("page", ["/map", "/chain", "/targets"])
def test_the_menu_keeps_the_selection(client: FlaskClient, page: str) -> None:
    query = "place=420304&chain=power_battery&link=电解液&stage=开工&period=2023"
    said = client.get(f"{page}?{query}").get_data(as_text=True)
    charts = links(said, "wall-chart")
    assert len(charts) == 3 * 2 * 2
    for part in ("place=420304", "chain=power_battery", "stage=", "period=2023", "link="):
        assert all(part in link for link in charts), part
    assert {re.search(r"paper=(A\d)", link)[1] for link in charts} == {"A4", "A3", "A1"}  # type: ignore[index]
    assert all(f"from={page.removeprefix('/')}" in link for link in charts)
    assert len(links(said, "chain")) == 4
    assert "没有填写审图号" in said
    assert re.search(r"A1\s+143", said)


def test_without_a_chain_there_is_no_page_of_one(client: FlaskClient) -> None:
    for query in ("", "?chain=other"):
        said = client.get(f"/map{query}").get_data(as_text=True)
        assert links(said, "wall-chart")
        assert links(said, "chain") == []


def test_a_county_s_panel_leads_to_its_page(client: FlaskClient) -> None:
    for page in ("/map?place=420304", "/map/panel/place?place=420304&stage=开工"):
        found = links(client.get(page).get_data(as_text=True), "county")
        assert len(found) == 4
        assert all("place=420304" in link and "stage" not in link for link in found)
    for page in ("/map", "/map?place=经开区", "/map?place=未分县区"):
        assert links(client.get(page).get_data(as_text=True), "county") == []


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("/sheets/wall-chart.pdf?chain=turquoise&paper=A3&from=chain", "招商挂图-A3-内部版"),
        ("/sheets/wall-chart.png?chain=turquoise&edition=public", "招商挂图-A4-对外版"),
        ("/sheets/county.docx?place=420304", "郧阳区一页纸-内部版"),
        (
            "/sheets/chain.pdf?chain=turquoise&edition=public&place=420323",
            "竹山县绿松石一页纸-对外版",
        ),
    ],
)
def test_a_job_writes_the_file(client: FlaskClient, address: str, name: str) -> None:
    data, said = taken(client, address)
    kind = re.search(r"\.(\w+)\?", address)[1]  # type: ignore[index]
    assert data.startswith(HEADS[kind])
    assert quote(name) in said


@pytest.mark.parametrize(
    "address",
    [
        "/sheets/wall-chart.gif",
        "/sheets/wall-chart.pdf?paper=B9",
        "/sheets/wall-chart.pdf?edition=secret",
        "/sheets/wall-chart.pdf?place=郧杨区",
        "/sheets/county.pdf",
        "/sheets/county.pdf?place=经开区",
        "/sheets/county.png?place=420304",
        "/sheets/chain.pdf",
        "/sheets/chain.pdf?chain=other",
        "/sheets/chain.txt?chain=turquoise",
    ],
)
def test_what_there_is_not_is_not_found(client: FlaskClient, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 404
    assert "Traceback" not in answer.get_data(as_text=True)
