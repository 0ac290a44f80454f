-- What people decide about annotations that were carried to a version and are
-- changed or lost there.

-- +goose Up

-- 1 once somebody has said that the placement is right, or where it is.
ALTER TABLE placements ADD COLUMN reviewed INTEGER NOT NULL DEFAULT 0;

-- Rows are never deleted: the placement that was carried is in before of the first.
CREATE TABLE reviews (
	number     BIGINT PRIMARY KEY, -- 1, 2, ... in the order they were made
	annotation TEXT NOT NULL REFERENCES annotations (id),
	version    TEXT NOT NULL REFERENCES versions (id), -- the version whose placement it is about
	deed       TEXT NOT NULL,      -- "confirm", "place", "lose" or "undo"
	who        TEXT NOT NULL REFERENCES users (id),
	at         BIGINT NOT NULL,
	before     TEXT NOT NULL,      -- annotations.Placement before the deed, in JSON
	after      TEXT NOT NULL,      -- and after it
	undone     BIGINT NOT NULL     -- number of the review that took it back; 0 while it stands
);
CREATE INDEX reviews_by_annotation ON reviews (annotation, version, number);
