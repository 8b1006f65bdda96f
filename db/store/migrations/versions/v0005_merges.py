"""What each member of a merge was, so that it can be taken apart later."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add three tables; merges from before cannot be taken apart."""
    op.create_table(
        "merge",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("paper_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.Column("sources", sa.JSON(), nullable=False),
        sa.Column("own", sa.JSON(), nullable=False),
        sa.Column("twins", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["paper_id"], ["paper.id"], name=op.f("fk_merge_paper_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_merge")),
    )
    op.create_index(op.f("ix_merge_paper_id"), "merge", ["paper_id"])
    op.create_table(
        "merge_member",
        sa.Column("merge_id", sa.Integer(), nullable=False),
        sa.Column("paper_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["merge_id"], ["merge.id"], name=op.f("fk_merge_member_merge_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["paper_id"], ["paper.id"], name=op.f("fk_merge_member_paper_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("merge_id", "paper_id", name=op.f("pk_merge_member")),
    )
    op.create_index(op.f("ix_merge_member_paper_id"), "merge_member", ["paper_id"])
    op.create_table(
        "merge_sighting",
        sa.Column("merge_id", sa.Integer(), nullable=False),
        sa.Column("sighting_id", sa.Integer(), nullable=False),
        sa.Column("paper_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["merge_id"], ["merge.id"], name=op.f("fk_merge_sighting_merge_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["sighting_id"], ["sighting.id"], name=op.f("fk_merge_sighting_sighting_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["paper_id"], ["paper.id"], name=op.f("fk_merge_sighting_paper_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("merge_id", "sighting_id", name=op.f("pk_merge_sighting")),
    )
    op.create_index(op.f("ix_merge_sighting_sighting_id"), "merge_sighting", ["sighting_id"])
    op.create_index(op.f("ix_merge_sighting_paper_id"), "merge_sighting", ["paper_id"])
