"""What can go wrong in geodata. The messages are Chinese, for the planner who reads them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geodata.division import Division


class GeodataError(Exception):
    """Anything geodata refuses; its message names the thing, the place and the way out."""


class UnknownDivision(GeodataError, LookupError):
    """No division has this code or name; ``nearest`` holds the closest ones."""

    def __init__(self, message: str, nearest: Sequence[Division] = ()) -> None:
        super().__init__(message)
        self.nearest = tuple(nearest)


class AmbiguousDivision(GeodataError, LookupError):
    """Several divisions answer to this name; ``candidates`` holds them."""

    def __init__(self, message: str, candidates: Sequence[Division]) -> None:
        super().__init__(message)
        self.candidates = tuple(candidates)


class UnknownDatum(GeodataError, ValueError):
    """This is not one of the datums that can be converted."""


class BoundarySourceMissing(GeodataError):
    """The package that carries the boundary files is not installed or is damaged."""


class CacheNotWritable(GeodataError, OSError):
    """The cache folder refuses a file."""
