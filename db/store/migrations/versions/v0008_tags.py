"""Number keys of tags, and tags that were refused for a paper."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add a column and a table; the first nine tags by name keep the keys that they had by their place."""
    op.add_column("tag", sa.Column("digit", sa.Integer(), nullable=True))
    op.execute(
        "UPDATE tag SET digit = (SELECT count(*) FROM tag t WHERE t.name_key <= tag.name_key) "
        "WHERE id IN (SELECT id FROM tag ORDER BY name_key LIMIT 9)"
    )
    op.drop_index(op.f("ix_paper_tag_tag_id"), "paper_tag")
    op.create_index(op.f("ix_paper_tag_tag_id_paper_id"), "paper_tag", ["tag_id", "paper_id"], unique=False)
    op.create_table(
        "tag_refusal",
        sa.Column("paper_id", sa.Integer(), nullable=False),
        sa.Column("tag_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["paper_id"], ["paper.id"], name=op.f("fk_tag_refusal_paper_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["tag_id"], ["tag.id"], name=op.f("fk_tag_refusal_tag_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("paper_id", "tag_id", name=op.f("pk_tag_refusal")),
    )
    op.create_index(op.f("ix_tag_refusal_tag_id"), "tag_refusal", ["tag_id"], unique=False)
