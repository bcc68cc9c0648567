"""Reading every project short: columns only, 50,000 of them in a fraction of a second."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Row, select

from mapapp.ledger.dates import PartialDate, Precision
from mapapp.ledger.facts import Increment, ProjectFacts
from mapapp.ledger.money import Money
from mapapp.ledger.project import Agreement, Stage
from mapapp.store.rows import to_date, to_money
from mapapp.store.tables import REACHED, project, project_event

_MONEY = (
    "contracted_investment",
    "paid_in_investment",
    "fixed_asset_investment",
    "foreign_investment",
)
_PLAIN = (
    "project_code",
    "name",
    "county",
    "zone",
    "chain",
    "stage",
    "halted",
    "is_park",
    "leader",
    "lead_department",
    "office",
    "agreement",
)


def facts(connection: Connection) -> list[ProjectFacts]:
    """All projects, by project code."""
    own = project.c
    names = [
        *_PLAIN,
        *(column for name in _MONEY for column in (name, f"{name}_currency")),
        *(f"{name}_{end}" for name in REACHED for end in ("first", "last")),
        "last_confirmed",
    ]
    added = _increments(connection)
    rows = connection.execute(select(*(own[name] for name in names)).order_by(own.project_code))
    return [_facts(row, added) for row in rows]


def _increments(connection: Connection) -> dict[str, tuple[Increment, ...]]:
    own = project_event.c
    chosen = select(own.project_code, own.on, own.increment, own.increment_currency)
    found: defaultdict[str, list[Increment]] = defaultdict(list)
    ordered = chosen.where(own.increment.is_not(None)).order_by(own.project_code, own.number)
    for code, on, wan, currency in connection.execute(ordered):
        found[code].append(Increment(to_date(on), Money(wan, currency or "CNY")))
    return {code: tuple(some) for code, some in found.items()}


def _facts(row: Row[Any], added: Mapping[str, tuple[Increment, ...]]) -> ProjectFacts:
    rest: list[Any] = list(row)
    code, name, county, zone, chain, stage, *rest = rest
    halted, park, leader, department, office, agreement, *rest = rest
    contracted, paid_in, fixed, foreign = (to_money(*rest[n : n + 2]) for n in range(0, 8, 2))
    signed, started, enrolled, completed, producing, above = (
        span(*rest[n : n + 2]) for n in range(8, 20, 2)
    )
    return ProjectFacts(
        code,
        name,
        county,
        zone,
        chain,
        Stage(stage) if stage else None,
        halted,
        park,
        leader,
        department,
        office,
        Agreement(agreement) if agreement else None,
        contracted,
        paid_in,
        fixed,
        foreign,
        signed,
        started,
        enrolled,
        completed,
        producing,
        above,
        to_date(rest[20]),
        added.get(code, ()),
    )


@lru_cache(maxsize=16384)
def span(first: date | None, last: date | None) -> PartialDate | None:
    """The partial date of which these are the first and the last day."""
    if first is None or last is None:
        return None
    for precision in Precision:
        found = PartialDate(first, precision)
        if found.last == last:
            return found
    raise ValueError(f"{first} 至 {last} 不是一日、一月、一季或一年")
