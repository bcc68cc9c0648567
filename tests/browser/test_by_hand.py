"""The ledger by hand: a table that scrolls, cells edited in place, two at one row, a paste."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import OFFICE_SCREEN, Watch, mapapp, serving

FIRM = "湖北试改有限公司"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, sample_instance: Path) -> Iterator[str]:
    """A server on a sample of its own, which these tests may change."""
    instance = tmp_path_factory.mktemp("desk")
    (instance / "geodata").symlink_to(sample_instance / "geodata")
    mapapp(instance, "prepare")
    with serving(instance) as address:
        yield address


@dataclass
class Lenient(Watch):
    """A refused edit is an answer of 409 or 422, which Chromium's console calls an error."""

    def _add(self, kind: str, text: str) -> None:
        if not re.search(r"status of (409|422)", text):
            super()._add(kind, text)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page on an office screen; the test fails if anything went wrong behind it."""
    with watched(browser) as page:
        yield page


@contextmanager
def watched(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport=OFFICE_SCREEN, locale="zh-CN")
    page = context.new_page()
    page.set_default_timeout(15_000)
    watch = Lenient()
    watch.over(page)
    yield page
    context.close()
    assert not watch.troubles, "\n".join(watch.troubles)


def open_table(page: Page, desk: str, query: str = "") -> None:
    page.goto(f"{desk}/projects{query}")
    expect(page.locator("#ledger tr.waiting")).to_have_count(0)
    expect(page.locator("#ledger td[data-row='0']").first).to_be_visible()


def cell(page: Page, row: int, title: str) -> Locator:
    titles = [text.split("\n")[0].strip() for text in page.locator("#ledger th").all_inner_texts()]
    place = next(n for n, text in enumerate(titles) if text.startswith(title))
    return page.locator(f"#ledger td[data-row='{row}'][data-column='{place}']")


def test_the_table_shows_every_row_as_it_scrolls(page: Page, desk: str) -> None:
    open_table(page, desk)
    expect(page.locator("h1")).to_contain_text("112 个")
    assert page.locator("#ledger tbody tr:not(.gap)").count() < 60
    page.locator("#ledger-scroll").evaluate("(scroller) => (scroller.scrollTop = 1e9)")
    expect(page.locator("#ledger td[data-row='111']").first).to_be_visible()
    expect(page.locator("#ledger td[data-row='111'] a").first).not_to_be_empty()


def test_the_keys_lead_through_the_table(page: Page, desk: str) -> None:
    open_table(page, desk)
    cell(page, 0, "企业").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    expect(cell(page, 1, "县市区")).to_be_focused()
    page.keyboard.press("Control+End")
    expect(page.locator("#ledger td[data-row='111']").last).to_be_focused()
    page.keyboard.press("Control+Home")
    expect(cell(page, 0, "编号")).to_be_focused()


def test_a_cell_is_edited_in_place_and_leaves_a_trace(page: Page, desk: str) -> None:
    open_table(page, desk, "?q=P168")
    page.locator("summary", has_text="署名").click()
    page.get_by_label("改动记在谁的名下").fill("李四")
    page.get_by_role("button", name="确定").click()
    open_table(page, desk, "?q=P168")
    cell(page, 0, "企业").dblclick()
    page.get_by_label("企业名称").fill(FIRM)
    page.keyboard.press("Enter")
    expect(cell(page, 0, "企业")).to_have_text(FIRM)
    page.goto(f"{desk}/projects/P168")
    history = page.locator("#history")
    expect(history).to_contain_text("李四")
    expect(history).to_contain_text(f"→ {FIRM}")


def test_what_cannot_stand_is_said_beside_the_cell(page: Page, desk: str) -> None:
    open_table(page, desk, "?q=P168")
    cell(page, 0, "签约").dblclick()
    field = page.get_by_label("签约日期")
    field.fill("明年")
    page.keyboard.press("Enter")
    expect(page.locator(".cell-message")).to_contain_text("不是日期")
    page.keyboard.press("Escape")
    expect(page.locator(".cell-editor")).to_have_count(0)


def test_two_people_at_one_row_lose_nothing(browser: Browser, desk: str) -> None:
    with watched(browser) as first, watched(browser) as second:
        choose_after_the_other(first, second, desk)


def choose_after_the_other(first: Page, second: Page, desk: str) -> None:
    for page in (first, second):
        open_table(page, desk, "?q=P005")
        cell(page, 0, "责任单位").dblclick()
        expect(page.get_by_label("责任单位").last).to_be_visible()
    for page, words in ((first, "经信局"), (second, "商务局")):
        page.locator(".cell-editor input").fill(words)
        page.keyboard.press("Enter")
    expect(cell(first, 0, "责任单位")).to_have_text("经信局")
    dialog = second.locator("dialog")
    expect(dialog).to_contain_text("刚被别人改过")
    expect(dialog).to_contain_text("经信局")
    expect(dialog).to_contain_text("商务局")
    dialog.get_by_label("商务局").check()
    dialog.get_by_role("button", name="按选择保存").click()
    expect(cell(second, 0, "责任单位")).to_have_text("商务局")
    second.goto(f"{desk}/projects/P005")
    expect(second.locator("#history")).to_contain_text("经信局 → 商务局")


def test_a_block_without_a_header_is_pasted(page: Page, desk: str) -> None:
    page.goto(f"{desk}/editing/paste")
    block = "Z-1\t𬭊 㛃 䶮 项目\t郧阳区\t3.5\nZ-2\t没有这个县\t火星区\t1\nP168\t\t郧阳区\t"
    page.get_by_label("粘贴的内容").fill(block)
    page.get_by_role("button", name="预览").click()
    for place, title in enumerate(("项目编号", "项目名称", "县市区", "投资额（亿元）")):
        page.get_by_label(f"第 {place + 1} 列").select_option(label=title)
    page.get_by_role("button", name="预览").click()
    preview = page.locator("section.sheet").first
    expect(preview).to_contain_text("新增")
    expect(preview).to_contain_text("火星区")
    page.get_by_role("button", name="确认写入").click()
    page.wait_for_url(re.compile(r"/projects($|\?)"))
    open_table(page, desk, "?q=Z-")
    expect(page.locator("h1")).to_contain_text("1 个")
    expect(cell(page, 0, "项目")).to_have_text("𬭊 㛃 䶮 项目")
    expect(cell(page, 0, "协议金额")).to_have_text("3.50")


def test_a_view_is_saved_and_opened_again(page: Page, desk: str) -> None:
    page.goto(f"{desk}/projects?chain=power_battery&sort=-contracted&col=code&col=name")
    page.locator("summary", has_text="视图").click()
    page.get_by_label("视图的名字").fill("电池按金额")
    page.get_by_role("button", name="保存").click()
    page.goto(f"{desk}/projects")
    page.locator("summary", has_text="视图").click()
    page.get_by_role("link", name="电池按金额").click()
    page.wait_for_url(re.compile("chain=power_battery"))
    assert "sort=-contracted" in page.url
    assert page.locator("#ledger th").count() == 2


def test_a_new_project_gets_a_code_and_a_place_on_the_map(page: Page, desk: str) -> None:
    page.goto(f"{desk}/editing/new")
    page.get_by_label("项目名称").fill("新建测试项目")
    page.locator("select[name=县市区]").select_option("郧阳区")
    page.get_by_label("协议金额").fill("3000万元")
    page.get_by_label("签约日期").fill("2026-Q2")
    page.get_by_label("经度").fill("110.8121")
    page.get_by_label("纬度").fill("32.8383")
    page.get_by_role("button", name="新增").click()
    expect(page.locator("h1")).to_have_text("新建测试项目")
    expect(page.locator("main .facts").first).to_contain_text("3,000 万元")
    expect(page.locator("main")).to_contain_text("2026-Q2")
    expect(page.locator("main")).to_contain_text("厂址")
    expect(page.locator("#history")).to_contain_text("新增")
