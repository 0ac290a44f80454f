-- Since letters go out.
UPDATE users SET mail = 'anna@example.org' WHERE id = 'anna';
INSERT INTO unshown (owner, mail, hash, created, expires) VALUES ('anna', 'anna@elsewhere.example', 'hash of the link to show it', 1700000031000, 1700000032000);
