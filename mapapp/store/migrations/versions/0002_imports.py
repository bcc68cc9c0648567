"""Imports that can be mapped, followed, and undone.

revision = 0002
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("import_batch", sa.Column("sender", sa.Text(), nullable=False, server_default=""))
    op.add_column("import_batch", sa.Column("undoes", sa.Integer(), nullable=True))
    _create_upload()
    _create_rows()
    op.create_table(
        "import_mapping",
        *_texts("sender", "signature"),
        sa.Column("columns", sa.JSON(), nullable=False),
        *_stamp(),
        sa.PrimaryKeyConstraint("sender", "signature", name=op.f("pk_import_mapping")),
    )
    op.create_table(
        "job",
        *_texts("id", "kind", "subject", "state", "message", "owner"),
        *_numbers("done", "total"),
        sa.Column("heartbeat", sa.DateTime(timezone=True), nullable=False),
        *_stamp(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job")),
    )
    op.create_index(op.f("ix_import_row_upload_id_kind"), "import_row", ["upload_id", "kind"])
    op.create_index(op.f("ix_job_subject"), "job", ["subject"])
    op.create_index(op.f("ix_ledger_change_batch_id"), "ledger_change", ["batch_id"])


def _create_upload() -> None:
    op.create_table(
        "import_upload",
        *_texts("id", "file_name", "sha256", "sender", "phase", "message"),
        *_numbers("size"),
        *(sa.Column(name, sa.JSON(), nullable=False) for name in ("codes", "sheets", "counts")),
        sa.Column("previous", sa.Text(), nullable=True),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        *_stamp(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_upload")),
        sa.ForeignKeyConstraint(
            ["previous"], ["import_upload.id"], name=op.f("fk_import_upload_previous")
        ),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["import_batch.id"], name=op.f("fk_import_upload_batch_id")
        ),
    )


def _create_rows() -> None:
    op.create_table(
        "import_row",
        *_texts("upload_id"),
        *_numbers("number"),
        *_texts("sheet"),
        *_numbers("row"),
        sa.Column("cells", sa.JSON(), nullable=False),
        *_texts("kind", "codes", "message", "project_code", "name"),
        sa.Column("before_version", sa.Integer(), nullable=True),
        sa.Column("old", sa.JSON(), nullable=True),
        sa.Column("new", sa.JSON(), nullable=True),
        *_stamp(),
        sa.PrimaryKeyConstraint("upload_id", "number", name=op.f("pk_import_row")),
        sa.ForeignKeyConstraint(
            ["upload_id"], ["import_upload.id"], name=op.f("fk_import_row_upload_id")
        ),
    )


def _texts(*names: str) -> list["sa.Column[Any]"]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def _numbers(*names: str) -> list["sa.Column[Any]"]:
    return [sa.Column(name, sa.Integer(), nullable=False) for name in names]


def _stamp() -> list["sa.Column[Any]"]:
    return [
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("changed_by", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
    ]


def downgrade() -> None:
    op.drop_index(op.f("ix_ledger_change_batch_id"), table_name="ledger_change")
    op.drop_table("job")
    op.drop_table("import_mapping")
    op.drop_table("import_row")
    op.drop_table("import_upload")
    with op.batch_alter_table("import_batch") as batch:
        batch.drop_column("undoes")
        batch.drop_column("sender")
