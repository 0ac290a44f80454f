-- Groups of people who share annotations.

-- +goose Up

CREATE TABLE groups (
	id          TEXT PRIMARY KEY,
	name        TEXT NOT NULL,   -- not unique: whoever is not in a group must not learn its name
	description TEXT NOT NULL,   -- may be empty
	creator     TEXT NOT NULL REFERENCES users (id),
	created     BIGINT NOT NULL,
	deleted     BIGINT NOT NULL  -- when it was deleted; 0 while it is there
);

-- Who is in which group. A group always has an owner.
CREATE TABLE memberships (
	group_id TEXT NOT NULL REFERENCES groups (id),
	member   TEXT NOT NULL REFERENCES users (id),
	role     TEXT NOT NULL,      -- annotations.GroupReader, GroupAnnotator, GroupEditor or GroupOwner
	since    BIGINT NOT NULL,    -- when they joined
	PRIMARY KEY (group_id, member)
);
CREATE INDEX memberships_by_member ON memberships (member);

CREATE TABLE invitations (
	id       TEXT PRIMARY KEY,
	group_id TEXT NOT NULL REFERENCES groups (id),
	hash     TEXT NOT NULL UNIQUE, -- SHA-256 of the token in the link, in hex
	role     TEXT NOT NULL,        -- the role in the group that it gives
	creator  TEXT NOT NULL REFERENCES users (id),
	created  BIGINT NOT NULL,
	expires  BIGINT NOT NULL,
	used     INTEGER NOT NULL,     -- how many have joined by it
	most     INTEGER NOT NULL,     -- how many may; 0 is any number
	revoked  BIGINT NOT NULL       -- 0 while it is not
);
CREATE INDEX invitations_by_group ON invitations (group_id, created);

-- What an account's new annotations are unless somebody says otherwise.
ALTER TABLE users ADD COLUMN visibility TEXT NOT NULL DEFAULT 'private'; -- annotations.Private, Group or Public
ALTER TABLE users ADD COLUMN group_id TEXT NOT NULL DEFAULT '';          -- id of a group; empty unless the visibility is annotations.Group

-- How many annotations a group has, and which are the newest.
CREATE INDEX annotations_by_group ON annotations (group_id, deleted, created) WHERE group_id <> '';
