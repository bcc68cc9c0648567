"""What the row rules ask a city about its words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Place:
    """Where a county cell says the project is; name is the county's full name, or the zone's."""

    county: str | None
    zone: str | None
    name: str


class UnknownPlace(Exception):
    """The cell names no place of this city; the message names the candidates."""


class Vocabulary(Protocol):
    """What the city's words mean; a journey provides it."""

    @property
    def today(self) -> date: ...
    @property
    def city_name(self) -> str: ...
    def place(self, text: str) -> Place:
        """Raises UnknownPlace."""

    def chain(self, text: str) -> str | None: ...
    def link(self, text: str, chain: str | None) -> str | None: ...
    def to_wgs84(self, lon: float, lat: float, datum: str) -> tuple[float, float]:
        """Raises ValueError for a datum that nobody knows."""

    def contains(self, lon: float, lat: float) -> bool: ...
