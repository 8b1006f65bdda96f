CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
CREATE TABLE collection (
	id INTEGER NOT NULL, 
	name VARCHAR NOT NULL, 
	parent_id INTEGER, 
	version INTEGER DEFAULT '1' NOT NULL, 
	CONSTRAINT pk_collection PRIMARY KEY (id), 
	CONSTRAINT fk_collection_parent_id FOREIGN KEY(parent_id) REFERENCES collection (id) ON DELETE CASCADE
);
CREATE TABLE frozen_key (
	id INTEGER NOT NULL, 
	"key" VARCHAR NOT NULL, 
	paper_id INTEGER, title VARCHAR DEFAULT '' NOT NULL, 
	CONSTRAINT pk_frozen_key PRIMARY KEY (id), 
	CONSTRAINT uq_frozen_key_key UNIQUE ("key")
);
CREATE INDEX ix_frozen_key_paper_id ON frozen_key (paper_id);
CREATE TABLE journal_state (
	id INTEGER NOT NULL, 
	step_id INTEGER, 
	CONSTRAINT pk_journal_state PRIMARY KEY (id)
);
CREATE TABLE paper (
	id INTEGER NOT NULL, 
	title VARCHAR NOT NULL, 
	title_sort VARCHAR NOT NULL, 
	abstract VARCHAR NOT NULL, 
	abstract_truncated BOOLEAN NOT NULL, 
	authors JSON NOT NULL, 
	authors_sort VARCHAR NOT NULL, 
	author_count INTEGER, 
	organization VARCHAR, 
	organization_slug VARCHAR, 
	year INTEGER, 
	month INTEGER, 
	day INTEGER, 
	date_sort INTEGER NOT NULL, 
	year_inferred BOOLEAN NOT NULL, 
	year_evidence VARCHAR NOT NULL, 
	month_day VARCHAR, 
	comments INTEGER, 
	upvotes INTEGER, 
	arxiv_id VARCHAR, 
	doi VARCHAR, 
	venue VARCHAR, 
	urls JSON NOT NULL, 
	entry_type VARCHAR NOT NULL, 
	fields JSON NOT NULL, 
	citation_key VARCHAR NOT NULL, 
	key_frozen BOOLEAN NOT NULL, 
	status VARCHAR NOT NULL, 
	starred BOOLEAN NOT NULL, 
	rating INTEGER NOT NULL, 
	notes VARCHAR NOT NULL, 
	state VARCHAR NOT NULL, 
	merged_into INTEGER, 
	origins JSON NOT NULL, 
	added_at VARCHAR NOT NULL, 
	content_hash VARCHAR NOT NULL, 
	version INTEGER DEFAULT '1' NOT NULL, own_kind VARCHAR DEFAULT '' NOT NULL, 
	CONSTRAINT pk_paper PRIMARY KEY (id), 
	CONSTRAINT fk_paper_merged_into FOREIGN KEY(merged_into) REFERENCES paper (id)
);
CREATE INDEX ix_paper_arxiv_id ON paper (arxiv_id) WHERE arxiv_id IS NOT NULL;
CREATE INDEX ix_paper_doi ON paper (doi) WHERE doi IS NOT NULL;
CREATE INDEX ix_paper_state_date_sort ON paper (state, date_sort);
CREATE INDEX ix_paper_state_status ON paper (state, status);
CREATE INDEX ix_paper_state_title_sort ON paper (state, title_sort);
CREATE INDEX ix_paper_state_authors_sort_author_count ON paper (state, authors_sort, author_count);
CREATE INDEX ix_paper_state_comments ON paper (state, comments);
CREATE INDEX ix_paper_state_citation_key ON paper (state, citation_key);
CREATE INDEX ix_paper_state_starred ON paper (state, starred);
CREATE INDEX ix_paper_state_rating ON paper (state, rating);
CREATE INDEX ix_paper_state_year_inferred ON paper (state, year_inferred);
CREATE INDEX ix_paper_added_at ON paper (added_at);
CREATE INDEX ix_paper_merged_into ON paper (merged_into) WHERE merged_into IS NOT NULL;
CREATE UNIQUE INDEX uq_paper_citation_key ON paper (citation_key) WHERE state != 'merged';
CREATE TABLE setting (
	name VARCHAR NOT NULL, 
	value VARCHAR NOT NULL, 
	CONSTRAINT pk_setting PRIMARY KEY (name)
);
CREATE TABLE source (
	id INTEGER NOT NULL, 
	kind VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	path VARCHAR NOT NULL, 
	sha256 VARCHAR NOT NULL, 
	bytes INTEGER NOT NULL, 
	format VARCHAR NOT NULL, 
	dialect VARCHAR NOT NULL, 
	encoding VARCHAR NOT NULL, 
	imported_at VARCHAR NOT NULL, 
	lines INTEGER NOT NULL, 
	records INTEGER NOT NULL, 
	record_lines INTEGER NOT NULL, 
	furniture_lines INTEGER NOT NULL, 
	blank_lines INTEGER NOT NULL, 
	issue_lines INTEGER NOT NULL, 
	render_year INTEGER, 
	render_year_evidence VARCHAR NOT NULL, 
	year_override INTEGER, search VARCHAR DEFAULT '' NOT NULL, reader INTEGER DEFAULT '0' NOT NULL, 
	CONSTRAINT pk_source PRIMARY KEY (id), 
	CONSTRAINT uq_source_sha256 UNIQUE (sha256)
);
CREATE TABLE source_chunk (
	id INTEGER NOT NULL, 
	source_sha256 VARCHAR NOT NULL, 
	line_start INTEGER NOT NULL, 
	line_end INTEGER NOT NULL, 
	data BLOB NOT NULL, 
	CONSTRAINT pk_source_chunk PRIMARY KEY (id)
);
CREATE INDEX ix_source_chunk_source_sha256_line_start ON source_chunk (source_sha256, line_start);
CREATE TABLE step (
	id INTEGER NOT NULL, 
	label VARCHAR NOT NULL, 
	at VARCHAR NOT NULL, 
	undone BOOLEAN NOT NULL, 
	CONSTRAINT pk_step PRIMARY KEY (id)
);
CREATE TABLE tag (
	id INTEGER NOT NULL, 
	name VARCHAR NOT NULL, 
	name_key VARCHAR NOT NULL, 
	colour INTEGER NOT NULL, 
	version INTEGER DEFAULT '1' NOT NULL, digit INTEGER, 
	CONSTRAINT pk_tag PRIMARY KEY (id), 
	CONSTRAINT uq_tag_name_key UNIQUE (name_key)
);
CREATE TABLE block (
	"key" BIGINT NOT NULL, 
	paper_id INTEGER NOT NULL, 
	CONSTRAINT pk_block PRIMARY KEY ("key", paper_id), 
	CONSTRAINT fk_block_paper_id FOREIGN KEY(paper_id) REFERENCES paper (id) ON DELETE CASCADE
)
 WITHOUT ROWID

;
CREATE INDEX ix_block_paper_id ON block (paper_id);
CREATE TABLE change (
	id INTEGER NOT NULL, 
	step_id INTEGER NOT NULL, 
	table_name VARCHAR NOT NULL, 
	row_key VARCHAR NOT NULL, 
	"before" VARCHAR, 
	"after" VARCHAR, 
	CONSTRAINT pk_change PRIMARY KEY (id), 
	CONSTRAINT fk_change_step_id FOREIGN KEY(step_id) REFERENCES step (id) ON DELETE CASCADE
);
CREATE INDEX ix_change_step_id ON change (step_id);
CREATE TABLE issue (
	id INTEGER NOT NULL, 
	source_id INTEGER NOT NULL, 
	line INTEGER NOT NULL, 
	text VARCHAR NOT NULL, 
	why VARCHAR NOT NULL, 
	CONSTRAINT pk_issue PRIMARY KEY (id), 
	CONSTRAINT fk_issue_source_id FOREIGN KEY(source_id) REFERENCES source (id) ON DELETE CASCADE
);
CREATE INDEX ix_issue_source_id_line ON issue (source_id, line);
CREATE TABLE key_alias (
	"key" VARCHAR NOT NULL, 
	paper_id INTEGER NOT NULL, 
	CONSTRAINT pk_key_alias PRIMARY KEY ("key"), 
	CONSTRAINT fk_key_alias_paper_id FOREIGN KEY(paper_id) REFERENCES paper (id) ON DELETE CASCADE
);
CREATE INDEX ix_key_alias_paper_id ON key_alias (paper_id);
CREATE TABLE paper_collection (
	paper_id INTEGER NOT NULL, 
	collection_id INTEGER NOT NULL, 
	CONSTRAINT pk_paper_collection PRIMARY KEY (paper_id, collection_id), 
	CONSTRAINT fk_paper_collection_collection_id FOREIGN KEY(collection_id) REFERENCES collection (id) ON DELETE CASCADE, 
	CONSTRAINT fk_paper_collection_paper_id FOREIGN KEY(paper_id) REFERENCES paper (id) ON DELETE CASCADE
);
CREATE INDEX ix_paper_collection_collection_id ON paper_collection (collection_id);
CREATE TABLE paper_tag (
	paper_id INTEGER NOT NULL, 
	tag_id INTEGER NOT NULL, 
	CONSTRAINT pk_paper_tag PRIMARY KEY (paper_id, tag_id), 
	CONSTRAINT fk_paper_tag_paper_id FOREIGN KEY(paper_id) REFERENCES paper (id) ON DELETE CASCADE, 
	CONSTRAINT fk_paper_tag_tag_id FOREIGN KEY(tag_id) REFERENCES tag (id) ON DELETE CASCADE
);
CREATE TABLE sighting (
	id INTEGER NOT NULL, 
	paper_id INTEGER NOT NULL, 
	source_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	line_start INTEGER NOT NULL, 
	line_abstract INTEGER, 
	line_end INTEGER NOT NULL, 
	"values" JSON NOT NULL, 
	CONSTRAINT pk_sighting PRIMARY KEY (id), 
	CONSTRAINT fk_sighting_paper_id FOREIGN KEY(paper_id) REFERENCES paper (id) ON DELETE CASCADE, 
	CONSTRAINT fk_sighting_source_id FOREIGN KEY(source_id) REFERENCES source (id) ON DELETE CASCADE
);
CREATE INDEX ix_sighting_paper_id_source_id ON sighting (paper_id, source_id);
CREATE INDEX ix_sighting_source_id_line_start ON sighting (source_id, line_start);
CREATE TABLE twin (
	id INTEGER NOT NULL, 
	low_id INTEGER NOT NULL, 
	high_id INTEGER NOT NULL, 
	verdict VARCHAR NOT NULL, 
	score DOUBLE NOT NULL, 
	why JSON NOT NULL, 
	decision VARCHAR NOT NULL, 
	decided_at VARCHAR, 
	CONSTRAINT pk_twin PRIMARY KEY (id), 
	CONSTRAINT fk_twin_high_id FOREIGN KEY(high_id) REFERENCES paper (id) ON DELETE CASCADE, 
	CONSTRAINT fk_twin_low_id FOREIGN KEY(low_id) REFERENCES paper (id) ON DELETE CASCADE
);
CREATE INDEX ix_twin_decision ON twin (decision);
CREATE INDEX ix_twin_high_id ON twin (high_id);
CREATE UNIQUE INDEX uq_twin_low_id_high_id ON twin (low_id, high_id);
CREATE TABLE attachment (
	id INTEGER NOT NULL, 
	paper_id INTEGER NOT NULL, 
	path VARCHAR NOT NULL, 
	title VARCHAR NOT NULL, 
	mime VARCHAR NOT NULL, 
	CONSTRAINT pk_attachment PRIMARY KEY (id), 
	CONSTRAINT fk_attachment_paper_id FOREIGN KEY(paper_id) REFERENCES paper (id) ON DELETE CASCADE
);
CREATE INDEX ix_attachment_paper_id ON attachment (paper_id);
CREATE TABLE mark (
	source_id INTEGER NOT NULL, 
	line INTEGER NOT NULL, 
	kind VARCHAR NOT NULL, 
	CONSTRAINT pk_mark PRIMARY KEY (source_id, line), 
	CONSTRAINT fk_mark_source_id FOREIGN KEY(source_id) REFERENCES source (id) ON DELETE CASCADE
);
CREATE TABLE live_file (
	id INTEGER NOT NULL, 
	path VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	value VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	options JSON NOT NULL, 
	state VARCHAR NOT NULL, 
	reason VARCHAR NOT NULL, 
	written_at VARCHAR, 
	questions INTEGER NOT NULL, 
	digest VARCHAR NOT NULL, 
	CONSTRAINT pk_live_file PRIMARY KEY (id), 
	CONSTRAINT uq_live_file_path UNIQUE (path)
);
CREATE TABLE live_entry (
	file_id INTEGER NOT NULL, 
	"key" VARCHAR NOT NULL, 
	paper_id INTEGER NOT NULL, 
	marks VARCHAR NOT NULL, 
	"left" BOOLEAN NOT NULL, 
	CONSTRAINT pk_live_entry PRIMARY KEY (file_id, "key"), 
	CONSTRAINT fk_live_entry_file_id FOREIGN KEY(file_id) REFERENCES live_file (id) ON DELETE CASCADE
);
CREATE TABLE merge (
	id INTEGER NOT NULL, 
	paper_id INTEGER NOT NULL, 
	at VARCHAR NOT NULL, 
	"before" JSON NOT NULL, 
	"after" JSON NOT NULL, 
	sources JSON NOT NULL, 
	own JSON NOT NULL, 
	twins JSON NOT NULL, versions JSON DEFAULT '{}' NOT NULL, 
	CONSTRAINT pk_merge PRIMARY KEY (id), 
	CONSTRAINT fk_merge_paper_id FOREIGN KEY(paper_id) REFERENCES paper (id) ON DELETE CASCADE
);
CREATE INDEX ix_merge_paper_id ON merge (paper_id);
CREATE TABLE merge_member (
	merge_id INTEGER NOT NULL, 
	paper_id INTEGER NOT NULL, 
	state VARCHAR NOT NULL, 
	CONSTRAINT pk_merge_member PRIMARY KEY (merge_id, paper_id), 
	CONSTRAINT fk_merge_member_merge_id FOREIGN KEY(merge_id) REFERENCES merge (id) ON DELETE CASCADE, 
	CONSTRAINT fk_merge_member_paper_id FOREIGN KEY(paper_id) REFERENCES paper (id) ON DELETE CASCADE
);
CREATE INDEX ix_merge_member_paper_id ON merge_member (paper_id);
CREATE TABLE merge_sighting (
	merge_id INTEGER NOT NULL, 
	sighting_id INTEGER NOT NULL, 
	paper_id INTEGER NOT NULL, 
	CONSTRAINT pk_merge_sighting PRIMARY KEY (merge_id, sighting_id), 
	CONSTRAINT fk_merge_sighting_merge_id FOREIGN KEY(merge_id) REFERENCES merge (id) ON DELETE CASCADE, 
	CONSTRAINT fk_merge_sighting_sighting_id FOREIGN KEY(sighting_id) REFERENCES sighting (id) ON DELETE CASCADE, 
	CONSTRAINT fk_merge_sighting_paper_id FOREIGN KEY(paper_id) REFERENCES paper (id) ON DELETE CASCADE
);
CREATE INDEX ix_merge_sighting_sighting_id ON merge_sighting (sighting_id);
CREATE INDEX ix_merge_sighting_paper_id ON merge_sighting (paper_id);
CREATE TABLE paper_version (
	id INTEGER NOT NULL, 
	paper_id INTEGER NOT NULL, 
	kind VARCHAR NOT NULL, 
	title VARCHAR NOT NULL, 
	authors JSON NOT NULL, 
	author_count INTEGER, 
	arxiv_id VARCHAR, 
	arxiv_version INTEGER, 
	doi VARCHAR, 
	urls JSON NOT NULL, 
	venue VARCHAR, 
	year INTEGER, 
	month INTEGER, 
	day INTEGER, 
	year_inferred BOOLEAN NOT NULL, 
	year_evidence VARCHAR NOT NULL, 
	entry_type VARCHAR NOT NULL, 
	fields JSON NOT NULL, 
	sightings JSON NOT NULL, 
	typed JSON NOT NULL, 
	is_read BOOLEAN NOT NULL, 
	rule VARCHAR NOT NULL, 
	removed BOOLEAN NOT NULL, 
	version INTEGER DEFAULT '1' NOT NULL, 
	CONSTRAINT pk_paper_version PRIMARY KEY (id), 
	CONSTRAINT fk_paper_version_paper_id FOREIGN KEY(paper_id) REFERENCES paper (id) ON DELETE CASCADE
);
CREATE INDEX ix_paper_version_paper_id_kind_removed ON paper_version (paper_id, kind, removed);
CREATE INDEX ix_paper_version_arxiv_id ON paper_version (arxiv_id) WHERE arxiv_id IS NOT NULL;
CREATE INDEX ix_paper_version_doi ON paper_version (doi) WHERE doi IS NOT NULL;
CREATE INDEX ix_paper_state ON paper (state);
CREATE INDEX ix_paper_state_own_kind ON paper (state, own_kind);
CREATE INDEX ix_paper_with_notes ON paper (state) WHERE notes != '';
CREATE INDEX ix_paper_without_abstract ON paper (state) WHERE abstract = '';
CREATE INDEX ix_paper_frozen ON paper (state) WHERE key_frozen;
CREATE VIRTUAL TABLE paper_fts USING fts5(title, abstract, notes, authors, key, tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3');
CREATE INDEX ix_paper_tag_tag_id_paper_id ON paper_tag (tag_id, paper_id);
CREATE TABLE tag_refusal (
	paper_id INTEGER NOT NULL, 
	tag_id INTEGER NOT NULL, 
	CONSTRAINT pk_tag_refusal PRIMARY KEY (paper_id, tag_id), 
	CONSTRAINT fk_tag_refusal_paper_id FOREIGN KEY(paper_id) REFERENCES paper (id) ON DELETE CASCADE, 
	CONSTRAINT fk_tag_refusal_tag_id FOREIGN KEY(tag_id) REFERENCES tag (id) ON DELETE CASCADE
);
CREATE INDEX ix_tag_refusal_tag_id ON tag_refusal (tag_id);
CREATE TABLE saved_search (
	id INTEGER NOT NULL, 
	name VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	text VARCHAR NOT NULL, 
	parent_id INTEGER, 
	collection_id INTEGER, 
	version INTEGER DEFAULT '1' NOT NULL, 
	CONSTRAINT pk_saved_search PRIMARY KEY (id), 
	CONSTRAINT fk_saved_search_parent_id FOREIGN KEY(parent_id) REFERENCES saved_search (id) ON DELETE CASCADE, 
	CONSTRAINT fk_saved_search_collection_id FOREIGN KEY(collection_id) REFERENCES collection (id) ON DELETE CASCADE
);
CREATE TABLE last_id (
	table_name VARCHAR NOT NULL, 
	id INTEGER NOT NULL, 
	CONSTRAINT pk_last_id PRIMARY KEY (table_name)
);
CREATE TABLE dirty (
	paper_id INTEGER NOT NULL, 
	depth INTEGER DEFAULT '2' NOT NULL, 
	PRIMARY KEY (paper_id)
);
CREATE TABLE added_key (
	id INTEGER NOT NULL, 
	"key" VARCHAR NOT NULL, 
	paper_id INTEGER NOT NULL, 
	CONSTRAINT pk_added_key PRIMARY KEY (id), 
	CONSTRAINT fk_added_key_paper_id FOREIGN KEY(paper_id) REFERENCES paper (id) ON DELETE CASCADE, 
	CONSTRAINT uq_added_key_key UNIQUE ("key")
);
CREATE INDEX ix_added_key_paper_id ON added_key (paper_id);
INSERT INTO alembic_version VALUES ('0012');
INSERT INTO journal_state VALUES (1, NULL);
INSERT INTO last_id VALUES ('paper', 0);
INSERT INTO last_id VALUES ('source', 0);
INSERT INTO last_id VALUES ('tag', 0);
INSERT INTO last_id VALUES ('collection', 0);
INSERT INTO last_id VALUES ('saved_search', 0);
INSERT INTO paper_fts (paper_fts, rank) VALUES ('hashsize', 8388608)
