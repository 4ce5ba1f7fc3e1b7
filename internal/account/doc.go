// Package account knows who may call: the server's own key pair, and the sessions that it hands to functions.
//
// Checking a signature is internal/api/wire's business; this package only says which secret belongs to a key ID.
// Roles and their policies do not exist yet: every key may do everything in its account.
package account
