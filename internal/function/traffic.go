package function

// Move says where the traffic of an alias has to go while a deployment moves it.
type Move struct {
	Deployment string // the deployment's ID; no other may move the alias until Last
	Function   ID
	Alias      string
	// Current and Target are the versions that the deployment moves between. The alias points to nothing else.
	Current, Target Number
	// Weight is Target's share. At 0 the alias points to Current alone, at 1 to Target alone.
	Weight Weight
	// Last lets the alias go: the deployment has ended and anybody may move it again.
	Last bool
}
