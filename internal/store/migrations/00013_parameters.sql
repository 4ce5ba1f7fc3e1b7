-- +goose Up
-- A parameter's document has its latest version, so that reading it is reading one row; the versions are all that are kept,
-- the latest among them. Secure values are sealed before they come here.
CREATE TABLE parameters (
    account  TEXT NOT NULL,
    region   TEXT NOT NULL,
    name     TEXT NOT NULL,
    document TEXT NOT NULL,
    PRIMARY KEY (account, region, name)
);
CREATE TABLE parameter_versions (
    account  TEXT   NOT NULL,
    region   TEXT   NOT NULL,
    name     TEXT   NOT NULL,
    number   BIGINT NOT NULL,
    document TEXT   NOT NULL,
    PRIMARY KEY (account, region, name, number),
    FOREIGN KEY (account, region, name) REFERENCES parameters (account, region, name)
        ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
);

-- +goose Down
DROP TABLE parameter_versions;
DROP TABLE parameters;
