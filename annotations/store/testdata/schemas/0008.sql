-- Since there are groups: one of two, a link to it, a note for it.
INSERT INTO groups (id, name, description, creator, created, deleted) VALUES ('pilots', 'Pilots', 'Who brings ships in.', 'anna', 1700000015000, 0);
INSERT INTO memberships (group_id, member, role, since) VALUES ('pilots', 'anna', 'owner', 1700000015000), ('pilots', 'bert', 'annotator', 1700000016000);
INSERT INTO invitations (id, group_id, hash, role, creator, created, expires, used, most, revoked)
	VALUES ('invitation', 'pilots', '{hash invitation}', 'reader', 'anna', 1700000015000, 1900000000000, 0, 3, 0);
UPDATE users SET visibility = 'group', group_id = 'pilots' WHERE id = 'bert';
INSERT INTO annotations (id, document, version, note, visibility, audience, creator, created, modified, number, deleted, root, group_id)
	VALUES ('shared', 'quay', '{version}', 'Only for pilots.', 'group', 'group:pilots', 'bert', 1700000017000, 1700000017000, 9, 0, 'shared', 'pilots');
INSERT INTO placements (annotation, version, state, start_at, end_at, exact, prefix, suffix, passage)
	VALUES ('shared', '{version}', 'same', {start}, {end}, '{exact}', '{prefix}', '{suffix}', '{passage}');
INSERT INTO reaches (version, passage, annotation) VALUES ('{version}', '{passage}', 'shared');
INSERT INTO changes (number, document, annotation) VALUES (9, 'quay', 'shared');
UPDATE counter SET last = 9;
INSERT INTO history (number, annotation, deed, who, at, audience, content)
	VALUES (9, 'shared', 'create', 'bert', 1700000017000, 'group:pilots', '{"id":"shared","note":"Only for pilots.","group":"pilots"}');
