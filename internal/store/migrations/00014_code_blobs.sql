-- +goose Up
-- The blobs that the code of a function's $LATEST (number 0) or published version, or a layer's version, is in: its own package
-- and those of its layers.
CREATE TABLE code_blobs (
    sha256  TEXT   NOT NULL,
    kind    TEXT   NOT NULL CHECK (kind IN ('function', 'layer')),
    account TEXT   NOT NULL,
    region  TEXT   NOT NULL,
    name    TEXT   NOT NULL,
    number  BIGINT NOT NULL,
    PRIMARY KEY (kind, account, region, name, number, sha256)
);
CREATE INDEX code_of_blob ON code_blobs (sha256);

INSERT INTO code_blobs (sha256, kind, account, region, name, number)
SELECT sha256, kind, account, region, name, number FROM (
    SELECT json_extract(document, '$.Latest.Code.SHA256') AS sha256, 'function' AS kind, account, region, name, 0 AS number FROM functions
    UNION
    SELECT json_extract(layer.value, '$.Code.SHA256'), 'function', account, region, name, 0
        FROM functions, json_each(functions.document, '$.Latest.Config.Layers') AS layer
    UNION
    SELECT json_extract(document, '$.Code.SHA256'), 'function', account, region, function, number FROM versions
    UNION
    SELECT json_extract(layer.value, '$.Code.SHA256'), 'function', account, region, function, number
        FROM versions, json_each(versions.document, '$.Config.Layers') AS layer
    UNION
    SELECT json_extract(document, '$.Code.SHA256'), 'layer', account, region, layer, number FROM layer_versions
) AS named WHERE sha256 <> '';

-- +goose Down
DROP TABLE code_blobs;
