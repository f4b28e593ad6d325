-- Whether what is held, published or revised of a survey has changed, for whoever keeps something that was worked out
-- from it.
CREATE TABLE generations (
    survey TEXT NOT NULL PRIMARY KEY, -- the survey's id
    generation BIGINT NOT NULL -- rises with every change, by a step that chance draws; it never leaves the collector
) WITHOUT ROWID;
