"""A city is configuration: its zones, leading chains, resident offices and weights."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True)
class Zone:
    """A 功能区: no boundary and no division code of its own; its projects count in `host` too.

    centre is longitude, latitude in WGS-84; None where no public figure is known.
    """

    name: str
    host: str
    aliases: tuple[str, ...] = ()
    centre: tuple[float, float] | None = None
    radius_km: float | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class ResidentOffice:
    """A 驻外招商专班 and the prefecture it sits in."""

    name: str
    city: str


@dataclass(frozen=True, slots=True)
class City:
    """One prefecture's settings. leading_chains maps 一主, 四优, 多支撑 to chain ids or names."""

    code: str
    name: str
    zones: tuple[Zone, ...] = ()
    leading_chains: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    offices: tuple[ResidentOffice, ...] = ()
    county_aliases: Mapping[str, str] = field(default_factory=dict)
    weights: Mapping[str, Any] = field(default_factory=dict)

    def zone(self, text: str) -> Zone | None:
        """The zone of that name or alias, if there is one."""
        return next((z for z in self.zones if text == z.name or text in z.aliases), None)


def load(code: str, name: str, folder: Path = FOLDER) -> City:
    """The settings of a prefecture: from its file, or plain ones where it has none."""
    path = folder / f"{code}.yaml"
    if not path.exists():
        return City(code, name)
    data = yaml.safe_load(path.read_text("utf-8"))
    return City(
        code=code,
        name=name,
        zones=tuple(_zone(item) for item in data.get("zones", ())),
        leading_chains={k: tuple(v) for k, v in data.get("leading_chains", {}).items()},
        offices=tuple(ResidentOffice(o["name"], o["city"]) for o in data.get("offices", ())),
        county_aliases=data.get("county_aliases", {}),
        weights=data.get("weights", {}),
    )


def _zone(item: Mapping[str, Any]) -> Zone:
    centre = item.get("centre")
    return Zone(
        name=item["name"],
        host=item["host"],
        aliases=tuple(item.get("aliases", ())),
        centre=(centre[0], centre[1]) if centre else None,
        radius_km=item.get("radius_km"),
        note=item.get("note", ""),
    )
