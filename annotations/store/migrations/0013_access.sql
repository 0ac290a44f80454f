-- Who is signed in where, what the tokens of programs may do, and what was done
-- that matters.

-- +goose Up

-- A session ends with the password under which it began, so that nothing needs
-- to count passwords. Sessions from before this table end, too.
ALTER TABLE users DROP COLUMN epoch;
DROP TABLE sessions;
CREATE TABLE sessions (
	id      TEXT PRIMARY KEY,
	hash    TEXT NOT NULL UNIQUE, -- SHA-256 of the token in the cookie, in hex
	owner   TEXT NOT NULL REFERENCES users (id),
	device  TEXT NOT NULL,        -- what the browser says it is; may be empty
	address TEXT NOT NULL,        -- the network address it was last used from
	created BIGINT NOT NULL,
	used    BIGINT NOT NULL,      -- when it was last used, to a few minutes
	expires BIGINT NOT NULL
);
CREATE INDEX sessions_by_owner ON sessions (owner);
CREATE INDEX sessions_by_expiry ON sessions (expires);

ALTER TABLE tokens ADD COLUMN scope TEXT NOT NULL DEFAULT 'everything'; -- annotations.ScopeRead, ScopeAnnotate or ScopeEverything
ALTER TABLE tokens ADD COLUMN expires BIGINT NOT NULL DEFAULT 0;        -- 0 for never
ALTER TABLE tokens ADD COLUMN used BIGINT NOT NULL DEFAULT 0;           -- when it was last used, to a few minutes; 0 for never

ALTER TABLE shares ADD COLUMN expires BIGINT NOT NULL DEFAULT 0; -- 0 for never

-- What administrators may look up. Rows are never changed. Nothing in them is
-- secret, nor what only the members of a group may know.
CREATE TABLE audit (
	number  BIGINT PRIMARY KEY, -- 1, 2, ...
	at      BIGINT NOT NULL,
	deed    TEXT NOT NULL,      -- one of the deeds of the store
	who     TEXT NOT NULL,      -- id of a user; empty for strangers and for the command line
	address TEXT NOT NULL,      -- the network address; empty for the command line
	subject TEXT NOT NULL,      -- id of what it was done to; may be empty
	detail  TEXT NOT NULL       -- in words; may be empty
);
