"""Papers to index anew are told apart: those whose blocking keys may be others too, and those with the same text."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add a column."""
    op.add_column("dirty", sa.Column("known", sa.Integer(), server_default="1", nullable=False))
