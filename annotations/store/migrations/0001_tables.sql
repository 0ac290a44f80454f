-- The tables of Glossator, in SQL that SQLite and PostgreSQL both understand.
--
-- Times are milliseconds since 1970, UTC. Offsets are Unicode code points of
-- a version's text, the end not included. Ids are text made in Go. A column
-- that may be empty says when; no column is ever null.

-- +goose Up

-- The one number. Each write that changes what can be found takes the next.
CREATE TABLE counter (
	last BIGINT NOT NULL -- the last number given out, 0 before the first
);
INSERT INTO counter (last) VALUES (0);

-- What each numbered write touched: the index reads on from its mark here.
CREATE TABLE changes (
	number     BIGINT PRIMARY KEY, -- from counter; no number is missing
	document   TEXT NOT NULL,      -- the document touched
	annotation TEXT NOT NULL       -- the annotation touched; empty if the metadata or the text of the whole document changed
);
CREATE INDEX changes_by_annotation ON changes (annotation, number);

CREATE TABLE documents (
	id       TEXT PRIMARY KEY,
	kind     TEXT NOT NULL,  -- index.Treaty, index.Declaration, ...
	title    TEXT NOT NULL,  -- folded title; orders the library
	words    TEXT NOT NULL,  -- folded title, short title, aliases and organisation, for looking up
	metadata TEXT NOT NULL,  -- index.Document in JSON
	number   BIGINT NOT NULL -- of the last write that changed the metadata
);
CREATE INDEX documents_by_title ON documents (title, id);

-- Immutable texts. A row is written once and never changed.
CREATE TABLE versions (
	id       TEXT PRIMARY KEY,                    -- index.VersionID
	document TEXT NOT NULL REFERENCES documents (id),
	language TEXT NOT NULL,                       -- BCP 47
	version  INTEGER NOT NULL,                    -- 1, 2, ... among the versions of the document in this language
	source   TEXT NOT NULL,                       -- name of the file or address it came from
	format   TEXT NOT NULL,                       -- importer that read it
	sha256   TEXT NOT NULL,                       -- of the source's bytes, in hex
	imported BIGINT NOT NULL,
	length   INTEGER NOT NULL,                    -- code points of the text
	passages INTEGER NOT NULL,                    -- how many passages it has
	articles INTEGER NOT NULL,                    -- how many articles it has
	number   BIGINT NOT NULL,                     -- of the write that brought it
	body     BYTEA NOT NULL,                      -- text, blocks and provisions: JSON, compressed with gzip
	UNIQUE (document, language, version)
);

-- The newest version of each document in each language.
CREATE VIEW current_versions AS
SELECT id, document, language, version, length, passages, number
FROM versions v
WHERE version = (SELECT MAX(version) FROM versions w WHERE w.document = v.document AND w.language = v.language);

CREATE TABLE users (
	id       TEXT PRIMARY KEY,
	name     TEXT NOT NULL,
	label    TEXT NOT NULL UNIQUE, -- annotations.NormalLabel of the name
	role     TEXT NOT NULL,        -- annotations.Member, Editor or Administrator
	password TEXT NOT NULL,        -- argon2id in PHC string format
	created  BIGINT NOT NULL,
	epoch    INTEGER NOT NULL      -- how many passwords there have been: a session is good for one
);

CREATE TABLE concepts (
	id         TEXT PRIMARY KEY,
	label      TEXT NOT NULL,
	normal     TEXT NOT NULL UNIQUE, -- annotations.NormalLabel of the label
	words      TEXT NOT NULL,        -- folded label and definition, for looking up
	definition TEXT NOT NULL,        -- empty if nobody has written one
	include    TEXT NOT NULL,        -- what to tag with it; may be empty
	exclude    TEXT NOT NULL,        -- what not to; may be empty
	broader    TEXT NOT NULL,        -- id of the concept above; empty at the top
	family     INTEGER NOT NULL,     -- colour family, 1 to 8
	status     TEXT NOT NULL,        -- annotations.Proposed or Accepted
	creator    TEXT NOT NULL         -- id of a user; empty for the starter codebook
);

CREATE TABLE annotations (
	id         TEXT PRIMARY KEY,
	document   TEXT NOT NULL REFERENCES documents (id),
	version    TEXT NOT NULL REFERENCES versions (id), -- the version it was made on, for good
	note       TEXT NOT NULL,                          -- Markdown; empty only if it has concepts
	visibility TEXT NOT NULL,                          -- annotations.Private or Public
	audience   TEXT NOT NULL,                          -- annotations.Annotation.Audience: who may read it
	creator    TEXT NOT NULL REFERENCES users (id),
	created    BIGINT NOT NULL,
	modified   BIGINT NOT NULL,
	number     BIGINT NOT NULL,                        -- of the last write that changed it
	deleted    BIGINT NOT NULL                         -- when it was deleted; 0 while it is there
);
CREATE INDEX annotations_by_document ON annotations (document, audience);
CREATE INDEX annotations_by_creator ON annotations (creator);

CREATE TABLE annotation_concepts (
	annotation TEXT NOT NULL REFERENCES annotations (id),
	concept    TEXT NOT NULL REFERENCES concepts (id),
	position   INTEGER NOT NULL, -- 0, 1, 2, ... in the order they were given
	PRIMARY KEY (annotation, concept)
);
CREATE INDEX annotation_concepts_by_concept ON annotation_concepts (concept);

-- Where an annotation stands: in the version it was made on, which is its
-- target, and in each later version it was carried to. Rows are never changed.
CREATE TABLE placements (
	annotation TEXT NOT NULL REFERENCES annotations (id),
	version    TEXT NOT NULL REFERENCES versions (id),
	state      TEXT NOT NULL,    -- annotations.Same, Moved, Changed or Lost
	start_at   INTEGER NOT NULL, -- 0 if lost, as is end_at
	end_at     INTEGER NOT NULL,
	exact      TEXT NOT NULL,    -- the words from start_at to end_at; empty if lost
	prefix     TEXT NOT NULL,    -- up to 32 code points before them
	suffix     TEXT NOT NULL,    -- up to 32 code points after them
	passage    TEXT NOT NULL,    -- id of the provision it begins in: a passage, or what a heading belongs to; empty if lost
	PRIMARY KEY (annotation, version)
);
CREATE INDEX placements_by_version ON placements (version, start_at);

-- The passages with which a placement is found: those it covers a part of or,
-- if it is in a heading outside of any, the one that follows.
CREATE TABLE reaches (
	version    TEXT NOT NULL REFERENCES versions (id),
	passage    TEXT NOT NULL, -- id of the passage's provision
	annotation TEXT NOT NULL REFERENCES annotations (id),
	PRIMARY KEY (version, passage, annotation)
);
CREATE INDEX reaches_by_annotation ON reaches (annotation, version);

-- Who did what to an annotation.
CREATE TABLE history (
	number     BIGINT PRIMARY KEY, -- of the write
	annotation TEXT NOT NULL REFERENCES annotations (id),
	deed       TEXT NOT NULL,      -- "create", "update", "delete" or "restore"
	who        TEXT NOT NULL REFERENCES users (id),
	at         BIGINT NOT NULL,
	audience   TEXT NOT NULL,      -- who may read this entry
	content    TEXT NOT NULL       -- annotations.Annotation after the deed, in JSON
);
CREATE INDEX history_by_annotation ON history (annotation, number);

CREATE TABLE sessions (
	hash    TEXT PRIMARY KEY, -- SHA-256 of the token in the cookie, in hex
	data    BYTEA NOT NULL,   -- what scs keeps
	expires BIGINT NOT NULL
);
CREATE INDEX sessions_by_expiry ON sessions (expires);

CREATE TABLE tokens (
	id      TEXT PRIMARY KEY,
	hash    TEXT NOT NULL UNIQUE, -- SHA-256 of the API token, in hex
	owner   TEXT NOT NULL REFERENCES users (id),
	name    TEXT NOT NULL,        -- what it is for, in the owner's words
	created BIGINT NOT NULL,
	revoked BIGINT NOT NULL       -- 0 while it is good
);
CREATE INDEX tokens_by_owner ON tokens (owner);

CREATE TABLE searches (
	id          TEXT PRIMARY KEY,
	owner       TEXT NOT NULL REFERENCES users (id),
	name        TEXT NOT NULL,
	description TEXT NOT NULL,  -- may be empty
	address     TEXT NOT NULL,  -- query string of the search page; empty finds everything
	created     BIGINT NOT NULL,
	modified    BIGINT NOT NULL,
	seen        BIGINT NOT NULL -- number up to which watch has looked
);
CREATE INDEX searches_by_owner ON searches (owner, created);

CREATE TABLE shares (
	id      TEXT PRIMARY KEY,
	search  TEXT NOT NULL REFERENCES searches (id),
	hash    TEXT NOT NULL UNIQUE, -- SHA-256 of the token in the link, in hex
	created BIGINT NOT NULL,
	revoked BIGINT NOT NULL       -- 0 while it is good
);
CREATE INDEX shares_by_search ON shares (search);

-- What a watched search has found since it was saved, each passage once.
CREATE TABLE sightings (
	search    TEXT NOT NULL REFERENCES searches (id),
	document  TEXT NOT NULL,
	version   TEXT NOT NULL,
	provision TEXT NOT NULL,
	number    BIGINT NOT NULL, -- of the write that brought the passage
	seen      BIGINT NOT NULL, -- when it was found
	PRIMARY KEY (search, document, version, provision)
);
CREATE INDEX sightings_by_time ON sightings (search, seen);

CREATE TABLE settings (
	name  TEXT PRIMARY KEY,
	value TEXT NOT NULL
);
