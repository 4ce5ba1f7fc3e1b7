// Package ingress is what every front of the gateway does with a request before it knows what the request goes to: reading the
// body within bounds, asking who signed it, where it came from and which trace it belongs to, and answering a browser about other
// origins.
//
// What a refusal looks like does not belong here: the errors say what happened, and each front has its own words for that. Neither
// does anything that only the stages of APIs share (internal/gateway/executeapi). Called by the fronts: internal/gateway/functionurl,
// rest and httpapi.
package ingress
