-- The counts of a line stand in one row, which also says how many people they are of and how many of these have no
-- answer. Until now each cell had a row, and these two numbers were the cells -2 and -1.

-- One row for each group that has sums. A larger group may have nobody of its own, only answers of smaller groups that
-- were published as its own.
CREATE TABLE holdings (
    id INTEGER PRIMARY KEY, -- for the tables below; it never leaves the database
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
CREATE TABLE lines (
    holding BIGINT NOT NULL REFERENCES holdings (id) ON DELETE CASCADE, -- whose answers
    line TEXT NOT NULL, -- the line's id
    respondents BIGINT NOT NULL, -- how many people are counted on it
    missing BIGINT NOT NULL, -- how many of these have no answer
    cells TEXT NOT NULL, -- JSON: how often each answer was given, in the definition's order; answers at the end that nobody gave may be left out
    PRIMARY KEY (holding, line)
) WITHOUT ROWID;

-- The sums of joint lines' products.
CREATE TABLE joint (
    holding BIGINT NOT NULL REFERENCES holdings (id) ON DELETE CASCADE, -- whose answers
    missing BIGINT NOT NULL, -- how many people have no answer to one of the lines
    products TEXT NOT NULL, -- JSON: sums of products over the others, in the order that releases have them
    PRIMARY KEY (holding)
) WITHOUT ROWID;

-- What readers of results are shown of lines, if answers are counted exactly. The pending sums are those in `lines`
-- minus these.
CREATE TABLE published_lines (
    detail TEXT NOT NULL, -- `score`, `favourable` or `points`
    holding BIGINT NOT NULL REFERENCES holdings (id) ON DELETE CASCADE, -- whose answers
    published_as TEXT NOT NULL, -- the group that they are shown as: their own segment, or a larger group's, which may have no answers of its own
    line TEXT NOT NULL, -- as in `lines`
    respondents BIGINT NOT NULL, -- how many of the people in `lines` are shown
    missing BIGINT NOT NULL, -- how many of these have no answer
    cells TEXT NOT NULL, -- JSON, as in `lines`
    PRIMARY KEY (detail, holding, published_as, line)
) WITHOUT ROWID;

-- What readers of results are shown of joint lines.
CREATE TABLE published_joint (
    holding BIGINT NOT NULL REFERENCES holdings (id) ON DELETE CASCADE, -- whose answers
    published_as TEXT NOT NULL, -- as in `published_lines`
    missing BIGINT NOT NULL, -- as in `joint`
    products TEXT NOT NULL, -- as in `joint`
    PRIMARY KEY (holding, published_as)
) WITHOUT ROWID;

-- Until now, every group that others' answers were shown as had a row. It only needs one if it has sums of its own, or
-- if more was shown of it.
INSERT INTO holdings
SELECT id, survey, version, wave, segment, mechanism, respondents, sample FROM streams
WHERE respondents > 0 OR id IN (SELECT stream FROM cells) OR id IN (SELECT stream FROM products)
    OR id IN (SELECT stream FROM told) OR id IN (SELECT stream FROM told_products);

CREATE TABLE numbers (
    number INTEGER PRIMARY KEY -- from 0 to the last cell that anybody is in; for this migration alone
);
INSERT INTO numbers
WITH RECURSIVE upwards (number) AS (
    SELECT 0 UNION ALL SELECT number + 1 FROM upwards
    WHERE number < MAX(
        (SELECT COALESCE(MAX(cell), 0) FROM cells),
        (SELECT COALESCE(MAX(cell), 0) FROM told),
        (SELECT COALESCE(MAX(product), 0) FROM products)
    )
)
SELECT number FROM upwards;

INSERT INTO lines
WITH counted AS (
    SELECT stream, item, MAX(cell) AS last,
        COALESCE(MAX(count) FILTER (WHERE cell = -2), 0) AS respondents,
        COALESCE(MAX(count) FILTER (WHERE cell = -1), 0) AS missing
    FROM cells GROUP BY stream, item
)
SELECT stream, item,
    -- If lines are released together, each counts everybody in the group.
    CASE WHEN counted.respondents > 0 THEN counted.respondents ELSE holdings.respondents END,
    missing,
    (SELECT json_group_array(COALESCE(cells.count, 0) ORDER BY number)
     FROM numbers LEFT JOIN cells
         ON cells.stream = counted.stream AND cells.item = counted.item AND cells.cell = number
     WHERE number <= last)
FROM counted JOIN holdings ON holdings.id = stream;

INSERT INTO joint
WITH summed AS (
    SELECT stream, MAX(product) AS last, COALESCE(MAX(sum) FILTER (WHERE product = -1), 0) AS missing
    FROM products GROUP BY stream
)
SELECT stream, missing,
    (SELECT json_group_array(COALESCE(products.sum, 0) ORDER BY number)
     FROM numbers LEFT JOIN products ON products.stream = summed.stream AND products.product = number
     WHERE number <= last)
FROM summed;

INSERT INTO published_lines
WITH shown AS (
    SELECT detail, stream, label, item, MAX(cell) AS last,
        COALESCE(MAX(count) FILTER (WHERE cell = -2), 0) AS respondents,
        COALESCE(MAX(count) FILTER (WHERE cell = -1), 0) AS missing
    FROM told GROUP BY detail, stream, label, item
)
SELECT CASE detail WHEN 0 THEN 'score' WHEN 1 THEN 'favourable' ELSE 'points' END,
    stream, streams.segment, item, shown.respondents, missing,
    (SELECT json_group_array(COALESCE(told.count, 0) ORDER BY number)
     FROM numbers LEFT JOIN told
         ON told.detail = shown.detail AND told.stream = shown.stream AND told.label = shown.label
         AND told.item = shown.item AND told.cell = number
     WHERE number <= last)
FROM shown JOIN streams ON streams.id = label;

INSERT INTO published_joint
WITH shown AS (
    SELECT stream, label, MAX(product) AS last, COALESCE(MAX(sum) FILTER (WHERE product = -1), 0) AS missing
    FROM told_products GROUP BY stream, label
)
SELECT stream, streams.segment, missing,
    (SELECT json_group_array(COALESCE(told.sum, 0) ORDER BY number)
     FROM numbers LEFT JOIN told_products AS told
         ON told.stream = shown.stream AND told.label = shown.label AND told.product = number
     WHERE number <= last)
FROM shown JOIN streams ON streams.id = label;

DROP TABLE numbers;
DROP TABLE told_products;
DROP TABLE told;
DROP TABLE products;
DROP TABLE cells;
DROP TABLE streams;
