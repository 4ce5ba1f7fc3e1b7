// Package account knows who may call and as whom: the server's own key pair, roles with their policies, and the sessions
// that functions get and AssumeRole hands out.
//
// A role's trust policy decides which sessions may assume it. What a role's other policies allow is kept and shown, and
// not enforced: every key may do everything in its account. Checking a signature is internal/api/wire's business; this
// package says which secret belongs to a key ID. Users, groups and instance profiles do not belong here, nor the policies
// of functions and layers (internal/policy). Called by internal/api/iam, internal/api/sts and internal/server.
package account
