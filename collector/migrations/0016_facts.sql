-- What an organisation tells of its units, for any of its surveys. The files of its units and benchmarks, which are small, are settings.
CREATE TABLE facts (
    unit TEXT NOT NULL, -- by the name that it was imported under
    wave TEXT NOT NULL, -- such as 2026-W47, 2026-11 or 2026-Q4
    measure TEXT NOT NULL, -- `headcount`, or the name of an outcome such as `margin`
    value REAL NOT NULL, -- of a headcount a whole number
    PRIMARY KEY (unit, wave, measure)
) WITHOUT ROWID;
