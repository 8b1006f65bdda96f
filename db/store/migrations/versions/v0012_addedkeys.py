"""Keys that were added to papers beside their own can be undone. Those from before are frozen, and stay so.

On a server this is also the first upgrade after which indexes are made to be what new libraries have.
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add a table."""
    op.create_table(
        "added_key",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("paper_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["paper_id"], ["paper.id"], name=op.f("fk_added_key_paper_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_added_key")),
        sa.UniqueConstraint("key", name=op.f("uq_added_key_key")),
    )
    op.create_index(op.f("ix_added_key_paper_id"), "added_key", ["paper_id"], unique=False)
