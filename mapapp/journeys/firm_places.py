"""Where local firms are: at the site of a project of theirs, or somewhere in their county."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from chains import Activity
from chains.supply import LocalSource
from geodata import distance_km, ring, spread
from mapapp.journeys.bureau import UNASSIGNED, Bureau
from mapapp.ledger.project import PointPrecision, Position

RING = 10
"""As many firms of one county stand on a ring, so that none covers another; more fill a circle."""
_WORDS = {PointPrecision.SITE: "厂址", PointPrecision.TOWNSHIP: "乡镇"}


@dataclass(frozen=True, slots=True)
class FirmPlace:
    """A local firm and where it is.

    at is longitude, latitude (WGS-84) to measure from: a point of its own, else the middle of its
    county; drawn is where the map puts it: firms that are known by their county alone are spread
    inside it. Both are None where nobody wrote down a county. precision says which it is.
    activity is what its page is opened by.
    """

    name: str
    county: str | None
    county_name: str
    at: tuple[float, float] | None
    drawn: tuple[float, float] | None
    exact: bool
    precision: str
    activity: Activity


def place_firms(bureau: Bureau, sources: Iterable[LocalSource]) -> dict[str, FirmPlace]:
    """The sources by name, each at the best known place of what it does."""
    pinned = bureau.remember("pinned projects", lambda: _pinned(bureau))
    named = {source.name: source for source in sources}
    found = {name: _place(bureau, source, pinned) for name, source in named.items()}
    return _drawn(bureau, found)


def km_between(one: FirmPlace, other: FirmPlace) -> float | None:
    """Straight distance in km; None where one of them is nowhere, or both are known no better
    than by the same county."""
    if one.at is None or other.at is None:
        return None
    if one.county == other.county and not (one.exact and other.exact):
        return None
    return float(distance_km(*one.at, *other.at))


def _pinned(bureau: Bureau) -> Mapping[str, Position]:
    """By project code, the points that are a site's or a township's."""
    read, _ = bureau.store.point_columns(bureau.today)
    return {
        code: Position(lon, lat, PointPrecision(precision))
        for code, lon, lat, precision in zip(
            read.code, read.lon, read.lat, read.precision, strict=True
        )
        if lon is not None and lat is not None and precision in _WORDS
    }


def _place(bureau: Bureau, source: LocalSource, pinned: Mapping[str, Position]) -> FirmPlace:
    order = {precision: place for place, precision in enumerate(_WORDS)}
    known = [(order[pinned[a.id].precision], a.id) for a in source.activities if a.id in pinned]
    first = source.activities[0]
    counties = [a.county for a in source.activities if a.county in bureau.boundaries.county_codes]
    county = counties[0] if counties else None
    if known:
        best = pinned[min(known)[1]]
        owner = next(a for a in source.activities if a.id == min(known)[1])
        site = (best.lon, best.lat)
        where = owner.county or county
        name, word = bureau.county_name(where), _WORDS[best.precision]
        return FirmPlace(source.name, where, name, site, site, True, word, first)
    at = bureau.boundaries.label(county) if county else None
    word = "只知县市区" if county else "不知在哪个县市区"
    name = bureau.county_name(county) if county else UNASSIGNED
    return FirmPlace(source.name, county, name, at, at, False, word, first)


def _drawn(bureau: Bureau, found: Mapping[str, FirmPlace]) -> dict[str, FirmPlace]:
    """The same, those of one county spread inside it."""
    placed = dict(found)
    together: dict[str, list[str]] = {}
    for name, place in found.items():
        if place.county and not place.exact:
            together.setdefault(place.county, []).append(name)
    for county, names in together.items():
        for name, spot in zip(sorted(names), _spots(bureau, county, names), strict=True):
            placed[name] = replace(placed[name], drawn=spot)
    return placed


def _spots(bureau: Bureau, county: str, names: Sequence[str]) -> list[tuple[float, float]]:
    places = bureau.boundaries
    few = len(names) <= RING
    spots = ring(places, county, len(names)) if few else spread(places, county, sorted(names))
    return [(float(lon), float(lat)) for lon, lat in spots]
