// Package ssm speaks the part of AWS's Systems Manager API that is about parameters.
//
// It turns requests into calls of parameter.Service, and faults into AWS's names and messages. What a parameter may be is not
// decided here. Called by internal/server.
package ssm
