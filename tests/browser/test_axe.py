"""axe finds nothing wrong with any page, on an office screen and on a phone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.accessible import violations
from tests.browser.conftest import mapapp
from tests.browser.every_screen import OFFICE, PHONE, every_screen, settle
from tests.every_page import SomePage

Desk = tuple[str, list[SomePage]]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, sample_instance: Path) -> Iterator[Desk]:
    """A server on a desk that has one of everything, and its pages."""
    instance = tmp_path_factory.mktemp("axe")
    (instance / "geodata").symlink_to(sample_instance / "geodata")
    mapapp(instance, "prepare")
    with every_screen(instance) as found:
        yield found


@pytest.mark.parametrize("screen", [OFFICE, PHONE], ids=["office", "phone"])
def test_every_page_is_clean(browser: Browser, desk: Desk, screen: tuple[int, int]) -> None:
    """No rule is broken, and no page moves sideways as a whole."""
    address, pages = desk
    width, height = screen
    context = browser.new_context(viewport={"width": width, "height": height}, locale="zh-CN")
    page = context.new_page()
    page.set_default_timeout(60_000)  # the first to ask for a ranking waits until it is worked out
    faults: list[str] = []
    for one in pages:
        page.goto(address + one.address)
        settle(page)
        # The help is on every page, so it is looked at open as well.
        page.evaluate("document.querySelector('.page-help')?.setAttribute('open', '')")
        faults += [f"{one.address}：{fault}" for fault in violations(page)]
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            faults.append(f"{one.address}：整页可以左右滚动")
    context.close()
    assert not faults, "\n".join(faults)
