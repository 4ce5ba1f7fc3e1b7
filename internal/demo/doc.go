// Package demo shows what Sluice is for: it starts a server on a temporary folder, puts a function under steady load,
// moves its traffic to version 2, which works, and then to version 3, which fails and is stopped by an alarm. It draws
// what happens.
//
// Everything goes over the wire, and the figures at the end are counted from the answers. The function is this very
// program (see Bootstrap), so that nothing else has to be installed.
package demo
