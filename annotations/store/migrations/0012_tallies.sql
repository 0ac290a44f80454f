-- How often documents are tagged with concepts, for the matrix. All of it is
-- derived from the annotations and may be deleted at any time: what has changed
-- since is counted anew, document by document, before it is read.

-- +goose Up

-- Up to which number the tallies are counted.
CREATE TABLE tallied (
	number    BIGINT NOT NULL, -- from counter; 0 before the first time
	hierarchy TEXT NOT NULL    -- the broader concepts of all concepts then, from which the tallies that roll up follow
);
INSERT INTO tallied (number, hierarchy) VALUES (0, '');

-- Sets of audiences, each once.
CREATE TABLE audience_sets (
	id        INTEGER NOT NULL, -- 1, 2, ...
	audience  TEXT NOT NULL,    -- one of the set
	audiences TEXT NOT NULL,    -- all of them, in their order, divided by blanks
	PRIMARY KEY (audience, id)
);
CREATE INDEX audience_sets_by_audiences ON audience_sets (audiences, id);

-- How many passages of the current versions of a document are tagged with a
-- concept, by exactly which audiences may see it tagged: so that the numbers of
-- several sets can be added and no passage is counted twice.
CREATE TABLE tallies (
	document     TEXT NOT NULL REFERENCES documents (id),
	concept      TEXT NOT NULL,
	rolled       INTEGER NOT NULL, -- 1 if narrower concepts count as this one
	audience_set INTEGER NOT NULL, -- audience_sets.id
	passages     INTEGER NOT NULL,
	PRIMARY KEY (document, concept, rolled, audience_set)
);
CREATE INDEX tallies_in_order ON tallies (rolled, document, concept, audience_set, passages);

-- How many annotations of whom these are.
CREATE TABLE taggers (
	document    TEXT NOT NULL REFERENCES documents (id),
	concept     TEXT NOT NULL,
	rolled      INTEGER NOT NULL, -- 1 if narrower concepts count as this one
	audience    TEXT NOT NULL,
	creator     TEXT NOT NULL,    -- id of a user
	annotations INTEGER NOT NULL,
	PRIMARY KEY (document, concept, rolled, audience, creator)
);
CREATE INDEX taggers_in_order ON taggers (rolled, document, concept, audience, creator, annotations);

-- What is said of documents as a whole.
CREATE TABLE stances (
	document TEXT NOT NULL REFERENCES documents (id),
	concept  TEXT NOT NULL,
	audience TEXT NOT NULL,
	absent   INTEGER NOT NULL, -- how many annotations say that the document, read in full, has nothing on it
	whole    INTEGER NOT NULL, -- how many tag the document as a whole
	PRIMARY KEY (document, concept, audience)
);
