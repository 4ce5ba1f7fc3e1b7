-- +goose Up
-- What is set for a function, or for one of its versions or aliases, beside their own configuration: one record of each
-- kind for a qualifier. The empty qualifier is the function itself.
CREATE TABLE settings (
    account   TEXT NOT NULL,
    region    TEXT NOT NULL,
    function  TEXT NOT NULL,
    kind      TEXT NOT NULL,
    qualifier TEXT NOT NULL,
    document  TEXT NOT NULL,
    PRIMARY KEY (account, region, function, kind, qualifier),
    FOREIGN KEY (account, region, function) REFERENCES functions (account, region, name)
        ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
);

-- Which signatures functions ask of their packages; a function's own document names its configuration.
CREATE TABLE code_signing_configs (
    account  TEXT NOT NULL,
    region   TEXT NOT NULL,
    id       TEXT NOT NULL,
    document TEXT NOT NULL,
    PRIMARY KEY (account, region, id)
);

-- +goose Down
DROP TABLE code_signing_configs;
DROP TABLE settings;
