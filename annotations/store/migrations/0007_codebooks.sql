-- Several codebooks, aliases, concepts that are given up, examples, and who did
-- what to a concept. The label of a concept is unique among those of its
-- codebook, so the table is made anew; annotation_concepts, which refers to it,
-- goes with it.

-- +goose Up

CREATE TABLE codebooks (
	id          TEXT PRIMARY KEY,
	name        TEXT NOT NULL,
	normal      TEXT NOT NULL UNIQUE, -- annotations.NormalLabel of the name
	description TEXT NOT NULL,        -- may be empty
	creator     TEXT NOT NULL,        -- id of a user; empty for the starter codebook
	created     BIGINT NOT NULL       -- 0 for the starter codebook
);
INSERT INTO codebooks (id, name, normal, description, creator, created) VALUES
	('starter', 'Starter codebook', 'starter codebook', 'What the literature on agreements about the network asks of them. Change it as you like.', '', 0);

-- Who looks after a codebook beside the editors.
CREATE TABLE codebook_maintainers (
	codebook TEXT NOT NULL REFERENCES codebooks (id),
	person   TEXT NOT NULL REFERENCES users (id),
	PRIMARY KEY (codebook, person)
);

CREATE TABLE new_concepts (
	id         TEXT PRIMARY KEY,
	codebook   TEXT NOT NULL REFERENCES codebooks (id),
	label      TEXT NOT NULL,
	normal     TEXT NOT NULL,    -- annotations.NormalLabel of the label
	aliases    TEXT NOT NULL,    -- other names: a JSON list of texts
	words      TEXT NOT NULL,    -- folded label, definition and aliases, for looking up
	definition TEXT NOT NULL,    -- empty if nobody has written one
	include    TEXT NOT NULL,    -- what to tag with it; may be empty
	exclude    TEXT NOT NULL,    -- what not to; may be empty
	broader    TEXT NOT NULL,    -- id of the concept above; empty at the top
	family     INTEGER NOT NULL, -- colour family, 1 to 8
	status     TEXT NOT NULL,    -- annotations.Proposed, Accepted, Deprecated or Gone
	replaced   TEXT NOT NULL,    -- id of the concept to use in its place; empty if none is named
	creator    TEXT NOT NULL,    -- id of a user; empty for the starter codebook
	revision   INTEGER NOT NULL  -- how often it was written
);
INSERT INTO new_concepts (id, codebook, label, normal, aliases, words, definition, include, exclude, broader, family, status, replaced, creator, revision)
SELECT id, 'starter', label, normal, '[]', words, definition, include, exclude, broader, family, status, '', creator, 0 FROM concepts;

CREATE TABLE new_annotation_concepts (
	annotation TEXT NOT NULL REFERENCES annotations (id),
	concept    TEXT NOT NULL REFERENCES new_concepts (id),
	position   INTEGER NOT NULL, -- 0, 1, 2, ... in the order they were given
	PRIMARY KEY (annotation, concept)
);
INSERT INTO new_annotation_concepts (annotation, concept, position) SELECT annotation, concept, position FROM annotation_concepts;

DROP TABLE annotation_concepts;
DROP TABLE concepts;
ALTER TABLE new_concepts RENAME TO concepts;
ALTER TABLE new_annotation_concepts RENAME TO annotation_concepts;
CREATE UNIQUE INDEX concepts_by_label ON concepts (codebook, normal) WHERE status <> 'gone';
CREATE INDEX annotation_concepts_by_concept ON annotation_concepts (concept);

-- Annotations that show what is meant by a concept.
CREATE TABLE concept_examples (
	concept    TEXT NOT NULL REFERENCES concepts (id),
	annotation TEXT NOT NULL REFERENCES annotations (id),
	position   INTEGER NOT NULL, -- 0, 1, 2, ... in the order they were given
	PRIMARY KEY (concept, annotation)
);
CREATE INDEX concept_examples_by_annotation ON concept_examples (annotation);

-- Who did what to a concept.
CREATE TABLE concept_history (
	concept   TEXT NOT NULL REFERENCES concepts (id),
	revision  INTEGER NOT NULL,              -- 1, 2, ...: concepts.revision after the deed
	operation TEXT NOT NULL,                 -- id of the operation it was part of
	deed      TEXT NOT NULL,                 -- store.ConceptCreated, ConceptChanged, ...
	who       TEXT NOT NULL REFERENCES users (id),
	at        BIGINT NOT NULL,
	was       TEXT NOT NULL,                 -- annotations.Concept before the deed, in JSON; empty if there was none
	became    TEXT NOT NULL,                 -- annotations.Concept after the deed, in JSON
	PRIMARY KEY (concept, revision)
);
CREATE INDEX concept_history_by_operation ON concept_history (operation);

-- What the starter codebook lacked.
INSERT INTO concepts (id, codebook, label, normal, aliases, words, definition, include, exclude, broader, family, status, replaced, creator, revision) VALUES
	('information-security-versus-cybersecurity', 'starter', 'information security versus cybersecurity', 'information security versus cybersecurity', '[]',
		'information security versus cybersecurity where a text defines one of the two terms, or chooses between them, and so says whether content is a threat.',
		'Where a text defines one of the two terms, or chooses between them, and so says whether content is a threat.',
		'Definitions, preambles that name both, wording that avoids one of them on purpose.',
		'Rules made under the one or the other: information security, cybersecurity.', 'information-security', 2, 'accepted', '', '', 0);
UPDATE concepts SET aliases = '["cooperation"]', words = words || ' cooperation' WHERE id = 'international-cooperation';
UPDATE concepts SET aliases = '["criminalisation","crimes"]', words = words || ' criminalisation crimes' WHERE id = 'offences';
UPDATE concepts SET aliases = '["hacking","unauthorised access"]', words = words || ' hacking unauthorised access' WHERE id = 'illegal-access';
UPDATE concepts SET aliases = '["mutual legal assistance","MLA"]', words = words || ' mutual legal assistance mla' WHERE id = 'mutual-assistance';
UPDATE concepts SET aliases = '["collective defense"]', words = words || ' collective defense' WHERE id = 'collective-defence';
UPDATE concepts SET aliases = '["self-defense"]', words = words || ' self-defense' WHERE id = 'self-defence';
UPDATE concepts SET aliases = '["privacy"]', words = words || ' privacy' WHERE id = 'data-protection';
UPDATE concepts SET aliases = '["liability of legal persons"]', words = words || ' liability of legal persons' WHERE id = 'corporate-liability';
UPDATE concepts SET aliases = '["free speech"]', words = words || ' free speech' WHERE id = 'freedom-of-expression';
UPDATE concepts SET aliases = '["CBMs"]', words = words || ' cbms' WHERE id = 'confidence-building-measures';
