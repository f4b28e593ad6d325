-- Sums of joint lines' products stand beside the lines: they are no line's counts.
CREATE TABLE products (
    stream BIGINT NOT NULL REFERENCES streams (id), -- whose answers
    product BIGINT NOT NULL, -- which one, from 0, in the order that releases have them; -1 for those without an answer to all of the lines
    sum BIGINT NOT NULL, -- over everybody who answered all of the lines; of -1, how many people
    PRIMARY KEY (stream, product)
) WITHOUT ROWID;

-- What of them readers of results have been shown.
CREATE TABLE told_products (
    stream BIGINT NOT NULL REFERENCES streams (id), -- whose answers
    label BIGINT NOT NULL REFERENCES streams (id), -- as whose, as in `told`
    product BIGINT NOT NULL, -- as in `products`
    sum BIGINT NOT NULL, -- how much of it has been shown
    PRIMARY KEY (stream, label, product)
) WITHOUT ROWID;

-- Until now they stood among the lines, under the lines' ids with + between them, which no line's id has.
INSERT INTO products (stream, product, sum)
SELECT stream, cell, count FROM cells WHERE item LIKE '%+%' AND cell <> -2;
INSERT INTO told_products (stream, label, product, sum)
SELECT stream, label, cell, count FROM told WHERE item LIKE '%+%' AND cell <> -2;
DELETE FROM cells WHERE item LIKE '%+%';
DELETE FROM told WHERE item LIKE '%+%';
