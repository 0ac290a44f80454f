-- Coding rounds: who reads which document for which concepts without seeing the
-- others' tags, and what is decided where they disagree.

-- +goose Up

CREATE TABLE rounds (
	id           TEXT PRIMARY KEY,
	name         TEXT NOT NULL,
	instructions TEXT NOT NULL,   -- for the coders, Markdown; may be empty
	visibility   TEXT NOT NULL,   -- of the tags once it is closed: annotations.Private, Group or Public
	group_id     TEXT NOT NULL,   -- empty unless that is annotations.Group
	leader       TEXT NOT NULL REFERENCES users (id),
	adjudicator  TEXT NOT NULL REFERENCES users (id), -- who decides; may be the leader
	opened       BIGINT NOT NULL,
	closed       BIGINT NOT NULL, -- 0 while it is open
	reopened     BIGINT NOT NULL  -- when it was last opened again, after coders could see each other's tags; 0 if never
);

CREATE TABLE round_concepts (
	round    TEXT NOT NULL REFERENCES rounds (id),
	concept  TEXT NOT NULL,    -- id; the concept may be gone since
	position INTEGER NOT NULL, -- 0, 1, 2, ... in the order they were given
	PRIMARY KEY (round, concept)
);

CREATE TABLE assignments (
	round    TEXT NOT NULL REFERENCES rounds (id),
	document TEXT NOT NULL REFERENCES documents (id),
	version  TEXT NOT NULL REFERENCES versions (id), -- the one that all code, whatever comes later
	coder    TEXT NOT NULL REFERENCES users (id),
	finished BIGINT NOT NULL, -- when the coder said so; 0 until then
	PRIMARY KEY (round, document, coder)
);
CREATE INDEX assignments_by_coder ON assignments (coder, round);

-- What was decided where coders disagree. Rows are never deleted.
CREATE TABLE decisions (
	id        TEXT PRIMARY KEY,
	round     TEXT NOT NULL REFERENCES rounds (id),
	version   TEXT NOT NULL REFERENCES versions (id),
	passage   TEXT NOT NULL,   -- id of the passage's provision
	concept   TEXT NOT NULL,   -- id
	accepted  TEXT NOT NULL,   -- ids of the coders who are right, divided by blanks; may be empty
	stretches TEXT NOT NULL,   -- what is tagged as decided: annotations.Stretch in a JSON array, empty if nothing is
	note      TEXT NOT NULL,   -- why; may be empty
	who       TEXT NOT NULL REFERENCES users (id),
	at        BIGINT NOT NULL,
	undone    BIGINT NOT NULL  -- when it was taken back, or another took its place; 0 while it stands
);
CREATE INDEX decisions_by_round ON decisions (round, undone, version, passage);

-- The round an annotation was made in; empty for none.
ALTER TABLE annotations ADD COLUMN round TEXT NOT NULL DEFAULT '';
CREATE INDEX annotations_by_round ON annotations (round, version) WHERE round <> '';
