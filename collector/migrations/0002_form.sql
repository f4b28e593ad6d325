-- Builds that know no migrations take a database of the form 1 for their own. They refuse this one.
INSERT INTO settings (name, value) VALUES ('schema', '2')
ON CONFLICT (name) DO UPDATE SET value = excluded.value;
