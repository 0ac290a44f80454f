-- Since placements are reviewed.
UPDATE placements SET reviewed = 1 WHERE annotation = 'first';
INSERT INTO reviews (number, annotation, version, deed, who, at, before, after, undone)
	VALUES (1, 'first', '{version}', 'confirm', 'anna', 1700000010000, '{"version":"{version}","state":"changed"}', '{"version":"{version}","state":"same"}', 0);
