"""Reading projects: whole, or just what the map draws."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, Table, func, select

from mapapp.ledger.money import Money
from mapapp.ledger.project import InvestmentProject, PointPrecision, Stage
from mapapp.store.conditions import Condition, conditions, unconfirmed
from mapapp.store.query import PointRow, ProjectFilter
from mapapp.store.rows import to_project
from mapapp.store.tables import project, project_account, project_event, project_link

_CODES_AT_ONCE = 500


def find(
    connection: Connection, where: Sequence[Condition], limit: int | None = None
) -> list[InvestmentProject]:
    """The projects that meet the conditions, by project code."""
    chosen = select(project.c.project_code).where(*where).order_by(project.c.project_code)
    if limit is not None:
        chosen = chosen.limit(limit)
    own = select(project).where(project.c.project_code.in_(chosen.scalar_subquery()))
    rows = connection.execute(own.order_by(project.c.project_code)).mappings().all()
    links, events, accounts = (
        _parts(connection, table, chosen)
        for table in (project_link, project_event, project_account)
    )
    return [
        to_project(row, links[code], events[code], accounts[code])
        for row in rows
        for code in (row["project_code"],)
    ]


def by_code(connection: Connection, codes: Iterable[str]) -> dict[str, InvestmentProject]:
    """The projects of these codes, as far as they are there."""
    found: dict[str, InvestmentProject] = {}
    wanted = list(dict.fromkeys(codes))
    for start in range(0, len(wanted), _CODES_AT_ONCE):
        some = wanted[start : start + _CODES_AT_ONCE]
        for item in find(connection, [project.c.project_code.in_(some)]):
            found[item.project_code] = item
    return found


def tagged(connection: Connection) -> list[InvestmentProject]:
    """The projects that stand on a link."""
    return find(connection, [project.c.project_code.in_(select(project_link.c.project_code))])


def count(connection: Connection, where: Sequence[Condition]) -> int:
    query = select(func.count()).select_from(project).where(*where)
    return connection.execute(query).scalar_one()


def points(connection: Connection, query: ProjectFilter | None) -> list[PointRow]:
    """What the map draws, by project code; columns only."""
    own = project.c
    chosen = (
        select(
            own.project_code,
            own.name,
            own.enterprise,
            own.county,
            own.zone,
            own.lon,
            own.lat,
            own.point_precision,
            own.chain,
            own.stage,
            unconfirmed(query.on if query else None),
            own.contracted_investment,
            own.contracted_investment_currency,
        )
        .where(*conditions(query))
        .order_by(own.project_code)
    )
    return [_point(*row) for row in connection.execute(chosen)]


def _point(
    code: str,
    name: str,
    enterprise: str,
    county: str | None,
    zone: str | None,
    lon: float | None,
    lat: float | None,
    precision: str | None,
    chain: str | None,
    stage: str | None,
    stale: bool | None,
    *money: Any,
) -> PointRow:
    known = PointPrecision(precision) if precision else PointPrecision.COUNTY if county else None
    wan, currency = money
    return PointRow(
        code,
        name,
        enterprise,
        county,
        zone,
        lon,
        lat,
        known,
        chain,
        Stage(stage) if stage else None,
        bool(stale),
        None if wan is None else Money(wan, currency),
    )


def _parts(
    connection: Connection, table: Table, codes: Select[Any]
) -> defaultdict[str, list[RowMapping]]:
    query = (
        select(table)
        .where(table.c.project_code.in_(codes.scalar_subquery()))
        .order_by(table.c.project_code, table.c.number)
    )
    found: defaultdict[str, list[RowMapping]] = defaultdict(list)
    for row in connection.execute(query).mappings():
        found[row["project_code"]].append(row)
    return found
