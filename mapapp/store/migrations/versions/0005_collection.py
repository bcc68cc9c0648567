"""Workbooks sent out and collected; sites.

revision = 0005
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "kept_file",
        sa.Column("id", sa.Integer(), nullable=False),
        *_texts("purpose", "name", "sha256"),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        *_stamp(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kept_file")),
    )
    op.create_table(
        "report_round",
        sa.Column("id", sa.Integer(), nullable=False),
        *_texts("title", "kind"),
        sa.Column("due", sa.Date(), nullable=True),
        *_stamp(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_round")),
    )
    op.create_table(
        "report_dispatch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        *_texts("receiver", "receiver_name", "token"),
        sa.Column("projects", sa.Integer(), nullable=False),
        *_stamp(),
        _reference("report_dispatch", "round_id", "report_round"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_dispatch")),
    )
    op.create_table(
        "report_row",
        sa.Column("dispatch_id", sa.Integer(), nullable=False),
        sa.Column("row_id", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("project_code", sa.Text(), nullable=True),
        sa.Column("project_version", sa.Integer(), nullable=True),
        sa.Column("cells", sa.JSON(), nullable=False),
        *_stamp(),
        _reference("report_row", "dispatch_id", "report_dispatch"),
        sa.PrimaryKeyConstraint("dispatch_id", "row_id", name=op.f("pk_report_row")),
    )
    op.create_table(
        "report_return",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dispatch_id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        *(
            sa.Column(name, sa.Integer(), nullable=False)
            for name in ("updated", "inserted", "kept", "rejected")
        ),
        *_stamp(),
        _reference("report_return", "dispatch_id", "report_dispatch"),
        _reference("report_return", "file_id", "kept_file"),
        _reference("report_return", "batch_id", "import_batch"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_return")),
    )
    _create_sites()
    for table, column in (
        ("report_dispatch", "round_id"),
        ("report_return", "dispatch_id"),
        ("site", "county"),
    ):
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def _create_sites() -> None:
    op.create_table(
        "site",
        sa.Column("id", sa.Integer(), nullable=False),
        *_texts("code", "name", "kind"),
        *_maybe("county", "zone"),
        *_texts("place"),
        *_maybe("area", "area_unit", "floor_area", "floor_area_unit"),
        sa.Column("utilities", sa.JSON(), nullable=False),
        *_texts("industries", "constraints"),
        *_maybe("available_from"),
        *_texts("available_text", "contact"),
        sa.Column("lon", sa.Float(), nullable=True),
        sa.Column("lat", sa.Float(), nullable=True),
        *_maybe("point_precision", "source_datum"),
        *_texts("note"),
        *_maybe("source_text", "source_date", "source_grade"),
        *_stamp(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_site")),
    )


def _texts(*names: str) -> list["sa.Column[Any]"]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def _maybe(*names: str) -> list["sa.Column[Any]"]:
    return [sa.Column(name, sa.Text(), nullable=True) for name in names]


def _stamp() -> list["sa.Column[Any]"]:
    return [
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("changed_by", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
    ]


def _reference(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}_{to}"))
