"""The wall: it fills the screen, goes on by itself, and says so where nobody answers."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.accessible import violations
from tests.browser.conftest import mapapp, serving
from tests.browser.test_year import new_lead

WALL = {"width": 1920, "height": 1080}
MINUTE = 61_000


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, sample_instance: Path) -> Iterator[str]:
    """A server on a sample of its own, which these tests may change."""
    instance = tmp_path_factory.mktemp("wall")
    (instance / "geodata").symlink_to(sample_instance / "geodata")
    mapapp(instance, "prepare")
    with serving(instance) as address:
        yield address


SCREENS = [(1920, 1080), (1366, 768), (3840, 2160), (1280, 1024)]


@pytest.mark.parametrize(("width", "height"), SCREENS)
def test_it_fits_the_screen(page: Page, server: str, width: int, height: int) -> None:
    page.set_viewport_size({"width": width, "height": height})
    page.goto(f"{server}/wall?on=2022-12-31")
    inside = page.evaluate(
        """() => {
          const out = [];
          for (const element of document.querySelectorAll("body *:not(.visually-hidden)")) {
            const box = element.getBoundingClientRect();
            const outside = box.right > innerWidth + 1 || box.bottom > innerHeight + 1;
            if (outside) out.push(element.outerHTML);
            const cut = element.scrollWidth > element.clientWidth + 1 && element.clientWidth;
            if (cut && !(element instanceof SVGElement)) out.push("cut: " + element.outerHTML);
          }
          return out;
        }"""
    )
    assert inside == []
    root = page.evaluate(
        "[document.documentElement.scrollWidth, document.documentElement.scrollHeight]"
    )
    assert root == [width, height]


def test_letters_can_be_read_from_afar(page: Page, server: str) -> None:
    """At 1080 lines nothing is smaller than 18 pixels, and figures are large."""
    page.set_viewport_size(WALL)
    page.goto(f"{server}/wall")
    sizes = page.evaluate(
        """() => [...document.querySelectorAll("body *")]
          .filter((e) => !e.closest(".visually-hidden, footer, script, .defs"))
          .filter((e) => [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim()))
          .map((e) => parseFloat(getComputedStyle(e).fontSize) * (e.closest(".county-map")
            ? e.closest("svg").getScreenCTM().a : 1))"""
    )
    assert min(sizes) >= 18
    assert max(sizes) > 55


def test_axe_finds_nothing(page: Page, server: str) -> None:
    page.set_viewport_size(WALL)
    page.goto(f"{server}/wall")
    assert violations(page) == []


def test_a_new_project_appears_by_itself(page: Page, browser: Browser, desk: str) -> None:
    page.set_viewport_size(WALL)
    page.clock.install()
    page.goto(f"{desk}/wall")
    number = page.locator("[data-text=projects]")
    unknown = page.locator(".stages li", has_text="未明").locator("b")
    before, stages = int(number.inner_text()), int(unknown.inner_text())
    page.evaluate("window.same = document.querySelector('.county-map')")
    other = browser.new_page(locale="zh-CN")
    new_lead(other, desk)
    other.close()
    page.clock.run_for(MINUTE)
    expect(number).to_have_text(str(before + 1))
    expect(unknown).to_have_text(str(stages + 1))
    assert page.evaluate("window.same === document.querySelector('.county-map')")  # not loaded anew


def test_it_says_quietly_that_nobody_answers(browser: Browser, desk: str) -> None:
    context = browser.new_context(viewport=WALL, locale="zh-CN", timezone_id="Asia/Shanghai")
    page = context.new_page()
    page.clock.install()
    page.goto(f"{desk}/wall")
    silent = page.locator("#silent")
    expect(silent).to_be_hidden()
    context.set_offline(True)
    page.clock.run_for(MINUTE)
    expect(silent).to_be_visible()
    expect(silent).to_have_text(re.compile(r"服务没有应答，显示的是 \d\d:\d\d 的数字"))
    expect(page.locator("[data-text=projects]")).to_be_visible()
    context.set_offline(False)
    page.clock.run_for(MINUTE)
    expect(silent).to_be_hidden()
    expect(page.locator("#as-of time")).to_have_text(re.compile(r"^\d\d:\d\d$"))
    context.close()


def test_another_shape_loads_the_page_anew(page: Page, server: str) -> None:
    page.clock.install()
    page.goto(f"{server}/wall")
    page.evaluate("window.old = true")
    page.route("**/wall.json", lambda route: route.fulfill(json={"shape": "x", "texts": {}}))
    with page.expect_navigation():
        page.clock.run_for(MINUTE)
    assert page.evaluate("window.old") is None
