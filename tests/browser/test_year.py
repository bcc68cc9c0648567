"""A year of a project: a new lead, its signing, an overdue milestone, the week, the month."""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from playwright.sync_api import Page, expect

from tests.browser.conftest import OFFICE_SCREEN, mapapp, serving

NAME = "十堰试年电驱动桥项目"
YEAR_PAGES = ("/milestones", "/following", "/weekly", "/statistics", "/annual-targets", "/bulletin")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, sample_instance: Path) -> Iterator[str]:
    """A server on a sample of its own, which these tests may change."""
    instance = tmp_path_factory.mktemp("year")
    (instance / "geodata").symlink_to(sample_instance / "geodata")
    mapapp(instance, "prepare")
    with serving(instance) as address:
        yield address


def test_from_a_new_lead_to_the_month_s_figure(page: Page, desk: str) -> None:
    code = new_lead(page, desk)
    sign(page, desk, code)
    overdue(page, desk)
    memo = the_week(page, desk)
    assert "办用地手续" in memo
    the_month(page, desk, code)


def new_lead(page: Page, desk: str) -> str:
    """A lead that has no date yet; its code is the system's."""
    page.goto(f"{desk}/projects")
    page.get_by_role("link", name=re.compile("新增")).first.click()
    page.get_by_label("项目名称").fill(NAME)
    page.get_by_label(re.compile("^县市区")).select_option("张湾区")
    page.get_by_label("产业链", exact=True).last.select_option("新能源与智能网联汽车")
    page.get_by_label(re.compile("^环节")).first.fill("车桥")
    page.get_by_label(re.compile("^协议金额")).fill("2.5")
    page.get_by_label("责任单位").fill("经信局")
    page.get_by_role("button", name="新增").last.click()
    expect(page.locator("h1")).to_contain_text(NAME)
    return page.url.rsplit("/", 1)[-1].split("?")[0]


def sign(page: Page, desk: str, code: str) -> None:
    """The signing is told later, with what shows it."""
    page.goto(f"{desk}/projects/{code}")
    page.locator("summary", has_text="记一步进展").click()
    form = page.locator(".life-add form")
    form.locator("select").select_option("签约")
    form.get_by_label("日期").fill("2026-05-12")
    form.get_by_label("依据").fill("合同 2026-17 号")
    form.get_by_role("button", name="记入进展").click()
    expect(page.locator("#life")).to_contain_text("合同 2026-17 号")


def overdue(page: Page, desk: str) -> None:
    """Three months on nothing was started."""
    page.goto(f"{desk}/milestones?on=2026-09-01")
    row = page.locator("tr", has_text=NAME)
    expect(row).to_contain_text("2026-08-12")
    expect(row).to_contain_text("逾期")
    expect(row).to_contain_text("20")


def the_week(page: Page, desk: str) -> str:
    """It is on the week's list; the meeting asks for a step, and the memo says so."""
    page.goto(f"{desk}/weekly?on=2026-09-01")
    row = page.locator("tr", has_text=NAME)
    expect(row).to_contain_text("里程碑逾期")
    page.get_by_label(f"{NAME} 的下一步").fill("办用地手续")
    page.get_by_label(f"{NAME} 的完成期限").fill("2026-09-10")
    page.get_by_role("button", name="保存本次调度").click()
    expect(page.locator("main")).to_contain_text("承诺与办理")
    with page.expect_download() as download:
        page.get_by_role("link", name="下载纪要（Word）").click()
    data = Path(download.value.path()).read_bytes()
    page.goto(f"{desk}/weekly?on=2026-09-14")
    expect(page.locator("tr", has_text="办用地手续").first).to_contain_text("逾期")
    tables = Document(BytesIO(data)).tables
    return "\n".join(cell.text for table in tables for row in table.rows for cell in row.cells)


def the_month(page: Page, desk: str, code: str) -> None:
    """The month's figure counts it, and opens the list that it is in."""
    page.goto(f"{desk}/bulletin?of=2026-05")
    expect(page.locator(".paper-text").first).to_contain_text("新签约项目1个，签约金额2.50亿元")
    page.goto(f"{desk}/statistics?by=county&from=2026-05-01&to=2026-05-31")
    page.locator("tr", has_text="张湾区").get_by_role("link", name="1", exact=True).click()
    expect(page.locator("tr", has_text=NAME)).to_contain_text(code)


@pytest.mark.parametrize("path", YEAR_PAGES)
def test_no_page_is_wider_than_the_screen(page: Page, desk: str, path: str) -> None:
    page.goto(desk + path)
    expect(page.locator("h1")).to_be_visible()
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= OFFICE_SCREEN["width"]
    expect(page.locator(".tabs [aria-current=page]")).to_have_text("调度")
