-- Since annotations are answered, and undone: an answer that is part of an
-- operation, and properties of others that are kept.
INSERT INTO annotations (id, document, version, note, visibility, audience, creator, created, modified, number, deleted, root, reply_to, extra)
	VALUES ('answer', 'quay', '{version}', 'They differ.', 'public', 'public', 'bert', 1700000013000, 1700000013000, 8, 0, 'first', 'first', '{"rights":"https://law.example/rights"}');
INSERT INTO changes (number, document, annotation) VALUES (8, 'quay', 'answer');
UPDATE counter SET last = 8;
INSERT INTO operations (id, who, at, what, undone) VALUES ('operation', 'bert', 1700000013000, 'create', 0);
INSERT INTO history (number, annotation, deed, who, at, audience, content, operation)
	VALUES (8, 'answer', 'create', 'bert', 1700000013000, 'public', '{"id":"answer","note":"They differ."}', 'operation');
