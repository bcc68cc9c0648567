"""The main ways with the keyboard alone: what has the focus can be seen, and Escape leads back."""

import re

from playwright.sync_api import Page, expect

SEEN = """
() => {
  const e = document.activeElement;
  if (e === document.body) return "";
  const style = getComputedStyle(e);
  const ring = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
  const box = e.getBoundingClientRect();
  const inside = box.width > 0 && box.height > 0 && box.top < innerHeight && box.bottom > 0;
  const shown = inside && (ring || style.boxShadow !== "none");
  const name = e.getAttribute("aria-label") || e.textContent.trim().slice(0, 20) || e.tagName;
  return `${shown ? "" : "看不见焦点："}${name}`;
}
"""


def tabbed(page: Page, times: int) -> list[str]:
    """Where Tab leads, each with a complaint where the focus cannot be seen there."""
    found = []
    for _ in range(times):
        page.keyboard.press("Tab")
        found.append(page.evaluate(SEEN))
    return found


def test_the_first_step_skips_to_the_page(page: Page, server: str) -> None:
    page.goto(f"{server}/gaps")
    page.keyboard.press("Tab")
    expect(page.get_by_text("跳到正文")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_tab_goes_through_the_frame_in_order_and_is_seen(page: Page, server: str) -> None:
    page.goto(f"{server}/gaps")
    walked = tabbed(page, 20)
    assert not [step for step in walked if step.startswith("看不见焦点")], walked
    names = ["总览", "地图", "产业链", "缺环", "目标企业", "调度", "台账", "说明", "本页怎么看"]
    places = [walked.index(name) for name in names]
    assert places == sorted(places)


def test_help_opens_where_it_stands_and_escape_closes_it(page: Page, server: str) -> None:
    page.goto(f"{server}/targets?chain=bathroom")
    summary = page.locator(".page-help > summary")
    summary.focus()
    page.keyboard.press("Enter")
    body = page.locator(".page-help-body")
    expect(body).to_be_visible()
    expect(body).to_contain_text("匹配分 0–100 分")
    page.keyboard.press("Tab")
    expect(body.get_by_role("link", name="全部说明")).to_be_focused()
    page.keyboard.press("Escape")
    expect(body).to_be_hidden()
    expect(summary).to_be_focused()
    page.keyboard.press("Enter")
    body.get_by_role("link").click()
    page.wait_for_url(re.compile("/help"))
    expect(page.locator("#page-targets")).to_be_in_viewport()


def test_the_selection_bar_waits_for_enter(page: Page, server: str) -> None:
    page.goto(f"{server}/")
    page.locator("#pick-chain").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("button", name="查看")).to_be_visible()
    assert "chain=" not in page.url
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("chain=power_battery"))


def test_the_map_is_searched_without_a_mouse(page: Page, server: str) -> None:
    page.goto(f"{server}/map")
    expect(page.locator("#map-status")).to_be_hidden()
    page.get_by_role("combobox", name=re.compile("找区县")).focus()
    page.keyboard.type("郧阳")
    expect(page.locator("#map-found [role=option]").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("#panel h2").first).to_contain_text("郧阳区")


def test_a_link_of_the_chain_opens_and_closes(page: Page, server: str) -> None:
    page.goto(f"{server}/chain?chain=power_battery")
    link = page.locator('svg [data-link="铜箔"]')
    frame = "(e) => getComputedStyle(e.querySelector('.frame')).strokeWidth"
    before = link.evaluate(frame)
    page.keyboard.press("Tab")  # the browser shows the focus to those who use the keyboard
    link.focus()
    assert link.evaluate(frame) != before
    page.keyboard.press("Enter")
    expect(page.locator("#panel h2").first).to_have_text("铜箔")
    page.keyboard.press("Escape")
    expect(page.locator("#panel")).to_be_hidden()


def test_rows_of_a_list_open_with_the_keyboard(page: Page, server: str) -> None:
    page.goto(f"{server}/gaps?chain=power_battery")
    row = page.locator(".row-line > summary").first
    row.focus()
    assert not page.evaluate(SEEN).startswith("看不见焦点")
    page.keyboard.press("Enter")
    expect(page.locator(".row-line[open] .row-body").first).to_be_visible()


def test_cells_of_the_ledger_are_walked_and_left(page: Page, server: str) -> None:
    page.goto(f"{server}/projects")
    cell = page.locator(".ledger tbody [tabindex='0']").first
    cell.focus()
    page.keyboard.press("ArrowDown")
    second = page.evaluate("document.activeElement.closest('tr').rowIndex")
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.closest('tr').rowIndex") == second - 1
    assert not page.evaluate(SEEN).startswith("看不见焦点")
