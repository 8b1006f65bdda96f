"""Frozen keys know the title of their paper, so that the same work gets its key again."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add a column and fill it where the paper is there."""
    op.add_column("frozen_key", sa.Column("title", sa.String(), server_default="", nullable=False))
    op.execute(
        "UPDATE frozen_key SET title = coalesce((SELECT title FROM paper WHERE paper.id = frozen_key.paper_id), '')"
    )
