"""The first tables: the ledger, its history, and the city it belongs to.

revision = 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "enterprise",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("aliases", sa.JSON(), nullable=False),
        sa.Column("county", sa.Text(), nullable=True),
        sa.Column("zone", sa.Text(), nullable=True),
        sa.Column("chain", sa.Text(), nullable=True),
        sa.Column("product", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("group", sa.Text(), nullable=False),
        sa.Column("is_park", sa.Boolean(), nullable=False),
        sa.Column("defunct", sa.Boolean(), nullable=False),
        sa.Column("output", sa.BigInteger(), nullable=True),
        sa.Column("output_currency", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("link_note", sa.Text(), nullable=False),
        sa.Column("last_confirmed", sa.Text(), nullable=True),
        sa.Column("source_text", sa.Text(), nullable=True),
        sa.Column("source_date", sa.Text(), nullable=True),
        sa.Column("source_grade", sa.Text(), nullable=True),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("changed_by", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enterprise")),
    )
    op.create_table(
        "import_batch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("inserted", sa.Integer(), nullable=False),
        sa.Column("updated", sa.Integer(), nullable=False),
        sa.Column("same", sa.Integer(), nullable=False),
        sa.Column("rejected", sa.Integer(), nullable=False),
        sa.Column("skipped", sa.Integer(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("changed_by", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_batch")),
    )
    op.create_table(
        "installation",
        sa.Column("city", sa.Text(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("changed_by", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("city", name=op.f("pk_installation")),
    )
    op.create_table(
        "promotion_event",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("date", sa.Text(), nullable=False),
        sa.Column("city", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("projects", sa.Text(), nullable=False),
        sa.Column("amount_yi", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("source_text", sa.Text(), nullable=True),
        sa.Column("source_date", sa.Text(), nullable=True),
        sa.Column("source_grade", sa.Text(), nullable=True),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("changed_by", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_promotion_event")),
    )
    op.create_table(
        "reported_figure",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("indicator", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("breakdown", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("source_text", sa.Text(), nullable=True),
        sa.Column("source_date", sa.Text(), nullable=True),
        sa.Column("source_grade", sa.Text(), nullable=True),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("changed_by", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reported_figure")),
    )
    op.create_table(
        "enterprise_link",
        sa.Column("enterprise_id", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("link", sa.Text(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("changed_by", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["enterprise_id"],
            ["enterprise.id"],
            name=op.f("fk_enterprise_link_enterprise_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("enterprise_id", "number", name=op.f("pk_enterprise_link")),
    )
    op.create_table(
        "ledger_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.Column("table_name", sa.Text(), nullable=False),
        sa.Column("row_key", sa.Text(), nullable=False),
        sa.Column("old", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("new", sa.JSON(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("changed_by", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["import_batch.id"], name=op.f("fk_ledger_change_batch_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_change")),
    )
    op.create_index(
        op.f("ix_ledger_change_table_name_row_key"),
        "ledger_change",
        ["table_name", "row_key"],
        unique=False,
    )
    op.create_table(
        "project",
        sa.Column("project_code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("enterprise", sa.Text(), nullable=False),
        sa.Column("enterprise_id", sa.Text(), nullable=True),
        sa.Column("county", sa.Text(), nullable=True),
        sa.Column("zone", sa.Text(), nullable=True),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("lon", sa.Float(), nullable=True),
        sa.Column("lat", sa.Float(), nullable=True),
        sa.Column("point_precision", sa.Text(), nullable=True),
        sa.Column("source_datum", sa.Text(), nullable=True),
        sa.Column("chain", sa.Text(), nullable=True),
        sa.Column("product", sa.Text(), nullable=False),
        sa.Column("contracted_investment", sa.BigInteger(), nullable=True),
        sa.Column("contracted_investment_currency", sa.Text(), nullable=True),
        sa.Column("investment_text", sa.Text(), nullable=False),
        sa.Column("paid_in_investment", sa.BigInteger(), nullable=True),
        sa.Column("paid_in_investment_currency", sa.Text(), nullable=True),
        sa.Column("foreign_investment", sa.BigInteger(), nullable=True),
        sa.Column("foreign_investment_currency", sa.Text(), nullable=True),
        sa.Column("expected_output", sa.BigInteger(), nullable=True),
        sa.Column("expected_output_currency", sa.Text(), nullable=True),
        sa.Column("output_text", sa.Text(), nullable=False),
        sa.Column("capacity", sa.Text(), nullable=False),
        sa.Column("stage_text", sa.Text(), nullable=False),
        sa.Column("last_confirmed", sa.Text(), nullable=True),
        sa.Column("is_park", sa.Boolean(), nullable=False),
        sa.Column("halted", sa.Boolean(), nullable=False),
        sa.Column("leader", sa.Text(), nullable=False),
        sa.Column("lead_department", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("link_note", sa.Text(), nullable=False),
        sa.Column("source_text", sa.Text(), nullable=True),
        sa.Column("source_date", sa.Text(), nullable=True),
        sa.Column("source_grade", sa.Text(), nullable=True),
        sa.Column("stage", sa.Text(), nullable=True),
        sa.Column("signed_first", sa.Date(), nullable=True),
        sa.Column("signed_last", sa.Date(), nullable=True),
        sa.Column("confirmed_last", sa.Date(), nullable=True),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("changed_by", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["enterprise_id"], ["enterprise.id"], name=op.f("fk_project_enterprise_id")
        ),
        sa.PrimaryKeyConstraint("project_code", name=op.f("pk_project")),
    )
    op.create_index(op.f("ix_project_chain"), "project", ["chain"], unique=False)
    op.create_index(op.f("ix_project_county"), "project", ["county"], unique=False)
    op.create_table(
        "project_account",
        sa.Column("project_code", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("investment", sa.Text(), nullable=False),
        sa.Column("output", sa.Text(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("source_text", sa.Text(), nullable=True),
        sa.Column("source_date", sa.Text(), nullable=True),
        sa.Column("source_grade", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("changed_by", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_code"],
            ["project.project_code"],
            name=op.f("fk_project_account_project_code"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("project_code", "number", name=op.f("pk_project_account")),
    )
    op.create_table(
        "project_event",
        sa.Column("project_code", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("on", sa.Text(), nullable=True),
        sa.Column("as_of", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("changed_by", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_code"],
            ["project.project_code"],
            name=op.f("fk_project_event_project_code"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("project_code", "number", name=op.f("pk_project_event")),
    )
    op.create_table(
        "project_link",
        sa.Column("project_code", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("link", sa.Text(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("changed_by", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_code"],
            ["project.project_code"],
            name=op.f("fk_project_link_project_code"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("project_code", "number", name=op.f("pk_project_link")),
    )
    op.create_index(op.f("ix_project_link_link"), "project_link", ["link"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_project_link_link"), table_name="project_link")
    op.drop_table("project_link")
    op.drop_table("project_event")
    op.drop_table("project_account")
    op.drop_index(op.f("ix_project_county"), table_name="project")
    op.drop_index(op.f("ix_project_chain"), table_name="project")
    op.drop_table("project")
    op.drop_index(op.f("ix_ledger_change_table_name_row_key"), table_name="ledger_change")
    op.drop_table("ledger_change")
    op.drop_table("enterprise_link")
    op.drop_table("reported_figure")
    op.drop_table("promotion_event")
    op.drop_table("installation")
    op.drop_table("import_batch")
    op.drop_table("enterprise")
