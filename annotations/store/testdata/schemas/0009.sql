-- Since there are coding rounds: one that is closed, with a tag and a decision.
INSERT INTO rounds (id, name, instructions, visibility, group_id, leader, adjudicator, opened, closed, reopened)
	VALUES ('round', 'Pilots, first reading', 'Read both articles.', 'group', 'pilots', 'anna', 'anna', 1700000018000, 1700000020000, 0);
INSERT INTO round_concepts (round, concept, position) VALUES ('round', 'pilotage', 0);
INSERT INTO assignments (round, document, version, coder, finished) VALUES ('round', 'quay', '{version}', 'bert', 1700000019000);
INSERT INTO decisions (id, round, version, passage, concept, accepted, stretches, note, who, at, undone)
	VALUES ('decision', 'round', '{version}', '{passage}', 'pilotage', 'bert', '[]', 'As Bert has it.', 'anna', 1700000021000, 0);
INSERT INTO annotations (id, document, version, note, visibility, audience, creator, created, modified, number, deleted, root, group_id, round)
	VALUES ('coded', 'quay', '{version}', '', 'group', 'group:pilots', 'bert', 1700000019000, 1700000019000, 10, 0, 'coded', 'pilots', 'round');
INSERT INTO annotation_concepts (annotation, concept, position) VALUES ('coded', 'pilotage', 0);
INSERT INTO placements (annotation, version, state, start_at, end_at, exact, prefix, suffix, passage)
	VALUES ('coded', '{version}', 'same', {start}, {end}, '{exact}', '{prefix}', '{suffix}', '{passage}');
INSERT INTO reaches (version, passage, annotation) VALUES ('{version}', '{passage}', 'coded');
INSERT INTO changes (number, document, annotation) VALUES (10, 'quay', 'coded');
UPDATE counter SET last = 10;
INSERT INTO history (number, annotation, deed, who, at, audience, content)
	VALUES (10, 'coded', 'create', 'bert', 1700000019000, 'group:pilots', '{"id":"coded","concepts":["pilotage"],"round":"round"}');
