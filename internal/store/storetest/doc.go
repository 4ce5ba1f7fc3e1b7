// Package storetest says, in tests, what a store must do: one suite for each room's Store interface.
//
// Each implementation of a store runs the suites from its own tests. What only one of them has to do (opening files,
// locks, migrations) is tested beside that one.
package storetest
