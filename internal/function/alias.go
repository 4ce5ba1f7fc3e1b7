package function

// Alias is a name that points to one version or, while traffic moves, to two.
type Alias struct {
	Function    ID
	Name        string
	Description string
	// Version gets the requests that Additional does not get.
	Version Number
	// Additional gets Weight's share of the requests. It is 0 when the alias points to Version alone.
	Additional Number
	Weight     Weight
	RevisionID string
	// Deployment is the ID of the deployment that moves the alias; empty when none does. Nobody else may move it.
	Deployment string
	// Held are the versions that the deployment moves between; they can't be deleted while it does.
	Held []Number
}

// ARN returns the alias's qualified name.
func (a *Alias) ARN() string { return a.Function.Qualified(a.Name) }

// Names reports whether the alias points to a version, in either place.
func (a *Alias) Names(n Number) bool {
	return a.Version == n || (a.Additional != 0 && a.Additional == n)
}

// Weight is the share of an alias's requests that its additional version gets, from 0 to 1. Zero sends none.
type Weight float64
