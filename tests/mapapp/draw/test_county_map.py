import json
import re

import folium
import pytest

from mapapp.draw.county_map import Fragment, ZoneCircle, draw_counties
from mapapp.journeys.bureau import Bureau

STATIC = "/static/abc"


@pytest.fixture(scope="module")
def drawn(bureau: Bureau) -> Fragment:
    places = bureau.boundaries
    colours = dict.fromkeys(places.county_codes[:-1], "#abcdef")
    zones = [ZoneCircle("甲区", (110.8, 32.6), 5)]
    return draw_counties(places.to_geojson(), places.outline_geojson(), colours, zones, STATIC)


def test_everything_comes_from_our_own_files(drawn: Fragment) -> None:
    addresses = re.findall(r'(?:src|href)="([^"]+)"', drawn.header + drawn.html)
    assert addresses
    assert all(address.startswith(f"{STATIC}/vendor/") for address in addresses)
    assert "http" not in drawn.header + drawn.html + drawn.script


def test_the_class_of_everyone_else_is_untouched(drawn: Fragment) -> None:
    assert all("cdn" in url or "code.jquery" in url for _, url in folium.Map.default_js)


def test_no_inline_style_and_no_handler(drawn: Fragment) -> None:
    page = drawn.header + drawn.html
    assert "style=" not in page
    assert "<style" not in page
    assert not re.search(r"\son\w+=", page)


def test_folium_gets_no_name(drawn: Fragment, bureau: Bureau) -> None:
    for name in (*bureau.boundaries.county_names, "甲区"):
        assert name not in drawn.script
        assert json.dumps(name).strip('"') not in drawn.script


def test_every_county_is_drawn_and_shaded(drawn: Fragment, bureau: Bureau) -> None:
    for code in bureau.boundaries.county_codes:
        assert f'"{code}"' in drawn.script
    assert "#abcdef" in drawn.script
    assert "dashArray" in drawn.script
    assert len(drawn.script) < 100_000


def test_the_same_map_is_the_same_text(drawn: Fragment, bureau: Bureau) -> None:
    places = bureau.boundaries
    again = [
        draw_counties(places.to_geojson(), places.outline_geojson(), {}, [], STATIC).script
        for _ in range(2)
    ]
    assert drawn.names["map"] in drawn.script
    assert re.sub(r"[0-9a-f]{32}", "", again[0]) == re.sub(r"[0-9a-f]{32}", "", again[1])
