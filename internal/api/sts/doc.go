// Package sts speaks AWS's STS API: who the caller is, and keys for a while, of a role or of the account.
//
// It turns requests into calls of account.Service and account.Keyring, and faults into AWS's names and messages. Who may
// assume a role is not decided here. Called by internal/server.
package sts
