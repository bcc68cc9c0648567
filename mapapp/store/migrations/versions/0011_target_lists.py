"""Target lists: their versions, their rows, and the contacts with the firms on them.

revision = 0011
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


def _stamp() -> tuple[sa.Column[int], sa.Column[str], sa.Column[object]]:
    return (
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("changed_by", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
    )


def upgrade() -> None:
    op.create_table(
        "target_list",
        sa.Column("id", sa.Integer(), nullable=False),
        _text("title"),
        sa.Column("made_on", sa.Date(), nullable=False),
        *(_text(name) for name in ("owner", "office", "event", "note")),
        sa.Column("rule", sa.JSON(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("closed", sa.Boolean(), nullable=False),
        *_stamp(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_target_list")),
    )
    op.create_table(
        "target_list_version",
        sa.Column("list_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        _text("said"),
        sa.Column("ranking", sa.JSON(), nullable=False),
        *_stamp(),
        sa.PrimaryKeyConstraint("list_id", "number", name=op.f("pk_target_list_version")),
        sa.ForeignKeyConstraint(
            ["list_id"],
            ["target_list.id"],
            name=op.f("fk_target_list_version_list_id"),
            ondelete="CASCADE",
        ),
    )
    op.create_table(
        "target_row",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("list_id", sa.Integer(), nullable=False),
        *(_text(name) for name in ("firm", "link", "chain")),
        sa.Column("why", sa.JSON(), nullable=False),
        *(
            _text(name)
            for name in ("approach", "given_up", "contact", "phone", "ties", "next_step")
        ),
        sa.Column("next_on", sa.Date(), nullable=True),
        _text("note"),
        sa.Column("added_in", sa.Integer(), nullable=False),
        sa.Column("dropped_in", sa.Integer(), nullable=True),
        sa.Column("project_code", sa.Text(), nullable=True),
        *_stamp(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_target_row")),
        sa.ForeignKeyConstraint(
            ["list_id"],
            ["target_list.id"],
            name=op.f("fk_target_row_list_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["project_code"],
            ["project.project_code"],
            name=op.f("fk_target_row_project_code"),
            ondelete="SET NULL",
        ),
    )
    op.create_table(
        "visit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("target_row_id", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        *(_text(name) for name in ("approach", "by", "met", "said")),
        *_stamp(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit")),
        sa.ForeignKeyConstraint(
            ["target_row_id"],
            ["target_row.id"],
            name=op.f("fk_visit_target_row_id"),
            ondelete="CASCADE",
        ),
    )
    for table, column in (
        ("target_row", "list_id"),
        ("target_row", "firm"),
        ("target_row", "project_code"),
        ("visit", "target_row_id"),
    ):
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def downgrade() -> None:
    for name in ("visit", "target_row", "target_list_version", "target_list"):
        op.drop_table(name)
