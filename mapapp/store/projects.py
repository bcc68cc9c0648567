"""Reading projects: whole, or just what a list of links needs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, Table, func, select

from mapapp.ledger.project import InvestmentProject, Stage
from mapapp.store.conditions import Condition, unconfirmed
from mapapp.store.point_columns import links_by_code
from mapapp.store.query import LinkedProject
from mapapp.store.rows import to_date, to_money, to_project
from mapapp.store.tables import enterprise, project, project_account, project_event, project_link

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
    if not rows:
        return []
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


def linked(connection: Connection, on: date) -> list[LinkedProject]:
    """The projects that stand on a link, by project code; columns only."""
    links = links_by_code(connection)
    own = project.c
    chosen = (
        select(
            own.project_code,
            own.name,
            own.enterprise,
            func.coalesce(enterprise.c.name, ""),
            own.county,
            own.stage,
            own.is_park,
            unconfirmed(on),
            own.last_confirmed,
            own.expected_output,
            own.expected_output_currency,
        )
        .outerjoin_from(project, enterprise, own.enterprise_id == enterprise.c.id)
        .where(own.project_code.in_(select(project_link.c.project_code)))
        .order_by(own.project_code)
    )
    return [_linked(links[row[0]], *row) for row in connection.execute(chosen)]


def _linked(
    links: Sequence[str],
    code: str,
    name: str,
    enterprise: str,
    carrier: str,
    county: str | None,
    stage: str | None,
    is_park: bool,
    stale: bool | None,
    confirmed: str | None,
    *money: Any,
) -> LinkedProject:
    return LinkedProject(
        code,
        name,
        enterprise,
        carrier,
        county,
        Stage(stage) if stage else None,
        is_park,
        bool(stale),
        to_date(confirmed),
        to_money(*money),
        tuple(links),
    )


def carriers(connection: Connection) -> set[str]:
    """The ids of the enterprises that carry a project on a link."""
    own = project.c
    chosen = select(own.enterprise_id).where(
        own.enterprise_id.is_not(None),
        own.project_code.in_(select(project_link.c.project_code)),
    )
    return set(connection.execute(chosen.distinct()).scalars())


def codes(connection: Connection, where: Sequence[Condition]) -> list[str]:
    """The codes of the projects that meet the conditions, sorted."""
    own = project.c.project_code
    return list(connection.execute(select(own).where(*where).order_by(own)).scalars())


def count(connection: Connection, where: Sequence[Condition]) -> int:
    query = select(func.count()).select_from(project).where(*where)
    return connection.execute(query).scalar_one()


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
