"""Tiles of the intranet under the maps: a small service on this machine, and one that is down."""

import io
import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import serving

LOADED = """
() => [...document.querySelectorAll("img.leaflet-tile")]
  .filter((tile) => tile.complete && tile.naturalWidth === 256).length
"""


class Tile(BaseHTTPRequestHandler):
    """Answers /z/x/y.png with a tile that says so."""

    asked: list[str] = []  # noqa: RUF012  (one server a test session)

    def do_GET(self) -> None:
        self.asked.append(self.path)
        found = re.fullmatch(r"/(\d+)/(\d+)/(\d+)\.png", self.path)
        if not found:
            self.send_error(404)
            return
        tile = Image.new("RGB", (256, 256), "#f7efd8")
        drawing = ImageDraw.Draw(tile)
        drawing.rectangle((0, 0, 255, 255), outline="#c9b98a")
        drawing.text((8, 8), "/".join(found.groups()), fill="#8a7a4a")
        data = io.BytesIO()
        tile.save(data, "PNG")
        self.send_response(200)
        self.send_header("Content-Type", "image/png")
        self.end_headers()
        self.wfile.write(data.getvalue())

    def log_message(self, *_: object) -> None:
        """Nothing: a test run is no access log."""


@pytest.fixture(scope="module")
def tiles() -> Iterator[str]:
    """The address of a tile service."""
    service = ThreadingHTTPServer(("127.0.0.1", 0), Tile)
    threading.Thread(target=service.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{service.server_port}"
    service.shutdown()
    service.server_close()


@pytest.fixture(scope="module")
def tiled(tiles: str, sample_instance: Path) -> Iterator[str]:
    settings = {
        "LIANTU_TILES": f"xyz:{tiles}/{{z}}/{{x}}/{{y}}.png",
        "LIANTU_TILES_NAME": "<b>市局</b>底图",
        "LIANTU_MAP_REVIEW": "鄂S(2026)001号",
    }
    with serving(sample_instance, settings=settings) as address:
        yield address


@pytest.mark.parametrize("path", ["/map", "/map/compare", "/map/link?link=模组/PACK", "/country"])
def test_every_map_has_the_tiles_and_says_whose_they_are(
    page: Page, tiled: str, tiles: str, path: str
) -> None:
    response = page.goto(tiled + path)
    assert response is not None
    policy = response.header_value("content-security-policy") or ""
    assert f"img-src 'self' data: {tiles};" in policy
    page.wait_for_function(f"() => ({LOADED})() >= 4")
    assert (
        page.evaluate("() => document.querySelectorAll('.leaflet-control-attribution').length") == 0
    )
    borders = page.locator("text=底图：<b>市局</b>底图").first
    assert "审图号：鄂S(2026)001号" in (borders.text_content() or "")
    expect(page.locator(".tiles-missing").first).to_be_hidden()
    page.emulate_media(media="print")
    assert "审图号" in (page.locator("body").inner_text())


def test_a_service_that_is_down_is_told_of(browser: Browser, sample_instance: Path) -> None:
    settings = {"LIANTU_TILES": "xyz:http://127.0.0.1:9/{z}/{x}/{y}.png"}
    with serving(sample_instance, settings=settings) as address:
        page = browser.new_page(viewport={"width": 1366, "height": 768})
        page.goto(f"{address}/map")
        expect(page.locator(".tiles-missing")).to_be_visible()
        expect(page.locator("#panel h2")).to_have_text("十堰市")
        page.close()


def test_without_tiles_nothing_is_asked_for(page: Page, server: str) -> None:
    before = len(Tile.asked)
    response = page.goto(f"{server}/country")
    assert response is not None
    assert "img-src 'self' data:;" in (response.header_value("content-security-policy") or "")
    assert page.locator("img.leaflet-tile").count() == 0
    assert len(Tile.asked) == before
