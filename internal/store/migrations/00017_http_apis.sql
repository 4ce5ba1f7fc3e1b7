-- +goose Up
-- An HTTP API is one document: its routes, integrations and authorizers change as a whole. id is the first label of its host name.
CREATE TABLE http_apis (
    id       TEXT NOT NULL UNIQUE,
    account  TEXT NOT NULL,
    region   TEXT NOT NULL,
    document TEXT NOT NULL,
    PRIMARY KEY (account, region, id)
);
-- Snapshots of an API, and when they were taken, in microseconds.
CREATE TABLE http_deployments (
    account  TEXT   NOT NULL,
    region   TEXT   NOT NULL,
    api      TEXT   NOT NULL,
    id       TEXT   NOT NULL,
    created  BIGINT NOT NULL,
    document TEXT   NOT NULL,
    PRIMARY KEY (account, region, api, id),
    FOREIGN KEY (account, region, api) REFERENCES http_apis (account, region, id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE http_stages (
    account  TEXT NOT NULL,
    region   TEXT NOT NULL,
    api      TEXT NOT NULL,
    name     TEXT NOT NULL,
    document TEXT NOT NULL,
    PRIMARY KEY (account, region, api, name),
    FOREIGN KEY (account, region, api) REFERENCES http_apis (account, region, id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
);

-- +goose Down
DROP TABLE http_stages;
DROP TABLE http_deployments;
DROP TABLE http_apis;
