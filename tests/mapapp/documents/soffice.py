"""LibreOffice as a reader of our files: tests only; the product never starts it.

`python -m tests.mapapp.documents.soffice` finds it or installs it, as `make test` does.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pypdfium2

from tests import debian

NAMES = ("soffice", "libreoffice")
DEBIAN_PACKAGES = ("libreoffice-calc", "libreoffice-writer", "fonts-noto-cjk")
LACKING = "找不到 LibreOffice，不能验证它怎样打开我们的文件；请安装 Calc 和 Writer 后再运行"


def find() -> str | None:
    """The path of LibreOffice on this machine."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def converted(data: bytes, ending: str, folder: Path, to: str = "pdf") -> bytes:
    """A file of ours as LibreOffice writes it again: printed (pdf), or saved in a format.

    A machine without LibreOffice fails the test: what was not looked at is not shown to work.
    """
    program = find()
    assert program is not None, LACKING
    source, out = folder / f"ours.{ending}", folder / "out"
    source.write_bytes(data)
    profile = (folder / "profile").as_uri()
    done = subprocess.run(
        [program, f"-env:UserInstallation={profile}", "--headless", "--convert-to", to,
         "--outdir", str(out), str(source)],
        capture_output=True, timeout=180, check=True,
    )  # fmt: skip
    assert b"rror" not in done.stderr, done.stderr
    return (out / f"ours.{to}").read_bytes()


def pages(pdf: bytes) -> list[str]:
    """The text of each page of a PDF."""
    opened = pypdfium2.PdfDocument(pdf)
    return [page.get_textpage().get_text_range() for page in opened]


if __name__ == "__main__":
    if find() is None and debian.can_install():
        debian.install(*DEBIAN_PACKAGES)
    if find() is None:
        sys.exit(LACKING)
