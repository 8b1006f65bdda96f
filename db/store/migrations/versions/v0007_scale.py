"""What a million papers need: beginnings of one letter in the search index, and an index for each filter."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

COLUMNS = "title, abstract, notes, authors, key"


def upgrade() -> None:
    """Add a column, indexes, and a search index that knows beginnings of one letter."""
    op.add_column("paper", sa.Column("own_kind", sa.String(), server_default="", nullable=False))
    op.execute(
        "UPDATE paper SET own_kind = coalesce(version_kind(entry_type, venue, doi, arxiv_id, abstract <> ''), '')"
    )
    op.create_index(op.f("ix_paper_state"), "paper", ["state"])
    op.create_index(op.f("ix_paper_state_own_kind"), "paper", ["state", "own_kind"])
    op.create_index("ix_paper_with_notes", "paper", ["state"], sqlite_where=sa.text("notes != ''"))
    op.create_index("ix_paper_without_abstract", "paper", ["state"], sqlite_where=sa.text("abstract = ''"))
    op.create_index("ix_paper_frozen", "paper", ["state"], sqlite_where=sa.text("key_frozen"))
    op.execute("ALTER TABLE paper_fts RENAME TO paper_fts_before")
    op.execute(
        "CREATE VIRTUAL TABLE paper_fts USING fts5(title, abstract, notes, authors, key, "
        "tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3')"
    )
    op.execute("INSERT INTO paper_fts (paper_fts, rank) VALUES ('hashsize', 8388608)")
    op.execute(f"INSERT INTO paper_fts (rowid, {COLUMNS}) SELECT rowid, {COLUMNS} FROM paper_fts_before")
    op.execute("DROP TABLE paper_fts_before")
