package resource

// Stacks keeps the stacks that are resources of others.
type Stacks interface{}
