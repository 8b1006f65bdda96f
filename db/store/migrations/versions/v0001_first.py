"""The first schema: papers, what was seen where, tags, collections, twins, keys, journal, search index."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make all tables."""
    op.create_table(
        "collection",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["collection.id"], name=op.f("fk_collection_parent_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_collection")),
    )
    op.create_table(
        "frozen_key",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("paper_id", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_frozen_key")),
        sa.UniqueConstraint("key", name=op.f("uq_frozen_key_key")),
    )
    op.create_index(op.f("ix_frozen_key_paper_id"), "frozen_key", ["paper_id"], unique=False)
    op.create_table(
        "journal_state",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("step_id", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal_state")),
    )
    op.create_table(
        "paper",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("title_sort", sa.String(), nullable=False),
        sa.Column("abstract", sa.String(), nullable=False),
        sa.Column("abstract_truncated", sa.Boolean(), nullable=False),
        sa.Column("authors", sa.JSON(), nullable=False),
        sa.Column("authors_sort", sa.String(), nullable=False),
        sa.Column("author_count", sa.Integer(), nullable=True),
        sa.Column("organization", sa.String(), nullable=True),
        sa.Column("organization_slug", sa.String(), nullable=True),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("month", sa.Integer(), nullable=True),
        sa.Column("day", sa.Integer(), nullable=True),
        sa.Column("date_sort", sa.Integer(), nullable=False),
        sa.Column("year_inferred", sa.Boolean(), nullable=False),
        sa.Column("year_evidence", sa.String(), nullable=False),
        sa.Column("month_day", sa.String(), nullable=True),
        sa.Column("comments", sa.Integer(), nullable=True),
        sa.Column("upvotes", sa.Integer(), nullable=True),
        sa.Column("arxiv_id", sa.String(), nullable=True),
        sa.Column("doi", sa.String(), nullable=True),
        sa.Column("venue", sa.String(), nullable=True),
        sa.Column("urls", sa.JSON(), nullable=False),
        sa.Column("entry_type", sa.String(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("citation_key", sa.String(), nullable=False),
        sa.Column("key_frozen", sa.Boolean(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("starred", sa.Boolean(), nullable=False),
        sa.Column("rating", sa.Integer(), nullable=False),
        sa.Column("notes", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("merged_into", sa.Integer(), nullable=True),
        sa.Column("origins", sa.JSON(), nullable=False),
        sa.Column("added_at", sa.String(), nullable=False),
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["merged_into"], ["paper.id"], name=op.f("fk_paper_merged_into")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper")),
    )
    op.create_index(
        op.f("ix_paper_arxiv_id"), "paper", ["arxiv_id"], unique=False, sqlite_where=sa.text("arxiv_id IS NOT NULL")
    )
    op.create_index(op.f("ix_paper_doi"), "paper", ["doi"], unique=False, sqlite_where=sa.text("doi IS NOT NULL"))
    op.create_index(op.f("ix_paper_state_date_sort"), "paper", ["state", "date_sort"], unique=False)
    op.create_index(op.f("ix_paper_state_status"), "paper", ["state", "status"], unique=False)
    op.create_index(op.f("ix_paper_state_title_sort"), "paper", ["state", "title_sort"], unique=False)
    op.create_index(
        op.f("ix_paper_state_authors_sort_author_count"),
        "paper",
        ["state", "authors_sort", "author_count"],
        unique=False,
    )
    op.create_index(op.f("ix_paper_state_comments"), "paper", ["state", "comments"], unique=False)
    op.create_index(op.f("ix_paper_state_citation_key"), "paper", ["state", "citation_key"], unique=False)
    op.create_index(op.f("ix_paper_state_starred"), "paper", ["state", "starred"], unique=False)
    op.create_index(op.f("ix_paper_state_rating"), "paper", ["state", "rating"], unique=False)
    op.create_index(op.f("ix_paper_state_year_inferred"), "paper", ["state", "year_inferred"], unique=False)
    op.create_index(op.f("ix_paper_added_at"), "paper", ["added_at"], unique=False)
    op.create_index(
        op.f("ix_paper_merged_into"),
        "paper",
        ["merged_into"],
        unique=False,
        sqlite_where=sa.text("merged_into IS NOT NULL"),
    )
    op.create_index(
        "uq_paper_citation_key",
        "paper",
        ["citation_key"],
        unique=True,
        sqlite_where=sa.text("state != 'merged'"),
    )
    op.create_table(
        "setting",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_setting")),
    )
    op.create_table(
        "source",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("bytes", sa.Integer(), nullable=False),
        sa.Column("format", sa.String(), nullable=False),
        sa.Column("dialect", sa.String(), nullable=False),
        sa.Column("encoding", sa.String(), nullable=False),
        sa.Column("imported_at", sa.String(), nullable=False),
        sa.Column("lines", sa.Integer(), nullable=False),
        sa.Column("records", sa.Integer(), nullable=False),
        sa.Column("record_lines", sa.Integer(), nullable=False),
        sa.Column("furniture_lines", sa.Integer(), nullable=False),
        sa.Column("blank_lines", sa.Integer(), nullable=False),
        sa.Column("issue_lines", sa.Integer(), nullable=False),
        sa.Column("render_year", sa.Integer(), nullable=True),
        sa.Column("render_year_evidence", sa.String(), nullable=False),
        sa.Column("year_override", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source")),
        sa.UniqueConstraint("sha256", name=op.f("uq_source_sha256")),
    )
    op.create_table(
        "source_chunk",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source_sha256", sa.String(), nullable=False),
        sa.Column("line_start", sa.Integer(), nullable=False),
        sa.Column("line_end", sa.Integer(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source_chunk")),
    )
    op.create_index(
        op.f("ix_source_chunk_source_sha256_line_start"),
        "source_chunk",
        ["source_sha256", "line_start"],
        unique=False,
    )
    op.create_table(
        "step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("undone", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_step")),
    )
    op.create_table(
        "tag",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_key", sa.String(), nullable=False),
        sa.Column("colour", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tag")),
        sa.UniqueConstraint("name_key", name=op.f("uq_tag_name_key")),
    )
    op.create_table(
        "block",
        sa.Column("key", sa.BigInteger(), nullable=False),
        sa.Column("paper_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["paper_id"], ["paper.id"], name=op.f("fk_block_paper_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("key", "paper_id", name=op.f("pk_block")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_block_paper_id"), "block", ["paper_id"], unique=False)
    op.create_table(
        "change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("step_id", sa.Integer(), nullable=False),
        sa.Column("table_name", sa.String(), nullable=False),
        sa.Column("row_key", sa.String(), nullable=False),
        sa.Column("before", sa.String(), nullable=True),
        sa.Column("after", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["step_id"], ["step.id"], name=op.f("fk_change_step_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change")),
    )
    op.create_index(op.f("ix_change_step_id"), "change", ["step_id"], unique=False)
    op.create_table(
        "issue",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_issue_source_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_issue")),
    )
    op.create_index(op.f("ix_issue_source_id_line"), "issue", ["source_id", "line"], unique=False)
    op.create_table(
        "key_alias",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("paper_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["paper_id"], ["paper.id"], name=op.f("fk_key_alias_paper_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_key_alias")),
    )
    op.create_index(op.f("ix_key_alias_paper_id"), "key_alias", ["paper_id"], unique=False)
    op.create_table(
        "paper_collection",
        sa.Column("paper_id", sa.Integer(), nullable=False),
        sa.Column("collection_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["collection_id"],
            ["collection.id"],
            name=op.f("fk_paper_collection_collection_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["paper_id"], ["paper.id"], name=op.f("fk_paper_collection_paper_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("paper_id", "collection_id", name=op.f("pk_paper_collection")),
    )
    op.create_index(op.f("ix_paper_collection_collection_id"), "paper_collection", ["collection_id"], unique=False)
    op.create_table(
        "paper_tag",
        sa.Column("paper_id", sa.Integer(), nullable=False),
        sa.Column("tag_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["paper_id"], ["paper.id"], name=op.f("fk_paper_tag_paper_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["tag_id"], ["tag.id"], name=op.f("fk_paper_tag_tag_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("paper_id", "tag_id", name=op.f("pk_paper_tag")),
    )
    op.create_index(op.f("ix_paper_tag_tag_id"), "paper_tag", ["tag_id"], unique=False)
    op.create_table(
        "sighting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("paper_id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("line_start", sa.Integer(), nullable=False),
        sa.Column("line_abstract", sa.Integer(), nullable=True),
        sa.Column("line_end", sa.Integer(), nullable=False),
        sa.Column("values", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["paper_id"], ["paper.id"], name=op.f("fk_sighting_paper_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_sighting_source_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sighting")),
    )
    op.create_index(op.f("ix_sighting_paper_id_source_id"), "sighting", ["paper_id", "source_id"], unique=False)
    op.create_index(op.f("ix_sighting_source_id_line_start"), "sighting", ["source_id", "line_start"], unique=False)
    op.create_table(
        "twin",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("low_id", sa.Integer(), nullable=False),
        sa.Column("high_id", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("score", sa.Double(), nullable=False),
        sa.Column("why", sa.JSON(), nullable=False),
        sa.Column("decision", sa.String(), nullable=False),
        sa.Column("decided_at", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["high_id"], ["paper.id"], name=op.f("fk_twin_high_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["low_id"], ["paper.id"], name=op.f("fk_twin_low_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_twin")),
    )
    op.create_index(op.f("ix_twin_decision"), "twin", ["decision"], unique=False)
    op.create_index(op.f("ix_twin_high_id"), "twin", ["high_id"], unique=False)
    op.create_index("uq_twin_low_id_high_id", "twin", ["low_id", "high_id"], unique=True)
    op.execute("INSERT INTO journal_state (id, step_id) VALUES (1, NULL)")
    op.execute("CREATE TABLE dirty (paper_id INTEGER PRIMARY KEY)")
    op.execute(
        "CREATE VIRTUAL TABLE paper_fts USING fts5(title, abstract, notes, authors, key, "
        "tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3')"
    )
    # More new words in memory before they are merged on disk: an import indexes half as fast with the usual 1 MB.
    op.execute("INSERT INTO paper_fts (paper_fts, rank) VALUES ('hashsize', 8388608)")
