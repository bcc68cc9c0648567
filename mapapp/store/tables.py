"""The tables.

Every table carries row_version, changed_by and changed_at. `project` holds four things besides
its facts that follow from its events and dates, for queries to use: stage, the span in which each
stage was first reached, the months of that span for 签约, counted from year 0, and the last day of
the last confirmation. Only `rows.project_row` writes
them. The row_version of `installation` counts the write transactions of the whole database.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
)

from mapapp.ledger.project import Stage
from mapapp.store.columns import WanAmount, stamp_columns, text_column

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _flag(name: str) -> Column[bool]:
    return Column(name, Boolean, nullable=False, default=False)


def _money(name: str) -> tuple[Column[object], Column[str]]:
    return Column(name, WanAmount), Column(f"{name}_currency", Text)


def _provenance() -> tuple[Column[str], ...]:
    return Column("source_text", Text), Column("source_date", Text), Column("source_grade", Text)


def _of_project() -> Column[str]:
    return Column(
        "project_code",
        Text,
        ForeignKey("project.project_code", ondelete="CASCADE"),
        primary_key=True,
    )


REACHED = {
    "signed": Stage.SIGNED,
    "started": Stage.STARTED,
    "enrolled": Stage.ENROLLED,
    "completed": Stage.COMPLETED,
    "producing": Stage.PRODUCING,
    "above_size": Stage.ABOVE_SIZE,
}
"""The columns that say when a project first reached a stage: _first and _last day of the span."""

installation = Table(
    "installation", metadata, Column("city", Text, primary_key=True), *stamp_columns()
)

enterprise = Table(
    "enterprise",
    metadata,
    Column("id", Text, primary_key=True),
    text_column("name"),
    Column("aliases", JSON, nullable=False),
    Column("county", Text),
    Column("zone", Text),
    Column("chain", Text),
    text_column("product"),
    text_column("kind"),
    text_column("group"),
    _flag("is_park"),
    _flag("defunct"),
    *_money("output"),
    text_column("note"),
    text_column("link_note"),
    Column("last_confirmed", Text),
    *_provenance(),
    *stamp_columns(),
)

enterprise_link = Table(
    "enterprise_link",
    metadata,
    Column(
        "enterprise_id", Text, ForeignKey("enterprise.id", ondelete="CASCADE"), primary_key=True
    ),
    Column("number", Integer, primary_key=True),
    Column("link", Text, nullable=False),
    *stamp_columns(),
)

project = Table(
    "project",
    metadata,
    Column("project_code", Text, primary_key=True),
    text_column("name"),
    text_column("enterprise"),
    Column("enterprise_id", Text, ForeignKey("enterprise.id")),
    Column("county", Text),
    Column("zone", Text),
    text_column("place"),
    Column("lon", Float),
    Column("lat", Float),
    Column("point_precision", Text),
    Column("source_datum", Text),
    Column("chain", Text),
    text_column("product"),
    *_money("contracted_investment"),
    text_column("investment_text"),
    *_money("paid_in_investment"),
    *_money("fixed_asset_investment"),
    *_money("foreign_investment"),
    *_money("expected_output"),
    text_column("output_text"),
    *_money("expected_tax"),
    text_column("capacity"),
    Column("land", Text),
    Column("jobs", Integer),
    text_column("national_code"),
    Column("agreement", Text),
    Column("parties", JSON, nullable=False, default=list),
    text_column("origin"),
    text_column("office"),
    text_column("brought_by"),
    Column("tags", JSON, nullable=False, default=list),
    text_column("stage_text"),
    Column("last_confirmed", Text),
    _flag("is_park"),
    _flag("halted"),
    text_column("leader"),
    text_column("lead_department"),
    text_column("note"),
    text_column("link_note"),
    *_provenance(),
    Column("stage", Text),
    *(Column(f"{name}_{end}", Date) for name in REACHED for end in ("first", "last")),
    Column("signed_first_month", Integer),
    Column("signed_last_month", Integer),
    Column("confirmed_last", Date),
    *stamp_columns(),
)

project_link = Table(
    "project_link",
    metadata,
    _of_project(),
    Column("number", Integer, primary_key=True),
    Column("link", Text, nullable=False),
    *stamp_columns(),
)

project_event = Table(
    "project_event",
    metadata,
    _of_project(),
    Column("number", Integer, primary_key=True),
    Column("stage", Text, nullable=False),
    Column("on", Text),
    Column("as_of", Text),
    text_column("note"),
    text_column("evidence"),
    *_money("increment"),
    *stamp_columns(),
)

project_account = Table(
    "project_account",
    metadata,
    _of_project(),
    Column("number", Integer, primary_key=True),
    Column("id", Text, nullable=False),
    text_column("name"),
    text_column("investment"),
    text_column("output"),
    text_column("stage"),
    *_provenance(),
    text_column("note"),
    *stamp_columns(),
)

promotion_event = Table(
    "promotion_event",
    metadata,
    Column("id", Text, primary_key=True),
    text_column("date"),
    text_column("city"),
    text_column("name"),
    text_column("host"),
    text_column("result"),
    text_column("projects"),
    text_column("amount_yi"),
    text_column("note"),
    *(text_column(name) for name in ("kind", "team", "leader", "leader_rank", "office")),
    Column("visited", JSON, nullable=False, default=list),
    Column("signings", JSON, nullable=False, default=list),
    *_provenance(),
    *stamp_columns(),
)

reported_figure = Table(
    "reported_figure",
    metadata,
    Column("id", Text, primary_key=True),
    text_column("period"),
    text_column("indicator"),
    text_column("value"),
    text_column("unit"),
    text_column("breakdown"),
    text_column("note"),
    *_provenance(),
    *stamp_columns(),
)

import_batch = Table(
    "import_batch",
    metadata,
    Column("id", Integer, primary_key=True),
    text_column("file_name"),
    text_column("sha256"),
    *(
        Column(name, Integer, nullable=False)
        for name in ("inserted", "updated", "same", "rejected", "skipped")
    ),
    Column("sender", Text, nullable=False, default="", server_default=""),
    Column("undoes", Integer),
    *stamp_columns(),
)

ledger_change = Table(
    "ledger_change",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("batch_id", Integer, ForeignKey("import_batch.id")),
    Column("table_name", Text, nullable=False),
    Column("row_key", Text, nullable=False),
    Column("old", JSON(none_as_null=True)),
    Column("new", JSON, nullable=False),
    *stamp_columns(),
)

saved_view = Table(
    "saved_view",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    text_column("query"),
    *stamp_columns(),
)

Index(None, project.c.county)
Index(None, project.c.chain)
Index(
    "ix_project_county_chain_month",
    project.c.county,
    project.c.chain,
    project.c.signed_first_month,
    project.c.signed_last_month,
    project.c.contracted_investment,
    project.c.contracted_investment_currency,
)
Index(None, project_link.c.link)
Index(None, ledger_change.c.table_name, ledger_change.c.row_key)
