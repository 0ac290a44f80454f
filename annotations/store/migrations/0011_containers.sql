-- +goose Up

-- Annotations in the order in which they were made, for each audience.
CREATE INDEX annotations_by_creation ON annotations (audience, deleted, created, id, modified);
