"""A messy file comes in: looked at, mended, confirmed, seen on the map, and taken back."""

import re
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import mapapp, serving
from tests.mapapp.journeys.clean_ledger import clean_ledger

HOSTILE = "{{31337*3}}<img src=x onerror=alert(1)>"
HEADER = [
    "序号", "编号", "项目名称", "投资方", "县（市、区）", "计划总投资额度",
    "签约时间", "进展状态", "东经", "北纬", "说明",
]  # fmt: skip
ROWS = [
    [1, "YC-001", "郧阳锂电池隔膜项目", "甲公司", "郧阳", 32000, "2025年3月", "已开工", 110.81, 32.83, HOSTILE],  # noqa: E501
    [2, "YC-002", "房县食用菌深加工项目", "乙公司", "房县", "1.2亿元", "2025.6.18", "签约", None, None, None],  # noqa: E501
    [3, "YC-003", "竹溪茶叶项目", "丙公司", "竹西县", 5600, "2025-07-01", "签约", None, None, None],
    ["合计", None, None, None, None, 49600, None, None, None, None, None],
]  # fmt: skip


@pytest.fixture
def own_server(tmp_path: Path) -> Iterator[str]:
    """A server on the sample that this test may write to."""
    mapapp(tmp_path, "prepare")
    with serving(tmp_path) as address:
        yield address


def messy(path: Path) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "2025年"
    sheet.append(["郧阳区等地2025年招商引资项目推进情况"])
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(HEADER))
    sheet.append(["填报单位：市招商服务中心", None, None, None, None, "单位：万元"])
    for row in [HEADER, *ROWS]:
        sheet.append(row)
    book.save(path)
    return path


def upload(page: Page, server: str, file: Path) -> None:
    page.goto(f"{server}/imports")
    page.locator("#file").set_input_files(file)
    page.get_by_label("报送单位").fill("市招商服务中心")
    page.get_by_role("button", name="上传并预览").click()
    page.wait_for_url(re.compile(r"/imports/[0-9a-f]{32}"))


def number(page: Page, kind: str) -> str:
    return page.locator(".kinds a", has_text=kind).locator(".kind-count").inner_text()


def test_import_mend_confirm_and_undo(page: Page, own_server: str, tmp_path: Path) -> None:
    file = messy(tmp_path / f"{HOSTILE.replace('/', '')}.xlsx")
    upload(page, own_server, file)

    expect(page.locator(".steps .now")).to_contain_text("核对列")
    expect(page.get_by_label("“投资方”导入为")).to_have_value("企业名称")
    amount = page.get_by_label("“计划总投资额度”导入为")
    amount.select_option("投资额")
    page.get_by_label("“计划总投资额度”的金额单位").select_option("万元")
    page.get_by_label("“进展状态”导入为").select_option("状态")
    page.get_by_role("button", name="对了，看预览").click()

    expect(page.locator(".sum-total")).to_contain_text("4 行")
    assert [number(page, kind) for kind in ("新增", "变更", "退回", "跳过")] == ["2", "0", "1", "1"]
    page.locator(".kinds a", has_text="退回").click()
    expect(page.locator(".reason")).to_contain_text("竹西县")

    with page.expect_download() as download:
        page.get_by_role("link", name="下载退回的行").click()
    mended = tmp_path / "退回的行.xlsx"
    download.value.save_as(mended)
    page.get_by_role("button", name="确认写入 2 个项目").click()
    expect(page.locator(".page-head")).to_contain_text("已写入 · 批次 1")
    first = page.url

    book = openpyxl.load_workbook(mended)
    sheet = book.worksheets[0]
    titles = [cell.value for cell in sheet[1]]
    assert titles[:2] == ["原表位置", "退回原因"]
    assert "竹西县" in str(sheet.cell(2, 2).value)
    sheet.cell(2, titles.index("县（市、区）") + 1).value = "竹溪县"
    book.save(mended)
    upload(page, own_server, mended)
    if page.locator(".steps .now").inner_text().endswith("核对列"):
        page.get_by_role("button", name="对了，看预览").click()
    assert number(page, "新增") == "1"
    assert number(page, "这次没有") == "2"
    page.get_by_role("button", name="确认写入 1 个项目").click()
    expect(page.locator(".page-head")).to_contain_text("已写入 · 批次 2")

    page.goto(f"{own_server}/map")
    expect(page.locator("#map-status")).to_be_hidden()
    page.locator("#map-search").fill("郧阳锂电池隔膜")
    page.locator("#map-found").get_by_role("option").first.click()
    expect(page.locator("#panel h2")).to_contain_text("郧阳锂电池隔膜项目")
    expect(page.locator("#panel")).to_contain_text("3.2")

    page.goto(first)
    page.get_by_role("link", name="撤销这次导入").click()
    page.get_by_role("button", name="撤销这次写入").click()
    expect(page.locator(".page-head")).to_contain_text("已撤销")
    assert page.request.get(f"{own_server}/projects/YC-001").status == 404
    assert page.request.get(f"{own_server}/projects/YC-003").status == 200
    page.goto(f"{own_server}/map")
    expect(page.locator("#map-status")).to_be_hidden()
    page.locator("#map-search").fill("郧阳锂电池隔膜")
    expect(page.locator("#map-found").get_by_role("option")).to_have_count(0)
    page.goto(f"{own_server}/imports")
    expect(page.locator("table.imports-grid")).to_contain_text("已撤销")


def test_the_sender_is_asked_once(page: Page, own_server: str, tmp_path: Path) -> None:
    file = messy(tmp_path / "台账.xlsx")
    upload(page, own_server, file)
    page.get_by_role("button", name="对了，看预览").click()
    expect(page.locator(".sum-total")).to_contain_text("4 行")
    upload(page, own_server, file)
    expect(page.locator(".steps .now")).to_contain_text("预览")


def test_a_file_too_large_is_told_before_it_travels(
    page: Page, own_server: str, tmp_path: Path
) -> None:
    large = tmp_path / "大.xlsx"
    large.write_bytes(b"PK" + bytes(21 * 1024 * 1024))
    page.goto(f"{own_server}/imports")
    page.locator("#file").set_input_files(large)
    expect(page.get_by_role("alert")).to_contain_text("最大 20.0 MB")
    page.get_by_role("button", name="上传并预览").click()
    expect(page).to_have_url(f"{own_server}/imports")


def large(folder: Path, rows: int = 20_000) -> Path:
    path = folder / "大台账.csv"
    path.write_bytes(clean_ledger(rows))
    return path


def begin(page: Page, server: str, file: Path) -> None:
    """Up to the job that looks at every row."""
    upload(page, server, file)
    mapped = page.get_by_role("button", name="对了，看预览")
    expect(mapped).to_be_visible(timeout=60_000)
    mapped.click()
    expect(page.locator("[data-job]")).to_be_visible()


def test_closed_meanwhile_it_goes_on(page: Page, own_server: str, tmp_path: Path) -> None:
    begin(page, own_server, large(tmp_path))
    address = page.url
    page.goto("about:blank")
    page.wait_for_timeout(1_000)
    page.goto(address)
    expect(page.locator(".sum-total")).to_contain_text("20,000 行", timeout=120_000)


def test_a_cancelled_job_leaves_nothing(page: Page, own_server: str, tmp_path: Path) -> None:
    begin(page, own_server, large(tmp_path))
    page.get_by_role("button", name="取消").click()
    expect(page.get_by_role("alert")).to_contain_text("已取消", timeout=60_000)
    assert page.locator(".sum-total").count() == 0
    page.goto(f"{own_server}/imports")
    expect(page.locator("table.imports-grid")).to_contain_text("已取消")
