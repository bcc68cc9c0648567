"""挂图 as a planner takes it: the menu by mouse and keyboard, the file, the way back."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect


def test_a_sheet_of_what_is_selected(page: Page, server: str) -> None:
    page.goto(f"{server}/chain?chain=turquoise&place=420323")
    page.locator("summary", has_text="挂图").click()
    with page.expect_download() as waiting:
        page.get_by_role("link", name="挂图 A3 内部版 PDF").click()
        page.wait_for_url(re.compile("/work/"))
    assert waiting.value.suggested_filename.startswith("十堰市竹山县绿松石招商挂图-A3-内部版")
    assert Path(waiting.value.path()).read_bytes().startswith(b"%PDF")
    page.get_by_role("link", name="返回", exact=True).click()
    expect(page).to_have_url(re.compile(r"/chain\?place=420323&chain=turquoise"))


def test_the_menu_follows_the_map(page: Page, server: str) -> None:
    """A county clicked on the map goes into the menu's links and offers its own page."""
    page.goto(f"{server}/map")
    page.locator("#panel").get_by_role("link", name="郧阳区").click()
    expect(page.locator("#panel h2")).to_have_text("郧阳区")
    menu = page.locator("[data-menu]")
    menu.locator("summary").click()
    address = menu.get_by_role("link", name="挂图 A4 对外版 PNG").get_attribute("href")
    assert address
    assert "place=420304" in address
    own = page.locator("#panel").get_by_role("link", name="郧阳区一页纸 内部版 PDF")
    assert "place=420304" in str(own.get_attribute("href"))


@pytest.mark.parametrize("path", ["/map", "/chain?chain=turquoise", "/targets"])
def test_the_menu_works_by_keyboard_and_stays_on_the_screen(
    page: Page, server: str, path: str
) -> None:
    page.goto(server + path)
    summary = page.locator("[data-menu] > summary")
    summary.focus()
    page.keyboard.press("Enter")
    body = page.locator(".sheet-menu-body")
    expect(body).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="挂图 A4 内部版 PDF")).to_be_focused()
    page.keyboard.press("Escape")
    expect(body).to_be_hidden()
    expect(summary).to_be_focused()
    for wide, high in ((1366, 768), (390, 844)):
        page.set_viewport_size({"width": wide, "height": high})
        summary.click()
        box = body.bounding_box()
        assert box
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= wide
        assert page.evaluate("document.documentElement.scrollWidth") <= wide
        page.mouse.click(5, 5)
        expect(body).to_be_hidden()
