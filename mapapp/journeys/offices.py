"""Resident offices: which one a firm is nearest to, so that each goes to its own."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from chains import UnknownName
from mapapp.cities import ResidentOffice
from mapapp.journeys.bureau import Bureau


@dataclass(frozen=True, slots=True)
class Nearness:
    """The office nearest to a firm, and how far its nearest place (head office or base) lies."""

    office: str
    km: float


def find_office(bureau: Bureau, text: str) -> ResidentOffice:
    """The resident office of that name, or in the city of that name.

    Raises:
        UnknownName: the city has no such office; names those that it has.
    """
    plain = text.strip()
    for office in bureau.city.offices:
        city = bureau.gazetteer.divisions[office.city]
        if plain in (office.name, city.name, city.name.removesuffix("市"), city.code):
            return office
    raise UnknownName("驻外招商专班", plain, [office.name for office in bureau.city.offices])


def nearest_offices(bureau: Bureau, places: Iterable[Sequence[str]]) -> list[Nearness | None]:
    """For each firm, given by the division codes of its places, the office nearest to one of them.

    Straight distance (km); None where the city has no offices or a firm no place. An office as
    near as another comes before it in the city's file.
    """
    offices = bureau.city.offices
    known = bureau.remember(
        "office distances", lambda: _distances(bureau, [office.city for office in offices])
    )
    found: list[Nearness | None] = []
    for codes in places:
        near = [
            (float(known[code][place]), place)
            for code in codes
            if code in known
            for place in range(len(offices))
        ]
        best = min(near, default=None)
        found.append(Nearness(offices[best[1]].name, best[0]) if best else None)
    return found


def _distances(bureau: Bureau, cities: Sequence[str]) -> dict[str, np.ndarray]:
    """Km to each office, by the division code of a place where a known firm is."""
    codes = sorted({code for firm in bureau.catalogue.enterprises for code in firm.places})
    if not codes or not cities:
        return {}
    kilometres = bureau.gazetteer.distances_km(codes, list(cities))
    return dict(zip(codes, kilometres, strict=True))
