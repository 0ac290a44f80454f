-- Since people sign in by passkey.
UPDATE users SET handle = 'aGFuZGxl' WHERE id = 'anna';
UPDATE sessions SET confirmed = 1700000024000;
INSERT INTO passkeys (id, owner, credential, public_key, sign_count, flags, transports, name, created, used)
	VALUES ('passkey', 'anna', 'Y3JlZGVudGlhbA', X'a501020326', 3, 29, 'internal hybrid', 'Telephone', 1700000027000, 1700000028000);
