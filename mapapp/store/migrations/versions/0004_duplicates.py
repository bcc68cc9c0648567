"""Suspected duplicates and merges.

revision = 0004
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "matched_project",
        sa.Column("project_code", sa.Text(), nullable=False),
        sa.Column("project_version", sa.Integer(), nullable=False),
        *_stamp(),
        sa.PrimaryKeyConstraint("project_code", name=op.f("pk_matched_project")),
    )
    op.create_table(
        "suspected_pair",
        sa.Column("first_code", sa.Text(), nullable=False),
        sa.Column("second_code", sa.Text(), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        *_stamp(),
        sa.PrimaryKeyConstraint("first_code", "second_code", name=op.f("pk_suspected_pair")),
    )
    op.create_index(
        op.f("ix_suspected_pair_second_code"), "suspected_pair", ["second_code"], unique=False
    )
    op.create_table(
        "different_pair",
        sa.Column("first_code", sa.Text(), nullable=False),
        sa.Column("second_code", sa.Text(), nullable=False),
        *_stamp(),
        sa.PrimaryKeyConstraint("first_code", "second_code", name=op.f("pk_different_pair")),
    )
    op.create_table(
        "project_merge",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("survivor_code", sa.Text(), nullable=False),
        sa.Column("loser_code", sa.Text(), nullable=False),
        sa.Column("survivor_before", sa.JSON(), nullable=False),
        sa.Column("survivor_after", sa.JSON(), nullable=False),
        sa.Column("loser_before", sa.JSON(), nullable=False),
        sa.Column("loser_version", sa.Integer(), nullable=False),
        sa.Column("undone_by", sa.Text(), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        *_stamp(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project_merge")),
    )
    op.create_index(
        op.f("ix_project_merge_loser_code"), "project_merge", ["loser_code"], unique=False
    )


def downgrade() -> None:
    for table in ("project_merge", "different_pair", "suspected_pair", "matched_project"):
        op.drop_table(table)


def _stamp() -> tuple["sa.Column[Any]", ...]:
    return (
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("changed_by", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
    )
