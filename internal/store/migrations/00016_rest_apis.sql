-- +goose Up
-- A REST API is one document: its resources, methods and models change as a whole. id is the first label of its host name.
CREATE TABLE rest_apis (
    id       TEXT NOT NULL UNIQUE,
    account  TEXT NOT NULL,
    region   TEXT NOT NULL,
    document TEXT NOT NULL,
    PRIMARY KEY (account, region, id)
);
-- Snapshots of an API, and when they were taken, in microseconds.
CREATE TABLE rest_deployments (
    account  TEXT   NOT NULL,
    region   TEXT   NOT NULL,
    api      TEXT   NOT NULL,
    id       TEXT   NOT NULL,
    created  BIGINT NOT NULL,
    document TEXT   NOT NULL,
    PRIMARY KEY (account, region, api, id),
    FOREIGN KEY (account, region, api) REFERENCES rest_apis (account, region, id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE rest_stages (
    account  TEXT NOT NULL,
    region   TEXT NOT NULL,
    api      TEXT NOT NULL,
    name     TEXT NOT NULL,
    document TEXT NOT NULL,
    PRIMARY KEY (account, region, api, name),
    FOREIGN KEY (account, region, api) REFERENCES rest_apis (account, region, id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE api_keys (
    account  TEXT NOT NULL,
    region   TEXT NOT NULL,
    id       TEXT NOT NULL,
    document TEXT NOT NULL,
    PRIMARY KEY (account, region, id)
);
CREATE TABLE usage_plans (
    account  TEXT NOT NULL,
    region   TEXT NOT NULL,
    id       TEXT NOT NULL,
    document TEXT NOT NULL,
    PRIMARY KEY (account, region, id)
);
CREATE TABLE rest_accounts (
    account  TEXT NOT NULL,
    region   TEXT NOT NULL,
    document TEXT NOT NULL,
    PRIMARY KEY (account, region)
);

-- +goose Down
DROP TABLE rest_accounts;
DROP TABLE usage_plans;
DROP TABLE api_keys;
DROP TABLE rest_stages;
DROP TABLE rest_deployments;
DROP TABLE rest_apis;
