"""From a missing link to the list, the papers, the pack, and the signed project."""

import re
import zipfile
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Browser, Download, Page, expect

from tests.browser.conftest import OFFICE_SCREEN, mapapp, serving

CHAIN, TITLE = "power_battery", "上海专班十二月拜访"
TELEPHONE = {"width": 360, "height": 740}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, sample_instance: Path) -> Iterator[str]:
    """A server on a sample of its own, which these tests may change."""
    instance = tmp_path_factory.mktemp("road")
    (instance / "geodata").symlink_to(sample_instance / "geodata")
    mapapp(instance, "prepare")
    with serving(instance) as address:
        yield address


def test_from_the_missing_link_to_the_signed_project(
    page: Page, browser: Browser, desk: str, tmp_path: Path
) -> None:
    link = missing_link(page, desk)
    home = make_list(page)
    firm = first_firm(page)
    check_workbook(taken(page, "内部版", "Excel"), firm)
    assert taken(page, "内部版", "简报 Word").suggested_filename.endswith(".docx")
    assert taken(page, "内部版", "简报 PDF").suggested_filename.endswith(".pdf")
    read_offline(browser, taken(page, "内部版", "出差包"), firm, tmp_path)
    come_back(page, home, firm, tmp_path)
    code = sign(page, home, firm)
    planned(page, desk, link, code)


def missing_link(page: Page, desk: str) -> str:
    """The most critical missing link of a chain, and from it to its targets."""
    page.goto(f"{desk}/gaps?chain={CHAIN}&status=missing")
    first = page.locator(".row-line summary").first
    first.click()
    page.locator(".row-line[open] a", has_text=re.compile("目标")).first.click()
    expect(page.locator("h1")).to_contain_text("目标企业：")
    return page.locator("h1").inner_text().partition("：")[2]


def make_list(page: Page) -> str:
    """Tick firms and make a list of them."""
    for box in page.locator("input[name=row]").all()[:3]:
        box.check()
    page.get_by_role("button", name="建名单").click()
    page.get_by_label("名称").fill(TITLE)
    page.get_by_label("负责人").fill("张三")
    page.get_by_label("驻外专班").select_option("上海招商专班")
    page.get_by_role("button", name="建名单").click()
    expect(page.locator("h1")).to_have_text(TITLE)
    return page.url


def first_firm(page: Page) -> str:
    return page.locator(".grid-list tbody th a").first.inner_text()


def taken(page: Page, edition: str, what: str) -> Download:
    with page.expect_download() as found:
        row = page.locator(".take p", has_text=edition)
        row.get_by_role("link", name=what, exact=True).click()
    return found.value


def check_workbook(download: Download, firm: str) -> None:
    sheet = openpyxl.load_workbook(BytesIO(download.path().read_bytes()))[TITLE]
    assert sheet["B5"].value == firm
    assert sheet.freeze_panes == "C5"
    assert "内部资料" in sheet.oddHeader.center.text


def read_offline(browser: Browser, download: Download, firm: str, folder: Path) -> None:
    """The pack opens from disk on a telephone with the net off, and asks for nothing."""
    with zipfile.ZipFile(download.path()) as archive:
        names = archive.namelist()
        archive.extractall(folder)
    assert {Path(name).suffix for name in names} == {".html", ".pdf", ".png", ".xlsx"}
    context = browser.new_context(viewport=TELEPHONE, offline=True)
    asked: list[str] = []
    faults: list[str] = []
    page = context.new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda message: faults.append(message.text))
    page.goto((folder / f"{TITLE}.html").as_uri())
    expect(page.locator("section.now tbody tr").first).to_contain_text(firm)
    wide = page.evaluate("document.documentElement.scrollWidth")
    for tab in ("地图", "产业链", "简报"):
        page.get_by_role("link", name=tab).click()
        expect(page.locator("section.now h2")).to_have_text(tab)
    page.locator("section.now summary", has_text=firm).click()
    expect(page.locator("section.now details[open]")).to_contain_text("能补的环节")
    page.get_by_role("searchbox").fill(firm)
    expect(page.locator("section.now details:visible")).to_have_count(1)
    context.close()
    assert wide <= TELEPHONE["width"]
    assert faults == []
    assert [url for url in asked if not url.startswith("file:")] == []


def come_back(page: Page, home: str, firm: str, folder: Path) -> None:
    """The workbook that went along is filled in and read back."""
    page.goto(home)
    with page.expect_download() as found:
        page.get_by_role("link", name="接洽情况表").click()
    book = openpyxl.load_workbook(BytesIO(found.value.path().read_bytes()))
    sheet = book.worksheets[0]
    titles = {cell.value: cell.column for cell in sheet[3]}
    line = next(r for r in range(4, 9) if sheet.cell(r, titles["企业"]).value == firm)
    for title, value in {
        "状态": "在谈", "本次日期": "2026-11-20", "对方人员": "王总", "谈了什么": "愿意落地",
    }.items():  # fmt: skip
        sheet.cell(line, titles[title]).value = value
    file = BytesIO()
    book.save(file)
    path = folder / "回来.xlsx"
    path.write_bytes(file.getvalue())
    page.locator("input[type=file]").set_input_files(path)
    page.get_by_role("button", name="上传核对").click()
    expect(page.locator("table").first).to_contain_text("愿意落地")
    page.get_by_role("button", name="确认，写入名单").click()
    expect(page.locator(".grid-list tbody tr").first).to_contain_text("在谈")


def sign(page: Page, home: str, firm: str) -> str:
    page.goto(home)
    page.get_by_role("link", name=firm, exact=True).first.click()
    expect(page.locator("body")).to_contain_text("愿意落地")
    form = page.locator("#sign form").first
    form.get_by_label("县市区").select_option("张湾区")
    form.get_by_label("协议金额（亿元）").fill("3.5")
    form.get_by_label("签约日期").fill(date.today().isoformat())
    form.get_by_role("button", name="转为项目").click()
    expect(page.locator("#sign")).to_contain_text("已是项目")
    return page.locator("#sign a").first.get_attribute("href") or ""


def planned(page: Page, desk: str, link: str, address: str) -> None:
    """The link is 在建补链 on the chain, and the project is on the map."""
    page.goto(f"{desk}/chain?chain={CHAIN}&link={link}")
    expect(page.locator("aside, .panel").first).to_contain_text("在建补链")
    page.goto(f"{desk}{address}")
    expect(page.locator("body")).to_contain_text("3.5 亿元")
    page.goto(f"{desk}/map?chain={CHAIN}&link={link}&place=420303")
    expect(page.locator("body")).to_contain_text("1 个")
    expect(page.locator("#panel")).to_contain_text("在建补链")
    page.goto(f"{desk}/loop")
    expect(page.locator(".funnel")).to_contain_text("签约")
    expect(page.locator("body")).to_contain_text(link)


@pytest.mark.parametrize("path", ["/lists", "/lists/new", "/events", "/events/new", "/loop"])
@pytest.mark.parametrize("screen", [OFFICE_SCREEN, TELEPHONE], ids=["office", "telephone"])
def test_no_page_is_wider_than_its_screen(
    page: Page, desk: str, path: str, screen: dict[str, int]
) -> None:
    page.set_viewport_size(screen)  # type: ignore[arg-type]
    page.goto(desk + path)
    assert page.evaluate("document.documentElement.scrollWidth") <= screen["width"]
