"""疑似重复 in a real browser: the evidence is shown, a pair is merged, and the merge undone."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import mapapp, serving

KEPT, GONE = "P020", "P167"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, sample_instance: Path) -> Iterator[str]:
    """A server on a sample of its own, which these tests change."""
    instance = tmp_path_factory.mktemp("duplicates")
    (instance / "geodata").symlink_to(sample_instance / "geodata")
    mapapp(instance, "prepare")
    with serving(instance) as address:
        yield address


def open_suspects(page: Page, desk: str) -> None:
    """By the way that a planner takes: from the ledger; compared first where it is to be."""
    page.goto(f"{desk}/projects")
    page.get_by_role("link", name="疑似重复").click()
    if page.get_by_role("button", name=re.compile("比对")).count():
        page.get_by_role("button", name=re.compile("比对")).click()
        page.wait_for_url(re.compile("/duplicates$"))


def test_merged_and_undone_with_nothing_lost(page: Page, desk: str) -> None:
    before = facts(page, desk, KEPT), facts(page, desk, GONE)
    open_suspects(page, desk)
    pair = page.get_by_role("region", name=f"{KEPT} 与 {GONE}")
    expect(pair).to_contain_text("很可能是同一个项目")
    expect(pair.get_by_role("list", name="依据")).to_contain_text("企业相同或相近")
    expect(pair).to_contain_text("燕京啤酒引进项目")

    pair.get_by_role("link", name="是同一个项目").click()
    expect(page.locator("h1")).to_have_text(f"保留 {KEPT}，并入 {GONE}")
    page.locator("input[name=keep-name][value=loser]").check()
    page.get_by_role("button", name="合并", exact=True).click()
    expect(page.locator("p.remark")).to_contain_text(f"{GONE} 已并入 {KEPT}")
    expect(page.get_by_role("region", name=f"{KEPT} 与 {GONE}")).to_have_count(0)
    page.goto(f"{desk}/projects/{KEPT}")
    expect(page.locator("h1")).to_have_text("燕京啤酒引进项目")
    expect(page.locator("main")).to_contain_text("另一口径")
    assert page.request.get(f"{desk}/projects/{GONE}").status == 404

    page.goto(f"{desk}/duplicates/done")
    page.get_by_role("row", name=re.compile(GONE)).get_by_role("button").click()
    expect(page.get_by_role("row", name=re.compile(GONE))).to_contain_text("已撤销")
    assert (facts(page, desk, KEPT), facts(page, desk, GONE)) == before


def facts(page: Page, desk: str, code: str) -> str:
    """What a project's page says of it, without its history."""
    page.goto(f"{desk}/projects/{code}")
    return page.locator("h1").inner_text() + page.locator("dl.facts").first.inner_text()


def test_a_pair_that_is_none_is_not_offered_again(page: Page, desk: str) -> None:
    open_suspects(page, desk)
    pair = page.get_by_role("region", name=f"{KEPT} 与 {GONE}")
    pair.get_by_role("button", name="不是", exact=True).click()
    expect(page.get_by_role("region", name=f"{KEPT} 与 {GONE}")).to_have_count(0)
    page.goto(f"{desk}/duplicates/done")
    row = page.get_by_role("row", name=re.compile(f"{KEPT}.*{GONE}"))
    row.get_by_role("button", name="撤回").click()
    open_suspects(page, desk)
    expect(page.get_by_role("region", name=f"{KEPT} 与 {GONE}")).to_be_visible()
