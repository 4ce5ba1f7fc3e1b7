-- +goose Up
-- Events that wait for their function, or for another try. They go with the function. The payload is the last column, so
-- that whoever lists the others does not read it.
CREATE TABLE events (
    number   BIGINT NOT NULL, -- in the order in which they were accepted
    account  TEXT   NOT NULL,
    region   TEXT   NOT NULL,
    function TEXT   NOT NULL,
    since    BIGINT NOT NULL, -- microseconds since 1970: when the event was accepted, or its last try ended
    wait     BIGINT NOT NULL, -- microseconds of the cloud from then on until the next try
    document TEXT   NOT NULL,
    payload  TEXT   NOT NULL,
    PRIMARY KEY (number),
    FOREIGN KEY (account, region, function) REFERENCES functions (account, region, name)
        ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
);

CREATE INDEX events_of_function ON events (account, region, function);

-- +goose Down
DROP TABLE events;
