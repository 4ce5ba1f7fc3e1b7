-- +goose Up
-- Streams and events are files: see internal/logs.

CREATE TABLE log_groups (
    account  TEXT NOT NULL,
    region   TEXT NOT NULL,
    name     TEXT NOT NULL,
    document TEXT NOT NULL, -- JSON, with the metric filters
    PRIMARY KEY (account, region, name)
);

CREATE TABLE log_policies (
    account  TEXT NOT NULL,
    region   TEXT NOT NULL,
    name     TEXT NOT NULL,
    document TEXT NOT NULL,
    PRIMARY KEY (account, region, name)
);

-- +goose Down
DROP TABLE log_policies;
DROP TABLE log_groups;
