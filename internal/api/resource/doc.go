// Package resource holds the resource types of stacks: what properties and attributes each has, and which calls make,
// change and delete its resources. It implements stack.Provider.
//
// Resources are made by the services' own API operations, called in-process, so that a template meets the constraints and
// errors that a client meets. A type is a value of resource: a schema and up to four functions of a task, which is an order
// with the means to carry it out. To add a type, write a function that returns it (parameter.go is a small one) and name it
// in registry.go.
//
// What does not belong here: templates, the order of operations, rollback (internal/stack), and the rules of the services.
// internal/server builds the Provider and hands it to internal/stack.
package resource
