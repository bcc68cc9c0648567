"""A planner's morning: from the map to a list in the bag."""

import re
from pathlib import Path

import openpyxl
from playwright.sync_api import Page, expect

FREE_SPOT = """
(place) => {
  const data = JSON.parse(document.getElementById("map-data").textContent);
  const map = window.map_liantu;
  const pixel = (at) => map.latLngToContainerPoint(at);
  const [layer] = window.feature_group_projects.getLayers();
  const taken = layer.obstacles().map((item) => map.layerPointToContainerPoint([item.x, item.y]));
  const [lon, lat] = data.counties.find((c) => c.code === place).label;
  const centre = pixel([lat, lon]);
  for (let r = 0; r < 40; r += 4) for (let a = 0; a < 6.28; a += 0.4) {
    const spot = { x: centre.x + r * Math.cos(a), y: centre.y + r * Math.sin(a) };
    if (taken.every((t) => Math.hypot(t.x - spot.x, t.y - spot.y) > 14)) return spot;
  }
  return null;
}
"""
"""A pixel of the map inside a county with no project under it."""


def open_map(page: Page, server: str, query: str = "") -> None:
    page.goto(f"{server}/map{query}")
    expect(page.locator("#map-status")).to_be_hidden()


def click_county(page: Page, code: str) -> None:
    spot = page.evaluate(FREE_SPOT, code)
    assert spot, f"{code} 里没有空处可点"
    page.locator(".folium-map").click(position=spot)


def test_from_the_map_to_the_list(page: Page, server: str, tmp_path: Path) -> None:
    open_map(page, server)
    page.get_by_label("产业链", exact=True).select_option(label="新型动力电池")
    page.wait_for_url(re.compile("chain=power_battery"))
    expect(page.locator("#map-status")).to_be_hidden()

    click_county(page, "420304")
    expect(page.locator("#panel h2")).to_have_text("郧阳区")
    expect(page.locator("#panel")).to_contain_text("湖北万润新能源二期生产线项目")
    assert "place=420304" in page.url
    page.reload()
    expect(page.locator("#panel h2")).to_have_text("郧阳区")

    page.locator("#panel .panel-links").get_by_text("的产业链").click()
    page.wait_for_url(re.compile("/chain"))
    missing = page.locator("svg .link.missing, svg .link.status-missing").first
    name = missing.get_attribute("data-link")
    missing.click()
    expect(page.locator("#panel h2")).to_have_text(name)
    expect(page.locator("#panel")).to_contain_text("缺环")

    page.locator("#panel .panel-links").get_by_text("目标企业").click()
    page.wait_for_url(re.compile("/targets"))
    expect(page.locator("h1")).to_contain_text(name)
    shown = [text.strip() for text in page.locator(".target-row strong.wrap").all_inner_texts()]
    assert shown

    with page.expect_download() as download:
        page.get_by_role("button", name="导出 XLSX").click()
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    assert column(file, "企业") == shown


def test_only_the_ticked_rows_are_exported(page: Page, server: str, tmp_path: Path) -> None:
    page.goto(f"{server}/targets?chain=power_battery&link=隔膜(湿法/干法)")
    rows = page.locator("li.target-row")
    wanted = []
    for number in (0, 2):
        rows.nth(number).get_by_role("checkbox").check()
        wanted.append(rows.nth(number).locator("strong.wrap").inner_text().strip())
    with page.expect_download() as download:
        page.get_by_role("button", name="导出 XLSX").click()
    file = tmp_path / "picked.xlsx"
    download.value.save_as(file)
    assert column(file, "企业") == wanted


def column(file: Path, title: str) -> list[str]:
    """The cells under a header, wherever the header stands."""
    sheet = openpyxl.load_workbook(file).worksheets[0]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    header = next(n for n, row in enumerate(rows) if title in row)
    place = rows[header].index(title)
    return [row[place] for row in rows[header + 1 :] if isinstance(row[0], int | float)]


def test_a_project_opens_beside_the_map(page: Page, server: str) -> None:
    open_map(page, server, "?chain=power_battery")
    page.locator("#map-search").fill("万润")
    page.locator("#map-found").get_by_role("option").first.click()
    panel = page.locator("#panel")
    expect(panel.locator("h2")).to_contain_text("万润")
    expect(panel).to_contain_text("区县")
    expect(panel.get_by_role("link", name=re.compile("来源")).first).to_be_visible()


def test_back_steps_through_what_was_opened_on_the_map(page: Page, server: str) -> None:
    open_map(page, server)
    panel = page.locator("#panel")
    panel.locator("[data-place='420304']").click()
    expect(panel.locator("h2")).to_have_text("郧阳区")
    name = panel.locator("[data-project]").first.inner_text()
    panel.locator("[data-project]").first.click()
    expect(panel.locator("h2")).to_have_text(name)
    page.go_back()
    expect(panel.locator("h2")).to_have_text("郧阳区")
    expect(page.get_by_label("地区", exact=True)).to_have_value("420304")
    page.go_back()
    expect(panel.locator("h2")).to_have_text("十堰市")
    expect(page.get_by_label("地区", exact=True)).to_have_value("")
    page.go_forward()
    expect(panel.locator("h2")).to_have_text("郧阳区")


def test_back_steps_through_the_links_of_a_chain(page: Page, server: str) -> None:
    page.goto(f"{server}/chain?chain=power_battery")
    panel = page.locator("#panel")
    for link in ("电解液", "铝箔"):
        page.locator(f"svg [data-link='{link}']").click()
        expect(panel.locator("h2")).to_have_text(link)
    page.go_back()
    expect(panel.locator("h2")).to_have_text("电解液")
    expect(page.locator("svg .link.chosen")).to_have_attribute("data-link", "电解液")
    page.go_back()
    expect(panel).to_be_hidden()
    assert "link=" not in page.url


def test_the_keyboard_chooses_before_the_page_is_asked_for(page: Page, server: str) -> None:
    page.goto(f"{server}/gaps")
    chains = page.get_by_label("产业链", exact=True)
    chains.focus()
    for _ in range(2):
        page.keyboard.press("ArrowDown")
    look = page.get_by_role("button", name="查看")
    expect(look).to_be_visible()
    assert "chain=" not in page.url
    wanted = chains.input_value()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(f"chain={wanted}"))
    expect(look).to_be_hidden()


def test_no_page_scrolls_sideways_on_a_phone(page: Page, server: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    for path in (
        "/", "/map", "/chain", "/chain?chain=power_battery", "/gaps", "/targets", "/help",
        "/projects", "/enterprises", "/figures",
    ):  # fmt: skip
        page.goto(f"{server}{path}")
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, (path, wide)


def test_the_legend_leaves_the_counties_free(page: Page, server: str) -> None:
    page.set_viewport_size({"width": 1024, "height": 768})
    open_map(page, server)
    legend = page.locator(".map-legend")
    expect(legend.locator("ul").first).to_be_hidden()
    legend.locator("summary").click()
    expect(legend.locator("ul").first).to_be_visible()


def test_the_points_are_not_in_the_page(page: Page, server: str) -> None:
    response = page.goto(f"{server}/map")
    assert response is not None
    assert "湖北万润新能源二期生产线项目" not in response.text()
    with page.expect_response(re.compile("/map/points$")) as points:
        page.reload()
    answer = page.request.get(points.value.url).body()
    assert "万润".encode() not in answer
    assert len(answer) < 10_000


def test_the_selection_travels_with_every_page(page: Page, server: str) -> None:
    page.goto(f"{server}/gaps?chain=power_battery&place=420304")
    for tab in ("总览", "地图", "产业链", "缺环", "目标企业"):
        page.get_by_role("navigation", name="主要页面").get_by_text(tab).click()
        assert "chain=power_battery" in page.url, tab
        assert "place=420304" in page.url, tab


def test_an_unknown_word_in_the_url_is_named(page: Page, server: str) -> None:
    response = page.request.get(f"{server}/chain?chain=power_batery")
    assert response.status == 404
    assert "power_batery" in response.text()
    assert "新型动力电池" in response.text() or "power_battery" in response.text()
