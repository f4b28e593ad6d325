-- Builds before this one may have told readers figures that were wrong or told too much. The blocks themselves are right, and
-- this build reads them rightly; that the figures of these waves have changed is written down.
INSERT INTO revisions (survey, version, wave, day, kind, reason)
SELECT DISTINCT streams.survey, streams.version, streams.wave, unixepoch() / 86400, 'republished',
    'An earlier version of Puls may have shown wrong scores and shares of this wave, where nobody had chosen the highest answers, ranges that told how answers spread, and groups although too few had answered in all. The figures are right now.'
FROM told JOIN streams ON streams.id = told.stream;
