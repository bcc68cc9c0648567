"""A planner plays out who might come, and sends the address to a colleague."""

import re

from playwright.sync_api import Page, expect


def test_from_a_gap_to_a_played_out_chain(page: Page, server: str) -> None:
    page.goto(f"{server}/chain?chain=power_battery")
    page.get_by_role("link", name="推演落地").first.click()
    page.wait_for_url(re.compile("/what-if"))
    expect(page.get_by_text("这是推演，不是预测", exact=True)).to_be_visible()
    page.get_by_label("推荐").select_option("3")
    page.get_by_role("button", name="推荐").click()
    expect(page.locator("input[name=p]")).to_have_count(3)
    expect(page.locator("svg .link.changed").first).to_be_visible()
    expected = page.locator(".key .under").first.inner_text()

    page.locator("input[name=p]").first.fill("90")
    page.get_by_role("button", name="按填写的重算").click()
    expect(page.locator(".key .under").first).not_to_have_text(expected)
    expect(page.locator("input[name=p]").first).to_have_value("90")

    page.get_by_label("加企业", exact=True).fill("星源")
    page.get_by_role("button", name="查找").click()
    page.get_by_role("link", name=re.compile("^加入星源材质")).first.click()
    expect(page.locator("input[name=p]")).to_have_count(4)

    page.get_by_text("名单里没有的企业").click()
    page.get_by_label("企业", exact=True).fill("某公司")
    page.get_by_label("环节", exact=True).select_option("电解液")
    page.get_by_role("button", name="加入", exact=True).click()
    expect(page.get_by_text("名单外")).to_be_visible()
    sent = page.url
    shown = page.locator(".keys").inner_text()

    page.goto(server)
    page.goto(sent)
    assert page.locator(".keys").inner_text() == shown


def test_it_prints_without_its_forms(page: Page, server: str) -> None:
    page.goto(f"{server}/what-if?chain=power_battery&k=5&each=1")
    page.emulate_media(media="print")
    expect(page.get_by_role("button", name="推荐")).to_be_hidden()
    expect(page.get_by_text("这是推演，不是预测", exact=True)).to_be_visible()
    expect(page.locator("svg.chain-picture")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_weights_are_tried_before_they_are_set(page: Page, server: str) -> None:
    page.goto(f"{server}/gaps?chain=power_battery")
    page.get_by_role("link", name="权重与口径").click()
    page.get_by_label("试一试：重要度，下游依赖").fill("25")
    page.get_by_role("button", name="看名次怎么变").click()
    expect(page.get_by_role("alert")).to_contain_text("之和要等于 100")
    page.get_by_label("试一试：重要度，断链影响").fill("30")
    page.get_by_role("button", name="看名次怎么变").click()
    expect(page.get_by_role("heading", name="试一试：名次怎么变")).to_be_visible()
    assert "criticality.cut=30" in page.url
    assert "hops" not in page.url
