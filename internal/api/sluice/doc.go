// Package sluice answers the calls that AWS has not: pausing, resuming and promoting a deployment. They are signed as
// AWS's are, for the service "sluice", and live below /_sluice/.
//
// No rule lives here: internal/rollout decides. Built by internal/server; the command line and other programs call it.
package sluice
