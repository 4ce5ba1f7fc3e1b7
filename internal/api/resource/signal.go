package resource

// Signals are the addresses at which custom resources and wait conditions are answered.
type Signals struct{}
