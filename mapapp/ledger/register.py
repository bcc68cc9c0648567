"""A register: which firms of other cities make what, as a bureau itself wrote it down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class RegisterEntry:
    """A place has a link. place is the six-digit code of a prefecture; firm may be empty."""

    place: str
    link: str
    firm: str = ""


@dataclass(frozen=True, slots=True)
class RegisterFile:
    """A file that was taken over, as the list of them shows it."""

    id: int
    name: str
    entries: int
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class BacktestRun:
    """A backtest that was run. figures is what it found, as plain values (journeys/backtest)."""

    figures: dict[str, object]
    by: str
    at: datetime
