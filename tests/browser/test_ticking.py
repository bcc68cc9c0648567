"""Rows ticked on one page of the target list stay ticked on the next, and are exported with it."""

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.test_planner import column


def tick(page: Page, row: int) -> str:
    """Tick a row; the enterprise in it."""
    line = page.locator("li.target-row").nth(row)
    line.get_by_role("checkbox").check()
    return line.locator("strong.wrap").inner_text().strip()


def test_ticks_outlive_the_page(page: Page, server: str, tmp_path: Path) -> None:
    page.goto(f"{server}/targets?chain=power_battery")
    wanted = [tick(page, 1)]
    page.get_by_role("link", name="下一页").click()
    wanted.append(tick(page, 0))
    count = page.locator("[data-pick-count]")
    expect(count).to_contain_text("已选 2 行（其中 1 行在别的页）")
    with page.expect_download() as download:
        page.get_by_role("button", name="导出 XLSX").click()
    file = tmp_path / "picked.xlsx"
    download.value.save_as(file)
    assert column(file, "企业") == wanted

    page.get_by_role("link", name="上一页").click()
    box = page.locator("li.target-row").nth(1).get_by_role("checkbox")
    expect(box).to_be_checked()
    box.uncheck()
    page.goto(f"{server}/targets")
    expect(count).to_contain_text("不勾选就导出全部")
