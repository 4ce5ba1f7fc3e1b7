-- +goose Up
CREATE TABLE dashboards (
    account  TEXT NOT NULL,
    name     TEXT NOT NULL,
    document TEXT NOT NULL,
    PRIMARY KEY (account, name)
);

-- +goose Down
DROP TABLE dashboards;
