"""The tables.

Every table carries row_version, changed_by and changed_at. `project` holds three things besides
its facts that follow from its events and dates, for queries to use: stage, the span in which each
stage was first reached, and the last day of the last confirmation. Only `rows.project_row` writes
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
from mapapp.store.columns import UtcTime, WanAmount

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _stamp() -> tuple[Column[int], Column[str], Column[object]]:
    return (
        Column("row_version", Integer, nullable=False),
        Column("changed_by", Text, nullable=False),
        Column("changed_at", UtcTime, nullable=False),
    )


def _text(name: str) -> Column[str]:
    return Column(name, Text, nullable=False, default="")


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

installation = Table("installation", metadata, Column("city", Text, primary_key=True), *_stamp())

enterprise = Table(
    "enterprise",
    metadata,
    Column("id", Text, primary_key=True),
    _text("name"),
    Column("aliases", JSON, nullable=False),
    Column("county", Text),
    Column("zone", Text),
    Column("chain", Text),
    _text("product"),
    _text("kind"),
    _text("group"),
    _flag("is_park"),
    _flag("defunct"),
    *_money("output"),
    _text("note"),
    _text("link_note"),
    Column("last_confirmed", Text),
    *_provenance(),
    *_stamp(),
)

enterprise_link = Table(
    "enterprise_link",
    metadata,
    Column(
        "enterprise_id", Text, ForeignKey("enterprise.id", ondelete="CASCADE"), primary_key=True
    ),
    Column("number", Integer, primary_key=True),
    Column("link", Text, nullable=False),
    *_stamp(),
)

project = Table(
    "project",
    metadata,
    Column("project_code", Text, primary_key=True),
    _text("name"),
    _text("enterprise"),
    Column("enterprise_id", Text, ForeignKey("enterprise.id")),
    Column("county", Text),
    Column("zone", Text),
    _text("place"),
    Column("lon", Float),
    Column("lat", Float),
    Column("point_precision", Text),
    Column("source_datum", Text),
    Column("chain", Text),
    _text("product"),
    *_money("contracted_investment"),
    _text("investment_text"),
    *_money("paid_in_investment"),
    *_money("fixed_asset_investment"),
    *_money("foreign_investment"),
    *_money("expected_output"),
    _text("output_text"),
    *_money("expected_tax"),
    _text("capacity"),
    Column("land", Text),
    Column("jobs", Integer),
    _text("national_code"),
    Column("agreement", Text),
    Column("parties", JSON, nullable=False, default=list),
    _text("origin"),
    _text("office"),
    _text("brought_by"),
    Column("tags", JSON, nullable=False, default=list),
    _text("stage_text"),
    Column("last_confirmed", Text),
    _flag("is_park"),
    _flag("halted"),
    _text("leader"),
    _text("lead_department"),
    _text("note"),
    _text("link_note"),
    *_provenance(),
    Column("stage", Text),
    *(Column(f"{name}_{end}", Date) for name in REACHED for end in ("first", "last")),
    Column("confirmed_last", Date),
    *_stamp(),
)

project_link = Table(
    "project_link",
    metadata,
    _of_project(),
    Column("number", Integer, primary_key=True),
    Column("link", Text, nullable=False),
    *_stamp(),
)

project_event = Table(
    "project_event",
    metadata,
    _of_project(),
    Column("number", Integer, primary_key=True),
    Column("stage", Text, nullable=False),
    Column("on", Text),
    Column("as_of", Text),
    _text("note"),
    _text("evidence"),
    *_money("increment"),
    *_stamp(),
)

project_account = Table(
    "project_account",
    metadata,
    _of_project(),
    Column("number", Integer, primary_key=True),
    Column("id", Text, nullable=False),
    _text("name"),
    _text("investment"),
    _text("output"),
    _text("stage"),
    *_provenance(),
    _text("note"),
    *_stamp(),
)

promotion_event = Table(
    "promotion_event",
    metadata,
    Column("id", Text, primary_key=True),
    _text("date"),
    _text("city"),
    _text("name"),
    _text("host"),
    _text("result"),
    _text("projects"),
    _text("amount_yi"),
    _text("note"),
    *_provenance(),
    *_stamp(),
)

reported_figure = Table(
    "reported_figure",
    metadata,
    Column("id", Text, primary_key=True),
    _text("period"),
    _text("indicator"),
    _text("value"),
    _text("unit"),
    _text("breakdown"),
    _text("note"),
    *_provenance(),
    *_stamp(),
)

import_batch = Table(
    "import_batch",
    metadata,
    Column("id", Integer, primary_key=True),
    _text("file_name"),
    _text("sha256"),
    *(
        Column(name, Integer, nullable=False)
        for name in ("inserted", "updated", "same", "rejected", "skipped")
    ),
    Column("sender", Text, nullable=False, default="", server_default=""),
    Column("undoes", Integer),
    *_stamp(),
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
    *_stamp(),
)

saved_view = Table(
    "saved_view",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    _text("query"),
    *_stamp(),
)

Index(None, project.c.county)
Index(None, project.c.chain)
Index(None, project_link.c.link)
Index(None, ledger_change.c.table_name, ledger_change.c.row_key)
