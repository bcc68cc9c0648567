"""Find a Chromium for the browser tests, or install one: `python -m tests.browser.chromium`."""

import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests import debian

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
DEBIAN_PACKAGES = ("chromium", "fonts-noto-cjk")
LAUNCH_ARGUMENTS = (
    "--no-sandbox",  # as root, as in most CI containers, Chromium has no sandbox to offer
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


def find() -> str | None:
    """The path of a Chromium on this machine: a system one, or the one Playwright installed."""
    for name in NAMES:
        if path := shutil.which(name):
            return path
    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    return own if Path(own).exists() else None


def has_chinese_font() -> bool:
    """Whether a font holds Chinese; True where fontconfig is not there to ask."""
    if not shutil.which("fc-list"):
        return True
    asked = subprocess.run(["fc-list", ":lang=zh-cn"], capture_output=True, check=False)
    return bool(asked.stdout.strip())


def install() -> None:
    """Debian's packages where we are root, Playwright's own build elsewhere."""
    if debian.can_install():
        debian.install(*DEBIAN_PACKAGES)
    elif find() is None:
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=True)


if __name__ == "__main__":
    if find() is None or not has_chinese_font():
        install()
    if find() is None:
        sys.exit("找不到 Chromium,也没能装上；请自行安装后再运行 make test")
