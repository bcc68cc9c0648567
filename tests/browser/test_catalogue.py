"""An expert takes a chain home as a workbook, changes one share, brings it back, thinks again."""

from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import mapapp, serving

CHAIN = "power_battery"


@pytest.fixture(scope="module")
def own_server(tmp_path_factory: pytest.TempPathFactory):  # type: ignore[no-untyped-def]
    """A server of its own: what is applied here, all pages show."""
    instance = tmp_path_factory.mktemp("catalogue")
    mapapp(instance, "prepare")
    with serving(instance) as address:
        yield address


def test_a_share_is_changed_seen_applied_and_taken_back(
    page: Page, own_server: str, tmp_path: Path
) -> None:
    page.goto(f"{own_server}/chain?chain={CHAIN}")
    page.get_by_role("link", name="编辑链谱").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="新型动力电池").click()
    assert download.value.suggested_filename == "链谱-新型动力电池.xlsx"
    file = tmp_path / "改过.xlsx"
    download.value.save_as(file)

    book = openpyxl.load_workbook(file)
    edges = book["供需关系"]
    supplier, user, share = (cell.value for cell in edges[2][:3])
    assert share != 0.123
    edges["C2"] = 0.123
    book.save(file)

    page.get_by_label("链谱工作簿").set_input_files(file)
    page.get_by_role("button", name="上传，看会变什么").click()
    row = page.locator("table.changes tbody tr")
    expect(row).to_have_count(1)
    expect(row).to_contain_text(f"{supplier} → {user}")
    expect(row).to_contain_text(f"{share:g}")
    expect(row).to_contain_text("0.123")
    page.get_by_label("为什么改").fill("按今年的价格")
    page.get_by_role("button", name="确认，生效").click()
    expect(page.get_by_role("status").filter(has_text="已生效")).to_be_visible()
    expect(page.get_by_role("cell", name="按今年的价格")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

    on_chain = f"{own_server}/chain?chain={CHAIN}&link={user}"
    page.goto(on_chain)
    expect(page.locator("#panel")).to_contain_text("0.123")

    page.goto(f"{own_server}/chain/edit")
    page.get_by_role("button", name="撤销：第 1 次修改").click()
    expect(page.get_by_text("链谱都是随产品的版本")).to_be_visible()
    page.goto(on_chain)
    expect(page.locator("#panel")).not_to_contain_text("0.123")
