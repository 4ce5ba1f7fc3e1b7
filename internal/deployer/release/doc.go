// Package release carries out what internal/deployer decides: it sends code, publishes versions, runs hooks, moves aliases
// step by step, and takes all of them back when a check fails. internal/workspace builds a Runner and calls it.
//
// It declares what it needs of the world (Endpoint, Packages, Commands) and implements none of it. What is decided, and in
// what order weights rise, is internal/deployer's; words for people on a terminal are internal/cli's, which is told Events.
//
// The state of a release lies on the aliases: where each points, and a record in its description that is written in the
// same call, refused if anybody else changed the alias since. A run that is killed between any two calls leaves aliases
// that the next run continues, or that abort undoes:
//
//	claimed ──► shifting ──► done          the run's way; a lease says until when it holds the alias
//	   │           │  ▲
//	   │           ▼  │ resume
//	   │         paused                    a run that meets a pause stops, and the next deploy after a resume goes on
//	   └───────────┴──────► returned       a check or a hook said no, or somebody aborted
//
// A run ends in one of three ways. It succeeds (Outcome). The release fails and goes back (Failed). Or the run stops and
// leaves the aliases where they are (Stopped): after Ctrl-C, without an answer from the endpoint, when somebody else
// changed an alias, and on any error before the first alias moved. Pause and abort ask nobody's lease; promote, rollback
// and pin do. A release that goes back rejects what it published, so that the same file is not released again by itself.
//
// CodeDeploy, where it moves the weight, is the lock: a run holds no lease meanwhile, and one that comes later follows the
// same deployments. Whichever sees their end first ends the release.
package release
