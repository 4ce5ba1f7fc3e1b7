// Package resourcetest is what the tests of resource types share: a server whose provider takes orders (Fixture), and
// providers whose calls are answered as told (Calls, Flaky), without a server.
//
// Tests do not belong here, but beside the type that they are about. Nothing else imports it.
package resourcetest
