// Package server builds every other room and connects them: it is the only one that knows them all. Start and Close are
// all that others need of it; cmd/sluice, the demo and the end-to-end tests start the same thing.
//
// Nothing is decided here. What two rooms need to speak to each other is adapted here, one file each.
package server
