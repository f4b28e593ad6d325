-- The sums of sealed surveys that are in the totals. No release gets in here, so none can pretend to be one.
CREATE TABLE collections (
    id TEXT NOT NULL PRIMARY KEY -- reckoned from a task and a wave
) WITHOUT ROWID;

-- What builds without that table had collected. They kept its ids in `seen`, where whoever sends releases can write them as
-- well: an id there is believed only where the sums are in the totals too, which nobody but the collector can have brought
-- there.
CREATE TABLE earlier_collections (
    survey TEXT NOT NULL, -- the survey's id
    version BIGINT NOT NULL, -- of the definition
    wave TEXT NOT NULL, -- as in `streams`
    segment TEXT NOT NULL, -- as in `streams`
    item TEXT NOT NULL, -- as in `cells`
    PRIMARY KEY (survey, version, wave, segment, item)
) WITHOUT ROWID;

INSERT INTO earlier_collections
SELECT streams.survey, streams.version, streams.wave, streams.segment, cells.item
FROM streams JOIN cells ON cells.stream = streams.id
WHERE streams.mechanism = '{"kind":"sealed"}' AND cells.cell = -2;
