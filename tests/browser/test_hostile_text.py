"""Text from the data is text: on every page, in every export, whatever it looks like."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from mapapp.config import Settings
from mapapp.journeys.bureau import open_bureau
from mapapp.ledger.dates import PartialDate
from mapapp.ledger.project import InvestmentProject, LocalEnterprise, Provenance, Stage, StageEvent
from mapapp.store import Sample
from tests.browser.conftest import serving

HOSTILE = r"{{7*7}} ${alert(1)} </script><script>alert(1)</script> D:\users <b>粗</b> `a` {% if %}"
FORMULA = "=HYPERLINK(1)"
LINK = "动力电芯"
LONG = "无隔" * 2048
"""4,096 characters without a place to break."""

LONG_NAME = "长" * 200
TURNED = "\u202e反过来\u202c"
COMMAND = "=cmd|' /C calc'!A0"
MIXED = f"{HOSTILE} {TURNED} “双” '单' \"直\""

FIRM = LocalEnterprise(
    id="E1",
    name=HOSTILE,
    aliases=(HOSTILE,),
    county="420304",
    chain="power_battery",
    links=(LINK,),
    product=HOSTILE,
    provenance=Provenance("javascript:alert(1)", "2025", "A"),
)
PROJECT = InvestmentProject(
    project_code="P1",
    name=HOSTILE,
    enterprise=HOSTILE,
    enterprise_id="E1",
    county="420304",
    place=HOSTILE,
    chain="power_battery",
    links=(LINK,),
    product=HOSTILE,
    investment_text=HOSTILE,
    capacity=HOSTILE,
    events=(StageEvent(Stage.STARTED, PartialDate.parse("2026-05"), note=HOSTILE),),
    last_confirmed=PartialDate.parse("2026-05"),
    leader=HOSTILE,
    note=HOSTILE,
    provenance=Provenance(HOSTILE, "2026-05", "A"),
)
UNPLACED = replace(PROJECT, project_code="P2", county=None, enterprise_id=None, links=())
TWIN = replace(PROJECT, project_code="P3", name=f"{HOSTILE}（暂名）", enterprise_id=None)
ODD = replace(
    PROJECT,
    project_code="P4",
    name=LONG_NAME,
    enterprise=COMMAND,
    enterprise_id=None,
    place=TURNED,
    product=LONG,
    capacity=LONG,
    note=LONG,
    leader=MIXED,
    lead_department=MIXED,
    links=(),
    provenance=Provenance(MIXED, "2026", COMMAND),
)
FORMULA_FIRM = replace(FIRM, id="E2", name=FORMULA, aliases=(), links=("隔膜(湿法/干法)",))

PAGES = [
    "/?place=420304",
    "/projects",
    "/projects/P1",
    "/enterprises",
    "/enterprises/E1",
    "/map?place=420304",
    "/map?project=P1",
    "/map?place=未分县区",
    "/map/link?chain=power_battery&link=动力电芯",
    "/map/link?chain=power_battery&link=隔膜(湿法/干法)",
    "/chain?chain=power_battery&link=动力电芯",
    "/gaps?chain=power_battery&status=weak&status=present",
    "/targets?chain=power_battery&link=隔膜(湿法/干法)",
    "/editing/project/P1",
    "/editing/project/P4",
    "/projects/P4",
    "/projects?q=P4&col=product&col=capacity&col=note&col=leader",
    "/duplicates",
    "/duplicates/merge?survivor=P1&loser=P3",
]
SHOWING = [page for page in PAGES if not page.startswith(("/?", "/editing"))]
"""Pages on which the hostile name must stand."""


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory, sample_instance: Path) -> Iterator[str]:
    """A server whose ledger is hostile through and through."""
    instance = tmp_path_factory.mktemp("hostile")
    (instance / "geodata").symlink_to(sample_instance / "geodata")
    bureau = open_bureau(Settings(instance=instance))
    bureau.store.load_sample(
        Sample(projects=(PROJECT, UNPLACED, TWIN, ODD), enterprises=(FIRM, FORMULA_FIRM)), "test"
    )
    bureau.store.close()
    with serving(instance) as address:
        yield address


@pytest.mark.parametrize("path", PAGES)
def test_a_page_shows_it_as_it_stands(page: Page, hostile: str, path: str) -> None:
    response = page.goto(hostile + path)
    assert response is not None
    assert response.status == 200
    policy = response.header_value("content-security-policy") or ""
    assert "default-src 'none'" in policy
    assert "nonce-" in policy
    assert "unsafe" not in policy
    page.wait_for_load_state("networkidle")
    if path in SHOWING:
        assert HOSTILE in (page.locator("body").text_content() or "")
    assert page.locator("a[href^='javascript']").count() == 0


def test_the_map_finds_and_names_it_verbatim(page: Page, hostile: str) -> None:
    page.goto(f"{hostile}/map")
    expect(page.locator("#map-status")).to_be_hidden()
    page.locator("#map-search").fill("7*7")
    option = page.locator("#map-found").get_by_role("option").first
    assert HOSTILE in (option.text_content() or "")
    option.click()
    expect(page.locator("#panel h2")).to_have_text(HOSTILE)


@pytest.mark.parametrize("code", ["P1", "P4"])
def test_a_form_holds_it_and_saves_it_as_it_stood(page: Page, hostile: str, code: str) -> None:
    page.goto(f"{hostile}/projects/{code}")
    before = page.locator("dl.facts").first.text_content()
    page.goto(f"{hostile}/editing/project/{code}")
    expect(page.get_by_label("项目名称")).to_have_value(HOSTILE if code == "P1" else LONG_NAME)
    page.get_by_role("button", name="保存修改").click()
    expect(page.locator("p.remark")).to_contain_text("没有改动")
    assert page.locator("dl.facts").first.text_content() == before


def test_no_page_grows_wider_than_the_screen(page: Page, hostile: str) -> None:
    for path in ("/projects/P4", "/editing/project/P4", "/duplicates", "/map?project=P4"):
        page.goto(hostile + path)
        page.wait_for_load_state("networkidle")
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, path


def test_a_pasted_block_shows_it_as_it_stands(page: Page, hostile: str) -> None:
    page.goto(f"{hostile}/editing/paste")
    cells = (
        ("编号", "项目名称", "县市区", "备注", "产品"),
        ("H1", HOSTILE, HOSTILE, COMMAND, LONG),
    )
    page.get_by_label("粘贴的内容").fill("\n".join("\t".join(row) for row in cells))
    page.get_by_role("button", name="预览").click()
    expect(page.locator("section.sheet").first).to_contain_text("退回")
    assert HOSTILE[:40] in (page.locator("section.sheet").first.text_content() or "")
    assert page.get_by_label("粘贴的内容").input_value().endswith(LONG)


def test_an_import_shows_it_as_it_stands(page: Page, hostile: str, tmp_path: Path) -> None:
    """Name of the file, sender, titles, cells that are taken and cells that are turned away."""
    rows = [
        ("项目编号", "项目名称", "县市区", "企业名称", "备注", MIXED),
        ("I1", f"{MIXED}甲", "郧阳区", COMMAND, LONG, MIXED),
        ("I2", MIXED, MIXED, MIXED, MIXED, MIXED),
    ]
    file = tmp_path / "{{7*7}} ${alert(1)} <b>粗<b>.csv"
    with file.open("w", encoding="utf-8-sig", newline="") as target:
        csv.writer(target).writerows(rows)
    page.goto(f"{hostile}/imports")
    page.get_by_label("报送单位").fill(MIXED[:60])
    page.locator("#file").set_input_files(file)
    page.get_by_role("button", name="上传并预览").click()
    expect(page.locator(".steps .now")).to_contain_text("核对列")
    assert MIXED[:40] in (page.locator("main").text_content() or "")
    page.get_by_role("button", name="对了，看预览").click()
    expect(page.locator(".sum-total")).to_contain_text("2 行")
    for kind in ("insert", "reject"):
        page.goto(f"{page.url.split('?')[0]}?show={kind}")
        assert HOSTILE in (page.locator("main").text_content() or "")
    page.goto(f"{hostile}/imports")
    expect(page.locator("main")).to_contain_text("{{7*7}}")


def test_sites_show_it_as_they_stand(page: Page, hostile: str, tmp_path: Path) -> None:
    rows = [
        ("载体名称", "类型", "县市区", "占地面积（亩）", "经度", "纬度", "备注"),
        (MIXED, "园区", "郧阳区", "12", "110.8121", "32.8383", LONG),
        (MIXED, MIXED, MIXED, MIXED, "", "", COMMAND),
    ]
    file = tmp_path / "载体.csv"
    with file.open("w", encoding="utf-8-sig", newline="") as target:
        csv.writer(target).writerows(rows)
    page.goto(f"{hostile}/sites/import")
    page.get_by_label("载体清单").set_input_files(file)
    page.get_by_role("button", name="上传并预览").click()
    assert HOSTILE in (page.locator("main").text_content() or "")
    page.get_by_role("button", name=re.compile("确认，写入")).click()
    page.wait_for_url(re.compile("/sites$"))
    for path in ("/sites", "/sites/1", "/map?site=1"):
        page.goto(hostile + path)
        page.wait_for_load_state("networkidle")
        assert HOSTILE in (page.locator("body").text_content() or ""), path
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, path


def test_a_round_shows_it_as_it_stands(page: Page, hostile: str) -> None:
    page.goto(f"{hostile}/collection")
    title = MIXED[:60]
    page.get_by_label("名称").fill(title)
    page.get_by_role("button", name="下发").click()
    page.wait_for_url(re.compile(r"/collection/\d+$"))
    assert title[:40] in (page.locator("main").text_content() or "")
    page.goto(f"{hostile}/collection")
    assert title[:40] in (page.locator("main").text_content() or "")


@pytest.mark.parametrize("kind", ["XLSX", "CSV"])
def test_an_export_holds_it_as_it_stands(
    page: Page, hostile: str, tmp_path: Path, kind: str
) -> None:
    page.goto(f"{hostile}/targets?chain=power_battery&link=隔膜(湿法/干法)")
    with page.expect_download() as download:
        page.get_by_role("button", name=f"导出 {kind}").click()
    file = tmp_path / f"list.{kind.lower()}"
    download.value.save_as(file)
    cells = read(file)
    assert any(HOSTILE in cell for cell in cells)
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in cells)


def read(file: Path) -> list[str]:
    """Every text cell; in a workbook, no cell may be a formula."""
    if file.suffix == ".csv":
        rows = csv.reader(io.StringIO(file.read_text("utf-8-sig")))
        return [cell for row in rows for cell in row]
    cells = [c for s in openpyxl.load_workbook(file) for row in s.iter_rows() for c in row]
    assert not any(cell.data_type == "f" for cell in cells)
    return [cell.value for cell in cells if isinstance(cell.value, str)]
