-- What texts say of other documents, so that a provision can be asked who cites
-- it. All of it is derived from the texts, by index.FindReferences, and may be
-- deleted at any time: it is then read again.

-- +goose Up

-- The versions whose references have been read.
CREATE TABLE reference_readings (
	version TEXT PRIMARY KEY REFERENCES versions (id),
	rules   INTEGER NOT NULL, -- index.ReferenceRules by which it was read
	kind    TEXT NOT NULL,    -- of its document then
	read    BIGINT NOT NULL   -- when
);

-- The references to provisions of other documents. Which document one means is
-- not kept: it depends on what is here.
CREATE TABLE mentions (
	version   TEXT NOT NULL REFERENCES versions (id),
	start_at  INTEGER NOT NULL,
	end_at    INTEGER NOT NULL,
	document  TEXT NOT NULL,    -- of the version
	provision TEXT NOT NULL,    -- id of the innermost provision it stands in
	pinpoint  TEXT NOT NULL,    -- of that provision
	named     TEXT NOT NULL,    -- index.Reference.Of, a blank, and the name; empty if none is named
	steps     TEXT NOT NULL,    -- index.Reference.Steps, in JSON
	last      TEXT NOT NULL,    -- index.Reference.Last
	words     TEXT NOT NULL,    -- the words around it
	words_at  INTEGER NOT NULL, -- the code point of the text with which they begin
	PRIMARY KEY (version, start_at)
);
CREATE INDEX mentions_by_name ON mentions (named);
CREATE INDEX mentions_by_document ON mentions (document);
