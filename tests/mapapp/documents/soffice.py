"""LibreOffice as a reader of our files: tests only; the product never starts it."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest


def converted(data: bytes, ending: str, folder: Path) -> bytes:
    """A file of ours as LibreOffice prints it."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("这台机器没有 LibreOffice，不能验证它怎样打开文件")
    source = folder / f"ours.{ending}"
    source.write_bytes(data)
    profile = (folder / "profile").as_uri()
    done = subprocess.run(
        [program, f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf",
         "--outdir", str(folder), str(source)],
        capture_output=True, timeout=180, check=True,
    )  # fmt: skip
    assert b"rror" not in done.stderr, done.stderr
    return (folder / "ours.pdf").read_bytes()
