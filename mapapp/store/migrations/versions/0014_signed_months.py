"""The months of the first signing, and an index that sums by county, chain and month are made from.

revision = 0014
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_BY_DAY, _BY_MONTH = "ix_project_county_chain_signed", "ix_project_county_chain_month"
_AMOUNT = ["contracted_investment", "contracted_investment_currency"]
_ENDS = ("first", "last")


def upgrade() -> None:
    for end in _ENDS:
        name, month = f"signed_{end}", f"signed_{end}_month"
        op.add_column("project", sa.Column(month, sa.Integer))
        project = sa.table("project", sa.column(name, sa.Date), sa.column(month, sa.Integer))
        text = sa.cast(project.c[name], sa.Text)  # 2023-05-12 on both databases
        months = 12 * _number(text, 1, 4) + _number(text, 6, 2) - 1
        op.execute(sa.update(project).where(project.c[name].is_not(None)).values({month: months}))
    op.drop_index(_BY_DAY, "project")
    ends = [f"signed_{end}_month" for end in _ENDS]
    op.create_index(_BY_MONTH, "project", ["county", "chain", *ends, *_AMOUNT])


def _number(text: sa.ColumnElement[str], start: int, length: int) -> sa.ColumnElement[int]:
    return sa.cast(sa.func.substr(text, start, length), sa.Integer)


def downgrade() -> None:
    op.drop_index(_BY_MONTH, "project")
    for end in _ENDS:
        op.drop_column("project", f"signed_{end}_month")
    days = [f"signed_{end}" for end in _ENDS]
    op.create_index(_BY_DAY, "project", ["county", "chain", *days, *_AMOUNT])
