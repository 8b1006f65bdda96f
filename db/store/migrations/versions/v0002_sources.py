"""What bibliographies bring and what a source is asked: attachments, marks, search words, reader versions."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add two tables and two columns."""
    op.create_table(
        "attachment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("paper_id", sa.Integer(), nullable=False),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("mime", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["paper_id"], ["paper.id"], name=op.f("fk_attachment_paper_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment")),
    )
    op.create_index(op.f("ix_attachment_paper_id"), "attachment", ["paper_id"], unique=False)
    op.create_table(
        "mark",
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_mark_source_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("source_id", "line", name=op.f("pk_mark")),
    )
    op.add_column("source", sa.Column("search", sa.String(), server_default="", nullable=False))
    op.add_column("source", sa.Column("reader", sa.Integer(), server_default="0", nullable=False))
