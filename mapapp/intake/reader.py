"""The parent's side: hand a file to a child process, wait a limited time, take its rows."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from dataclasses import astuple
from pathlib import Path

from mapapp.intake.limits import DEFAULT, Limits
from mapapp.intake.wire import load
from mapapp.ledger.cells import RawSheet
from mapapp.ledger.problems import FileRefused

_ROOT = Path(__file__).resolve().parents[2]


def read(data: bytes, limits: Limits = DEFAULT) -> list[RawSheet]:
    """The sheets of a file; what it is shows in its content, so no name is asked for.

    Raises:
        FileRefused: it cannot be read, or must not be; with its code and the reason.
    """
    if len(data) > limits.upload:
        raise FileRefused(
            "E_BOMB", f"文件有 {len(data) / 2**20:.0f} MB，上限 {limits.upload // 2**20} MB"
        )
    try:
        child = subprocess.run(
            [sys.executable, "-P", "-m", "mapapp.intake", *map(str, astuple(limits))],
            input=data,
            capture_output=True,
            timeout=limits.seconds,
            cwd=_ROOT,
            env=_environment(),
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise _too_slow(limits) from error
    if child.returncode == -getattr(signal, "SIGXCPU", 0) != 0:
        raise _too_slow(limits)
    try:
        return load(child.stdout)
    except ValueError as error:
        raise FileRefused(
            "E_DAMAGED", "读这个文件的进程中途停止，文件可能已损坏。请用 WPS 或 Excel 重新保存"
        ) from error


def _environment() -> dict[str, str]:
    """As little of ours as an interpreter needs; one thread, so that memory stays bounded."""
    kept = ("PATH", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR", "LANG", "LD_LIBRARY_PATH")
    return {name: os.environ[name] for name in kept if name in os.environ} | {
        "PYTHONPATH": str(_ROOT),
        "PYTHONIOENCODING": "utf-8",
        "MALLOC_ARENA_MAX": "2",
    }


def _too_slow(limits: Limits) -> FileRefused:
    return FileRefused("E_BOMB", f"读这个文件超过 {limits.seconds} 秒，可能解压后过大，已停止")
