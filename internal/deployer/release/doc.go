// Package release carries out what internal/deployer decides: it builds and sends code, publishes versions, runs hooks,
// moves aliases step by step, and takes all of them back when a check fails.
//
// It declares what it needs of the world (Endpoint, Packages, Commands) and implements none of it. Every action is
// safe to repeat, and after each one the aliases' records say where the release stands: a run that is killed between
// any two of them leaves aliases that the next run continues, or that abort undoes. What is decided, and in what order
// weights rise, is internal/deployer's.
package release
