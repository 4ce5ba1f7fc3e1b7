package restapi

// Resource is a node in an API's tree of paths.
type Resource struct {
	ID     string
	Parent string `json:",omitempty"` // the parent's ID; the root has none
	// Part is the last segment of Path: a text, {variable}, or {greedy+} for all that follows. The root has none.
	Part string `json:",omitempty"`
	// Path is the whole one, from "/" on, with variables in braces.
	Path    string
	Methods map[string]*Method `json:",omitempty"` // by HTTP method, in capitals, or ANY
}
