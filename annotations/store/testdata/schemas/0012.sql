-- Since what is tagged is counted ahead.
UPDATE tallied SET number = 10;
INSERT INTO audience_sets (id, audience, audiences) VALUES (1, 'group:pilots', 'group:pilots');
INSERT INTO tallies (document, concept, rolled, audience_set, passages) VALUES ('quay', 'pilotage', 0, 1, 1);
INSERT INTO taggers (document, concept, rolled, audience, creator, annotations) VALUES ('quay', 'pilotage', 0, 'group:pilots', 'bert', 1);
INSERT INTO stances (document, concept, audience, absent, whole) VALUES ('quay', 'pilotage', 'public', 1, 0);
