"""The pictures of the README, taken from the real pages: `make screenshots`."""

import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.browser import chromium
from tests.browser.conftest import OFFICE_SCREEN, ROOT, mapapp, serving

FOLDER = ROOT / "docs" / "pictures"
VIEWS = {
    "overview": "/",
    "map": "/map?chain=power_battery&place=420304",
    "chain": "/chain?chain=power_battery&link=隔膜(湿法/干法)",
    "gaps": "/gaps?chain=power_battery",
    "targets": "/targets?chain=power_battery&link=隔膜(湿法/干法)&roadshow=上海",
    "year": "/milestones?on=2023-06-30",
    "road": "/lists/1",
}
"""File name → the view that it shows."""


def settle(page: Page) -> None:
    """Wait until nothing is loading and the fonts are there."""
    page.wait_for_load_state("networkidle")
    page.evaluate("document.fonts.ready")
    page.wait_for_timeout(400)  # Leaflet fades its layers in


def make_list(page: Page, address: str) -> None:
    """A list as an office has it, made from the ranking."""
    rule = "chain=power_battery&near=上海招商专班&roadshow=310000&per_link=1"
    page.goto(f"{address}/lists/new?{rule}")
    page.get_by_label("名称").fill("上海专班拜访")
    page.get_by_role("button", name="建名单").click()


def take(folder: Path = FOLDER, views: dict[str, str] | None = None) -> None:
    """Take every picture into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as instance, sync_playwright() as playwright:
        mapapp(Path(instance), "prepare")
        browser = playwright.chromium.launch(
            executable_path=chromium.find(), args=list(chromium.LAUNCH_ARGUMENTS)
        )
        with serving(Path(instance)) as address:
            page = browser.new_page(viewport=OFFICE_SCREEN, locale="zh-CN")
            make_list(page, address)
            for name, path in (views or VIEWS).items():
                page.goto(address + path)
                settle(page)
                page.screenshot(path=folder / f"{name}.png")
                print(folder / f"{name}.png")
        browser.close()


if __name__ == "__main__":
    take()
