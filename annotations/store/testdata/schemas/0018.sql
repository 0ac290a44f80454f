-- Since letters wait in the database.
INSERT INTO letters (id, kind, who, entry, mail, asked, created, tries, due) VALUES (1, 'forgotten', 'Anna', '', '', '192.0.2.7', 1700000033000, 2, 1700000034000);
UPDATE entries SET mailed = 'hash of the token in a letter' WHERE id = (SELECT MIN(id) FROM entries);
