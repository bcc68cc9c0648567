"""The bureau's year: what a project's life, its follow-up and the plan of the year need.

revision = 0009
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from mapapp.ledger.dates import PartialDate

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_STAGES = {
    "signed": "签约",
    "started": "开工",
    "enrolled": "入统",
    "completed": "竣工",
    "producing": "投产",
    "above_size": "进规",
}
_NEW = ("started", "enrolled", "completed", "producing", "above_size")
_TEXTS = ("national_code", "origin", "office", "brought_by")


def upgrade() -> None:
    for name in ("fixed_asset_investment", "expected_tax"):
        op.add_column("project", sa.Column(name, sa.BigInteger(), nullable=True))
        op.add_column("project", sa.Column(f"{name}_currency", sa.Text(), nullable=True))
    for name in _TEXTS:
        op.add_column("project", sa.Column(name, sa.Text(), nullable=False, server_default=""))
    for name in ("parties", "tags"):
        op.add_column("project", sa.Column(name, sa.JSON(), nullable=False, server_default="[]"))
    for name in ("land", "agreement"):
        op.add_column("project", sa.Column(name, sa.Text(), nullable=True))
    op.add_column("project", sa.Column("jobs", sa.Integer(), nullable=True))
    for name in _NEW:
        op.add_column("project", sa.Column(f"{name}_first", sa.Date(), nullable=True))
        op.add_column("project", sa.Column(f"{name}_last", sa.Date(), nullable=True))
    events = (("evidence", sa.Text(), ""), ("increment", sa.BigInteger(), None))
    for name, kind, default in events:
        nullable = default is None
        column = sa.Column(name, kind, nullable=nullable, server_default=default)
        op.add_column("project_event", column)
    op.add_column("project_event", sa.Column("increment_currency", sa.Text(), nullable=True))
    _fill()
    _tables()


def _fill() -> None:
    """When each stage was first reached, from the events that are there."""
    connection = op.get_bind()
    event = sa.table("project_event", *map(sa.column, ("project_code", "stage", "on")))
    names = {stage: name for name, stage in _STAGES.items()}
    found: dict[tuple[str, str], PartialDate] = {}
    for code, stage, text in connection.execute(
        sa.select(event.c.project_code, event.c.stage, event.c.on)
    ):
        if text and stage in names:
            on, key = PartialDate.parse(text), (code, names[stage])
            found[key] = min(found.get(key, on), on)
    for name in _STAGES:
        rows = [
            {"code": code, "first": on.first, "last": on.last}
            for (code, of), on in found.items()
            if of == name
        ]
        if rows:
            _write(connection, name, rows)


def _write(connection: sa.Connection, name: str, rows: Sequence[dict[str, object]]) -> None:
    project = sa.table(
        "project",
        sa.column("project_code", sa.Text()),
        sa.column(f"{name}_first", sa.Date()),
        sa.column(f"{name}_last", sa.Date()),
    )
    connection.execute(
        sa.update(project)
        .where(project.c.project_code == sa.bindparam("code"))
        .values({f"{name}_first": sa.bindparam("first"), f"{name}_last": sa.bindparam("last")}),
        rows,
    )


def _stamp() -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("changed_by", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
    )


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


def _of_project(name: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["project_code"],
        ["project.project_code"],
        name=op.f(f"fk_{name}_project_code"),
        ondelete="CASCADE",
    )


def _tables() -> None:
    op.create_table(
        "follow_up",
        sa.Column("id", sa.Integer(), nullable=False),
        _text("project_code"),
        sa.Column("on", sa.Date(), nullable=False),
        _text("by"),
        _text("said"),
        _text("next_step"),
        _text("unit"),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("settled_on", sa.Date(), nullable=True),
        _text("outcome"),
        sa.Column("meeting_id", sa.Integer(), nullable=True),
        *_stamp(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow_up")),
        _of_project("follow_up"),
    )
    op.create_index(op.f("ix_follow_up_project_code"), "follow_up", ["project_code"])
    op.create_table(
        "weekly_meeting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        _text("title"),
        _text("note"),
        sa.Column("items", sa.JSON(), nullable=False),
        *_stamp(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_weekly_meeting")),
    )
    op.create_table(
        "annual_target",
        sa.Column("year", sa.Integer(), nullable=False),
        _text("dimension"),
        _text("key"),
        _text("indicator"),
        _text("value"),
        *_stamp(),
        sa.PrimaryKeyConstraint(
            "year", "dimension", "key", "indicator", name=op.f("pk_annual_target")
        ),
    )
    op.create_table(
        "exchange_rate",
        _text("currency"),
        sa.Column("on", sa.Date(), nullable=False),
        _text("yuan"),
        _text("source"),
        *_stamp(),
        sa.PrimaryKeyConstraint("currency", "on", name=op.f("pk_exchange_rate")),
    )
    op.create_table(
        "code_counter",
        _text("scope"),
        sa.Column("last", sa.Integer(), nullable=False),
        *_stamp(),
        sa.PrimaryKeyConstraint("scope", name=op.f("pk_code_counter")),
    )
    op.create_table(
        "issued_code",
        _text("code"),
        _text("scope"),
        *_stamp(),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_issued_code")),
    )
    op.create_table(
        "bulletin_template",
        sa.Column("id", sa.Integer(), nullable=False),
        _text("kind"),
        sa.Column("data", sa.LargeBinary(), nullable=True),
        _text("note"),
        *_stamp(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bulletin_template")),
    )


def downgrade() -> None:
    for name in (
        "bulletin_template",
        "issued_code",
        "code_counter",
        "exchange_rate",
        "annual_target",
        "weekly_meeting",
        "follow_up",
    ):
        op.drop_table(name)
    with op.batch_alter_table("project_event") as batch:
        for name in ("evidence", "increment", "increment_currency"):
            batch.drop_column(name)
    with op.batch_alter_table("project") as batch:
        for name in ("fixed_asset_investment", "expected_tax"):
            batch.drop_column(name)
            batch.drop_column(f"{name}_currency")
        for name in (*_TEXTS, "parties", "tags", "land", "agreement", "jobs"):
            batch.drop_column(name)
        for name in _NEW:
            batch.drop_column(f"{name}_first")
            batch.drop_column(f"{name}_last")
