-- Files that browsers fetch, of this build and of those that it has replaced within the last days: a page that was opened before goes on
-- asking for the files of its own.
CREATE TABLE files (
    path TEXT PRIMARY KEY, -- such as assets/plain-0a30d24590.wasm, and .br or .gz for its compressed forms
    content BLOB NOT NULL, -- as it is served
    replaced_on INTEGER -- in days since 1970-01-01, when a build started that doesn't have it; NULL as long as the builds that start have it
);
