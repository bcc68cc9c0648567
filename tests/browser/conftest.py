"""A real server, a real Chromium, and a page that fails on anything a planner must never meet."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser import chromium

ROOT = Path(__file__).resolve().parent.parent.parent
OFFICE_SCREEN = {"width": 1366, "height": 768}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/browser" in str(item.path):
            item.add_marker("browser")


@contextmanager
def serving(
    instance: Path, *, city: str = "420300", settings: Mapping[str, str] | None = None
) -> Iterator[str]:
    """Run `python -m mapapp serve` on a free port until the block ends; yields its address.
    settings are environment variables of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "mapapp", "serve", "--city", city, "--port", str(port)]
    environment = {**os.environ, **(settings or {}), "LIANTU_INSTANCE": str(instance)}
    process = subprocess.Popen(command, cwd=ROOT, env=environment)
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_until_it_answers(address, process)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=10)


def _wait_until_it_answers(address: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        try:
            urllib.request.urlopen(address, timeout=5).close()
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("服务没有起来")


def mapapp(instance: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run one command of `python -m mapapp`."""
    return subprocess.run(
        [sys.executable, "-m", "mapapp", *arguments],
        cwd=ROOT,
        env={**os.environ, "LIANTU_INSTANCE": str(instance)},
        capture_output=True,
        text=True,
        check=True,
    )


@pytest.fixture(scope="session")
def sample_instance(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An instance folder that holds the sample, as `make run` leaves it."""
    instance = tmp_path_factory.mktemp("instance")
    mapapp(instance, "prepare")
    return instance


@pytest.fixture(scope="session")
def server(sample_instance: Path) -> Iterator[str]:
    """The address of a server on the sample."""
    with serving(sample_instance) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium.find(), args=list(chromium.LAUNCH_ARGUMENTS)
        )
        yield browser
        browser.close()


@dataclass
class Watch:
    """What went on behind a page: console errors, dialogs, failed and outside requests."""

    troubles: list[str] = field(default_factory=list)

    def over(self, page: Page) -> None:
        page.on("console", lambda m: self._add("console", m.text) if m.type == "error" else None)
        page.on("pageerror", lambda error: self._add("script", str(error)))
        page.on("dialog", lambda dialog: (self._add("dialog", dialog.message), dialog.dismiss()))
        page.on("request", lambda request: self._outside(request.url))
        page.on("requestfailed", lambda request: self._failed(request.url, request.failure))

    def _add(self, kind: str, text: str) -> None:
        self.troubles.append(f"{kind}: {text}")

    def _outside(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("data", "blob") and parts.hostname != "127.0.0.1":
            self._add("outside", url)

    def _failed(self, url: str, why: str | None) -> None:
        # A request that the next navigation cut short is nobody's fault.
        if why != "net::ERR_ABORTED":
            self._add("failed", f"{url} {why}")


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page on an office screen; the test fails if anything went wrong behind it."""
    context = browser.new_context(viewport=OFFICE_SCREEN, locale="zh-CN", accept_downloads=True)
    page = context.new_page()
    page.set_default_timeout(15_000)
    watch = Watch()
    watch.over(page)
    yield page
    context.close()
    assert not watch.troubles, "\n".join(watch.troubles)
