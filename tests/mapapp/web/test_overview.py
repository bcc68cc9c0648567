"""总览: every number opens exactly what it counts, and is that of the page it comes from."""

import json
import re
from html import unescape

import pytest
from flask.testing import FlaskClient

QUERIES = (
    "",
    "on=2023-06-30",
    "on=2022-12-31&place=420304",
    "on=2022-12-31&place=武当山特区",
    "on=2022-12-31&chain=power_battery",
    "on=2022-12-31&stage=签约&period=2022",
    "place=未分县区",
    "chain=other",
)
FIGURE = re.compile(
    r'<a\b([^>]*)\bhref="(/[^"]*)"[^>]*>\s*([\d,]+(?:\.\d\d)?)(?: 个未写| 个)?\s*</a>'
)


def text_of(client: FlaskClient, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return unescape(answer.get_data(as_text=True))


def main_of(page: str) -> str:
    return page[page.index("<main") : page.index("</main>")]


def counted(page: str) -> int:
    """How many things the list holds that the page is: in its heading, or in its last note."""
    found = re.search(r'<h1>[^<]*<span class="q">([\d,]+) ', page) or re.search(
        r"共 ([\d,]+) 个环节", page
    )
    assert found, page[:300]
    return int(found[1].replace(",", ""))


@pytest.mark.parametrize("query", QUERIES)
def test_every_number_opens_exactly_what_it_counts(client: FlaskClient, query: str) -> None:
    page = main_of(text_of(client, f"/?{query}"))
    found = {(address, number) for _, address, number in FIGURE.findall(page)}
    kinds = {address.split("?")[0] for address, _ in found}
    assert {"/projects", "/gaps"} <= kinds or "chain=other" in query
    for address, number in found:
        behind = counted(text_of(client, address))
        if "." in number:  # an amount: its list is that of its projects
            assert behind > 0, address
        else:
            assert behind == int(number.replace(",", "")), address


def test_all_kinds_of_lists_are_reached(client: FlaskClient) -> None:
    page = main_of(text_of(client, "/?on=2022-12-31"))
    kinds = {address.split("?")[0] for _, address, _ in FIGURE.findall(page)}
    assert kinds == {
        "/projects", "/enterprises", "/gaps", "/figures", "/milestones", "/statistics/list",
    }  # fmt: skip


@pytest.mark.parametrize("query", ["on=2022-12-31", "on=2023-06-30&place=420304"])
def test_the_bars_have_the_numbers_of_their_links(client: FlaskClient, query: str) -> None:
    page = client.get(f"/?{query}").get_data(as_text=True)
    data = re.search(r'id="overview-charts">(.*?)</script>', page, re.DOTALL)
    assert data
    charts = json.loads(data[1])
    assert set(charts) == {"months", "stages", "places"}
    for name, chart in charts.items():
        places = len(chart["categories"])
        assert len(chart["links"]) == places
        assert all(len(one["values"]) == places for one in chart["series"])
        for n, address in enumerate(chart["links"]):
            values = [one["values"][n] or 0 for one in chart["series"]]
            number = (values[0] or values[1]) if name == "months" else sum(values)
            if address:
                assert counted(text_of(client, address)) == number, (name, address)
            else:
                assert number == 0


def test_its_figures_are_those_of_the_year_s_pages(client: FlaskClient) -> None:
    page = main_of(text_of(client, "/?on=2022-12-31"))
    tile = re.search(r"今年签约.*?</div>", page, re.DOTALL)
    assert tile
    shown = re.findall(r">([\d,.]+)</a>", tile[0])[:2]
    table = text_of(client, "/statistics?by=&from=2022-01-01&to=2022-12-31")
    total = table[table.index('class="total"') :]
    assert re.findall(r">([\d,.]+)</a>", total)[:2] == shown == ["6", "180.50"]


def test_without_signings_this_year_it_says_when_the_last_was(client: FlaskClient) -> None:
    page = text_of(client, "/?on=2026-11-28")
    assert "2026 年的台账里还没有写明日期的签约。最近一次是 2025-10，" in page
    link = re.search(r'href="([^"]*)">看截至那时的数字', page)
    assert link
    assert "on=2025-10-31" in link[1]
    assert "还没有写明日期的签约" not in text_of(client, link[1])


def test_a_day_that_is_none_is_refused(client: FlaskClient) -> None:
    answer = client.get("/?on=2023-02-30")
    assert answer.status_code == 404
    assert "2023-02-30" in answer.get_data(as_text=True)
