-- +goose Up
-- The HTTP addresses of functions and aliases. The empty qualifier is the function itself; id is the address's own part of
-- the host name.
CREATE TABLE function_urls (
    account   TEXT NOT NULL,
    region    TEXT NOT NULL,
    function  TEXT NOT NULL,
    qualifier TEXT NOT NULL,
    id        TEXT NOT NULL UNIQUE,
    document  TEXT NOT NULL,
    PRIMARY KEY (account, region, function, qualifier),
    FOREIGN KEY (account, region, function) REFERENCES functions (account, region, name)
        ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
);

-- +goose Down
DROP TABLE function_urls;
