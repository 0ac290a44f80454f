-- Addresses to which letters go.

-- +goose Up

ALTER TABLE users ADD COLUMN mail TEXT NOT NULL DEFAULT ''; -- whoever reads there has shown it; may be empty
CREATE INDEX users_by_mail ON users (LOWER(mail)) WHERE mail <> '';

-- Addresses that are yet to be shown, at most one for each user.
CREATE TABLE unshown (
	owner   TEXT PRIMARY KEY REFERENCES users (id),
	mail    TEXT NOT NULL,
	hash    TEXT NOT NULL UNIQUE, -- SHA-256 of the token in the link, in hex
	created BIGINT NOT NULL,
	expires BIGINT NOT NULL
);
