-- Annotations on several stretches, on a whole document and on one another; what
-- people did, so that they can take it back.

-- +goose Up

ALTER TABLE annotations ADD COLUMN root TEXT NOT NULL DEFAULT '';       -- annotation with which the thread begins: its own id unless it is a reply
ALTER TABLE annotations ADD COLUMN reply_to TEXT NOT NULL DEFAULT '';   -- annotation that it answers; empty unless it is a reply
ALTER TABLE annotations ADD COLUMN absent INTEGER NOT NULL DEFAULT 0;   -- 1 if it says that the document has nothing on its concepts
ALTER TABLE annotations ADD COLUMN group_id TEXT NOT NULL DEFAULT '';   -- group that may read it; empty unless its visibility is annotations.Group
ALTER TABLE annotations ADD COLUMN extra TEXT NOT NULL DEFAULT '';      -- annotations.Annotation.Extra; empty if there is none
UPDATE annotations SET root = id;
CREATE INDEX annotations_by_root ON annotations (root);

-- Only the roots of threads have placements, and reach passages.
ALTER TABLE placements ADD COLUMN more TEXT NOT NULL DEFAULT '';        -- stretches after the first: annotations.Target in a JSON array; empty if there are none

-- What somebody did in one go.
CREATE TABLE operations (
	id     TEXT PRIMARY KEY,
	who    TEXT NOT NULL REFERENCES users (id),
	at     BIGINT NOT NULL,
	what   TEXT NOT NULL,   -- "create", "update", "delete", "restore", or a sentence for many at once
	undone BIGINT NOT NULL  -- when it was taken back; 0 while it holds
);
CREATE INDEX operations_by_person ON operations (who, at);

-- The operation of a write; empty for those from before there were any. What
-- undoes or redoes an operation is written down with it, too.
ALTER TABLE history ADD COLUMN operation TEXT NOT NULL DEFAULT '';
CREATE INDEX history_by_operation ON history (operation, annotation, number);
