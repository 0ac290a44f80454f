-- What people change in what is known of documents, and what was fetched.

-- +goose Up

-- Fields of the metadata that a person has set, by their names in JSON and
-- divided by blanks: an import leaves them as they are.
ALTER TABLE documents ADD COLUMN edited TEXT NOT NULL DEFAULT '';

-- Who changed what is known of a document, and when.
CREATE TABLE document_history (
	number   BIGINT PRIMARY KEY, -- of the write
	document TEXT NOT NULL REFERENCES documents (id),
	deed     TEXT NOT NULL,      -- "import", "edit", "restore" or "language"
	who      TEXT NOT NULL,      -- id of a user; empty for an import and for the command line
	at       BIGINT NOT NULL,
	metadata TEXT NOT NULL,      -- index.Document after the deed, in JSON
	version  TEXT NOT NULL,      -- the version whose language was corrected; empty otherwise
	was      TEXT NOT NULL,      -- its language before; empty without a version
	became   TEXT NOT NULL       -- its language after; empty without a version
);
CREATE INDEX document_history_by_document ON document_history (document, number);
INSERT INTO document_history (number, document, deed, who, at, metadata, version, was, became)
SELECT d.number, d.id, 'import', '', COALESCE((SELECT MIN(v.imported) FROM versions v WHERE v.document = d.id), 0), d.metadata, '', '', ''
FROM documents d;

-- A version whose language was corrected stays as it is, for the links to it;
-- the one with the right language has its text and its annotations.
ALTER TABLE versions ADD COLUMN corrected TEXT NOT NULL DEFAULT ''; -- id of that version; empty for all others

DROP VIEW current_versions;
CREATE VIEW current_versions AS
SELECT id, document, language, version, length, passages, number
FROM versions v
WHERE corrected = '' AND version =
	(SELECT MAX(version) FROM versions w WHERE w.document = v.document AND w.language = v.language AND w.corrected = '');

-- What was brought from an address, for asking whether it has changed.
CREATE TABLE fetches (
	address  TEXT PRIMARY KEY,
	etag     TEXT NOT NULL,   -- as the server gave it; may be empty
	modified TEXT NOT NULL,   -- Last-Modified as the server gave it; may be empty
	sha256   TEXT NOT NULL,   -- of the bytes, in hex
	version  TEXT NOT NULL,   -- id of the version made of it
	fetched  BIGINT NOT NULL  -- when the bytes came
);
