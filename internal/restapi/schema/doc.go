// Package schema checks JSON against schemas of draft 4, in which API Gateway's models are written (its page "Data models for
// REST APIs"). What is wrong is said in the words of the library whose answers AWS passes on, and in its order: what a value
// itself breaks hides what its members break.
//
// It is pure and bounded: a document is only what the caller's Loader gives, schemas that refer to themselves without going
// into the value are refused, numbers of any size cost what their text does, texts that are nested too deeply
// are refused, and a check ends with its context or its steps. Keywords of later drafts mean nothing here, as in draft 4.
//
// Which model a request's body has to fit, and what is answered, does not belong here. Called by internal/restapi,
// which refuses models that are no schemas, and by internal/gateway.
package schema
