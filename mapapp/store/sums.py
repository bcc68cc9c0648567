"""Sums over projects, in SQL. Only amounts in CNY are added; the others are never mixed in."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Connection, and_, case, func, select

from mapapp.ledger.money import Money
from mapapp.ledger.project import Stage
from mapapp.store.columns import WanAmount
from mapapp.store.conditions import conditions, unconfirmed
from mapapp.store.query import ChainSum, CountySum, MonthSum, ProjectFilter, StageSum, ZoneSum
from mapapp.store.tables import project

_IN_CNY = and_(
    project.c.contracted_investment.is_not(None),
    project.c.contracted_investment_currency == "CNY",
)
_AMOUNT = case((_IN_CNY, project.c.contracted_investment))
_PAID_IN = case((project.c.paid_in_investment_currency == "CNY", project.c.paid_in_investment))


def by_county(connection: Connection, query: ProjectFilter | None) -> list[CountySum]:
    rows = _grouped(connection, project.c.county, query)
    return [
        CountySum(key, n, _money(total), known, _money(paid), with_paid)
        for key, n, total, known, _, _, paid, with_paid in rows
    ]


def by_zone(connection: Connection, query: ProjectFilter | None) -> list[ZoneSum]:
    rows = _grouped(connection, project.c.zone, query)
    return [
        ZoneSum(key, n, _money(total), known, _money(paid), with_paid)
        for key, n, total, known, _, _, paid, with_paid in rows
        if key
    ]


def by_chain(connection: Connection, query: ProjectFilter | None) -> list[ChainSum]:
    rows = _grouped(connection, project.c.chain, query)
    return [ChainSum(key, n, _money(total), known) for key, n, total, known, *_ in rows]


def by_stage(connection: Connection, query: ProjectFilter | None) -> list[StageSum]:
    """In the order of a project's life, 未明 last."""
    sums = [
        StageSum(Stage(key) if key else None, n, _money(total), known, stale, _money(theirs))
        for key, n, total, known, stale, theirs, *_ in _grouped(connection, project.c.stage, query)
    ]
    return sorted(sums, key=lambda s: s.stage.order if s.stage else len(Stage))


def by_month(connection: Connection) -> list[MonthSum]:
    """By county, chain and month of the first signing, over the whole ledger.

    The index `ix_project_county_chain_month` holds all that is asked here in the order in which it
    is asked, so that no row of the ledger is read and nothing sorted: a summary that the database
    itself keeps in the transaction of every write.
    """
    own = project.c
    keys = (own.county, own.chain, own.signed_first_month, own.signed_last_month)
    fen = func.sum(_AMOUNT, type_=BigInteger)
    rows = connection.execute(select(*keys, func.count(), func.count(_AMOUNT), fen).group_by(*keys))
    return [
        MonthSum(county, chain, first, last, projects, known, int(fen or 0))
        for county, chain, first, last, projects, known, fen in rows
    ]


def _grouped(
    connection: Connection, key: ColumnElement[Any], query: ProjectFilter | None
) -> list[tuple[Any, int, Decimal | None, int, int, Decimal | None, Decimal | None, int]]:
    """Key, projects, sum, how many have an amount, how many are 待核实, their sum, what has been
    paid in, how many state that.

    By key, None last.
    """
    is_stale = unconfirmed(query.on if query else None)
    grouped = (
        select(
            key,
            func.count(),
            func.sum(_AMOUNT, type_=WanAmount()),
            func.count(_AMOUNT),
            func.sum(case((is_stale, 1), else_=0)),
            func.sum(case((is_stale, _AMOUNT)), type_=WanAmount()),
            func.sum(_PAID_IN, type_=WanAmount()),
            func.count(_PAID_IN),
        )
        .where(*conditions(query))
        .group_by(key)
    )
    rows = [
        (row[0], row[1], row[2], row[3], row[4], row[5], row[6], row[7])
        for row in connection.execute(grouped)
    ]
    return sorted(rows, key=lambda row: (row[0] is None, row[0] or ""))


def _money(total: Decimal | None) -> Money | None:
    return None if total is None else Money(total)
