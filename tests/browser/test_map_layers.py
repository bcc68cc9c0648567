"""The map's other pages in a real browser: what moves, what prints, and how fast."""

import io
import re

import pypdfium2
import shapely
from PIL import Image
from playwright.sync_api import Page, expect

from geodata.source import read_features, read_lines

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
        "/country", "/country?city=上海",
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


PIXELS = """
(points) => {
  const map = window[JSON.parse(document.getElementById("map-data").textContent).names.map];
  return points.map(([lon, lat]) => {
    const { x, y } = map.latLngToContainerPoint([lat, lon]);
    return [Math.round(x), Math.round(y)];
  });
}
"""
SEA = (236, 238, 237)


def test_every_island_and_every_dash_is_on_the_map(page: Page, server: str) -> None:
    """Where the source has land or a line, the picture of the whole country is not sea: a pixel
    within two of it is drawn."""
    page.set_viewport_size({"width": 1366, "height": 1400})
    page.goto(f"{server}/country?link=隔膜(湿法/干法)")
    expect(page.locator(".city-label > div:visible").first).to_be_visible()
    page.evaluate("document.querySelector('.map-legend').open = false")
    box = page.locator(".folium-map")
    picture = Image.open(io.BytesIO(box.screenshot())).convert("RGB")
    parts = [p for f in read_features("province") for p in shapely.get_parts(f.geometry())]
    dashes = [p for line in read_lines("province") for p in shapely.get_parts(line)]
    assert len(parts) == 557
    points = [part.representative_point() for part in parts]
    points += [dash.interpolate(0.5, normalized=True) for dash in dashes]
    pixels = page.evaluate(PIXELS, [[point.x, point.y] for point in points])
    assert all(0 <= x < picture.width and 0 <= y < picture.height for x, y in pixels)
    lost = [
        (round(point.x, 2), round(point.y, 2))
        for point, (x, y) in zip(points, pixels, strict=True)
        if not any(
            picture.getpixel((min(x + dx, picture.width - 1), min(y + dy, picture.height - 1)))
            != SEA
            for dx in range(-2, 3)
            for dy in range(-2, 3)
        )
    ]
    assert not lost


CHOOSE = """
async (city) => {
  const box = document.querySelector(".folium-map");
  const started = performance.now();
  const field = document.getElementById("map-search");
  field.value = city;
  field.dispatchEvent(new Event("input"));
  field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter" }));
  const old = box.dataset.city;
  while (box.dataset.city === old || !document.querySelector(".chosen-county")) {
    if (performance.now() - started > 10000) return null;
    await new Promise(requestAnimationFrame);
  }
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  return performance.now() - started;
}
"""


def test_another_prefecture_is_there_in_under_a_second(page: Page, server: str) -> None:
    """From the choice until its counties are drawn; the panel may follow."""
    page.goto(f"{server}/country?chain=power_battery")
    expect(page.locator(".city-label > div:visible").first).to_be_visible()
    for city in ("深圳市", "襄阳市", "重庆市", "凉山彝族自治州", "仙桃市"):
        took = page.evaluate(CHOOSE, city)
        assert took is not None, city
        assert took < 1000, (city, took)
        expect(page.locator("#panel h2")).to_have_text(city)
    assert "city=429004" in page.url
    page.go_back()
    expect(page.locator("#panel h2")).to_have_text("凉山彝族自治州")
    page.get_by_role("button", name="看全国").click()
    expect(page.locator("#panel h2")).to_have_text("按地市")
    expect(page.locator(".chosen-county")).to_have_count(0)


def test_from_a_city_to_a_list(page: Page, server: str) -> None:
    page.goto(f"{server}/country?chain=power_battery")
    page.locator("#panel [data-city='440300']").click()
    expect(page.locator("#panel h2")).to_have_text("深圳市")
    page.locator("#panel input[name=row]").nth(1).check()
    page.get_by_role("button", name="用勾选的建名单").click()
    expect(page.locator("h1")).to_have_text("建名单")
    expect(page.locator("main")).to_contain_text("勾选的 1 行")
    assert "roadshow=440300" in page.url


def test_a_city_prints_as_it_is_shown(page: Page, server: str) -> None:
    page.goto(f"{server}/country?chain=power_battery&city=420600")
    expect(page.locator(".chosen-county").first).to_be_visible()
    page.emulate_media(media="print")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    sizes = page.evaluate(
        """() => {
          const map = window[JSON.parse(document.getElementById("map-data").textContent).names.map];
          return [map.getZoom(), map.getBounds().contains([31.9, 112]), map.getSize().x];
        }"""
    )
    assert sizes[0] > 6.5
    assert sizes[1]
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
