"""总览 on a leader's screen: its numbers, its charts, what they weigh, and whom they shut out."""

import gzip
import re

import pytest
from playwright.sync_api import Browser, Page, Response, expect

from tests.browser.accessible import violations
from tests.browser.conftest import OFFICE_SCREEN

DAY = "2022-12-31"
FIRST_VIEW = 1_200_000
"""Bytes, compressed, that the first view of a page may cost."""
INK = """
(chart) => {
  const canvas = document.querySelector(`[data-chart="${chart}"] canvas`);
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  let inked = 0;
  for (let n = 3; n < data.length; n += 4) inked += data[n] > 0;
  return inked / (data.length / 4);
}
"""
"""How much of a chart is drawn upon."""
OWN_CHART = """
async (address) => {
  const { barChart } = await import(address);
  const box = document.createElement("div");
  box.style.cssText = "width: 400px; height: 200px";
  document.querySelector("main").append(box);
  window.clicked = [];
  window.chart = barChart(box, {
    categories: ["甲", "乙", "<img src=x onerror=alert(1)>"], unit: "个", label: "试画",
    series: [{ name: "项目", values: [3, 1, 2] }], onClick: (...what) => clicked.push(what),
  });
  window.picture = () => box.querySelector("canvas").toDataURL();
  const rest = () => new Promise((done) => setTimeout(done, 500));
  await rest();
  const plain = picture();
  chart.highlight("乙");
  await rest();
  const lit = picture();
  chart.highlight(null);
  await rest();
  return { lit: plain !== lit, back: plain === picture(), label: box.getAttribute("aria-label") };
}
"""


def open_overview(page: Page, server: str, query: str = f"?on={DAY}") -> None:
    page.goto(f"{server}/{query}")
    for chart in ("months", "stages", "places"):
        page.locator(f"[data-chart={chart}] canvas").first.wait_for()
    page.wait_for_timeout(400)  # bars grow for a quarter of a second


def tile(page: Page, title: str) -> list[str]:
    return page.locator(".key", has_text=title).locator(".big").all_inner_texts()


def test_its_figures_are_those_of_statistics(page: Page, server: str) -> None:
    open_overview(page, server)
    shown = tile(page, "今年签约")
    page.locator(".key", has_text="今年签约").locator(".big").first.click()
    expect(page.locator("h1")).to_contain_text(f"{shown[0]} 个")
    page.get_by_role("link", name="回到统计").first.click()
    total = page.locator("tr.total")
    expect(total.locator("td").nth(0)).to_have_text(shown[0])
    expect(total.locator("td").nth(2)).to_have_text(shown[1])


def test_the_late_milestones_are_those_of_3313(page: Page, server: str) -> None:
    open_overview(page, server)
    [late] = tile(page, "3313 逾期")
    page.locator(".key", has_text="3313 逾期").locator("a.big").click()
    expect(page.locator("h1")).to_contain_text(f"{late} 条")
    expect(page.locator("#pick-on")).to_have_value(DAY)


def test_what_a_leader_needs_stands_on_the_first_screen(page: Page, server: str) -> None:
    open_overview(page, server)
    for part in (".keys", "#h-chains", ".grid-complete tbody tr:last-child", "[data-chart=places]"):
        box = page.locator(part).bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= OFFICE_SCREEN["height"], part


def test_a_bar_opens_its_projects(page: Page, server: str) -> None:
    open_overview(page, server)
    box = page.locator("[data-chart=months]").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] * 3.5 / 12, box["y"] + box["height"] - 30)  # April
    page.wait_for_url(re.compile("/statistics/list"))
    expect(page.locator("h1")).to_contain_text("签约项目 2 个")
    assert "from=2022-04-01" in page.url


def test_the_charts_are_drawn_named_and_repeated_in_tables(page: Page, server: str) -> None:
    open_overview(page, server)
    for chart in ("months", "stages", "places"):
        assert page.evaluate(INK, chart) > 0.01
        expect(page.locator(f"[data-chart={chart}]")).to_have_attribute("role", "img")
    page.get_by_text("看数字").click()
    months = page.locator(".grid-months tbody tr").first
    expect(months.get_by_role("link")).to_have_text(["1", "2", "2"])


def test_highlight_and_hostile_names(page: Page, server: str) -> None:
    open_overview(page, server)
    address = page.locator("script[src*='overview.js']").get_attribute("src")
    assert address
    found = page.evaluate(OWN_CHART, address.replace("built/overview.js", "js/charts.js"))
    assert found == {"lit": True, "back": True, "label": "试画"}
    canvas = page.locator("main > div canvas").last
    canvas.hover(position={"x": 40, "y": 100})
    canvas.click(position={"x": 66, "y": 150})
    assert page.evaluate("clicked") == [["甲", 0]]
    assert page.locator("img[src=x]").count() == 0


def test_nothing_moves_for_who_wants_no_motion(browser: Browser, server: str) -> None:
    context = browser.new_context(viewport=OFFICE_SCREEN, reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"{server}/?on={DAY}")
    page.locator("[data-chart=months] canvas").first.wait_for()
    picture = "document.querySelector('[data-chart=months] canvas').toDataURL()"
    first = page.evaluate(f"new Promise((done) => requestAnimationFrame(() => done({picture})))")
    page.wait_for_timeout(500)
    assert page.evaluate(picture) == first
    context.close()


@pytest.mark.parametrize("width", [1366, 390])
def test_axe_finds_nothing(page: Page, server: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    open_overview(page, server)
    page.get_by_text("口径", exact=True).click()
    assert violations(page) == []


@pytest.mark.parametrize("path", ["/", "/map"])
def test_the_first_view_is_light(page: Page, server: str, path: str) -> None:
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto(f"{server}{path}")
    page.wait_for_load_state("networkidle")
    assert sum(len(gzip.compress(answer.body())) for answer in answers) < FIRST_VIEW


def test_on_paper_the_charts_keep_to_their_column(page: Page, server: str) -> None:
    open_overview(page, server)
    page.emulate_media(media="print")
    for chart in ("months", "stages", "places"):
        sheet = page.locator(f".sheet:has([data-chart={chart}])").bounding_box()
        canvas = page.locator(f"[data-chart={chart}] canvas").bounding_box()
        assert sheet is not None
        assert canvas is not None
        assert canvas["x"] >= sheet["x"]
        assert canvas["x"] + canvas["width"] <= sheet["x"] + sheet["width"]
        assert canvas["y"] + canvas["height"] <= sheet["y"] + sheet["height"]
