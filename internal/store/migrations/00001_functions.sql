-- +goose Up
-- Foreign keys are checked at commit, since a version may be put before its function.

CREATE TABLE functions (
    account   TEXT   NOT NULL,
    region    TEXT   NOT NULL,
    name      TEXT   NOT NULL,
    created   BIGINT NOT NULL, -- microseconds since 1970
    published BIGINT NOT NULL, -- the highest version number ever given out
    document  TEXT   NOT NULL, -- JSON: tags and $LATEST
    PRIMARY KEY (account, region, name)
);

CREATE TABLE versions (
    account  TEXT   NOT NULL,
    region   TEXT   NOT NULL,
    function TEXT   NOT NULL,
    number   BIGINT NOT NULL CHECK (number > 0),
    document TEXT   NOT NULL,
    PRIMARY KEY (account, region, function, number),
    FOREIGN KEY (account, region, function) REFERENCES functions (account, region, name)
        ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
);

CREATE TABLE aliases (
    account  TEXT NOT NULL,
    region   TEXT NOT NULL,
    function TEXT NOT NULL,
    name     TEXT NOT NULL,
    document TEXT NOT NULL,
    PRIMARY KEY (account, region, function, name),
    FOREIGN KEY (account, region, function) REFERENCES functions (account, region, name)
        ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
);

-- +goose Down
DROP TABLE aliases;
DROP TABLE versions;
DROP TABLE functions;
