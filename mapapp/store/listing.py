"""Lists of the ledger: a window of sorted projects, and what the whole list adds up to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, Connection, Float, Text, and_, case, cast, func, select

from mapapp.ledger.money import Money
from mapapp.ledger.project import InvestmentProject, Stage
from mapapp.store.columns import WanAmount
from mapapp.store.conditions import IN_CNY, conditions
from mapapp.store.projects import by_code
from mapapp.store.query import ListTotals, Order, ProjectFilter
from mapapp.store.tables import project

_PAID_IN = case(
    (
        and_(
            project.c.paid_in_investment.is_not(None),
            project.c.paid_in_investment_currency == "CNY",
        ),
        project.c.paid_in_investment,
    )
)


SORTS: Mapping[str, ColumnElement[Any]] = {
    "code": project.c.project_code,
    "name": project.c.name,
    "enterprise": project.c.enterprise,
    "county": project.c.county,
    "zone": project.c.zone,
    "place": project.c.place,
    "chain": project.c.chain,
    "product": project.c.product,
    "capacity": project.c.capacity,
    "stage": case({s.value: s.order for s in Stage}, value=project.c.stage),
    "signed": project.c.signed_first,
    "started": project.c.started_first,
    "enrolled": project.c.enrolled_first,
    "completed": project.c.completed_first,
    "producing": project.c.producing_first,
    "above_size": project.c.above_size_first,
    "contracted": project.c.contracted_investment,
    "paid_in": project.c.paid_in_investment,
    "foreign": project.c.foreign_investment,
    "fixed_asset": project.c.fixed_asset_investment,
    "output": project.c.expected_output,
    "tax": project.c.expected_tax,
    "agreement": project.c.agreement,
    "land": cast(project.c.land, Float),
    "jobs": project.c.jobs,
    "origin": project.c.origin,
    "office": project.c.office,
    "brought_by": project.c.brought_by,
    "national_code": project.c.national_code,
    "leader": project.c.leader,
    "department": project.c.lead_department,
    "confirmed": project.c.confirmed_last,
    "changed": project.c.changed_at,
}
"""What a list can be sorted by."""


def window(
    connection: Connection, query: ProjectFilter | None, order: Order, start: int, count: int
) -> list[InvestmentProject]:
    """`count` projects of the sorted list from `start` on; what has no value stands last."""
    key = SORTS[order.by]
    said = func.nullif(key, "") if isinstance(key.type, Text) else key
    placed = (said.desc() if order.descending else said.asc()).nulls_last()
    chosen = (
        select(project.c.project_code)
        .where(*conditions(query))
        .order_by(placed, project.c.project_code)
        .offset(start)
        .limit(count)
    )
    if order.by == "code":
        own = project.c.project_code
        chosen = chosen.order_by(None).order_by(own.desc() if order.descending else own)
    codes = list(connection.execute(chosen).scalars())
    found = by_code(connection, codes)
    return [found[code] for code in codes]


def totals(connection: Connection, query: ProjectFilter | None) -> ListTotals:
    """What the projects that match add up to."""
    amount = case((IN_CNY, project.c.contracted_investment))
    asked = select(
        func.count(),
        func.sum(amount, type_=WanAmount()),
        func.count(amount),
        func.sum(_PAID_IN, type_=WanAmount()),
        func.count(_PAID_IN),
    )
    row = connection.execute(asked.select_from(project).where(*conditions(query))).one()
    contracted, paid_in = (None if wan is None else Money(wan) for wan in (row[1], row[3]))
    return ListTotals(row[0], contracted, row[2], paid_in, row[4])


def codes(connection: Connection, start: str) -> list[str]:
    """The project codes that begin like this, sorted."""
    own = project.c.project_code
    chosen = select(own).where(own.startswith(start, autoescape=True)).order_by(own)
    return list(connection.execute(chosen).scalars())


def departments(connection: Connection) -> list[str]:
    """The departments that follow a project, by name."""
    return _said(connection, project.c.lead_department)


def words(connection: Connection) -> dict[str, list[str]]:
    """What projects say of office, origin and tag, each word once, by name."""
    found = {name: _said(connection, project.c[name]) for name in ("office", "origin")}
    lists = connection.execute(select(project.c.tags).where(cast(project.c.tags, Text) != "[]"))
    return found | {"tag": sorted({tag for tags in lists.scalars() for tag in tags})}


def _said(connection: Connection, own: ColumnElement[str]) -> list[str]:
    return list(connection.execute(select(own).where(own != "").distinct().order_by(own)).scalars())
