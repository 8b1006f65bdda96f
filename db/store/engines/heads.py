"""Beside a server's search index: the words of titles, authors and keys alone, and how large the index is.

Most of what is asked first is asked of those few words, and only they are ranked when much matches. They are short
enough to lie in their rows, so the server looks at a row in a microsecond, where all words of a paper take it four, and
it can go through papers in order until it has enough. Number and length of all papers, which each ranking needs, are
counted as they come and go: to add them up again takes longer than to rank.
"""

from __future__ import annotations

from db.store.engines.searched import MARKS

_MARKS = ", ".join(f"'{mark}'" for mark in MARKS.values())
MADE = (
    "CREATE TABLE IF NOT EXISTS paper_fts_heads (rowid bigint PRIMARY KEY, length integer NOT NULL, "
    "words tsvector NOT NULL)",
    "CREATE TABLE IF NOT EXISTS paper_fts_size (papers bigint NOT NULL, words bigint NOT NULL)",
    f"""CREATE OR REPLACE FUNCTION heads_of(words tsvector) RETURNS tsvector IMMUTABLE LANGUAGE sql AS
    $$ SELECT ts_delete(words, ARRAY(SELECT one FROM unnest(tsvector_to_array(words)) w(one)
                                      WHERE left(one, 1) NOT IN ({_MARKS}))) $$""",
    """CREATE OR REPLACE FUNCTION note_words() RETURNS trigger LANGUAGE plpgsql AS $$ DECLARE
        sign integer := CASE TG_OP WHEN 'INSERT' THEN 1 ELSE -1 END;
    BEGIN
        IF sign = 1 THEN
            INSERT INTO paper_fts_heads (rowid, length, words) SELECT rowid, length, heads_of(words) FROM moved;
        ELSE
            DELETE FROM paper_fts_heads h USING moved m WHERE h.rowid = m.rowid;
        END IF;
        UPDATE paper_fts_size s SET papers = s.papers + sign * m.papers, words = s.words + sign * m.words
          FROM (SELECT count(*) AS papers, coalesce(sum(length), 0) AS words FROM moved) m;
        RETURN NULL;
    END $$""",
    # A library from before has the words already.
    "DELETE FROM paper_fts_size",
    "INSERT INTO paper_fts_size (papers, words) SELECT count(*), coalesce(sum(length), 0) FROM paper_fts",
    "INSERT INTO paper_fts_heads (rowid, length, words) SELECT rowid, length, heads_of(words) FROM paper_fts f "
    "WHERE NOT EXISTS (SELECT 1 FROM paper_fts_heads h WHERE h.rowid = f.rowid) ORDER BY rowid",
    "CREATE INDEX IF NOT EXISTS ix_paper_fts_heads_words ON paper_fts_heads USING gin (words)",
    "CREATE TRIGGER words_insert AFTER INSERT ON paper_fts REFERENCING NEW TABLE AS moved "
    "FOR EACH STATEMENT EXECUTE FUNCTION note_words()",
    "CREATE TRIGGER words_delete AFTER DELETE ON paper_fts REFERENCING OLD TABLE AS moved "
    "FOR EACH STATEMENT EXECUTE FUNCTION note_words()",
)
