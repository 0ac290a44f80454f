-- Since people edit what is known of documents, and texts are fetched.
UPDATE documents SET edited = '["title"]', number = 7 WHERE id = 'quay';
INSERT INTO document_history (number, document, deed, who, at, metadata, version, was, became)
	VALUES (7, 'quay', 'edit', 'bert', 1700000011000, '{metadata}', '', '', '');
INSERT INTO changes (number, document, annotation) VALUES (7, 'quay', '');
UPDATE counter SET last = 7;
INSERT INTO fetches (address, etag, modified, sha256, version, fetched)
	VALUES ('https://law.example/quay', '"a"', '', '{sha256}', '{version}', 1700000011000);
