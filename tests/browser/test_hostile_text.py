"""Text from the data is text: on every page, in every export, whatever it looks like."""

import csv
import io
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
    "/chain?chain=power_battery&link=动力电芯",
    "/gaps?chain=power_battery&status=weak&status=present",
    "/targets?chain=power_battery&link=隔膜(湿法/干法)",
]
SHOWING = [page for page in PAGES if not page.startswith("/?")]
"""Pages on which the hostile name must stand."""


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory, sample_instance: Path) -> Iterator[str]:
    """A server whose ledger is hostile through and through."""
    instance = tmp_path_factory.mktemp("hostile")
    (instance / "geodata").symlink_to(sample_instance / "geodata")
    bureau = open_bureau(Settings(instance=instance))
    bureau.store.load_sample(
        Sample(projects=(PROJECT, UNPLACED), enterprises=(FIRM, FORMULA_FIRM)), "test"
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
