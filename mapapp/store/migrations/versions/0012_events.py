"""Events know their kind, their team, whom it visited, and what was signed.

revision = 0012
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_TEXTS = ("kind", "team", "leader", "leader_rank", "office")
_LISTS = ("visited", "signings")


def upgrade() -> None:
    for name in _TEXTS:
        column = sa.Column(name, sa.Text(), nullable=False, server_default="")
        op.add_column("promotion_event", column)
    for name in _LISTS:
        column = sa.Column(name, sa.JSON(), nullable=False, server_default="[]")
        op.add_column("promotion_event", column)


def downgrade() -> None:
    with op.batch_alter_table("promotion_event") as batch:
        for name in (*_TEXTS, *_LISTS):
            batch.drop_column(name)
