"""Reading enterprises, promotion events, reported figures and the history."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

from sqlalchemy import Connection, RowMapping, exists, select

from mapapp.ledger.project import LocalEnterprise, ReportedFigure
from mapapp.store.changes import LedgerChange
from mapapp.store.rows import to_enterprise, to_reported_figure
from mapapp.store.tables import (
    enterprise,
    enterprise_link,
    installation,
    ledger_change,
    project,
    promotion_event,
    reported_figure,
)


def enterprises(connection: Connection, id: str | None = None) -> list[LocalEnterprise]:
    """All enterprises by id, or the one of that id."""
    own, links = select(enterprise), select(enterprise_link)
    if id is not None:
        own = own.where(enterprise.c.id == id)
        links = links.where(enterprise_link.c.enterprise_id == id)
    of: defaultdict[str, list[RowMapping]] = defaultdict(list)
    for link in connection.execute(links.order_by(enterprise_link.c.number)).mappings():
        of[link["enterprise_id"]].append(link)
    rows = connection.execute(own.order_by(enterprise.c.id)).mappings()
    return [to_enterprise(row, of[row["id"]]) for row in rows]


def reported_figures(connection: Connection) -> list[ReportedFigure]:
    query = select(reported_figure).order_by(reported_figure.c.id)
    return [to_reported_figure(row) for row in connection.execute(query).mappings()]


def revision(connection: Connection) -> tuple[int, datetime]:
    query = select(installation.c.row_version, installation.c.changed_at)
    number, at = connection.execute(query).one()
    return number, at


def is_empty(connection: Connection) -> bool:
    tables = (project, enterprise, promotion_event, reported_figure)
    return not any(connection.execute(select(exists(select(table)))).scalar() for table in tables)


def history(connection: Connection, table: str, key: str) -> list[LedgerChange]:
    """What was done to a row, oldest first."""
    own = ledger_change.c
    query = select(ledger_change).where(own.table_name == table, own.row_key == key)
    return [
        LedgerChange(
            row["batch_id"],
            row["table_name"],
            row["row_key"],
            row["old"],
            row["new"],
            row["changed_by"],
            row["changed_at"],
        )
        for row in connection.execute(query.order_by(own.id)).mappings()
    ]
