-- How people come to an account and back to it, and who may not.

-- +goose Up

ALTER TABLE users ADD COLUMN disabled BIGINT NOT NULL DEFAULT 0; -- since when nobody can sign in as them; 0 while they can

-- Links that make an account or give one a new password, each good once.
CREATE TABLE entries (
	id      TEXT PRIMARY KEY,
	hash    TEXT NOT NULL UNIQUE, -- SHA-256 of the token in the link, in hex
	owner   TEXT NOT NULL,        -- id of the user whose password it sets; empty if it makes an account
	role    TEXT NOT NULL,        -- of the account it makes; empty if it sets a password
	creator TEXT NOT NULL,        -- id of a user; empty for the command line
	created BIGINT NOT NULL,
	expires BIGINT NOT NULL,
	used    BIGINT NOT NULL,      -- when it was used; 0 while it was not
	revoked BIGINT NOT NULL       -- 0 while it is not
);
CREATE INDEX entries_by_time ON entries (created);
