-- +goose Up
-- A stack that was deleted keeps its records, and another may take its name: live is 1 for the one that has it. running is 1
-- while an operation is under way, so that a server that starts finds those that one before it left.
CREATE TABLE stacks (
    id       TEXT    NOT NULL PRIMARY KEY,
    account  TEXT    NOT NULL,
    region   TEXT    NOT NULL,
    name     TEXT    NOT NULL,
    live     INTEGER NOT NULL,
    running  INTEGER NOT NULL,
    created  INTEGER NOT NULL,
    document TEXT    NOT NULL
);
CREATE UNIQUE INDEX live_stacks ON stacks (account, region, name) WHERE live = 1;
CREATE INDEX running_stacks ON stacks (id) WHERE running = 1;
CREATE INDEX stacks_by_age ON stacks (account, region, created, id);
CREATE TABLE stack_goals (
    stack    TEXT    NOT NULL,
    number   INTEGER NOT NULL,
    document TEXT    NOT NULL,
    PRIMARY KEY (stack, number),
    FOREIGN KEY (stack) REFERENCES stacks (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE stack_resources (
    stack    TEXT NOT NULL,
    logical  TEXT NOT NULL,
    document TEXT NOT NULL,
    PRIMARY KEY (stack, logical),
    FOREIGN KEY (stack) REFERENCES stacks (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE stack_events (
    stack    TEXT    NOT NULL,
    number   INTEGER NOT NULL,
    document TEXT    NOT NULL,
    PRIMARY KEY (stack, number),
    FOREIGN KEY (stack) REFERENCES stacks (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE change_sets (
    id       TEXT    NOT NULL PRIMARY KEY,
    stack    TEXT    NOT NULL,
    created  INTEGER NOT NULL,
    document TEXT    NOT NULL,
    FOREIGN KEY (stack) REFERENCES stacks (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX change_sets_by_stack ON change_sets (stack, created, id);
CREATE TABLE stack_exports (
    account  TEXT NOT NULL,
    region   TEXT NOT NULL,
    name     TEXT NOT NULL,
    stack    TEXT NOT NULL,
    document TEXT NOT NULL,
    PRIMARY KEY (account, region, name),
    FOREIGN KEY (stack) REFERENCES stacks (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX exports_by_stack ON stack_exports (stack);
-- Which stack imports what. An import is no reference to the export: who deletes one asks here first.
CREATE TABLE stack_imports (
    stack   TEXT NOT NULL,
    account TEXT NOT NULL,
    region  TEXT NOT NULL,
    export  TEXT NOT NULL,
    PRIMARY KEY (stack, export),
    FOREIGN KEY (stack) REFERENCES stacks (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX importers ON stack_imports (account, region, export);

-- +goose Down
DROP TABLE stack_imports;
DROP TABLE stack_exports;
DROP TABLE change_sets;
DROP TABLE stack_events;
DROP TABLE stack_resources;
DROP TABLE stack_goals;
DROP TABLE stacks;
