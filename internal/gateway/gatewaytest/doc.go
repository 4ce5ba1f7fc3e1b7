// Package gatewaytest is what the tests of the gateway's fronts share: a function with its resource policy and the keys of callers,
// and a listener that a client reaches under every host name.
//
// What a URL or a stage is set to does not belong here: each front's tests have that of their own. Called by tests only.
package gatewaytest
