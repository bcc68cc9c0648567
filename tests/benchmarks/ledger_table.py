"""What the table of the ledger costs at 50,000 rows: `python -m tests.benchmarks.ledger_table [n]`.

A server of its own, asked as the page asks it, and then a real Chromium that scrolls, filters and
sorts on an office screen. The limits are what a hand does not feel.
"""

import statistics
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from playwright.sync_api import Page, sync_playwright

from mapapp.config import Settings
from mapapp.journeys import import_ledger
from mapapp.journeys.bureau import open_bureau
from tests.browser import chromium
from tests.browser.conftest import OFFICE_SCREEN, serving
from tests.mapapp.journeys.clean_ledger import clean_ledger

ROWS = 50_000
TIMES = 7
WINDOW_MS, BLOCK_MS = 100, 50
WINDOWS = {
    "窗口，开头": "start=0",
    "窗口，中间": "start={half}",
    "窗口，末尾": "start={end}",
    "窗口，按金额排序": "start={half}&sort=-contracted",
    "窗口，按名称排序": "start={half}&sort=name",
    "窗口，按开工排序": "start={half}&sort=-started",
    "窗口，按入统排序": "start={half}&sort=enrolled",
    "窗口，筛县": "start=0&place=420304",
    "窗口，查找": f"start=0&q={quote('第4999号')}",
    "窗口，查找不存在的": f"start=0&q={quote('没有这个')}",
}
_WATCH = """() => {
  window.blocks = [];
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) window.blocks.push(entry.duration);
  }).observe({ type: "longtask" });
}"""
_SCROLL = """async () => {
  const box = document.getElementById("ledger-scroll");
  const end = box.scrollHeight - box.clientHeight;
  const gaps = [];
  let last = performance.now();
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  for (let step = 0; step < 240; step += 1) {
    box.scrollTop = step < 120 ? step * 160 : (end * (step - 120)) / 119;
    await frame();
    const now = performance.now();
    gaps.push(now - last);
    last = now;
  }
  await new Promise((done) => setTimeout(done, 1500));
  return { gap: Math.max(...gaps), waiting: box.querySelectorAll("tr.waiting").length };
}"""


def main(rows: int) -> None:
    """Print the table; exit with an error where a limit is passed."""
    over: list[str] = []
    with _served(rows) as address:
        print(f"| {rows:,} 行 | 中位（毫秒） | 最长 | 上限 |\n|---|---:|---:|---:|")
        for name, words in WINDOWS.items():
            query = words.format(half=rows // 2, end=rows - 60)
            took = _asked(f"{address}/ledger/rows?count=60&{query}")
            _line(name, took, WINDOW_MS, over)
        _line("首页，服务端", _asked(f"{address}/projects"), None, over)
        with _page() as page:
            _in_chromium(page, address, over)
    if over and rows >= ROWS:
        sys.exit(f"超过上限：{'、'.join(over)}")


@contextmanager
def _served(rows: int) -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        bureau = open_bureau(Settings(instance=Path(folder)))
        report = import_ledger.preview(bureau, clean_ledger(rows), "台账.csv")
        import_ledger.commit(bureau, report, "基准")
        assert bureau.store.count() == rows
        bureau.store.close()
        with serving(Path(folder)) as address:
            yield address


@contextmanager
def _page() -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium.find(), args=list(chromium.LAUNCH_ARGUMENTS)
        )
        yield browser.new_page(viewport=OFFICE_SCREEN, locale="zh-CN")
        browser.close()


def _asked(url: str) -> list[float]:
    """Milliseconds of each answer after a first one that warms up."""
    return [_clock(url) for _ in range(TIMES + 1)][1:]


def _clock(url: str) -> float:
    began = time.perf_counter()
    with urllib.request.urlopen(url, timeout=60) as answer:
        answer.read()
    return 1000 * (time.perf_counter() - began)


def _in_chromium(page: Page, address: str, over: list[str]) -> None:
    _line("首页，打开到有行", [_opened(page, f"{address}/projects") for _ in range(3)], None, over)
    page.evaluate(_WATCH)
    scrolled = page.evaluate(_SCROLL)
    assert not scrolled["waiting"], "滚动停下之后还有空行"
    blocks = page.evaluate("() => window.blocks") or [0.0]
    _line("滚动，主线程最长一段", blocks, BLOCK_MS, over)
    _line("滚动，帧间最长", [scrolled["gap"]], None, over)
    for name, query in (
        ("排序，按下到有行", "?sort=-contracted"),
        ("筛选，按下到有行", "?place=420304&amount=stated"),
        ("查找，按下到有行", f"?q={quote('第4999号')}"),
    ):
        _line(name, [_opened(page, f"{address}/projects{query}") for _ in range(3)], None, over)


def _opened(page: Page, url: str) -> float:
    """Milliseconds from asking for the page until its script has put the first row there."""
    began = time.perf_counter()
    page.goto(url, wait_until="commit")
    page.wait_for_selector("#ledger td[data-row='0'] a:not(:empty)")
    return 1000 * (time.perf_counter() - began)


def _line(name: str, took: list[float], limit: int | None, over: list[str]) -> None:
    middle, most = statistics.median(took), max(took)
    print(f"| {name} | {middle:.0f} | {most:.0f} | {limit or '—'} |", flush=True)
    if limit and (most if limit == BLOCK_MS else middle) > limit:
        over.append(name)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ROWS)
