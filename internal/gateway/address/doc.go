// Package address knows the addresses of function URLs and of the stages of APIs: which requests go to one, what a request says of
// the one that it means, and how clients are told of one.
//
// Whether there is such a URL or stage does not belong here. Called by internal/gateway and its fronts, and by internal/server,
// which tells the APIs how clients reach it.
package address
