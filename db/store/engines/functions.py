"""The functions of a library on a PostgreSQL server: what the store calls by SQLite's names, and what triggers run."""

from __future__ import annotations

from db.store.noting import KEYS

FUNCTIONS = (
    # The ids, numbers and flags that the store reads out of JSON: a flag is 1 or 0, as in SQLite.
    """CREATE OR REPLACE FUNCTION json_extract(document text, path text) RETURNS bigint IMMUTABLE STRICT LANGUAGE sql AS
    $$ SELECT CASE jsonb_typeof(found) WHEN 'number' THEN found::bigint WHEN 'boolean' THEN found::boolean::int END
    FROM (SELECT jsonb_path_query_first(document::jsonb, path::jsonpath) AS found) asked $$""",
    """CREATE OR REPLACE FUNCTION json_number(document text, path text) RETURNS bigint IMMUTABLE STRICT LANGUAGE sql AS
    $$ SELECT coalesce(substring(found #>> '{}' FROM '^\\s*([-+]?\\d{1,18})'), '0')::bigint
    FROM (SELECT jsonb_path_query_first(document::jsonb, path::jsonpath) AS found) asked
    WHERE jsonb_typeof(found) <> 'null' $$""",
    """CREATE OR REPLACE FUNCTION json_text(document text, path text) RETURNS text IMMUTABLE STRICT LANGUAGE sql AS
    $$ SELECT jsonb_path_query_first(document::jsonb, path::jsonpath) #>> '{}' $$""",
    """CREATE OR REPLACE FUNCTION json_type(document text, path text) RETURNS text IMMUTABLE STRICT LANGUAGE sql AS
    $$ SELECT jsonb_typeof(jsonb_path_query_first(document::jsonb, path::jsonpath)) $$""",
    # Of lists and of rows; every value as a text.
    """CREATE OR REPLACE FUNCTION json_each(document text) RETURNS TABLE (key text, value text) IMMUTABLE STRICT
    LANGUAGE sql AS $$ SELECT (at - 1)::text, one FROM json_array_elements_text(
        CASE json_typeof(document::json) WHEN 'array' THEN document::json END) WITH ORDINALITY a(one, at)
    UNION ALL SELECT o.key, o.value FROM json_each_text(
        CASE json_typeof(document::json) WHEN 'object' THEN document::json END) o $$""",
    """CREATE OR REPLACE FUNCTION json_valid(document text) RETURNS boolean IMMUTABLE STRICT LANGUAGE plpgsql AS
    $$ BEGIN PERFORM document::json; RETURN true; EXCEPTION WHEN others THEN RETURN false; END $$""",
    # RFC 7396 for one level, which is all that is asked of it; the order of the names stays.
    """CREATE OR REPLACE FUNCTION json_patch(document text, patch text) RETURNS text IMMUTABLE STRICT LANGUAGE sql AS
    $$ SELECT coalesce(json_object_agg(name, value ORDER BY at), '{}')::text FROM (
        SELECT o.key AS name, coalesce(n.value, o.value) AS value, o.at
          FROM pg_catalog.json_each(document::json) WITH ORDINALITY o(key, value, at)
          LEFT JOIN pg_catalog.json_each(patch::json) n ON n.key = o.key
        UNION ALL SELECT n.key, n.value, 1000000 + n.at
          FROM pg_catalog.json_each(patch::json) WITH ORDINALITY n(key, value, at)
         WHERE NOT EXISTS (SELECT 1 FROM pg_catalog.json_each(document::json) o WHERE o.key = n.key)
    ) merged WHERE json_typeof(value) <> 'null' $$""",
    """CREATE OR REPLACE FUNCTION next_row_id(name text) RETURNS bigint VOLATILE LANGUAGE plpgsql AS
    $$ DECLARE found bigint; BEGIN
        EXECUTE format('SELECT coalesce(max(id), 0) + 1 FROM %I', name) INTO found; RETURN found; END $$""",
    # What `names.fold` does. The octets of a text are as many as its letters when all of them are plain.
    """CREATE OR REPLACE FUNCTION folded(said text) RETURNS text IMMUTABLE LANGUAGE sql AS $$
    SELECT CASE WHEN said IS NULL THEN '' WHEN octet_length(said) = length(said) THEN lower(said) ELSE
        normalize(translate(replace(replace(replace(replace(regexp_replace(
            normalize(replace(lower(said COLLATE "und-x-icu"), 'ß', 'ss'), NFKD), '[\u0300-\u036f]+', '', 'g'),
        'æ', 'ae'), 'œ', 'oe'), 'þ', 'th'), 'ς', 'σ'), 'øđðłıħ', 'oddlih'), NFKC) END $$""",
)
# One function for all tables; its arguments are the columns of the primary key. See `sqlite` for what it writes.
NOTE_CHANGE = """CREATE OR REPLACE FUNCTION note_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    step bigint := (SELECT step_id FROM journal_state);
    whole json;
    row_key text := '';
    before text;
    after text;
BEGIN
    IF step IS NULL THEN RETURN NULL; END IF;
    IF TG_OP = 'DELETE' THEN
        whole := to_json(OLD);
        before := whole::text;
    ELSE
        whole := to_json(NEW);
    END IF;
    IF TG_OP = 'UPDATE' THEN
        SELECT json_object_agg(o.key, o.value ORDER BY o.at)::text, json_object_agg(o.key, n.value ORDER BY o.at)::text
          INTO before, after
          FROM pg_catalog.json_each(to_json(OLD)) WITH ORDINALITY o(key, value, at)
          JOIN pg_catalog.json_each(whole) n ON n.key = o.key WHERE n.value::text IS DISTINCT FROM o.value::text;
        IF before IS NULL THEN RETURN NULL; END IF;
    END IF;
    FOR at IN 0 .. TG_NARGS - 1 LOOP -- an aggregate would take as long as all the rest
        row_key := row_key || ',' || (whole -> TG_ARGV[at])::text;
    END LOOP;
    INSERT INTO change (step_id, table_name, row_key, before, after)
    VALUES (step, TG_TABLE_NAME, '[' || substr(row_key, 2) || ']', before, after);
    RETURN NULL;
END $$"""
# Of no paper less is noted than was before.
NOTE_DIRTY = f"""CREATE OR REPLACE FUNCTION note_dirty(paper bigint, how_deep int = {KEYS}) RETURNS void
    LANGUAGE sql AS $$
    INSERT INTO dirty (paper_id, depth) SELECT paper, how_deep WHERE paper IS NOT NULL
    ON CONFLICT (paper_id) DO UPDATE SET depth = excluded.depth WHERE dirty.depth < excluded.depth $$"""
NOTE_PAPER = """CREATE OR REPLACE FUNCTION note_paper() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF TG_OP = 'DELETE' THEN
        PERFORM note_dirty(OLD.id), note_dirty(OLD.merged_into);
    ELSE
        PERFORM note_dirty(NEW.id, TG_ARGV[0]::int);
    END IF;
    RETURN NULL;
END $$"""
NOTE_MERGE = """CREATE OR REPLACE FUNCTION note_merge() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    PERFORM note_dirty(OLD.merged_into), note_dirty(NEW.merged_into);
    RETURN NULL;
END $$"""
NOTE_VERSION = """CREATE OR REPLACE FUNCTION note_version() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF TG_OP = 'UPDATE' AND (OLD.title, OLD.removed, OLD.paper_id) IS NOT DISTINCT FROM
                            (NEW.title, NEW.removed, NEW.paper_id) THEN
        RETURN NULL;
    END IF;
    IF (TG_OP <> 'INSERT' AND is_other_title(OLD.title, OLD.paper_id))
       OR (TG_OP <> 'DELETE' AND is_other_title(NEW.title, NEW.paper_id)) THEN
        IF TG_OP <> 'INSERT' THEN PERFORM note_dirty(OLD.paper_id); END IF;
        IF TG_OP <> 'DELETE' THEN PERFORM note_dirty(NEW.paper_id); END IF;
    END IF;
    RETURN NULL;
END $$"""
IS_OTHER_TITLE = """CREATE OR REPLACE FUNCTION is_other_title(said text, paper bigint) RETURNS boolean STABLE
    LANGUAGE sql AS $$ SELECT said <> '' AND said IS DISTINCT FROM (SELECT title FROM paper p WHERE p.id = paper) $$"""
OF_TRIGGERS = (NOTE_CHANGE, NOTE_DIRTY, NOTE_PAPER, NOTE_MERGE, IS_OTHER_TITLE, NOTE_VERSION)
