-- +goose Up
-- Roles and the policies that accounts made. They are in all regions. folded is the name without the case of its letters,
-- by which it is unique.
CREATE TABLE roles (
    account  TEXT NOT NULL,
    folded   TEXT NOT NULL,
    document TEXT NOT NULL,
    PRIMARY KEY (account, folded)
);
CREATE TABLE policies (
    account  TEXT NOT NULL,
    folded   TEXT NOT NULL,
    document TEXT NOT NULL,
    PRIMARY KEY (account, folded)
);

-- Which managed policies roles have, also AWS's; boundary says that one bounds the role's permissions.
CREATE TABLE role_policies (
    account  TEXT    NOT NULL,
    folded   TEXT    NOT NULL,
    policy   TEXT    NOT NULL,
    boundary INTEGER NOT NULL,
    role     TEXT    NOT NULL,
    PRIMARY KEY (account, folded, policy, boundary),
    FOREIGN KEY (account, folded) REFERENCES roles (account, folded) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX roles_of_policy ON role_policies (account, policy, folded);

-- +goose Down
DROP TABLE role_policies;
DROP TABLE policies;
DROP TABLE roles;
