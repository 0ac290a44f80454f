-- Since references are read.
INSERT INTO reference_readings (version, rules, kind, read) VALUES ('{version}', 1, 'treaty', 1700000012000);
INSERT INTO mentions (version, start_at, end_at, document, provision, pinpoint, named, steps, last, words, words_at)
	VALUES ('{version}', {start}, {end}, 'quay', '{passage}', 'art. 1', '', '[]', '', '{exact}', {start});
