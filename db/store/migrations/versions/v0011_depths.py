"""Of papers to index anew it is noted how much of what is made from them may be others."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

NUMBER = sa.Integer().with_variant(sa.BigInteger(), "postgresql")


def upgrade() -> None:
    """Make a table anew, which is empty between two writes; making the triggers anew fills it with what they lacked."""
    op.drop_table("dirty")
    op.create_table(
        "dirty",
        sa.Column("paper_id", NUMBER, nullable=False, autoincrement=False),
        sa.Column("depth", sa.Integer(), server_default="2", nullable=False),
        sa.PrimaryKeyConstraint("paper_id"),
    )
