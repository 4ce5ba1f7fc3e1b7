// Package iam speaks AWS's IAM API, as far as deploy tools need it: roles, their inline and managed policies, and who the
// caller is.
//
// It turns requests into calls of account.Service, and faults into AWS's names and messages. What a role or a policy may be
// is not decided here. Policies are kept and shown; nothing here enforces them. Called by internal/server.
package iam
