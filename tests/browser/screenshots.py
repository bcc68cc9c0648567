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
}
"""File name → the view that it shows."""


def settle(page: Page) -> None:
    """Wait until nothing is loading and the fonts are there."""
    page.wait_for_load_state("networkidle")
    page.evaluate("document.fonts.ready")
    page.wait_for_timeout(400)  # Leaflet fades its layers in


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
            for name, path in (views or VIEWS).items():
                page.goto(address + path)
                settle(page)
                page.screenshot(path=folder / f"{name}.png")
                print(folder / f"{name}.png")
        browser.close()


if __name__ == "__main__":
    take()
