"""What a file may cost."""

from __future__ import annotations

from dataclasses import dataclass

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Bytes, ratios, rows and seconds that a file may not exceed."""

    upload: int = 20 * MEGABYTE
    unpacked: int = 200 * MEGABYTE
    ratio: int = 100
    rows: int = 50_000
    seconds: int = 20
    memory: int = 400 * MEGABYTE


DEFAULT = Limits()
