"""The map's other pages in a real browser: what moves, what prints, and how fast."""

import io
import re

import pypdfium2
from playwright.sync_api import Page, expect

QUERY = "?figure=signed_projects&from=2022-01-01&to=2022-12-31&from2=2021-01-01&to2=2021-12-31"
CENTRES = """
() => JSON.parse(document.getElementById("map-data").textContent).maps.map((names) => {
  const map = window[names.map];
  return [map.getCenter().lat, map.getCenter().lng, map.getZoom()].map((n) => n.toFixed(4));
})
"""


def test_two_periods_move_together(page: Page, server: str) -> None:
    page.goto(f"{server}/map/compare{QUERY}")
    expect(page.locator(".side-map .county-label")).to_have_count(16)
    one, other = page.evaluate(CENTRES)
    assert one == other
    page.locator(".folium-map").first.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("+")
    page.wait_for_timeout(600)
    moved, along = page.evaluate(CENTRES)
    assert moved == along != one
    page.locator(".presets a").nth(1).click()
    expect(page.locator(".presets a").nth(1)).to_have_attribute("aria-current", "true")


def test_two_periods_print_on_one_sheet(page: Page, server: str) -> None:
    page.goto(f"{server}/map/compare{QUERY}")
    expect(page.locator(".side-map .county-label")).to_have_count(16)
    paper = pypdfium2.PdfDocument(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    assert len(paper) == 1
    wide, high = paper[0].get_size()
    assert wide > high
    words = paper[0].get_textpage().get_text_bounded()
    assert "对比期" in words
    assert "边界：天地图" in words


def test_the_layers_fit_a_phone(page: Page, server: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    for path in (
        "/map/compare", "/map?shade=growth", "/map/link", "/map/link?link=模组/PACK",
    ):  # fmt: skip
        page.goto(server + path)
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, path


def test_a_pair_lights_up_on_the_map(page: Page, server: str) -> None:
    page.goto(f"{server}/map/link?chain=new_energy_vehicle&link=新能源商用车")
    expect(page.locator(".firm-sign").first).to_be_visible()
    red = page.locator("path[stroke='#b3341a']")
    expect(red).to_have_count(0)
    row = page.locator("[data-pair]").first
    row.hover()
    expect(red).to_have_count(1)
    expect(row).to_have_class("nearest lit")
    page.locator("h1").hover()
    expect(red).to_have_count(0)
    page.locator(".firm-sign").first.hover()
    expect(page.locator(".leaflet-tooltip")).to_contain_text("新能源商用车")
    page.get_by_label("环节", exact=True).select_option(label="变速器")
    page.wait_for_url(re.compile("link="))
    expect(page.locator("h1")).to_contain_text("变速器")
    page.get_by_role("complementary").get_by_role("link").nth(1).click()
    page.wait_for_url(re.compile("/(enterprises|projects)/"))
