-- Letters that are to be sent. What is in one, a token above all, is made when it
-- is sent, and never kept.

-- +goose Up

CREATE TABLE letters (
	id      INTEGER PRIMARY KEY AUTOINCREMENT, -- never given twice
	kind    TEXT NOT NULL,   -- forgotten, password, mailbox or invitation
	who     TEXT NOT NULL,   -- forgotten: the name or address that was given; password, mailbox: id of a user; else empty
	entry   TEXT NOT NULL,   -- invitation: id of the link it tells; password: id of the link it makes; else empty
	mail    TEXT NOT NULL,   -- invitation: where it goes; else empty
	asked   TEXT NOT NULL,   -- network address that it was asked for from; may be empty
	created BIGINT NOT NULL,
	tries   BIGINT NOT NULL, -- that failed
	due     BIGINT NOT NULL  -- when it is tried next
);
CREATE INDEX letters_by_due ON letters (due);

-- A link that is told by letter has a token of its own there.
ALTER TABLE entries ADD COLUMN mailed TEXT NOT NULL DEFAULT ''; -- its SHA-256, in hex; empty if no letter tells the link
CREATE UNIQUE INDEX entries_by_mailed ON entries (mailed) WHERE mailed <> '';
