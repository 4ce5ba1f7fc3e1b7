// Package store keeps Sluice's records in SQL: SQLite in the data folder.
//
// It implements the Store interfaces that the rule rooms declare (function.Store and its neighbours), one file a noun.
// What a record means and which change of it is allowed is the rules' business; code packages live in internal/blob
// and log events in internal/logfile. internal/server opens the store and hands it to the rules; storetest says what
// any implementation must do.
//
// # Writing
//
// One goroutine owns the only writing connection. It takes all writers that wait, lets each run its closure within a
// savepoint of one transaction, commits once with the disk in step, and answers them all. A closure that fails goes
// back to its savepoint and harms nobody else. So a lone writer waits for one sync of the disk, and many share it.
//
// # Reading
//
// Readers have a few connections of their own. Each closure sees the state that was committed when it first read,
// whatever is written meanwhile.
//
// # Dialect
//
// Statements keep to what SQLite and PostgreSQL share: parameters are question marks, times are whole microseconds
// since 1970, documents are JSON text. All that is SQLite's alone is in sqlite.go.
package store
