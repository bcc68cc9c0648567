"""A ledger as large as a benchmark wants it, spread like a real one: every project in a county of
the city, at a place of its own (one in five known by its county only), on a link of a chain or on
none, with the dates of the stages that it reached. The same seed gives the same ledger."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from itertools import islice

import numpy as np

from geodata import Boundaries, county_index
from mapapp.journeys.bureau import Bureau
from mapapp.ledger.dates import PartialDate, Precision
from mapapp.ledger.money import Money
from mapapp.ledger.project import (
    InvestmentProject,
    PointPrecision,
    Position,
    Stage,
    StageEvent,
)
from mapapp.store import ImportBatch, ProjectChange

FIRST, LAST = date(2015, 1, 1), date(2026, 6, 30)
LIFE = (Stage.LEAD, Stage.TALKS, Stage.SIGNED, Stage.STARTED, Stage.COMPLETED, Stage.PRODUCING)
BATCH = 20_000


def fill(bureau: Bureau, number: int, seed: int = 1) -> None:
    """Write so many made-up projects into the bureau's ledger."""
    made = projects(bureau, number, random.Random(seed))
    while some := [ProjectChange(item) for item in islice(made, BATCH)]:
        bureau.store.save_import(ImportBatch("基准", "large_ledger", ""), some)


def projects(bureau: Bureau, number: int, chance: random.Random) -> Iterator[InvestmentProject]:
    """The projects, in the order of their codes."""
    lon, lat, county = _places(bureau.boundaries, number, chance.randrange(1 << 30))
    chains = list(bureau.catalogue.chains.values())
    for n in range(number):
        stage = chance.choices(LIFE, (5, 15, 30, 20, 10, 20))[0]
        chain = chance.choice(chains) if chance.random() < 0.8 else None
        pinned = chance.random() < 0.8
        yield InvestmentProject(
            f"SY{2015 + n * 11 // number}{n:06}",
            name_of(n),
            f"湖北第{n % 9000}新材料有限公司",
            county=bureau.boundaries.county_codes[county[n]],
            position=Position(float(lon[n]), float(lat[n]), PointPrecision.SITE)
            if pinned
            else None,
            chain=chain.id if chain else None,
            links=tuple(chance.sample(list(chain.links), chance.choice([0, 1, 1, 2])))
            if chain
            else (),
            contracted_investment=Money(Decimal(chance.randrange(100, 300_000))),
            events=tuple(_life(stage, chance)),
            lead_department=f"单位{n % 51}",
        )


def name_of(number: int) -> str:
    """What the project whose code ends in this number is called."""
    return f"第{number}号新材料产业化项目"


def _life(stage: Stage, chance: random.Random) -> Iterator[StageEvent]:
    day = FIRST + timedelta(days=chance.randrange((LAST - FIRST).days))
    for step in LIFE[: LIFE.index(stage) + 1]:
        precision = chance.choices((Precision.DAY, Precision.MONTH, Precision.YEAR), (8, 1, 1))[0]
        yield StageEvent(step, _partial(day, precision))
        day += timedelta(days=chance.randrange(20, 200))


def _partial(day: date, precision: Precision) -> PartialDate:
    if precision is Precision.YEAR:
        return PartialDate(day.replace(month=1, day=1), precision)
    return PartialDate(day.replace(day=1) if precision is Precision.MONTH else day, precision)


def _places(
    boundaries: Boundaries, number: int, seed: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Positions inside the city, evenly spread, and the index of the county of each."""
    west, south, east, north = boundaries.outline.bounds
    chance = np.random.default_rng(seed)
    lon, lat, county = (np.empty(0) for _ in range(3))
    while len(lon) < number:
        x, y = chance.uniform(west, east, 2 * number), chance.uniform(south, north, 2 * number)
        found = county_index(boundaries, x, y)
        inside = found >= 0
        lon, lat = np.append(lon, x[inside]), np.append(lat, y[inside])
        county = np.append(county, found[inside])
    return lon[:number].round(6), lat[:number].round(6), county[:number].astype(int)
