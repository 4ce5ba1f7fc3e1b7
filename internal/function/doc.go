// Package function knows functions, their versions and aliases, and sends each invocation to one of them.
//
// A version is published from $LATEST and never changes. An alias points to one version or splits its requests between
// two; the split is a pure rule (see Choice), exact after any number of requests. Service keeps a routing table in
// memory, so that an invocation meets neither SQL nor a lock, and refreshes it after each write and before the write
// is answered (table).
//
// How many calls of a function run at once is limited by what is reserved for it or, if nothing is, by what the account has
// left (Gauge, quota, share). What is provisioned of it covers calls that then need not wait for a process to start
// (Provision, provisioning).
//
// What is set beside a function's configuration is kept here too, since a function can't be had without it: tags, what is to
// happen when it calls itself, when its runtime is renewed, and whose signatures its code needs (SigningConfig: the rule
// that refuses code reads it in the transaction that would store the code).
//
// Who moves an alias step by step is internal/rollout's business; how a process is run, internal/host's; how records
// are kept, internal/store's. Events and their queue are internal/async's, URLs internal/functionurl's, and who from outside
// may call, internal/permission's. AWS's request shapes, error codes and status numbers live in internal/api/lambda, which
// calls this package, as do the rooms named here that build on functions.
package function
