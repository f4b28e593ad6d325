-- Everything that the collector keeps. There is no release here, no time but the wave, and no address.

-- One row for each combination that results can be asked for.
CREATE TABLE IF NOT EXISTS streams (
    id INTEGER PRIMARY KEY,
    survey TEXT NOT NULL,
    version BIGINT NOT NULL,
    wave TEXT NOT NULL,
    segment TEXT NOT NULL, -- canonical JSON, names sorted
    mechanism TEXT NOT NULL, -- JSON, as releases state it
    respondents BIGINT NOT NULL,
    sample BIGINT NOT NULL, -- how many of the respondents are sample data
    UNIQUE (survey, version, wave, segment, mechanism)
);

-- Sums over releases. Cell -1 is for those without an answer. Where each line is released by itself, cell -2 is for
-- everybody who was asked it, and `respondents` above is the most that a line has. An item such as recommend+ease has
-- the products of joint lines, one sum a cell.
CREATE TABLE IF NOT EXISTS cells (
    stream BIGINT NOT NULL REFERENCES streams (id),
    item TEXT NOT NULL,
    cell BIGINT NOT NULL,
    count BIGINT NOT NULL,
    PRIMARY KEY (stream, item, cell)
) WITHOUT ROWID;

-- What readers of results have been shown, where answers are counted exactly. The sums that wait for others are those of
-- `cells` without those that stand here.
CREATE TABLE IF NOT EXISTS told (
    detail BIGINT NOT NULL, -- 0 for a score, 1 for favourable or not, 2 for each answer
    stream BIGINT NOT NULL REFERENCES streams (id), -- whose answers
    label BIGINT NOT NULL REFERENCES streams (id), -- as whose: the same, or a larger group's that may have no releases
    item TEXT NOT NULL,
    cell BIGINT NOT NULL, -- as in `cells`, and -2 always
    count BIGINT NOT NULL,
    PRIMARY KEY (detail, stream, label, item, cell)
) WITHOUT ROWID;

-- So that a release which arrives twice counts once. Without row ids, which would tell the order in
-- which releases arrived.
CREATE TABLE IF NOT EXISTS seen (
    id TEXT NOT NULL PRIMARY KEY
) WITHOUT ROWID;

-- Every version that was ever served: releases of older ones may arrive years late.
CREATE TABLE IF NOT EXISTS definitions (
    survey TEXT NOT NULL,
    version BIGINT NOT NULL,
    json TEXT NOT NULL,
    PRIMARY KEY (survey, version)
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS settings (
    name TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;
