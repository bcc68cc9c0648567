"""The selection in the URL, kept by every link and by the bar."""

from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient

from mapapp.web.state import PAGES, here, url

VIEW = "place=420304&chain=power_battery&stage=开工&period=2021-2023"


@pytest.mark.parametrize("page", PAGES)
def test_the_tabs_keep_the_selection(client: FlaskClient, page: str) -> None:
    text = unescape(client.get(f"/gaps?{VIEW}").get_data(as_text=True))
    path = "/" if page == "overview" else f"/{page}"
    links = [urlsplit(part.split('"')[0]) for part in text.split('href="')[1:]]
    queries = [parse_qs(link.query) for link in links if link.path == path]
    wanted = {key: [value] for key, value in (p.split("=") for p in VIEW.split("&"))}
    assert wanted in queries


def test_a_name_and_a_code_are_one_place(app: Flask) -> None:
    with app.test_request_context("/gaps?place=郧阳"):
        assert url("map") == "/map?place=420304"


def test_links_change_what_they_say_and_keep_the_page_s_own_filters(app: Flask) -> None:
    with app.test_request_context("/gaps?chain=power_battery&status=weak&status=missing&q=x"):
        query = parse_qs(urlsplit(here(chain=None, place="420304")).query)
        assert query == {"place": ["420304"], "status": ["weak", "missing"], "q": ["x"]}
        assert url("ledger.project", code="P001") == "/projects/P001?chain=power_battery"


def test_the_bar_leads_to_an_address_worth_copying(client: FlaskClient) -> None:
    response = client.get("/gaps?bar=1&place=&chain=food_beverage&link=动力电芯&stage=&status=weak")
    assert response.status_code == 302
    assert response.headers["Location"] == "/gaps?chain=food_beverage&status=weak"


def test_the_bar_shows_the_link_as_a_chip_that_can_go(client: FlaskClient) -> None:
    page = client.get("/gaps?chain=power_battery&link=动力电芯").get_data(as_text=True)
    assert 'aria-label="去掉环节 动力电芯"' in page
    assert "清除" in page


def test_a_single_thing_s_bar_leads_to_its_list(client: FlaskClient) -> None:
    page = client.get("/projects/P001").get_data(as_text=True)
    assert '<form class="bar" method="get" action="/projects"' in page
