"""`make screenshots`: the pictures of the README, and every page at three sizes to look at.

The first go to docs/pictures, the others to test-results/screens/<size>/, which git ignores.
"""

import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser import chromium
from tests.browser.conftest import OFFICE_SCREEN, ROOT, mapapp, serving
from tests.browser.every_screen import LARGE, OFFICE, PHONE, every_screen, settle

FOLDER = ROOT / "docs" / "pictures"
SCREENS = ROOT / "test-results" / "screens"
VIEWS = {
    "overview": "/?on=2022-12-31",
    "map": "/map?chain=power_battery&place=420304",
    "linked": "/linked?chain=power_battery",
    "chain": "/chain?chain=power_battery&link=隔膜(湿法/干法)",
    "gaps": "/gaps?chain=power_battery",
    "targets": "/targets?chain=power_battery&link=隔膜(湿法/干法)&roadshow=上海",
    "year": "/milestones?on=2023-06-30",
    "road": "/lists/1",
}
"""File name → the view that it shows."""


def make_list(page: Page, address: str) -> None:
    """A list as an office has it, made from the ranking."""
    rule = "chain=power_battery&near=上海招商专班&roadshow=310000&per_link=1"
    page.goto(f"{address}/lists/new?{rule}")
    page.get_by_label("名称").fill("上海专班拜访")
    page.get_by_role("button", name="建名单").click()


def take(browser: Browser) -> None:
    """Take every picture of the README."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as instance:
        mapapp(Path(instance), "prepare")
        with serving(Path(instance)) as address:
            page = browser.new_page(viewport=OFFICE_SCREEN, locale="zh-CN")
            make_list(page, address)
            for name, path in VIEWS.items():
                _picture(page, address + path, FOLDER / f"{name}.png")
            page.close()


def take_every_page(browser: Browser) -> None:
    """Take every page of a desk that has one of everything; on the phone down to its end."""
    with tempfile.TemporaryDirectory() as instance:
        mapapp(Path(instance), "prepare")
        with every_screen(Path(instance)) as (address, pages):
            for width, height in (OFFICE, PHONE, LARGE):
                folder = SCREENS / f"{width}x{height}"
                folder.mkdir(parents=True, exist_ok=True)
                page = browser.new_page(viewport={"width": width, "height": height}, locale="zh-CN")
                page.set_default_timeout(60_000)
                for one in pages:
                    at = folder / f"{one.name}.png"
                    _picture(page, address + one.address, at, (width, height) == PHONE)
                page.close()


def _picture(page: Page, address: str, at: Path, whole: bool = False) -> None:
    page.goto(address)
    settle(page)
    page.screenshot(path=at, full_page=whole)
    print(at.relative_to(ROOT))


if __name__ == "__main__":
    with sync_playwright() as playwright:
        chrome = playwright.chromium.launch(
            executable_path=chromium.find(), args=list(chromium.LAUNCH_ARGUMENTS)
        )
        take(chrome)
        take_every_page(chrome)
        chrome.close()
