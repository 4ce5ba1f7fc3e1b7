-- +goose Up
-- A group is not tied to its application by a foreign key: deployments outlive both, and internal/rollout deletes them
-- in order.

CREATE TABLE applications (
    account  TEXT NOT NULL,
    region   TEXT NOT NULL,
    name     TEXT NOT NULL,
    document TEXT NOT NULL,
    PRIMARY KEY (account, region, name)
);

CREATE TABLE deployment_groups (
    account     TEXT NOT NULL,
    region      TEXT NOT NULL,
    application TEXT NOT NULL,
    name        TEXT NOT NULL,
    document    TEXT NOT NULL,
    PRIMARY KEY (account, region, application, name)
);

CREATE TABLE deployment_configs (
    account  TEXT NOT NULL,
    region   TEXT NOT NULL,
    name     TEXT NOT NULL,
    document TEXT NOT NULL,
    PRIMARY KEY (account, region, name)
);

CREATE TABLE deployments (
    account          TEXT    NOT NULL,
    region           TEXT    NOT NULL,
    id               TEXT    NOT NULL,
    application      TEXT    NOT NULL,
    deployment_group TEXT    NOT NULL,
    function         TEXT    NOT NULL,
    alias            TEXT    NOT NULL,
    created          BIGINT  NOT NULL, -- microseconds since 1970
    status           TEXT    NOT NULL, -- what it shows
    open             INTEGER NOT NULL, -- 1 until it has released its alias
    document         TEXT    NOT NULL,
    PRIMARY KEY (account, region, id)
);

CREATE INDEX deployments_by_age ON deployments (account, region, created, id);
CREATE INDEX deployments_of_group ON deployments (account, region, application, deployment_group, created, id);
CREATE INDEX open_deployments ON deployments (account, region, function, alias) WHERE open = 1;

-- +goose Down
DROP TABLE deployments;
DROP TABLE deployment_configs;
DROP TABLE deployment_groups;
DROP TABLE applications;
