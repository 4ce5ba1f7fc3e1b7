// Package deployer has the rules of releases: what a project's file asks of an environment, what is there, and hence
// what a run has to do.
//
// It is told what was found and answers with values: no clock, no file, no call. The file itself is read by
// internal/deployer/config; what was decided is carried out by internal/deployer/release, which declares what it
// needs of the world outside. AWS's API and its SDK belong to internal/remote, packages to internal/codepackage, and
// the joining of all to internal/workspace.
//
// An alias is stable when it points to one version and in transition when it points to two: seed words of the field,
// and the whole of the state. What else a later run must know (which release moves the alias, where it came from, who
// holds it) is written into the alias's own description with each move (Record), so that any machine can go on.
package deployer
