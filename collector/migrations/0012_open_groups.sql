-- Of which waves groups are told: since the day on which enough answers were told in all, whatever the definition says later.
CREATE TABLE open_groups (
    survey TEXT NOT NULL, -- the survey's id
    mechanism TEXT NOT NULL, -- as in `streams`
    wave TEXT NOT NULL, -- as in `streams`
    line TEXT NOT NULL, -- a line's id; empty for the products of joint lines
    PRIMARY KEY (survey, mechanism, wave, line)
) WITHOUT ROWID;
