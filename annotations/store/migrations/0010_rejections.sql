-- Suggestions that somebody does not want, so that the next ones are better.

-- +goose Up

-- What one person said does not belong to a concept. Nobody else is told.
CREATE TABLE rejections (
	who     TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
	concept TEXT NOT NULL REFERENCES concepts (id) ON DELETE CASCADE,
	version TEXT NOT NULL REFERENCES versions (id) ON DELETE CASCADE,
	passage TEXT NOT NULL,   -- id of the provision
	at      BIGINT NOT NULL, -- milliseconds UTC
	PRIMARY KEY (who, concept, version, passage)
);
