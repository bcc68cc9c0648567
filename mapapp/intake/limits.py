"""What a file may cost."""

from __future__ import annotations

from dataclasses import dataclass

from mapapp.ledger.cells import ROWS_AT_MOST

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Bytes, ratios, rows and seconds that a file may not exceed.

    upload is one file, request all that a form sends: several returned workbooks at once.
    """

    upload: int = 20 * MEGABYTE
    request: int = 64 * MEGABYTE
    unpacked: int = 200 * MEGABYTE
    ratio: int = 100
    rows: int = ROWS_AT_MOST
    seconds: int = 20
    memory: int = 400 * MEGABYTE


DEFAULT = Limits()
