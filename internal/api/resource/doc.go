// Package resource makes the resources of stacks. It implements stack.Provider with the resource types that it is given, and
// holds what these are made with: tasks, tags, names, the reasons of failures.
//
// Resources are made by the services' own API operations, called in-process, so that a template meets the constraints and
// errors that a client meets. A Type is a schema and up to five functions of a Task, which is an order with the means to carry
// it out. To add a type, write a function that returns it in the room of its service (ssm/parameter.go is a small one) and name
// it in the room's Types.
//
// What does not belong here: a type, which is in the room below this one that is named for its service; templates, the order of
// operations, rollback (internal/stack); and the rules of the services. internal/server builds the Provider of all types and
// hands it to internal/stack.
package resource
