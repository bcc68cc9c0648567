"""An index that holds all that sums by county, chain and month are made from.

revision = 0013
"""

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_NAME = "ix_project_county_chain_signed"
_COLUMNS = (
    "county",
    "chain",
    "signed_first",
    "signed_last",
    "contracted_investment",
    "contracted_investment_currency",
)


def upgrade() -> None:
    op.create_index(_NAME, "project", list(_COLUMNS))


def downgrade() -> None:
    op.drop_index(_NAME, "project")
