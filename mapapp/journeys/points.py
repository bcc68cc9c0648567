"""Where each project is drawn on the map, and what the map is told about it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from geodata import spread
from mapapp.journeys.bureau import Bureau
from mapapp.store import PointColumns

MICRO = 100_000
"""Positions travel as whole hundred-thousandths of a degree, about a metre."""


class Placing(StrEnum):
    """How a project came to its point; `label` is what the page calls it (位置精度)."""

    SITE = "site"
    TOWNSHIP = "township"
    COUNTY = "county"

    @property
    def label(self) -> str:
        return {
            "site": "厂址",
            "township": "乡镇",
            "county": "区县",
        }[self.value]


@dataclass(frozen=True, slots=True, eq=False)
class Coded:
    """A column of words: for each project the place of its word in `words`; "" for none."""

    index: NDArray[np.int64]
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class PointTable:
    """Every project that can be drawn, column by column, in the order of the codes; all (n,).

    lon, lat in WGS-84 degrees: the project's own, else a spot in its county. signed_first and
    signed_last are the months of the first signing's span, NaT where it is not dated. link holds
    the links of all projects one after the other, links how many of them each project has.
    revision is the ledger's when they were read, or an earlier one, never a later.
    """

    revision: str
    codes: tuple[str, ...]
    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    county: Coded
    zone: Coded
    chain: Coded
    stage: Coded
    placing: Coded
    unconfirmed: NDArray[np.bool_]
    signed_first: NDArray[np.datetime64]
    signed_last: NDArray[np.datetime64]
    links: NDArray[np.int64]
    link: Coded

    def __len__(self) -> int:
        return len(self.codes)


def place_projects(bureau: Bureau) -> PointTable:
    """The ledger's projects that can be drawn: those with a point of their own, and those whose
    county is known. They stay where they are, whatever is selected."""
    return bureau.remember("points", lambda: _place(bureau))


def _place(bureau: Bureau) -> PointTable:
    revision = str(bureau.store.revision()[0])
    read, links = bureau.store.point_columns(bureau.today)
    lon, lat, placing = _positions(bureau, read)
    drawn = np.flatnonzero(~np.isnan(lon)).tolist()
    codes = tuple(read.code[n] for n in drawn)

    def of(column: Sequence[str | None]) -> Coded:
        return coded(column[n] for n in drawn)

    first, last = (
        np.array([day or "NaT" for day in days], "datetime64[D]").astype("datetime64[M]")[drawn]
        for days in (read.signed_first, read.signed_last)
    )
    return PointTable(
        revision,
        codes,
        lon[drawn],
        lat[drawn],
        of(read.county),
        of(read.zone),
        of(read.chain),
        of(read.stage),
        of(placing),
        np.array(read.unconfirmed, dtype=object).astype(bool)[drawn],
        first,
        last,
        np.fromiter((len(links.get(code, ())) for code in codes), np.int64, len(codes)),
        coded(link for code in codes for link in links.get(code, ())),
    )


def coded(words: Iterable[str | None]) -> Coded:
    """A column of words, numbered in the order in which they first come."""
    numbers: dict[str, int] = {}
    index = np.fromiter((numbers.setdefault(w or "", len(numbers)) for w in words), np.int64)
    return Coded(index, tuple(numbers))


def _positions(
    bureau: Bureau, read: PointColumns
) -> tuple[NDArray[np.float64], NDArray[np.float64], list[str]]:
    """Degrees for every project, NaN where it cannot be drawn, and how it came to its point."""
    lon, lat = (np.array(column, np.float64) for column in (read.lon, read.lat))
    placing = [precision or Placing.COUNTY.value for precision in read.precision]
    unplaced: dict[str, list[int]] = {}
    known = set(bureau.boundaries.county_codes)
    for n in np.flatnonzero(np.isnan(lon) | np.isnan(lat)).tolist():
        lon[n] = lat[n] = np.nan
        placing[n] = Placing.COUNTY.value
        if (county := read.county[n]) in known:
            unplaced.setdefault(str(county), []).append(n)
    for county, rows in unplaced.items():
        spots = spread(bureau.boundaries, county, [read.code[n] for n in rows])
        lon[rows], lat[rows] = spots[:, 0], spots[:, 1]
    return lon, lat, placing
