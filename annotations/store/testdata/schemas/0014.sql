-- Since administrators invite and disable.
UPDATE users SET disabled = 1700000026000 WHERE id = 'bert';
INSERT INTO entries (id, hash, owner, role, creator, created, expires, used, revoked)
	VALUES ('entry', '{hash entry}', '', 'member', 'bert', 1700000025000, 4000000000000, 0, 0);
