// Package rest is the front of the stages of REST APIs: a request finds its method, passes authorizer, key, quota and validator, and
// its integration makes the answer: a function that gets it as an event, or one behind mapping templates, or none (MOCK).
//
// What a stage is set to is internal/restapi's; running templates internal/velocity's; finding a method by its path
// internal/gateway/route's; what stages of both kinds of APIs do alike internal/gateway/executeapi's. Called by internal/gateway.
package rest
