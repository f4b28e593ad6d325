-- What the first builds keep. There is no release here, no time but the wave, and no address. Their databases have these
-- tables already, so this file changes nothing in them.

-- One row for each combination that results can be asked for.
CREATE TABLE IF NOT EXISTS streams (
    id INTEGER PRIMARY KEY, -- never leaves the collector
    survey TEXT NOT NULL, -- the survey's id
    version BIGINT NOT NULL, -- of the definition that was answered
    wave TEXT NOT NULL, -- such as 2026-W47, 2026-11 or 2026-Q4
    segment TEXT NOT NULL, -- canonical JSON, names sorted
    mechanism TEXT NOT NULL, -- JSON, as releases state it
    respondents BIGINT NOT NULL, -- where each line is released by itself, the most that a line has
    sample BIGINT NOT NULL, -- how many of the respondents are sample data
    UNIQUE (survey, version, wave, segment, mechanism)
);

-- Sums over releases.
CREATE TABLE IF NOT EXISTS cells (
    stream BIGINT NOT NULL REFERENCES streams (id), -- whose answers
    item TEXT NOT NULL, -- a line's id; recommend+ease has the products of joint lines, one sum a cell
    cell BIGINT NOT NULL, -- from 0; -1 for those without an answer; -2, where lines leave by themselves, for all who were asked
    count BIGINT NOT NULL, -- how many; a cell that nobody chose has no row
    PRIMARY KEY (stream, item, cell)
) WITHOUT ROWID;

-- What readers of results have been shown, where answers are counted exactly. The sums that wait for others are those of
-- `cells` without those that stand here.
CREATE TABLE IF NOT EXISTS told (
    detail BIGINT NOT NULL, -- 0 for a score, 1 for favourable or not, 2 for each answer
    stream BIGINT NOT NULL REFERENCES streams (id), -- whose answers
    label BIGINT NOT NULL REFERENCES streams (id), -- as whose: the same, or a larger group's that may have no releases
    item TEXT NOT NULL, -- as in `cells`
    cell BIGINT NOT NULL, -- as in `cells`, and -2 always
    count BIGINT NOT NULL, -- how many of them have been shown
    PRIMARY KEY (detail, stream, label, item, cell)
) WITHOUT ROWID;

-- So that a release which arrives twice counts once. Without row ids, which would tell the order in
-- which releases arrived.
CREATE TABLE IF NOT EXISTS seen (
    id TEXT NOT NULL PRIMARY KEY -- as the release states it: 32 hexadecimal digits of the sender's choice
) WITHOUT ROWID;

-- Every version that was ever served: releases of older ones may arrive late.
CREATE TABLE IF NOT EXISTS definitions (
    survey TEXT NOT NULL, -- the survey's id
    version BIGINT NOT NULL, -- as the definition states it
    json TEXT NOT NULL, -- the definition as it was served last
    PRIMARY KEY (survey, version)
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS settings (
    name TEXT NOT NULL PRIMARY KEY, -- `schema`, or `results_token_sha256`
    value TEXT NOT NULL -- of `schema`, the form of the database; of the other, a hash
) WITHOUT ROWID;
