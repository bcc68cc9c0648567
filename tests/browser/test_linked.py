"""One selection in all views: what one of them is pointed at, the others mark."""

import re

from playwright.sync_api import Page, expect

LAYER = "window.feature_group_projects"
STRONG = f"""() => {{
  const layer = {LAYER}.getLayers()[0];
  const {{ mask, strong }} = layer._view;
  const codes = [];
  for (let n = 0; n < mask.length; n += 1) {{
    if (mask[n] && (!strong || strong[n])) codes.push(layer._points.code(n));
  }}
  return codes;
}}"""
"""The codes of the projects that stand out on the map."""


def open_page(page: Page, server: str, query: str = "?chain=power_battery") -> None:
    page.goto(f"{server}/linked{query}")
    expect(page.locator("#map-status")).to_be_hidden()
    expect(page.locator("#linked-rows tr").first).to_be_visible()


def marked_links(page: Page) -> list[str]:
    return page.eval_on_selector_all(  # type: ignore[no-any-return]
        "#linked-chain .link.marked", "(all) => all.map((one) => one.dataset.link)"
    )


def bar(page: Page, group: str, word: str) -> str:
    """What a bar says: its number, or marked / all."""
    section = page.locator("#linked-figures section").filter(has_text=group)
    return section.locator(".linked-bar", has_text=word).locator("span").nth(1).inner_text()


def test_a_link_of_the_chain_marks_its_projects_everywhere(page: Page, server: str) -> None:
    open_page(page, server)
    assert len(page.evaluate(STRONG)) == 8
    node = page.locator("#linked-chain .link[data-link='动力电芯']")
    node.focus()
    expect(page.locator("#linked-said")).to_have_text("8 个项目，标出 3 个")
    codes = page.evaluate(STRONG)
    assert len(codes) == 3
    assert marked_links(page) == ["动力电芯"]
    expect(page.locator("#linked-rows tr")).to_have_count(3)
    expect(page.locator("#linked-rows tr").first).to_contain_text("动力电芯")
    counted = page.eval_on_selector_all(
        "#linked-figures section:first-child .linked-bar span:nth-child(2)",
        "(all) => all.map((one) => Number(one.textContent.split('/')[0])).reduce((a, b) => a + b)",
    )
    assert counted == 3
    node.blur()
    expect(page.locator("#linked-said")).to_have_text("8 个项目")
    assert len(page.evaluate(STRONG)) == 8


def test_a_bar_marks_map_chain_and_table(page: Page, server: str) -> None:
    open_page(page, server)
    page.locator(".linked-bar", has_text="郧阳区").hover()
    expect(page.locator("#linked-said")).to_have_text("8 个项目，标出 3 个")
    assert len(page.evaluate(STRONG)) == 3
    assert set(marked_links(page)) == {"储能系统", "磷酸铁锂正极"}
    expect(page.locator("#linked-rows tr")).to_have_count(3)
    assert bar(page, "区县", "郧阳区") == "3 / 3"
    assert bar(page, "区县", "张湾区") == "0 / 2"


def test_a_row_marks_its_project(page: Page, server: str) -> None:
    open_page(page, server)
    row = page.locator("#linked-rows tr").filter(has_text="湖北万润新能源二期生产线项目")
    row.hover()
    expect(page.locator("#linked-said")).to_have_text("8 个项目，标出 1 个")
    assert page.evaluate(STRONG) == ["P048"]
    assert marked_links(page) == ["磷酸铁锂正极"]
    expect(page.locator("#linked-rows tr")).to_have_count(8)


def test_a_project_on_the_map_marks_its_link_and_row(page: Page, server: str) -> None:
    open_page(page, server)
    place = page.evaluate(
        f"""() => {{
          const layer = {LAYER}.getLayers()[0];
          const n = layer._points.find("P048");
          return layer._map.latLngToContainerPoint(layer._points.latLng(n));
        }}"""
    )
    box = page.locator(".folium-map").bounding_box()
    assert box
    page.mouse.move(box["x"] + place["x"], box["y"] + place["y"])
    expect(page.locator("#linked-said")).to_have_text("8 个项目，标出 1 个")
    assert marked_links(page) == ["磷酸铁锂正极"]
    expect(page.locator("#linked-rows tr")).to_have_count(1)
    expect(page.locator("#linked-rows")).to_contain_text("湖北万润新能源二期生产线项目")


def test_a_click_selects_and_the_selection_is_in_the_address(page: Page, server: str) -> None:
    open_page(page, server)
    page.locator(".linked-bar", has_text="郧阳区").click()
    page.wait_for_url(re.compile("place=420304"))
    expect(page.get_by_label("地区", exact=True)).to_have_value("420304")
    page.reload()
    expect(page.locator("#linked-said")).to_have_text("3 个项目")
    expect(page.locator(".linked-bar[aria-pressed=true]")).to_contain_text("郧阳区")
    page.locator("#linked-chain .link[data-link='储能系统']").click()
    page.wait_for_url(re.compile("link="))
    expect(page.locator("#linked-said")).to_contain_text("1 个项目")
    page.go_back()
    expect(page.locator("#linked-said")).to_contain_text("3 个项目")
    page.get_by_label("产业链", exact=True).select_option(label="绿色食品饮料")
    expect(page.locator("h1")).to_contain_text("绿色食品饮料")


def test_without_a_chain_the_busiest_is_drawn(page: Page, server: str) -> None:
    open_page(page, server, "")
    expect(page.locator("h1")).to_contain_text("新能源与智能网联汽车")
    expect(page.locator("#linked-said")).to_have_text("101 个项目")
