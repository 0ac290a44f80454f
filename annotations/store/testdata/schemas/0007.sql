-- Since there are codebooks, and concepts have examples and a history.
INSERT INTO codebooks (id, name, normal, description, creator, created) VALUES ('coast', 'Coast', 'coast', 'Words of the coast.', 'anna', 1700000014000);
INSERT INTO codebook_maintainers (codebook, person) VALUES ('coast', 'anna');
INSERT INTO concepts (id, codebook, label, normal, aliases, words, definition, include, exclude, broader, family, status, replaced, creator, revision)
	VALUES ('towage', 'coast', 'Towage', 'towage', '["tugs"]', 'towage tugs', '', '', '', '', 4, 'deprecated', 'pilotage', 'anna', 1);
INSERT INTO concept_examples (concept, annotation, position) VALUES ('pilotage', 'second', 0);
INSERT INTO operations (id, who, at, what, undone) VALUES ('concept', 'anna', 1700000014000, 'create', 0);
INSERT INTO concept_history (concept, revision, operation, deed, who, at, was, became)
	VALUES ('towage', 1, 'concept', 'created', 'anna', 1700000014000, '', '{"id":"towage","codebook":"coast","label":"Towage","status":"deprecated"}');
