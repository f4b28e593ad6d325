-- What changed the figures of a wave otherwise than releases of a wave that is open do.
CREATE TABLE revisions (
    survey TEXT NOT NULL, -- the survey's id
    version BIGINT NOT NULL, -- of the definition
    wave TEXT NOT NULL, -- as in `streams`
    day BIGINT NOT NULL, -- when it was changed, counted from 1970-01-01
    kind TEXT NOT NULL, -- what changed it, such as `void`
    reason TEXT NOT NULL, -- in words, for readers of results
    PRIMARY KEY (survey, wave, version, day, kind, reason)
) WITHOUT ROWID;
