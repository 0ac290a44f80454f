-- Since people sign in by OpenID Connect.
UPDATE memberships SET claimed = 1;
INSERT INTO identities (id, issuer, subject, owner, name, created, used)
	VALUES ('identity', 'https://login.example', 'anna at the provider', 'anna', 'anna@example.org', 1700000029000, 1700000030000);
