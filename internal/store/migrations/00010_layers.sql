-- +goose Up
-- A layer is kept after its last version was deleted, since the numbers of its versions are never used again.
CREATE TABLE layers (
    account  TEXT NOT NULL,
    region   TEXT NOT NULL,
    name     TEXT NOT NULL,
    document TEXT NOT NULL,
    PRIMARY KEY (account, region, name)
);
CREATE TABLE layer_versions (
    account  TEXT    NOT NULL,
    region   TEXT    NOT NULL,
    layer    TEXT    NOT NULL,
    number   INTEGER NOT NULL,
    document TEXT    NOT NULL,
    PRIMARY KEY (account, region, layer, number),
    FOREIGN KEY (account, region, layer) REFERENCES layers (account, region, name)
        ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
);

-- +goose Down
DROP TABLE layer_versions;
DROP TABLE layers;
