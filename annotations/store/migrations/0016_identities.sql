-- Who signs in through a provider of OpenID Connect, and what its groups give.

-- +goose Up

-- An account that was made at such a sign-in has an empty password until its
-- owner chooses one by a link.
CREATE TABLE identities (
	id      TEXT PRIMARY KEY,
	issuer  TEXT NOT NULL,   -- address of the provider
	subject TEXT NOT NULL,   -- whom it means, for good
	owner   TEXT NOT NULL REFERENCES users (id),
	name    TEXT NOT NULL,   -- what the provider called them last; may be empty
	created BIGINT NOT NULL,
	used    BIGINT NOT NULL, -- when they last signed in by it; 0 for never
	UNIQUE (issuer, subject)
);
CREATE INDEX identities_by_owner ON identities (owner);

-- Whether a group of the provider gave a membership, and takes it back.
ALTER TABLE memberships ADD COLUMN claimed INTEGER NOT NULL DEFAULT 0;
