-- How the source of a version was read.

-- +goose Up

ALTER TABLE versions ADD COLUMN remarks TEXT NOT NULL DEFAULT ''; -- a line each: what was left out or converted; empty for what was imported before
