-- +goose Up
-- With its order in the index, the newest open deployment of an alias is found without a look at all that ever were: of
-- two indexes SQLite takes the one that needs no sorting.
DROP INDEX open_deployments;
CREATE INDEX open_deployments ON deployments (account, region, function, alias, created, id) WHERE open = 1;

-- +goose Down
DROP INDEX open_deployments;
CREATE INDEX open_deployments ON deployments (account, region, function, alias) WHERE open = 1;
