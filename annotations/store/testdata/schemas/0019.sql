-- Since versions tell how their source was read.
UPDATE versions SET remarks = 'it was not UTF-8 and was read as Windows-1252' WHERE id = (SELECT MIN(id) FROM versions);
