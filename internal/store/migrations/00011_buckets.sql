-- +goose Up
CREATE TABLE buckets (
    name     TEXT NOT NULL PRIMARY KEY,
    account  TEXT NOT NULL,
    document TEXT NOT NULL
);
CREATE INDEX buckets_of_account ON buckets (account, name);

-- A version of an object or a delete marker. The newest of a key has the largest number; shown says that it is the newest
-- and no marker, so that it is in lists.
CREATE TABLE objects (
    bucket   TEXT    NOT NULL REFERENCES buckets (name),
    key      TEXT    NOT NULL,
    number   BIGINT  NOT NULL,
    version  TEXT    NOT NULL,
    marker   INTEGER NOT NULL,
    shown    INTEGER NOT NULL,
    document TEXT    NOT NULL,
    PRIMARY KEY (bucket, key, number),
    UNIQUE (bucket, key, version)
);
CREATE INDEX shown_objects ON objects (bucket, key) WHERE shown = 1;

-- The blobs that a version's content is in.
CREATE TABLE object_blobs (
    sha256 TEXT   NOT NULL,
    bucket TEXT   NOT NULL,
    key    TEXT   NOT NULL,
    number BIGINT NOT NULL,
    PRIMARY KEY (sha256, bucket, key, number)
);

CREATE TABLE uploads (
    bucket   TEXT NOT NULL REFERENCES buckets (name),
    key      TEXT NOT NULL,
    id       TEXT NOT NULL,
    document TEXT NOT NULL,
    PRIMARY KEY (bucket, key, id),
    UNIQUE (id)
);

CREATE TABLE parts (
    upload   TEXT    NOT NULL REFERENCES uploads (id),
    number   INTEGER NOT NULL,
    sha256   TEXT    NOT NULL,
    document TEXT    NOT NULL,
    PRIMARY KEY (upload, number)
);
CREATE INDEX parts_of_blob ON parts (sha256);

-- Blobs that may be in use no more, and since when, in microseconds.
CREATE TABLE released_blobs (
    sha256   TEXT   NOT NULL PRIMARY KEY,
    released BIGINT NOT NULL
);
CREATE INDEX released_since ON released_blobs (released);

-- +goose Down
DROP TABLE released_blobs;
DROP TABLE parts;
DROP TABLE uploads;
DROP TABLE object_blobs;
DROP TABLE objects;
DROP TABLE buckets;
