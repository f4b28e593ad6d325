-- Nobody has answered a version of a survey in a wave that was over before the version was served.
ALTER TABLE definitions ADD COLUMN
    first_served BIGINT; -- the day, counted from 1970-01-01; none for versions of builds that didn't note it
