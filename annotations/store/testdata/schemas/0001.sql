-- What a database of the first schema holds: a text with two articles, a public
-- note, a private tag, a deleted note, a saved search with a link, a token.
INSERT INTO documents (id, kind, title, words, metadata, number) VALUES ('quay', 'treaty', 'quay accord', 'quay accord', '{metadata}', 1);
INSERT INTO versions (id, document, language, version, source, format, sha256, imported, length, passages, articles, number, body)
	VALUES ('{version}', 'quay', 'en', 1, 'quay.txt', 'text', '{sha256}', 1700000000000, {length}, 2, 2, 1, {body});
INSERT INTO users (id, name, label, role, password, created, epoch) VALUES
	('anna', 'Anna', 'anna', 'member', '$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHRzYWx0c2FsdA$aGFzaGhhc2hoYXNoaGFzaGhhc2hoYXNoaGFzaGhhc2g', 1700000000000, 1),
	('bert', 'Bert', 'bert', 'administrator', '$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHRzYWx0c2FsdA$aGFzaGhhc2hoYXNoaGFzaGhhc2hoYXNoaGFzaGhhc2g', 1700000000000, 1);
INSERT INTO concepts (id, label, normal, words, definition, include, exclude, broader, family, status, creator)
	VALUES ('pilotage', 'Pilotage', 'pilotage', 'pilotage help to ships near land.', 'Help to ships near land.', 'Duties to take a pilot.', 'Towage.', '', 3, 'accepted', 'anna');
INSERT INTO annotations (id, document, version, note, visibility, audience, creator, created, modified, number, deleted) VALUES
	('first', 'quay', '{version}', 'Compare the *customs* of the coast.', 'public', 'public', 'anna', 1700000001000, 1700000001000, 2, 0),
	('second', 'quay', '{version}', '', 'private', 'user:anna', 'anna', 1700000002000, 1700000002000, 3, 0),
	('gone', 'quay', '{version}', 'A slip.', 'private', 'user:bert', 'bert', 1700000003000, 1700000004000, 5, 1700000004000);
INSERT INTO annotation_concepts (annotation, concept, position) VALUES ('second', 'pilotage', 0);
INSERT INTO placements (annotation, version, state, start_at, end_at, exact, prefix, suffix, passage) VALUES
	('first', '{version}', 'same', {start}, {end}, '{exact}', '{prefix}', '{suffix}', '{passage}'),
	('second', '{version}', 'same', {start}, {end}, '{exact}', '{prefix}', '{suffix}', '{passage}'),
	('gone', '{version}', 'same', {start}, {end}, '{exact}', '{prefix}', '{suffix}', '{passage}');
INSERT INTO reaches (version, passage, annotation) VALUES ('{version}', '{passage}', 'first'), ('{version}', '{passage}', 'second'), ('{version}', '{passage}', 'gone');
INSERT INTO changes (number, document, annotation) VALUES (1, 'quay', ''), (2, 'quay', 'first'), (3, 'quay', 'second'), (4, 'quay', 'gone'), (5, 'quay', 'gone');
UPDATE counter SET last = 5;
INSERT INTO history (number, annotation, deed, who, at, audience, content) VALUES
	(2, 'first', 'create', 'anna', 1700000001000, 'public', '{"id":"first","note":"Compare the *customs* of the coast."}'),
	(3, 'second', 'create', 'anna', 1700000002000, 'user:anna', '{"id":"second","concepts":["pilotage"]}'),
	(4, 'gone', 'create', 'bert', 1700000003000, 'user:bert', '{"id":"gone","note":"A slip."}'),
	(5, 'gone', 'delete', 'bert', 1700000004000, 'user:bert', '{"id":"gone","note":"A slip."}');
INSERT INTO sessions (hash, data, expires) VALUES ('{hash session}', X'01', 1900000000000);
INSERT INTO tokens (id, hash, owner, name, created, revoked) VALUES ('token', '{hash token}', 'anna', 'a script', 1700000005000, 0);
INSERT INTO searches (id, owner, name, description, address, created, modified, seen) VALUES ('search', 'anna', 'Pilots', 'What is said of them.', 'q=pilot', 1700000006000, 1700000006000, 5);
INSERT INTO shares (id, search, hash, created, revoked) VALUES ('share', 'search', '{hash share}', 1700000007000, 0);
INSERT INTO sightings (search, document, version, provision, number, seen) VALUES ('search', 'quay', '{version}', '{passage}', 1, 1700000008000);
INSERT INTO settings (name, value) VALUES ('database id', 'HARBOUR');
