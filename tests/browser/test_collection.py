"""报送 and 载体 in a real browser: sent out, filled in, put together, seen on the map."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import ROOT, mapapp, serving
from tests.mapapp.office import fill

LIST = ROOT / "tests" / "fixtures" / "sites" / "made_up.csv"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server on the sample of its own, for these tests write."""
    instance = tmp_path_factory.mktemp("collection")
    mapapp(instance, "prepare")
    with serving(instance) as address:
        yield address


def test_a_workbook_goes_out_and_comes_back(page: Page, desk: str, tmp_path: Path) -> None:
    page.goto(desk)
    page.get_by_role("navigation", name="其他页面").get_by_text("报送").click()
    page.get_by_label("名称").fill("十一月进展")
    page.get_by_role("button", name="下发").click()
    page.wait_for_url(re.compile(r"/collection/\d+$"))
    row = page.get_by_role("row", name=re.compile("郧阳区"))
    expect(row).to_contain_text("未报送")
    with page.expect_download() as download:
        row.get_by_role("link", name="下载").click()
    file = tmp_path / download.value.suggested_filename
    assert file.name == "十一月进展-郧阳区.xlsx"
    download.value.save_as(file)

    edits = (("P048", "备注", "等待环评"), ("P048", "县市区", "郧阳区"), ("P005", "状态", "快了"))
    file.write_bytes(fill(file.read_bytes(), *edits))
    page.get_by_label("报回的工作簿", exact=True).set_input_files(file)
    page.get_by_role("button", name="上传并核对").click()
    expect(page.get_by_role("region", name="有改动")).to_contain_text("等待环评")
    expect(page.get_by_role("region", name="退回")).to_contain_text("快了")
    with page.expect_download() as rejected:
        page.get_by_role("link", name="下载退回的行").click()
    assert rejected.value.suggested_filename == "退回的行-十一月进展-郧阳区.xlsx"
    page.get_by_role("button", name="确认，写入台账").click()
    expect(page.locator("h1 + .muted + .status")).to_contain_text("已写入台账")
    page.get_by_role("link", name="十一月进展").click()
    with page.expect_download() as summary:
        page.get_by_role("link", name="导出汇总").click()
    assert summary.value.suggested_filename == "十一月进展汇总.xlsx"
    expect(page.get_by_role("row", name=re.compile("郧阳区"))).to_contain_text("已报送")
    expect(page.locator("#remind-all")).to_have_value(re.compile("茅箭区"))
    page.goto(f"{desk}/projects/P048")
    expect(page.locator("main")).to_contain_text("等待环评")


def test_sites_come_in_and_open_beside_the_map(page: Page, desk: str) -> None:
    page.goto(f"{desk}/sites")
    expect(page.locator(".empty")).to_contain_text("还没有载体")
    page.get_by_role("link", name="导入载体清单").click()
    page.get_by_label("载体清单").set_input_files(LIST)
    page.get_by_role("button", name="上传并预览").click()
    expect(page.locator("main")).to_contain_text("类型“星空”不认识")
    page.get_by_role("button", name=re.compile("确认，写入 3 处")).click()
    page.wait_for_url(re.compile("/sites$"))
    page.goto(f"{desk}/map")
    expect(page.locator(".leaflet-control-layers")).to_contain_text("载体")
    page.wait_for_function("() => window.feature_group_sites?.getLayers().length === 1")
    page.evaluate("feature_group_sites.getLayers()[0].fire('click')")
    expect(page.locator("#panel h2")).to_have_text("测试产业园甲")
    expect(page.locator("#panel")).to_contain_text("双回路110kV")
    assert "site=1" in page.url
    page.reload()
    expect(page.locator("#panel h2")).to_have_text("测试产业园甲")
    page.locator("#panel").get_by_role("link", name="郧阳区").click()
    expect(page.locator("#panel h2")).to_have_text("郧阳区")
    assert "site=" not in page.url
