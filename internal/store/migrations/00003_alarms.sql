-- +goose Up
-- History is not tied to its alarm by a foreign key: it outlives it.

CREATE TABLE alarms (
    account  TEXT NOT NULL,
    region   TEXT NOT NULL,
    name     TEXT NOT NULL,
    document TEXT NOT NULL,
    PRIMARY KEY (account, region, name)
);

CREATE TABLE alarm_history (
    account   TEXT    NOT NULL,
    region    TEXT    NOT NULL,
    alarm     TEXT    NOT NULL,
    number    BIGINT  NOT NULL CHECK (number > 0), -- counts the items of one alarm's name
    time      BIGINT  NOT NULL, -- microseconds since 1970
    kind      TEXT    NOT NULL,
    composite INTEGER NOT NULL, -- 1 if the alarm was a composite one
    document  TEXT    NOT NULL,
    PRIMARY KEY (account, region, alarm, number)
);

CREATE INDEX alarm_history_by_time ON alarm_history (account, region, time, alarm, number);
CREATE INDEX alarm_history_by_age ON alarm_history (time);

-- +goose Down
DROP TABLE alarm_history;
DROP TABLE alarms;
