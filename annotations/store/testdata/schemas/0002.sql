-- Since there is a starter codebook: a note with one of its concepts.
INSERT INTO annotations (id, document, version, note, visibility, audience, creator, created, modified, number, deleted)
	VALUES ('third', 'quay', '{version}', 'Whose waters?', 'public', 'public', 'bert', 1700000009000, 1700000009000, 6, 0);
INSERT INTO annotation_concepts (annotation, concept, position) VALUES ('third', 'sovereignty', 0);
INSERT INTO placements (annotation, version, state, start_at, end_at, exact, prefix, suffix, passage)
	VALUES ('third', '{version}', 'same', {start}, {end}, '{exact}', '{prefix}', '{suffix}', '{passage}');
INSERT INTO reaches (version, passage, annotation) VALUES ('{version}', '{passage}', 'third');
INSERT INTO changes (number, document, annotation) VALUES (6, 'quay', 'third');
UPDATE counter SET last = 6;
INSERT INTO history (number, annotation, deed, who, at, audience, content)
	VALUES (6, 'third', 'create', 'bert', 1700000009000, 'public', '{"id":"third","note":"Whose waters?","concepts":["sovereignty"]}');
