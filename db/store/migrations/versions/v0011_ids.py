"""The highest ids ever used, and of papers to index anew how much of what is made from them may be others."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

NAMED = ("paper", "source", "tag", "collection", "saved_search")
NUMBER = sa.Integer().with_variant(sa.BigInteger(), "postgresql")


def upgrade() -> None:
    """Add a table, and make one anew."""
    op.create_table(
        "last_id",
        sa.Column("table_name", sa.String(), nullable=False),
        sa.Column("id", NUMBER, nullable=False),
        sa.PrimaryKeyConstraint("table_name", name=op.f("pk_last_id")),
    )
    for name in NAMED:
        # A row that is gone may come back by a redo or an undo, or have left its id to a key that was given away.
        gone = f"SELECT CAST(substr(row_key, 2, length(row_key) - 2) AS BIGINT) FROM change WHERE table_name = '{name}'"
        keys = " UNION ALL SELECT paper_id FROM frozen_key" if name == "paper" else ""
        ever = f"SELECT id FROM {name} UNION ALL {gone}{keys}"
        op.execute(f"INSERT INTO last_id SELECT '{name}', coalesce(max(id), 0) FROM ({ever}) ever")
    # It is empty between two writes; making the triggers anew fills it with what they lacked.
    op.drop_table("dirty")
    op.create_table(
        "dirty",
        sa.Column("paper_id", NUMBER, nullable=False, autoincrement=False),
        sa.Column("depth", sa.Integer(), server_default="2", nullable=False),
        sa.PrimaryKeyConstraint("paper_id"),
    )
