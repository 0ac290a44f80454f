-- Since sessions are seen, tokens and links end, and what matters is recorded.
INSERT INTO sessions (id, hash, owner, device, address, created, used, expires)
	VALUES ('session', '{hash session}', 'anna', 'A browser', '192.0.2.1', 1700000023000, 1700000024000, 4000000000000);
UPDATE tokens SET scope = 'read', expires = 4000000000000, used = 1700000024000;
UPDATE shares SET expires = 4000000000000;
INSERT INTO audit (number, at, deed, who, address, subject, detail) VALUES (1, 1700000023000, 'sign-in', 'anna', '192.0.2.1', 'anna', '');
