// Package executeapi is what the stages of REST APIs and of HTTP APIs do alike with a request, under AWS's name for that service:
// which function an integration or an authorizer leads to, whether API Gateway may call it, calling it within its time, what an
// authorizer's policy says and how long that is remembered, sending the answer, measuring it and logging it.
//
// A Failure says what happened; the words of an answer do not belong here, nor does anything that only one kind of API has: they
// are internal/gateway/rest's and internal/gateway/httpapi's, which call this room. internal/gateway begins the visits.
package executeapi
