
SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA public;

CREATE FUNCTION public.folded(said text) RETURNS text
    LANGUAGE sql IMMUTABLE
    AS $$
    SELECT CASE WHEN said IS NULL THEN '' WHEN octet_length(said) = length(said) THEN lower(said) ELSE
        normalize(translate(replace(replace(replace(replace(regexp_replace(
            normalize(replace(lower(said COLLATE "und-x-icu"), 'ß', 'ss'), NFKD), '[̀-ͯ]+', '', 'g'),
        'æ', 'ae'), 'œ', 'oe'), 'þ', 'th'), 'ς', 'σ'), 'øđðłıħ', 'oddlih'), NFKC) END $$;

CREATE FUNCTION public.is_other_title(said text, paper bigint) RETURNS boolean
    LANGUAGE sql STABLE
    AS $$ SELECT said <> '' AND said IS DISTINCT FROM (SELECT title FROM paper p WHERE p.id = paper) $$;

CREATE FUNCTION public.json_each(document text) RETURNS TABLE(key text, value text)
    LANGUAGE sql IMMUTABLE STRICT
    AS $$ SELECT (at - 1)::text, one FROM json_array_elements_text(
        CASE json_typeof(document::json) WHEN 'array' THEN document::json END) WITH ORDINALITY a(one, at)
    UNION ALL SELECT o.key, o.value FROM json_each_text(
        CASE json_typeof(document::json) WHEN 'object' THEN document::json END) o $$;

CREATE FUNCTION public.json_extract(document text, path text) RETURNS bigint
    LANGUAGE sql IMMUTABLE STRICT
    AS $$ SELECT CASE jsonb_typeof(found) WHEN 'number' THEN found::bigint WHEN 'boolean' THEN found::boolean::int END
    FROM (SELECT jsonb_path_query_first(document::jsonb, path::jsonpath) AS found) asked $$;

CREATE FUNCTION public.json_number(document text, path text) RETURNS bigint
    LANGUAGE sql IMMUTABLE STRICT
    AS $$ SELECT coalesce(substring(found #>> '{}' FROM '^\s*([-+]?\d{1,18})'), '0')::bigint
    FROM (SELECT jsonb_path_query_first(document::jsonb, path::jsonpath) AS found) asked
    WHERE jsonb_typeof(found) <> 'null' $$;

CREATE FUNCTION public.json_patch(document text, patch text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT
    AS $$ SELECT coalesce(json_object_agg(name, value ORDER BY at), '{}')::text FROM (
        SELECT o.key AS name, coalesce(n.value, o.value) AS value, o.at
          FROM pg_catalog.json_each(document::json) WITH ORDINALITY o(key, value, at)
          LEFT JOIN pg_catalog.json_each(patch::json) n ON n.key = o.key
        UNION ALL SELECT n.key, n.value, 1000000 + n.at
          FROM pg_catalog.json_each(patch::json) WITH ORDINALITY n(key, value, at)
         WHERE NOT EXISTS (SELECT 1 FROM pg_catalog.json_each(document::json) o WHERE o.key = n.key)
    ) merged WHERE json_typeof(value) <> 'null' $$;

CREATE FUNCTION public.json_text(document text, path text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT
    AS $$ SELECT jsonb_path_query_first(document::jsonb, path::jsonpath) #>> '{}' $$;

CREATE FUNCTION public.json_type(document text, path text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT
    AS $$ SELECT jsonb_typeof(jsonb_path_query_first(document::jsonb, path::jsonpath)) $$;

CREATE FUNCTION public.json_valid(document text) RETURNS boolean
    LANGUAGE plpgsql IMMUTABLE STRICT
    AS $$ BEGIN PERFORM document::json; RETURN true; EXCEPTION WHEN others THEN RETURN false; END $$;

CREATE FUNCTION public.next_row_id(name text) RETURNS bigint
    LANGUAGE plpgsql
    AS $$ DECLARE found bigint; BEGIN
        EXECUTE format('SELECT coalesce(max(id), 0) + 1 FROM %I', name) INTO found; RETURN found; END $$;

CREATE FUNCTION public.note_change() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    step bigint := (SELECT step_id FROM journal_state);
    whole json;
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
    INSERT INTO change (step_id, table_name, row_key, before, after)
    SELECT step, TG_TABLE_NAME, '[' || string_agg((whole -> name)::text, ',' ORDER BY at) || ']', before, after
      FROM unnest(TG_ARGV) WITH ORDINALITY k(name, at);
    RETURN NULL;
END $$;

CREATE FUNCTION public.note_dirty(paper bigint, keys boolean) RETURNS void
    LANGUAGE sql
    AS $$
    INSERT INTO dirty (paper_id, known) SELECT paper, keys WHERE paper IS NOT NULL
    ON CONFLICT (paper_id) DO UPDATE SET known = true WHERE excluded.known AND NOT dirty.known $$;

CREATE FUNCTION public.note_merge() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN
    PERFORM note_dirty(OLD.merged_into, true), note_dirty(NEW.merged_into, true);
    RETURN NULL;
END $$;

CREATE FUNCTION public.note_paper() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN
    IF TG_OP = 'DELETE' THEN
        PERFORM note_dirty(OLD.id, true), note_dirty(OLD.merged_into, true);
    ELSE
        PERFORM note_dirty(NEW.id, TG_ARGV[0]::boolean);
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION public.note_version() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN
    IF TG_OP = 'UPDATE' AND (OLD.title, OLD.removed, OLD.paper_id) IS NOT DISTINCT FROM
                            (NEW.title, NEW.removed, NEW.paper_id) THEN
        RETURN NULL;
    END IF;
    IF (TG_OP <> 'INSERT' AND is_other_title(OLD.title, OLD.paper_id))
       OR (TG_OP <> 'DELETE' AND is_other_title(NEW.title, NEW.paper_id)) THEN
        IF TG_OP <> 'INSERT' THEN PERFORM note_dirty(OLD.paper_id, true); END IF;
        IF TG_OP <> 'DELETE' THEN PERFORM note_dirty(NEW.paper_id, true); END IF;
    END IF;
    RETURN NULL;
END $$;

SET default_tablespace = '';

SET default_table_access_method = heap;

CREATE TABLE public.alembic_version (
    version_num character varying(32) NOT NULL
);

CREATE TABLE public.attachment (
    id bigint DEFAULT public.next_row_id('attachment'::text) NOT NULL,
    paper_id bigint NOT NULL,
    path character varying NOT NULL COLLATE pg_catalog."C",
    title character varying NOT NULL COLLATE pg_catalog."C",
    mime character varying NOT NULL COLLATE pg_catalog."C"
);

CREATE TABLE public.block (
    key bigint NOT NULL,
    paper_id bigint NOT NULL
);

CREATE TABLE public.change (
    id bigint NOT NULL,
    step_id bigint NOT NULL,
    table_name character varying NOT NULL COLLATE pg_catalog."C",
    row_key character varying NOT NULL COLLATE pg_catalog."C",
    before character varying COLLATE pg_catalog."C",
    after character varying COLLATE pg_catalog."C"
);

CREATE SEQUENCE public.change_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER SEQUENCE public.change_id_seq OWNED BY public.change.id;

CREATE TABLE public.collection (
    id bigint DEFAULT public.next_row_id('collection'::text) NOT NULL,
    name character varying NOT NULL COLLATE pg_catalog."C",
    parent_id bigint,
    version bigint DEFAULT '1'::bigint NOT NULL
);

CREATE TABLE public.dirty (
    paper_id bigint NOT NULL,
    known boolean DEFAULT true NOT NULL
);

CREATE TABLE public.frozen_key (
    id bigint DEFAULT public.next_row_id('frozen_key'::text) NOT NULL,
    key character varying NOT NULL COLLATE pg_catalog."C",
    paper_id bigint,
    title character varying DEFAULT ''::character varying NOT NULL COLLATE pg_catalog."C"
);

CREATE TABLE public.issue (
    id bigint DEFAULT public.next_row_id('issue'::text) NOT NULL,
    source_id bigint NOT NULL,
    line bigint NOT NULL,
    text character varying NOT NULL COLLATE pg_catalog."C",
    why character varying NOT NULL COLLATE pg_catalog."C"
);

CREATE TABLE public.journal_state (
    id bigint DEFAULT public.next_row_id('journal_state'::text) NOT NULL,
    step_id bigint
);

CREATE TABLE public.key_alias (
    key character varying NOT NULL COLLATE pg_catalog."C",
    paper_id bigint NOT NULL
);

CREATE TABLE public.live_entry (
    file_id bigint NOT NULL,
    key character varying NOT NULL COLLATE pg_catalog."C",
    paper_id bigint NOT NULL,
    marks character varying NOT NULL COLLATE pg_catalog."C",
    "left" boolean NOT NULL,
    rowid bigint NOT NULL
);

CREATE SEQUENCE public.live_entry_rowid_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER SEQUENCE public.live_entry_rowid_seq OWNED BY public.live_entry.rowid;

CREATE TABLE public.live_file (
    id bigint DEFAULT public.next_row_id('live_file'::text) NOT NULL,
    path character varying NOT NULL COLLATE pg_catalog."C",
    kind character varying NOT NULL COLLATE pg_catalog."C",
    value character varying NOT NULL COLLATE pg_catalog."C",
    name character varying NOT NULL COLLATE pg_catalog."C",
    options character varying NOT NULL COLLATE pg_catalog."C",
    state character varying NOT NULL COLLATE pg_catalog."C",
    reason character varying NOT NULL COLLATE pg_catalog."C",
    written_at character varying COLLATE pg_catalog."C",
    questions bigint NOT NULL,
    digest character varying NOT NULL COLLATE pg_catalog."C"
);

CREATE TABLE public.mark (
    source_id bigint NOT NULL,
    line bigint NOT NULL,
    kind character varying NOT NULL COLLATE pg_catalog."C"
);

CREATE TABLE public.merge (
    id bigint DEFAULT public.next_row_id('merge'::text) NOT NULL,
    paper_id bigint NOT NULL,
    at character varying NOT NULL COLLATE pg_catalog."C",
    before character varying NOT NULL COLLATE pg_catalog."C",
    after character varying NOT NULL COLLATE pg_catalog."C",
    sources character varying NOT NULL COLLATE pg_catalog."C",
    own character varying NOT NULL COLLATE pg_catalog."C",
    twins character varying NOT NULL COLLATE pg_catalog."C",
    versions character varying DEFAULT '{}'::character varying NOT NULL COLLATE pg_catalog."C"
);

CREATE TABLE public.merge_member (
    merge_id bigint NOT NULL,
    paper_id bigint NOT NULL,
    state character varying NOT NULL COLLATE pg_catalog."C"
);

CREATE TABLE public.merge_sighting (
    merge_id bigint NOT NULL,
    sighting_id bigint NOT NULL,
    paper_id bigint NOT NULL
);

CREATE TABLE public.paper (
    id bigint DEFAULT public.next_row_id('paper'::text) NOT NULL,
    title character varying NOT NULL COLLATE pg_catalog."C",
    title_sort character varying NOT NULL COLLATE pg_catalog."C",
    abstract character varying NOT NULL COLLATE pg_catalog."C",
    abstract_truncated boolean NOT NULL,
    authors character varying NOT NULL COLLATE pg_catalog."C",
    authors_sort character varying NOT NULL COLLATE pg_catalog."C",
    author_count bigint,
    organization character varying COLLATE pg_catalog."C",
    organization_slug character varying COLLATE pg_catalog."C",
    year bigint,
    month bigint,
    day bigint,
    date_sort bigint NOT NULL,
    year_inferred boolean NOT NULL,
    year_evidence character varying NOT NULL COLLATE pg_catalog."C",
    month_day character varying COLLATE pg_catalog."C",
    comments bigint,
    upvotes bigint,
    arxiv_id character varying COLLATE pg_catalog."C",
    doi character varying COLLATE pg_catalog."C",
    venue character varying COLLATE pg_catalog."C",
    urls character varying NOT NULL COLLATE pg_catalog."C",
    entry_type character varying NOT NULL COLLATE pg_catalog."C",
    fields character varying NOT NULL COLLATE pg_catalog."C",
    citation_key character varying NOT NULL COLLATE pg_catalog."C",
    key_frozen boolean NOT NULL,
    status character varying NOT NULL COLLATE pg_catalog."C",
    starred boolean NOT NULL,
    rating bigint NOT NULL,
    notes character varying NOT NULL COLLATE pg_catalog."C",
    state character varying NOT NULL COLLATE pg_catalog."C",
    merged_into bigint,
    origins character varying NOT NULL COLLATE pg_catalog."C",
    added_at character varying NOT NULL COLLATE pg_catalog."C",
    content_hash character varying NOT NULL COLLATE pg_catalog."C",
    own_kind character varying DEFAULT ''::character varying NOT NULL COLLATE pg_catalog."C",
    version bigint DEFAULT '1'::bigint NOT NULL
);

CREATE TABLE public.paper_collection (
    paper_id bigint NOT NULL,
    collection_id bigint NOT NULL
);

CREATE TABLE public.paper_fts (
    rowid bigint NOT NULL,
    words tsvector NOT NULL,
    length integer NOT NULL,
    made_of bytea NOT NULL
)
WITH (toast_tuple_target='128');
ALTER TABLE ONLY public.paper_fts ALTER COLUMN words SET STORAGE EXTERNAL;

CREATE TABLE public.paper_tag (
    paper_id bigint NOT NULL,
    tag_id bigint NOT NULL
);

CREATE TABLE public.paper_version (
    id bigint DEFAULT public.next_row_id('paper_version'::text) NOT NULL,
    paper_id bigint NOT NULL,
    kind character varying NOT NULL COLLATE pg_catalog."C",
    title character varying NOT NULL COLLATE pg_catalog."C",
    authors character varying NOT NULL COLLATE pg_catalog."C",
    author_count bigint,
    arxiv_id character varying COLLATE pg_catalog."C",
    arxiv_version bigint,
    doi character varying COLLATE pg_catalog."C",
    urls character varying NOT NULL COLLATE pg_catalog."C",
    venue character varying COLLATE pg_catalog."C",
    year bigint,
    month bigint,
    day bigint,
    year_inferred boolean NOT NULL,
    year_evidence character varying NOT NULL COLLATE pg_catalog."C",
    entry_type character varying NOT NULL COLLATE pg_catalog."C",
    fields character varying NOT NULL COLLATE pg_catalog."C",
    sightings character varying NOT NULL COLLATE pg_catalog."C",
    typed character varying NOT NULL COLLATE pg_catalog."C",
    is_read boolean NOT NULL,
    rule character varying NOT NULL COLLATE pg_catalog."C",
    removed boolean NOT NULL,
    version bigint DEFAULT '1'::bigint NOT NULL
);

CREATE TABLE public.setting (
    name character varying NOT NULL COLLATE pg_catalog."C",
    value character varying NOT NULL COLLATE pg_catalog."C"
);

CREATE TABLE public.sighting (
    id bigint DEFAULT public.next_row_id('sighting'::text) NOT NULL,
    paper_id bigint NOT NULL,
    source_id bigint NOT NULL,
    "position" bigint NOT NULL,
    line_start bigint NOT NULL,
    line_abstract bigint,
    line_end bigint NOT NULL,
    "values" character varying NOT NULL COLLATE pg_catalog."C"
);

CREATE TABLE public.source (
    id bigint DEFAULT public.next_row_id('source'::text) NOT NULL,
    kind character varying NOT NULL COLLATE pg_catalog."C",
    name character varying NOT NULL COLLATE pg_catalog."C",
    path character varying NOT NULL COLLATE pg_catalog."C",
    sha256 character varying NOT NULL COLLATE pg_catalog."C",
    bytes bigint NOT NULL,
    format character varying NOT NULL COLLATE pg_catalog."C",
    dialect character varying NOT NULL COLLATE pg_catalog."C",
    encoding character varying NOT NULL COLLATE pg_catalog."C",
    imported_at character varying NOT NULL COLLATE pg_catalog."C",
    lines bigint NOT NULL,
    records bigint NOT NULL,
    record_lines bigint NOT NULL,
    furniture_lines bigint NOT NULL,
    blank_lines bigint NOT NULL,
    issue_lines bigint NOT NULL,
    render_year bigint,
    render_year_evidence character varying NOT NULL COLLATE pg_catalog."C",
    year_override bigint,
    search character varying DEFAULT ''::character varying NOT NULL COLLATE pg_catalog."C",
    reader bigint DEFAULT '0'::bigint NOT NULL
);

CREATE TABLE public.source_chunk (
    id bigint DEFAULT public.next_row_id('source_chunk'::text) NOT NULL,
    source_sha256 character varying NOT NULL COLLATE pg_catalog."C",
    line_start bigint NOT NULL,
    line_end bigint NOT NULL,
    data bytea NOT NULL
);

CREATE TABLE public.step (
    id bigint DEFAULT public.next_row_id('step'::text) NOT NULL,
    label character varying NOT NULL COLLATE pg_catalog."C",
    at character varying NOT NULL COLLATE pg_catalog."C",
    undone boolean NOT NULL
);

CREATE TABLE public.tag (
    id bigint DEFAULT public.next_row_id('tag'::text) NOT NULL,
    name character varying NOT NULL COLLATE pg_catalog."C",
    name_key character varying NOT NULL COLLATE pg_catalog."C",
    colour bigint NOT NULL,
    digit bigint,
    version bigint DEFAULT '1'::bigint NOT NULL
);

CREATE TABLE public.tag_refusal (
    paper_id bigint NOT NULL,
    tag_id bigint NOT NULL
);

CREATE TABLE public.twin (
    id bigint DEFAULT public.next_row_id('twin'::text) NOT NULL,
    low_id bigint NOT NULL,
    high_id bigint NOT NULL,
    verdict character varying NOT NULL COLLATE pg_catalog."C",
    score double precision NOT NULL,
    why character varying NOT NULL COLLATE pg_catalog."C",
    decision character varying NOT NULL COLLATE pg_catalog."C",
    decided_at character varying COLLATE pg_catalog."C"
);

CREATE TABLE public.written (
    times bigint NOT NULL
);

ALTER TABLE ONLY public.change ALTER COLUMN id SET DEFAULT nextval('public.change_id_seq'::regclass);

ALTER TABLE ONLY public.live_entry ALTER COLUMN rowid SET DEFAULT nextval('public.live_entry_rowid_seq'::regclass);

INSERT INTO public.alembic_version VALUES ('0009');

INSERT INTO public.block VALUES (3288948563648419997, 1);
INSERT INTO public.block VALUES (-9096596528794529498, 2);
INSERT INTO public.block VALUES (5593117021282188596, 3);

INSERT INTO public.change VALUES (1, 1, 'paper', '[1]', NULL, NULL);
INSERT INTO public.change VALUES (2, 2, 'paper', '[2]', NULL, NULL);
INSERT INTO public.change VALUES (3, 3, 'paper', '[3]', NULL, NULL);
INSERT INTO public.change VALUES (4, 4, 'tag', '[1]', NULL, NULL);
INSERT INTO public.change VALUES (5, 4, 'paper_tag', '[1,1]', NULL, NULL);
INSERT INTO public.change VALUES (6, 4, 'paper_tag', '[2,1]', NULL, NULL);

INSERT INTO public.journal_state VALUES (1, NULL);

INSERT INTO public.paper VALUES (1, 'Lanterns in fog', 'lanterns in fog', 'Amber light on water.', false, '[["[''Kettle''", "''Ada'']"]]', '[''kettle''', NULL, NULL, NULL, 2024, 2, 3, 20240203, false, '', NULL, NULL, NULL, NULL, NULL, NULL, '[]', 'misc', '{}', 'kettle-lanterns-fog-2024', false, 'unread', false, 0, '', 'live', NULL, '{"title": 0, "abstract": 0, "authors": 0, "date": 0}', '2026-11-28T10:41:09.784903+00:00', '436bffbca5b1c1a8b44466a9', 'preprint', 1);
INSERT INTO public.paper VALUES (2, 'Tidal clocks', 'tidal clocks', 'How tin bells keep time.', false, '[["[''Kettle''", "''Ada'']"]]', '[''kettle''', NULL, NULL, NULL, 2024, 2, 3, 20240203, false, '', NULL, NULL, NULL, NULL, NULL, NULL, '[]', 'misc', '{}', 'kettle-tidal-clocks-2024', false, 'unread', false, 0, '', 'live', NULL, '{"title": 0, "abstract": 0, "authors": 0, "date": 0}', '2026-11-28T10:41:10.614024+00:00', '9bd8fc4ce51a9c8fa11cc29c', 'preprint', 1);
INSERT INTO public.paper VALUES (3, 'Paper boats', 'paper boats', 'A fleet of one.', false, '[["[''Kettle''", "''Ada'']"]]', '[''kettle''', NULL, NULL, NULL, 2024, 2, 3, 20240203, false, '', NULL, NULL, NULL, NULL, NULL, NULL, '[]', 'misc', '{}', 'kettle-paper-boats-2024', false, 'unread', false, 0, '', 'live', NULL, '{"title": 0, "abstract": 0, "authors": 0, "date": 0}', '2026-11-28T10:41:11.009542+00:00', '9309c1ddc818b1932e4e54c7', 'preprint', 1);

INSERT INTO public.paper_fts VALUES (1, '''2024'':17 ''=2024'':17 ''=fog'':16 ''=kettle'':14 ''=lanterns'':15 ''@ada'':12 ''@kettle'':11 ''^fog'':3A ''^in'':2A ''^lanterns'':1A ''ada'':12 ''amber'':5B ''fog'':3A,16 ''in'':2A ''kettle'':11,14 ''lanterns'':1A,15 ''light'':6B ''on'':7B ''water'':8B', 13, '\xc85f11f511702ceaf3a6082b');
INSERT INTO public.paper_fts VALUES (2, '''2024'':17 ''=2024'':17 ''=clocks'':16 ''=kettle'':14 ''=tidal'':15 ''@ada'':12 ''@kettle'':11 ''^clocks'':2A ''^tidal'':1A ''ada'':12 ''bells'':6B ''clocks'':2A,16 ''how'':4B ''keep'':7B ''kettle'':11,14 ''tidal'':1A,15 ''time'':8B ''tin'':5B', 13, '\x38204ce47e6976bdcc53c647');
INSERT INTO public.paper_fts VALUES (3, '''2024'':16 ''=2024'':16 ''=boats'':15 ''=kettle'':13 ''=paper'':14 ''@ada'':11 ''@kettle'':10 ''^boats'':2A ''^paper'':1A ''a'':4B ''ada'':11 ''boats'':2A,15 ''fleet'':5B ''kettle'':10,13 ''of'':6B ''one'':7B ''paper'':1A,14', 12, '\x7a8a07fd02deb0371ab85582');

INSERT INTO public.paper_tag VALUES (1, 1);
INSERT INTO public.paper_tag VALUES (2, 1);

INSERT INTO public.setting VALUES ('trigger_signature', 'cdf205953c265a0a0eba9754516f0a6da954d1c56381f777f7a123a80caafe1f');

INSERT INTO public.step VALUES (1, 'Add paper', '2026-11-28T10:41:10Z', false);
INSERT INTO public.step VALUES (2, 'Add paper', '2026-11-28T10:41:10Z', false);
INSERT INTO public.step VALUES (3, 'Add paper', '2026-11-28T10:41:11Z', false);
INSERT INTO public.step VALUES (4, 'Tag 2 papers with Harbour', '2026-11-28T10:41:11Z', false);

INSERT INTO public.tag VALUES (1, 'Harbour', 'harbour', 0, NULL, 1);

INSERT INTO public.written VALUES (4);

SELECT pg_catalog.setval('public.change_id_seq', 6, true);

SELECT pg_catalog.setval('public.live_entry_rowid_seq', 1, false);

ALTER TABLE ONLY public.alembic_version
    ADD CONSTRAINT alembic_version_pkey PRIMARY KEY (version_num);

ALTER TABLE ONLY public.dirty
    ADD CONSTRAINT dirty_pkey PRIMARY KEY (paper_id);

ALTER TABLE ONLY public.paper_fts
    ADD CONSTRAINT paper_fts_pkey PRIMARY KEY (rowid);

ALTER TABLE ONLY public.attachment
    ADD CONSTRAINT pk_attachment PRIMARY KEY (id);

ALTER TABLE ONLY public.block
    ADD CONSTRAINT pk_block PRIMARY KEY (key, paper_id);

ALTER TABLE ONLY public.change
    ADD CONSTRAINT pk_change PRIMARY KEY (id);

ALTER TABLE ONLY public.collection
    ADD CONSTRAINT pk_collection PRIMARY KEY (id);

ALTER TABLE ONLY public.frozen_key
    ADD CONSTRAINT pk_frozen_key PRIMARY KEY (id);

ALTER TABLE ONLY public.issue
    ADD CONSTRAINT pk_issue PRIMARY KEY (id);

ALTER TABLE ONLY public.journal_state
    ADD CONSTRAINT pk_journal_state PRIMARY KEY (id);

ALTER TABLE ONLY public.key_alias
    ADD CONSTRAINT pk_key_alias PRIMARY KEY (key);

ALTER TABLE ONLY public.live_entry
    ADD CONSTRAINT pk_live_entry PRIMARY KEY (file_id, key);

ALTER TABLE ONLY public.live_file
    ADD CONSTRAINT pk_live_file PRIMARY KEY (id);

ALTER TABLE ONLY public.mark
    ADD CONSTRAINT pk_mark PRIMARY KEY (source_id, line);

ALTER TABLE ONLY public.merge
    ADD CONSTRAINT pk_merge PRIMARY KEY (id);

ALTER TABLE ONLY public.merge_member
    ADD CONSTRAINT pk_merge_member PRIMARY KEY (merge_id, paper_id);

ALTER TABLE ONLY public.merge_sighting
    ADD CONSTRAINT pk_merge_sighting PRIMARY KEY (merge_id, sighting_id);

ALTER TABLE ONLY public.paper
    ADD CONSTRAINT pk_paper PRIMARY KEY (id);

ALTER TABLE ONLY public.paper_collection
    ADD CONSTRAINT pk_paper_collection PRIMARY KEY (paper_id, collection_id);

ALTER TABLE ONLY public.paper_tag
    ADD CONSTRAINT pk_paper_tag PRIMARY KEY (paper_id, tag_id);

ALTER TABLE ONLY public.paper_version
    ADD CONSTRAINT pk_paper_version PRIMARY KEY (id);

ALTER TABLE ONLY public.setting
    ADD CONSTRAINT pk_setting PRIMARY KEY (name);

ALTER TABLE ONLY public.sighting
    ADD CONSTRAINT pk_sighting PRIMARY KEY (id);

ALTER TABLE ONLY public.source
    ADD CONSTRAINT pk_source PRIMARY KEY (id);

ALTER TABLE ONLY public.source_chunk
    ADD CONSTRAINT pk_source_chunk PRIMARY KEY (id);

ALTER TABLE ONLY public.step
    ADD CONSTRAINT pk_step PRIMARY KEY (id);

ALTER TABLE ONLY public.tag
    ADD CONSTRAINT pk_tag PRIMARY KEY (id);

ALTER TABLE ONLY public.tag_refusal
    ADD CONSTRAINT pk_tag_refusal PRIMARY KEY (paper_id, tag_id);

ALTER TABLE ONLY public.twin
    ADD CONSTRAINT pk_twin PRIMARY KEY (id);

ALTER TABLE ONLY public.frozen_key
    ADD CONSTRAINT uq_frozen_key_key UNIQUE (key);

ALTER TABLE ONLY public.live_file
    ADD CONSTRAINT uq_live_file_path UNIQUE (path);

ALTER TABLE ONLY public.source
    ADD CONSTRAINT uq_source_sha256 UNIQUE (sha256);

ALTER TABLE ONLY public.tag
    ADD CONSTRAINT uq_tag_name_key UNIQUE (name_key);

CREATE INDEX ix_attachment_paper_id ON public.attachment USING btree (paper_id);

CREATE INDEX ix_block_paper_id ON public.block USING btree (paper_id);

CREATE INDEX ix_change_step_id ON public.change USING btree (step_id);

CREATE INDEX ix_frozen_key_paper_id ON public.frozen_key USING btree (paper_id);

CREATE INDEX ix_issue_source_id_line ON public.issue USING btree (source_id, line);

CREATE INDEX ix_key_alias_paper_id ON public.key_alias USING btree (paper_id);

CREATE INDEX ix_merge_member_paper_id ON public.merge_member USING btree (paper_id);

CREATE INDEX ix_merge_paper_id ON public.merge USING btree (paper_id);

CREATE INDEX ix_merge_sighting_paper_id ON public.merge_sighting USING btree (paper_id);

CREATE INDEX ix_merge_sighting_sighting_id ON public.merge_sighting USING btree (sighting_id);

CREATE INDEX ix_paper_added_at ON public.paper USING btree (added_at, id);

CREATE INDEX ix_paper_arxiv_id ON public.paper USING btree (arxiv_id) WHERE (arxiv_id IS NOT NULL);

CREATE INDEX ix_paper_citation_key_parts ON public.paper USING gin (citation_key public.gin_trgm_ops);

CREATE INDEX ix_paper_collection_collection_id ON public.paper_collection USING btree (collection_id);

CREATE INDEX ix_paper_doi ON public.paper USING btree (doi) WHERE (doi IS NOT NULL);

CREATE INDEX ix_paper_frozen ON public.paper USING btree (state, id) WHERE key_frozen;

CREATE INDEX ix_paper_fts_words ON public.paper_fts USING gin (words);

CREATE INDEX ix_paper_merged_into ON public.paper USING btree (merged_into) WHERE (merged_into IS NOT NULL);

CREATE INDEX ix_paper_organization_parts ON public.paper USING gin (public.folded((organization)::text) public.gin_trgm_ops);

CREATE INDEX ix_paper_organization_slug_parts ON public.paper USING gin (public.folded((organization_slug)::text) public.gin_trgm_ops);

CREATE INDEX ix_paper_state ON public.paper USING btree (state, id);

CREATE INDEX ix_paper_state_authors_sort_author_count ON public.paper USING btree (state, authors_sort, author_count NULLS FIRST, id);

CREATE INDEX ix_paper_state_citation_key ON public.paper USING btree (state, citation_key, id);

CREATE INDEX ix_paper_state_comments ON public.paper USING btree (state, comments NULLS FIRST, id);

CREATE INDEX ix_paper_state_date_sort ON public.paper USING btree (state, date_sort, id);

CREATE INDEX ix_paper_state_own_kind ON public.paper USING btree (state, own_kind, id);

CREATE INDEX ix_paper_state_rating ON public.paper USING btree (state, rating, id);

CREATE INDEX ix_paper_state_starred ON public.paper USING btree (state, starred, id);

CREATE INDEX ix_paper_state_status ON public.paper USING btree (state, status, id);

CREATE INDEX ix_paper_state_title_sort ON public.paper USING btree (state, title_sort, id);

CREATE INDEX ix_paper_state_year_inferred ON public.paper USING btree (state, year_inferred, id);

CREATE INDEX ix_paper_tag_tag_id_paper_id ON public.paper_tag USING btree (tag_id, paper_id);

CREATE INDEX ix_paper_venue_parts ON public.paper USING gin (public.folded((venue)::text) public.gin_trgm_ops);

CREATE INDEX ix_paper_version_arxiv_id ON public.paper_version USING btree (arxiv_id) WHERE (arxiv_id IS NOT NULL);

CREATE INDEX ix_paper_version_doi ON public.paper_version USING btree (doi) WHERE (doi IS NOT NULL);

CREATE INDEX ix_paper_version_paper_id_kind_removed ON public.paper_version USING btree (paper_id, kind, removed);

CREATE INDEX ix_paper_with_notes ON public.paper USING btree (state, id) WHERE ((notes)::text <> ''::text);

CREATE INDEX ix_paper_without_abstract ON public.paper USING btree (state, id) WHERE ((abstract)::text = ''::text);

CREATE INDEX ix_sighting_paper_id_source_id ON public.sighting USING btree (paper_id, source_id);

CREATE INDEX ix_sighting_source_id_line_start ON public.sighting USING btree (source_id, line_start);

CREATE INDEX ix_source_chunk_source_sha256_line_start ON public.source_chunk USING btree (source_sha256, line_start);

CREATE INDEX ix_tag_refusal_tag_id ON public.tag_refusal USING btree (tag_id);

CREATE INDEX ix_twin_decision ON public.twin USING btree (decision);

CREATE INDEX ix_twin_high_id ON public.twin USING btree (high_id);

CREATE UNIQUE INDEX uq_paper_citation_key ON public.paper USING btree (citation_key) WHERE ((state)::text <> 'merged'::text);

CREATE UNIQUE INDEX uq_twin_low_id_high_id ON public.twin USING btree (low_id, high_id);

CREATE TRIGGER dirty_paper_delete AFTER DELETE ON public.paper FOR EACH ROW EXECUTE FUNCTION public.note_paper();

CREATE TRIGGER dirty_paper_insert AFTER INSERT ON public.paper FOR EACH ROW WHEN ((current_setting('sheaf.unnoted'::text, true) IS DISTINCT FROM 'on'::text)) EXECUTE FUNCTION public.note_paper('true');

CREATE TRIGGER dirty_paper_known AFTER UPDATE OF abstract, state, title ON public.paper FOR EACH ROW EXECUTE FUNCTION public.note_paper('true');

CREATE TRIGGER dirty_paper_merge AFTER UPDATE OF merged_into ON public.paper FOR EACH ROW EXECUTE FUNCTION public.note_merge();

CREATE TRIGGER dirty_paper_update AFTER UPDATE OF arxiv_id, author_count, authors, citation_key, day, doi, entry_type, month, notes, organization, venue, year ON public.paper FOR EACH ROW EXECUTE FUNCTION public.note_paper('false');

CREATE TRIGGER dirty_version AFTER INSERT OR DELETE OR UPDATE OF title, removed, paper_id ON public.paper_version FOR EACH ROW EXECUTE FUNCTION public.note_version();

CREATE TRIGGER journal_attachment_delete AFTER DELETE ON public.attachment FOR EACH ROW EXECUTE FUNCTION public.note_change('id');

CREATE TRIGGER journal_attachment_insert AFTER INSERT ON public.attachment FOR EACH ROW EXECUTE FUNCTION public.note_change('id');

CREATE TRIGGER journal_attachment_update AFTER UPDATE ON public.attachment FOR EACH ROW EXECUTE FUNCTION public.note_change('id');

CREATE TRIGGER journal_collection_delete AFTER DELETE ON public.collection FOR EACH ROW EXECUTE FUNCTION public.note_change('id');

CREATE TRIGGER journal_collection_insert AFTER INSERT ON public.collection FOR EACH ROW EXECUTE FUNCTION public.note_change('id');

CREATE TRIGGER journal_collection_update AFTER UPDATE ON public.collection FOR EACH ROW EXECUTE FUNCTION public.note_change('id');

CREATE TRIGGER journal_issue_delete AFTER DELETE ON public.issue FOR EACH ROW EXECUTE FUNCTION public.note_change('id');

CREATE TRIGGER journal_issue_insert AFTER INSERT ON public.issue FOR EACH ROW EXECUTE FUNCTION public.note_change('id');

CREATE TRIGGER journal_issue_update AFTER UPDATE ON public.issue FOR EACH ROW EXECUTE FUNCTION public.note_change('id');

CREATE TRIGGER journal_key_alias_delete AFTER DELETE ON public.key_alias FOR EACH ROW EXECUTE FUNCTION public.note_change('key');

CREATE TRIGGER journal_key_alias_insert AFTER INSERT ON public.key_alias FOR EACH ROW EXECUTE FUNCTION public.note_change('key');

CREATE TRIGGER journal_key_alias_update AFTER UPDATE ON public.key_alias FOR EACH ROW EXECUTE FUNCTION public.note_change('key');

CREATE TRIGGER journal_mark_delete AFTER DELETE ON public.mark FOR EACH ROW EXECUTE FUNCTION public.note_change('source_id', 'line');

CREATE TRIGGER journal_mark_insert AFTER INSERT ON public.mark FOR EACH ROW EXECUTE FUNCTION public.note_change('source_id', 'line');

CREATE TRIGGER journal_mark_update AFTER UPDATE ON public.mark FOR EACH ROW EXECUTE FUNCTION public.note_change('source_id', 'line');

CREATE TRIGGER journal_merge_delete AFTER DELETE ON public.merge FOR EACH ROW EXECUTE FUNCTION public.note_change('id');

CREATE TRIGGER journal_merge_insert AFTER INSERT ON public.merge FOR EACH ROW EXECUTE FUNCTION public.note_change('id');

CREATE TRIGGER journal_merge_member_delete AFTER DELETE ON public.merge_member FOR EACH ROW EXECUTE FUNCTION public.note_change('merge_id', 'paper_id');

CREATE TRIGGER journal_merge_member_insert AFTER INSERT ON public.merge_member FOR EACH ROW EXECUTE FUNCTION public.note_change('merge_id', 'paper_id');

CREATE TRIGGER journal_merge_member_update AFTER UPDATE ON public.merge_member FOR EACH ROW EXECUTE FUNCTION public.note_change('merge_id', 'paper_id');

CREATE TRIGGER journal_merge_sighting_delete AFTER DELETE ON public.merge_sighting FOR EACH ROW EXECUTE FUNCTION public.note_change('merge_id', 'sighting_id');

CREATE TRIGGER journal_merge_sighting_insert AFTER INSERT ON public.merge_sighting FOR EACH ROW EXECUTE FUNCTION public.note_change('merge_id', 'sighting_id');

CREATE TRIGGER journal_merge_sighting_update AFTER UPDATE ON public.merge_sighting FOR EACH ROW EXECUTE FUNCTION public.note_change('merge_id', 'sighting_id');

CREATE TRIGGER journal_merge_update AFTER UPDATE ON public.merge FOR EACH ROW EXECUTE FUNCTION public.note_change('id');

CREATE TRIGGER journal_paper_collection_delete AFTER DELETE ON public.paper_collection FOR EACH ROW EXECUTE FUNCTION public.note_change('paper_id', 'collection_id');

CREATE TRIGGER journal_paper_collection_insert AFTER INSERT ON public.paper_collection FOR EACH ROW EXECUTE FUNCTION public.note_change('paper_id', 'collection_id');

CREATE TRIGGER journal_paper_collection_update AFTER UPDATE ON public.paper_collection FOR EACH ROW EXECUTE FUNCTION public.note_change('paper_id', 'collection_id');

CREATE TRIGGER journal_paper_delete AFTER DELETE ON public.paper FOR EACH ROW EXECUTE FUNCTION public.note_change('id');

CREATE TRIGGER journal_paper_insert AFTER INSERT ON public.paper FOR EACH ROW WHEN ((current_setting('sheaf.unnoted'::text, true) IS DISTINCT FROM 'on'::text)) EXECUTE FUNCTION public.note_change('id');

CREATE TRIGGER journal_paper_tag_delete AFTER DELETE ON public.paper_tag FOR EACH ROW EXECUTE FUNCTION public.note_change('paper_id', 'tag_id');

CREATE TRIGGER journal_paper_tag_insert AFTER INSERT ON public.paper_tag FOR EACH ROW EXECUTE FUNCTION public.note_change('paper_id', 'tag_id');

CREATE TRIGGER journal_paper_tag_update AFTER UPDATE ON public.paper_tag FOR EACH ROW EXECUTE FUNCTION public.note_change('paper_id', 'tag_id');

CREATE TRIGGER journal_paper_update AFTER UPDATE ON public.paper FOR EACH ROW EXECUTE FUNCTION public.note_change('id');

CREATE TRIGGER journal_paper_version_delete AFTER DELETE ON public.paper_version FOR EACH ROW EXECUTE FUNCTION public.note_change('id');

CREATE TRIGGER journal_paper_version_insert AFTER INSERT ON public.paper_version FOR EACH ROW EXECUTE FUNCTION public.note_change('id');

CREATE TRIGGER journal_paper_version_update AFTER UPDATE ON public.paper_version FOR EACH ROW EXECUTE FUNCTION public.note_change('id');

CREATE TRIGGER journal_setting_delete AFTER DELETE ON public.setting FOR EACH ROW EXECUTE FUNCTION public.note_change('name');

CREATE TRIGGER journal_setting_insert AFTER INSERT ON public.setting FOR EACH ROW EXECUTE FUNCTION public.note_change('name');

CREATE TRIGGER journal_setting_update AFTER UPDATE ON public.setting FOR EACH ROW EXECUTE FUNCTION public.note_change('name');

CREATE TRIGGER journal_sighting_delete AFTER DELETE ON public.sighting FOR EACH ROW EXECUTE FUNCTION public.note_change('id');

CREATE TRIGGER journal_sighting_insert AFTER INSERT ON public.sighting FOR EACH ROW WHEN ((current_setting('sheaf.unnoted'::text, true) IS DISTINCT FROM 'on'::text)) EXECUTE FUNCTION public.note_change('id');

CREATE TRIGGER journal_sighting_update AFTER UPDATE ON public.sighting FOR EACH ROW EXECUTE FUNCTION public.note_change('id');

CREATE TRIGGER journal_source_delete AFTER DELETE ON public.source FOR EACH ROW EXECUTE FUNCTION public.note_change('id');

CREATE TRIGGER journal_source_insert AFTER INSERT ON public.source FOR EACH ROW EXECUTE FUNCTION public.note_change('id');

CREATE TRIGGER journal_source_update AFTER UPDATE ON public.source FOR EACH ROW EXECUTE FUNCTION public.note_change('id');

CREATE TRIGGER journal_tag_delete AFTER DELETE ON public.tag FOR EACH ROW EXECUTE FUNCTION public.note_change('id');

CREATE TRIGGER journal_tag_insert AFTER INSERT ON public.tag FOR EACH ROW EXECUTE FUNCTION public.note_change('id');

CREATE TRIGGER journal_tag_refusal_delete AFTER DELETE ON public.tag_refusal FOR EACH ROW EXECUTE FUNCTION public.note_change('paper_id', 'tag_id');

CREATE TRIGGER journal_tag_refusal_insert AFTER INSERT ON public.tag_refusal FOR EACH ROW EXECUTE FUNCTION public.note_change('paper_id', 'tag_id');

CREATE TRIGGER journal_tag_refusal_update AFTER UPDATE ON public.tag_refusal FOR EACH ROW EXECUTE FUNCTION public.note_change('paper_id', 'tag_id');

CREATE TRIGGER journal_tag_update AFTER UPDATE ON public.tag FOR EACH ROW EXECUTE FUNCTION public.note_change('id');

CREATE TRIGGER journal_twin_delete AFTER DELETE ON public.twin FOR EACH ROW EXECUTE FUNCTION public.note_change('id');

CREATE TRIGGER journal_twin_insert AFTER INSERT ON public.twin FOR EACH ROW EXECUTE FUNCTION public.note_change('id');

CREATE TRIGGER journal_twin_update AFTER UPDATE ON public.twin FOR EACH ROW EXECUTE FUNCTION public.note_change('id');

ALTER TABLE ONLY public.attachment
    ADD CONSTRAINT fk_attachment_paper_id FOREIGN KEY (paper_id) REFERENCES public.paper(id) ON DELETE CASCADE DEFERRABLE;

ALTER TABLE ONLY public.block
    ADD CONSTRAINT fk_block_paper_id FOREIGN KEY (paper_id) REFERENCES public.paper(id) ON DELETE CASCADE DEFERRABLE;

ALTER TABLE ONLY public.change
    ADD CONSTRAINT fk_change_step_id FOREIGN KEY (step_id) REFERENCES public.step(id) ON DELETE CASCADE DEFERRABLE;

ALTER TABLE ONLY public.collection
    ADD CONSTRAINT fk_collection_parent_id FOREIGN KEY (parent_id) REFERENCES public.collection(id) ON DELETE CASCADE DEFERRABLE;

ALTER TABLE ONLY public.issue
    ADD CONSTRAINT fk_issue_source_id FOREIGN KEY (source_id) REFERENCES public.source(id) ON DELETE CASCADE DEFERRABLE;

ALTER TABLE ONLY public.key_alias
    ADD CONSTRAINT fk_key_alias_paper_id FOREIGN KEY (paper_id) REFERENCES public.paper(id) ON DELETE CASCADE DEFERRABLE;

ALTER TABLE ONLY public.live_entry
    ADD CONSTRAINT fk_live_entry_file_id FOREIGN KEY (file_id) REFERENCES public.live_file(id) ON DELETE CASCADE DEFERRABLE;

ALTER TABLE ONLY public.mark
    ADD CONSTRAINT fk_mark_source_id FOREIGN KEY (source_id) REFERENCES public.source(id) ON DELETE CASCADE DEFERRABLE;

ALTER TABLE ONLY public.merge_member
    ADD CONSTRAINT fk_merge_member_merge_id FOREIGN KEY (merge_id) REFERENCES public.merge(id) ON DELETE CASCADE DEFERRABLE;

ALTER TABLE ONLY public.merge_member
    ADD CONSTRAINT fk_merge_member_paper_id FOREIGN KEY (paper_id) REFERENCES public.paper(id) ON DELETE CASCADE DEFERRABLE;

ALTER TABLE ONLY public.merge
    ADD CONSTRAINT fk_merge_paper_id FOREIGN KEY (paper_id) REFERENCES public.paper(id) ON DELETE CASCADE DEFERRABLE;

ALTER TABLE ONLY public.merge_sighting
    ADD CONSTRAINT fk_merge_sighting_merge_id FOREIGN KEY (merge_id) REFERENCES public.merge(id) ON DELETE CASCADE DEFERRABLE;

ALTER TABLE ONLY public.merge_sighting
    ADD CONSTRAINT fk_merge_sighting_paper_id FOREIGN KEY (paper_id) REFERENCES public.paper(id) ON DELETE CASCADE DEFERRABLE;

ALTER TABLE ONLY public.merge_sighting
    ADD CONSTRAINT fk_merge_sighting_sighting_id FOREIGN KEY (sighting_id) REFERENCES public.sighting(id) ON DELETE CASCADE DEFERRABLE;

ALTER TABLE ONLY public.paper_collection
    ADD CONSTRAINT fk_paper_collection_collection_id FOREIGN KEY (collection_id) REFERENCES public.collection(id) ON DELETE CASCADE DEFERRABLE;

ALTER TABLE ONLY public.paper_collection
    ADD CONSTRAINT fk_paper_collection_paper_id FOREIGN KEY (paper_id) REFERENCES public.paper(id) ON DELETE CASCADE DEFERRABLE;

ALTER TABLE ONLY public.paper
    ADD CONSTRAINT fk_paper_merged_into FOREIGN KEY (merged_into) REFERENCES public.paper(id) DEFERRABLE;

ALTER TABLE ONLY public.paper_tag
    ADD CONSTRAINT fk_paper_tag_paper_id FOREIGN KEY (paper_id) REFERENCES public.paper(id) ON DELETE CASCADE DEFERRABLE;

ALTER TABLE ONLY public.paper_tag
    ADD CONSTRAINT fk_paper_tag_tag_id FOREIGN KEY (tag_id) REFERENCES public.tag(id) ON DELETE CASCADE DEFERRABLE;

ALTER TABLE ONLY public.paper_version
    ADD CONSTRAINT fk_paper_version_paper_id FOREIGN KEY (paper_id) REFERENCES public.paper(id) ON DELETE CASCADE DEFERRABLE;

ALTER TABLE ONLY public.sighting
    ADD CONSTRAINT fk_sighting_paper_id FOREIGN KEY (paper_id) REFERENCES public.paper(id) ON DELETE CASCADE DEFERRABLE;

ALTER TABLE ONLY public.sighting
    ADD CONSTRAINT fk_sighting_source_id FOREIGN KEY (source_id) REFERENCES public.source(id) ON DELETE CASCADE DEFERRABLE;

ALTER TABLE ONLY public.tag_refusal
    ADD CONSTRAINT fk_tag_refusal_paper_id FOREIGN KEY (paper_id) REFERENCES public.paper(id) ON DELETE CASCADE DEFERRABLE;

ALTER TABLE ONLY public.tag_refusal
    ADD CONSTRAINT fk_tag_refusal_tag_id FOREIGN KEY (tag_id) REFERENCES public.tag(id) ON DELETE CASCADE DEFERRABLE;

ALTER TABLE ONLY public.twin
    ADD CONSTRAINT fk_twin_high_id FOREIGN KEY (high_id) REFERENCES public.paper(id) ON DELETE CASCADE DEFERRABLE;

ALTER TABLE ONLY public.twin
    ADD CONSTRAINT fk_twin_low_id FOREIGN KEY (low_id) REFERENCES public.paper(id) ON DELETE CASCADE DEFERRABLE;

