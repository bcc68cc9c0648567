"""The map at work: filters without a reload, heaps and stacks, colours, months, names."""

import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

import pypdfium2
import pytest
from PIL import ImageColor
from playwright.sync_api import Browser, Page, Route, expect

from mapapp.config import Settings
from mapapp.draw.palette import OTHER, SHADES
from mapapp.journeys.bureau import Bureau, open_bureau
from mapapp.journeys.milestones import milestones
from mapapp.journeys.points import place_projects
from mapapp.journeys.selection import STAGES, read_selection
from mapapp.ledger.milestones import Standing
from mapapp.ledger.project import InvestmentProject, PointPrecision, Position
from mapapp.store import ImportBatch, ProjectChange
from tests.benchmarks import large_ledger
from tests.browser.conftest import OFFICE_SCREEN, serving

MANY = 3_000
HOSTILE = "<img src=x onerror=alert(1)>{{7*7}}${alert(1)}"
SPOT = Position(110.8, 32.6, PointPrecision.SITE)
ON_ONE_SPOT = 7
LAYER = "window.feature_group_projects"
DRAWN = f"() => {LAYER}.getLayers()[0]"


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bureau]:
    """A ledger of many projects, some of them on one spot, one with a hostile name."""
    bureau = open_bureau(Settings(instance=tmp_path_factory.mktemp("large")))
    large_ledger.fill(bureau, MANY)
    same = [
        InvestmentProject(f"ZZ-{n}", f"同址{n}", county="420304", position=SPOT)
        for n in range(ON_ONE_SPOT)
    ]
    alone = Position(109.5, 31.6, PointPrecision.SITE)
    same.append(InvestmentProject("XSS", HOSTILE, HOSTILE, county="420324", position=alone))
    bureau.store.save_import(ImportBatch("test", "", ""), [ProjectChange(item) for item in same])
    yield bureau
    bureau.store.close()


@pytest.fixture(scope="module")
def crowd(large: Bureau) -> Iterator[str]:
    with serving(large.settings.instance) as address:
        yield address


def open_map(page: Page, server: str, query: str = "") -> None:
    page.goto(f"{server}/map{query}")
    expect(page.locator("#map-status")).to_be_hidden()


def drawn(page: Page) -> list[dict[str, object]]:
    """What lies on the canvas, with the pixel of the map's container."""
    return page.evaluate(  # type: ignore[no-any-return]
        f"""() => {{
          const layer = {LAYER}.getLayers()[0];
          return layer._drawn.map(({{ members, x, y, heap }}) => {{
            const at = layer._map.layerPointToContainerPoint(L.point(x, y).add(layer._bounds.min));
            return {{ number: members.length, x: at.x, y: at.y, heap }};
          }});
        }}"""
    )


def look_at(page: Page, lat: float, lon: float, zoom: int) -> None:
    page.evaluate(
        f"([lat, lon, zoom]) => {LAYER}.getLayers()[0]._map.setView([lat, lon], zoom, "
        "{ animate: false })",
        [lat, lon, zoom],
    )


def click_map(page: Page, x: object, y: object) -> None:
    page.locator(".folium-map").click(position={"x": float(str(x)), "y": float(str(y))})


def test_the_page_chooses_as_the_database_does(page: Page, crowd: str, large: Bureau) -> None:
    """Every filter of the bar, alone and together: as many points as the ledger has."""
    open_map(page, crowd)
    link = next(iter(large.catalogue.chains["power_battery"].links))
    queries = [
        {},
        *({"chain": chain} for chain in [*large.catalogue.chains, "other"]),
        *({"stage": stage} for stage in STAGES),
        *({"period": p} for p in ("2023", "2023H1", "2023Q2", "2023-05", "2021-2023")),
        {"chain": "power_battery", "link": str(link)},
        {"chain": "power_battery", "stage": "签约", "period": "2019-2024"},
        {"stage": "待核实", "period": "2020"},
    ]
    counted = page.evaluate(
        """async (queries) => {
          const { src } = document.querySelector("script[src$='/map.js']");
          const from = (name) => import(src.replace("built/map.js", `js/${name}`));
          const { chosen, total } = await from("point_filter.js");
          const { readPoints } = await from("points.js");
          const points = readPoints(await (await fetch("/map/points")).arrayBuffer());
          return queries.map((query) => total(chosen(points, query)));
        }""",
        queries,
    )
    placed = set(place_projects(large).codes)
    for query, number in zip(queries, counted, strict=True):
        asked = read_selection(large, query).filter(large.today)
        held = [p.project_code for p in large.store.projects(asked)]
        assert number == len(placed.intersection(held)), query
    assert counted[0] == MANY + ON_ONE_SPOT + 1


@pytest.mark.parametrize("ratio", [1, 2])
def test_a_survey_of_six_points_by_hand(page: Page, crowd: str, ratio: int) -> None:
    """Three lie on one spot, of which one is not chosen; one is pale, one far away, one beyond the
    edge but near enough to reach in."""
    open_map(page, crowd)
    found = page.evaluate(
        """async (ratio) => {
          const { src } = document.querySelector("script[src$='/map.js']");
          const { Survey } = await import(src.replace("built/map.js", "js/point_survey.js"));
          const points = {
            x: [10, 10, 10, 100, 500, 215], y: [12, 12, 12, 12, 12, 12],
            count: 6, origin: [0, 0], step: 1,
          };
          const ground = { size: { x: 200, y: 50 }, scale: 1, corner: { x: 0, y: 0 } };
          const view = {
            mask: [1, 1, 0, 1, 1, 1], strong: [1, 1, 1, 0, 1, 1],
            tone: [0, 1, 0, 0, 0, 1], colours: [0, 0],
          };
          const survey = new Survey(points, ground, view);
          const haze = new ImageData(200 * ratio, 50 * ratio);
          survey.take(haze, ratio);
          const dots = {};
          for (let at = 3; at < haze.data.length; at += 4) {
            const pixel = (at - 3) / 4;
            const place = `${pixel % haze.width} ${Math.floor(pixel / haze.width)}`;
            if (haze.data[at]) dots[place] = haze.data[at];
          }
          const cells = [...survey.counts].flatMap((count, cell) => count ? [{
            count, x: survey.sumX[cell] / count, y: survey.sumY[cell] / count,
            shares: [...survey.shares.subarray(2 * cell, 2 * cell + 2)],
          }] : []);
          const { standing, pale } = survey;
          const [strong, weak] = [survey.list(true), survey.list(false)];
          return { standing, pale, cells, dots, strong, weak };
        }""",
        ratio,
    )
    assert (found["standing"], found["pale"]) == (3, 1)
    assert (found["strong"], found["weak"]) == ([0, 1, 5], [3])
    assert found["cells"] == [
        {"count": 2, "x": 10, "y": 12, "shares": [1, 1]},
        {"count": 1, "x": 215, "y": 12, "shares": [0, 1]},
    ]
    square = [(dx, dy) for dx in range(ratio) for dy in range(ratio)]
    assert found["dots"] == {
        f"{left * ratio + dx} {12 * ratio + dy}": opacity
        for left, opacity in [(10, 120), (100, 60)]
        for dx, dy in square
    }


def test_a_filter_changes_map_numbers_and_panel_without_loading_the_page(
    page: Page, crowd: str, large: Bureau
) -> None:
    open_map(page, crowd)
    page.evaluate("window.stays = true")
    page.get_by_label("产业链", exact=True).select_option(label="新型动力电池")
    page.wait_for_url(re.compile("chain=power_battery"))
    asked = read_selection(large, {"chain": "power_battery"}).filter(large.today)
    number = large.store.count(asked)
    expect(page.locator("#map-count")).to_contain_text(f"全市 {number:,} 个项目")
    expect(page.locator("#panel")).to_contain_text("只算所选的产业链")
    assert sum(int(str(item["number"])) for item in drawn(page)) == number
    assert page.evaluate("window.stays")
    page.go_back()
    expect(page.locator("#map-count")).to_contain_text(f"全市 {MANY + ON_ONE_SPOT + 1:,} 个项目")
    expect(page.get_by_label("产业链", exact=True)).to_have_value("")
    page.get_by_label("着色").select_option(label="开工率（%）")
    expect(page.locator("[data-shade-key] h2")).to_have_text("区县底色：开工率（%）")
    assert "shade=start_rate" in page.url
    assert page.evaluate("window.stays")
    page.reload()
    expect(page.locator("[data-shade-key] h2")).to_have_text("区县底色：开工率（%）")


def test_heaps_hold_everybody_and_open_by_a_click(page: Page, crowd: str) -> None:
    open_map(page, crowd)
    whole = drawn(page)
    assert any(item["heap"] for item in whole)
    assert sum(int(str(item["number"])) for item in whole) == MANY + ON_ONE_SPOT + 1
    largest = max(whole, key=lambda item: int(str(item["number"])))
    zoom = f"() => {LAYER}.getLayers()[0]._map.getZoom()"
    before = page.evaluate(zoom)
    click_map(page, largest["x"], largest["y"])
    page.wait_for_timeout(600)
    assert page.evaluate(zoom) > before


def test_projects_on_one_spot_are_spread_out(page: Page, crowd: str) -> None:
    open_map(page, crowd)
    look_at(page, SPOT.lat, SPOT.lon, 15)
    [stack] = [item for item in drawn(page) if item["number"] == ON_ONE_SPOT]
    click_map(page, stack["x"], stack["y"])
    apart = drawn(page)
    assert [item["number"] for item in apart] == [1] * ON_ONE_SPOT
    assert len({(item["x"], item["y"]) for item in apart}) == ON_ONE_SPOT
    click_map(page, apart[3]["x"], apart[3]["y"])
    expect(page.locator("#panel h2")).to_have_text(re.compile("同址"))
    assert "project=ZZ-" in page.url


def test_a_name_comes_when_the_pointer_rests_and_stays_text(page: Page, crowd: str) -> None:
    open_map(page, crowd)
    look_at(page, 31.6, 109.5, 15)
    [alone] = drawn(page)
    box = page.locator(".folium-map").bounding_box()
    assert box
    page.mouse.move(box["x"] + float(str(alone["x"])), box["y"] + float(str(alone["y"])))
    expect(page.locator(".leaflet-tooltip b")).to_have_text(HOSTILE)
    assert page.locator(".leaflet-tooltip img").count() == 0


def test_overdue_projects_are_coloured_as_the_milestones_say(
    page: Page, crowd: str, large: Bureau
) -> None:
    open_map(page, crowd)
    page.get_by_label("项目颜色").select_option(label="里程碑逾期")
    expect(page.locator(".map-legend [data-by=overdue]")).to_be_visible()
    expect(page.locator(".map-legend [data-by=chain]")).to_be_hidden()
    late = page.evaluate(f"() => {LAYER}.getLayers()[0]._view.tone.reduce((a, b) => a + b, 0)")
    rows = milestones(large, large.today, standings=[Standing.OVERDUE]).rows
    assert late == len({row.facts.project_code for row in rows if not row.stale}) > 0


def test_months_are_played(page: Page, crowd: str) -> None:
    open_map(page, crowd)
    page.get_by_role("button", name="按时间播放").click()
    player = page.locator("#map-time")
    slider = player.get_by_label("月份")
    first, last = (int(slider.get_attribute(name) or 0) for name in ("min", "max"))
    expect(player.locator("output")).to_contain_text("没有签约日期，不在其中")
    everybody = sum(int(str(item["number"])) for item in drawn(page))
    slider.fill(str((first + last) // 2))
    half = sum(int(str(item["number"])) for item in drawn(page))
    assert 0 < half < everybody
    expect(player.locator("output")).to_contain_text(f"累计签约 {half:,} 个")
    player.get_by_role("button", name="播放").click()
    page.wait_for_timeout(500)
    assert sum(int(str(item["number"])) for item in drawn(page)) > half
    player.get_by_role("button", name="结束").click()
    expect(player).to_be_hidden()
    assert sum(int(str(item["number"])) for item in drawn(page)) == MANY + ON_ONE_SPOT + 1


def test_amounts_are_played_from_the_ledgers_own_sums(
    page: Page, crowd: str, large: Bureau
) -> None:
    open_map(page, crowd, "?shade=amount&chain=power_battery")
    page.get_by_role("button", name="按时间播放").click()
    december = 12 * 2020 + 11
    page.locator("#map-time").get_by_label("月份").fill(str(december))
    labels = page.locator(".county-label")
    expect(labels.first).to_contain_text("亿元")
    sums: dict[str, Decimal] = {}
    for item in large.store.month_sums():
        if item.last is None or item.last > december:
            continue
        if item.chain == "power_battery" and item.county:
            sums[item.county] = sums.get(item.county, Decimal()) + item.contracted
    shown = {text.strip() for text in labels.all_inner_texts()}
    for code, wan in sums.items():
        assert f"{large.county_name(code)}{wan / 10_000:,.1f}".removesuffix(".0") + " 亿元" in {
            text.replace("\n", "") for text in shown
        }


def test_the_paper_holds_counties_and_projects(page: Page, crowd: str) -> None:
    """Chromium would print the clearing of the upper canvas over the lower one."""
    open_map(page, crowd)
    paper = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True, print_background=True))
    picture = paper[0].render(scale=1).to_pil().convert("RGB")
    colours = Counter(picture.getdata())
    shades = [ImageColor.getrgb(shade) for shade in SHADES]
    assert sum(colours[shade] for shade in shades) > 10_000
    ring = ImageColor.getrgb(OTHER)  # every heap holds projects outside the chains
    near = sum(
        number
        for colour, number in colours.items()
        if max(abs(a - b) for a, b in zip(colour, ring, strict=True)) < 12
    )
    assert near > 200


def test_the_ledger_is_searched_as_one_types(page: Page, crowd: str) -> None:
    open_map(page, crowd)
    page.locator("#map-search").fill("同址3")
    page.locator("#map-found").get_by_role("option").filter(has_text="同址3").click()
    expect(page.locator("#panel h2")).to_have_text("同址3")
    expect(page.locator("#panel")).to_be_focused()
    page.locator("#map-search").fill("没有这个项目")
    expect(page.locator("#map-found")).to_contain_text("没有找到")


@pytest.mark.parametrize("screen", [(1366, 768), (390, 844), (1920, 1080), (1024, 600)])
def test_the_first_picture_lies_where_the_map_will(
    page: Page, crowd: str, screen: tuple[int, int]
) -> None:
    """It is drawn before Leaflet is there, by a formula of our own: the ground is the same."""
    page.set_viewport_size({"width": screen[0], "height": screen[1]})
    held: list[Route] = []
    page.route("**/vendor/leaflet/leaflet.js", lambda route: held.append(route))
    page.goto(f"{crowd}/map", wait_until="commit")
    picture = page.locator(".first-picture")
    expect(picture).to_be_visible()
    colours = page.evaluate(
        """() => {
          const { width, height } = document.querySelector(".first-picture");
          const context = document.querySelector(".first-picture").getContext("2d");
          return new Set(context.getImageData(0, 0, width, height).data).size;
        }"""
    )
    assert colours > 20
    first = page.evaluate(
        """async () => {
          const { src } = document.querySelector("script[src$='/map.js']");
          const from = (name) => import(src.replace("built/map.js", `js/${name}`));
          const [{ fitted }, { legendRoom }, { data }] =
            await Promise.all(["map_ground.js", "map_legend.js", "page_data.js"].map(from));
          const { clientWidth: x, clientHeight: y } = document.querySelector(".folium-map");
          const room = { padding: data.padding, left: legendRoom(x) };
          const { scale, corner } = fitted(data.bounds, { x, y }, room, data.zooms);
          return [Math.log2(scale), corner.x, corner.y];
        }"""
    )
    held[0].continue_()
    expect(picture).to_have_count(0)
    page.unroute("**/vendor/leaflet/leaflet.js")
    zoom, x, y = page.evaluate(
        "() => { const { x, y } = map_liantu.getPixelBounds().min;"
        " return [map_liantu.getZoom(), x, y]; }"
    )
    assert zoom == pytest.approx(first[0])
    assert (x, y) == pytest.approx(tuple(first[1:]), abs=1)


def test_a_map_does_not_wait_for_projects_that_are_late(page: Page, crowd: str) -> None:
    held: list[Route] = []
    page.route("**/map/points", lambda route: held.append(route))
    page.goto(f"{crowd}/map", wait_until="commit")
    page.wait_for_function("() => window.geo_json_counties?.getLayers().length > 5")
    expect(page.locator("#map-status")).to_have_text("正在读取地图…")
    held[0].continue_()
    expect(page.locator("#map-status")).to_be_hidden()
    assert sum(int(str(item["number"])) for item in drawn(page)) == MANY + ON_ONE_SPOT + 1


def test_projects_that_do_not_come_are_told_of(browser: Browser, crowd: str) -> None:
    """On a page of its own: the watched one fails by what the browser itself says of the answer."""
    page = browser.new_page(viewport=OFFICE_SCREEN)
    page.route("**/map/points", lambda route: route.fulfill(status=503, body=""))
    page.goto(f"{crowd}/map", wait_until="commit")
    expect(page.locator("#map-status")).to_have_text("项目没有读到，请刷新本页。")
    page.wait_for_function("() => window.geo_json_counties?.getLayers().length > 5")
    page.close()


def test_a_map_without_its_programme_says_so(browser: Browser, crowd: str) -> None:
    page = browser.new_page(viewport=OFFICE_SCREEN)
    page.route("**/vendor/leaflet/leaflet.js", lambda route: route.abort())
    page.goto(f"{crowd}/map", wait_until="commit")
    expect(page.locator("#map-status")).to_have_text("地图程序没有读到，请刷新本页。")
    expect(page.locator(".first-picture")).to_be_visible()
    page.close()
