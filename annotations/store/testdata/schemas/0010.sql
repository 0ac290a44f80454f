-- Since suggestions can be rejected.
INSERT INTO rejections (who, concept, version, passage, at) VALUES ('anna', 'sovereignty', '{version}', '{passage}', 1700000022000);
