package restapi

import (
	"regexp"
	"slices"
	"strings"

	"sluice/internal/executeapi"
)

// NewDefinition returns a definition with a root resource and nothing else.
func NewDefinition() Definition {
	root := &Resource{ID: executeapi.NewID(executeapi.LongID), Path: "/"}
	return Definition{Root: root.ID, Resources: map[string]*Resource{root.ID: root}}
}

// partRule is what a segment of a path may be: a text, {variable} or {greedy+}.
var partRule = regexp.MustCompile(`^([a-zA-Z0-9._:$-]+|\{[a-zA-Z0-9._:$-]+\+?\})$`)

func variable(part string) bool { return strings.HasPrefix(part, "{") }
func greedy(part string) bool   { return strings.HasSuffix(part, "+}") }

// CreateResource adds a child to a resource.
func (d *Definition) CreateResource(parent, part string) (*Resource, error) {
	above := d.Resources[parent]
	if above == nil {
		return nil, noResource()
	}
	if err := d.checkPart(above, part, ""); err != nil {
		return nil, err
	}
	if len(d.Resources) >= maxResources {
		return nil, tooMany("resources", maxResources)
	}
	made := &Resource{ID: executeapi.NewID(executeapi.ShortID), Parent: parent, Part: part, Path: below(above.Path, part)}
	d.Resources[made.ID] = made
	return made, nil
}

func below(path, part string) string { return strings.TrimSuffix(path, "/") + "/" + part }

// checkPart refuses a segment that can't be below a resource. self is the resource that is to have it, if it is there.
func (d *Definition) checkPart(above *Resource, part, self string) error {
	if !partRule.MatchString(part) {
		return bad("Resource's path part only allow a-zA-Z0-9._-: or a valid greedy path variable and curly braces at the beginning and the end.")
	}
	if greedy(above.Part) {
		return bad("Cannot create a child of a resource with a greedy path variable: %s", above.Part)
	}
	for _, sibling := range d.Resources {
		if sibling.Parent != above.ID || sibling.ID == self {
			continue
		}
		if sibling.Part == part {
			return taken("Another resource with the same parent already has this name: %s", part)
		}
	}
	for _, sibling := range d.Resources {
		if sibling.Parent == above.ID && sibling.ID != self && variable(part) && variable(sibling.Part) {
			return bad("A sibling (%s) of this resource already has a variable path part -- only one is allowed", sibling.Part)
		}
	}
	return nil
}

// UpdateResource moves or renames a resource, and with it all that is below.
func (d *Definition) UpdateResource(id string, patches []Patch) (*Resource, error) {
	r := d.Resources[id]
	if r == nil {
		return nil, noResource()
	}
	err := apply(patches, listed,
		field{"/parentId", replaced, func(p *Patch, _ string) error { return d.move(r, p.text()) }},
		field{"/pathPart", replaced, func(p *Patch, _ string) error {
			if r.ID == d.Root {
				return bad("Root resource cannot update its pathPart.")
			}
			if err := d.checkPart(d.Resources[r.Parent], p.text(), r.ID); err != nil {
				return err
			}
			if greedy(p.text()) && len(d.subtree(r.ID)) > 1 {
				return bad("Cannot create a child of a resource with a greedy path variable: %s", p.text())
			}
			r.Part = p.text()
			return nil
		}})
	d.rename()
	return r, err
}

func (d *Definition) move(r *Resource, parent string) error {
	if r.ID == d.Root {
		return bad("Root resource cannot update its parentId.")
	}
	above := d.Resources[parent]
	if above == nil {
		return noResource()
	}
	if slices.Contains(d.subtree(r.ID), parent) {
		return bad("Resources cannot be cyclical.")
	}
	if err := d.checkPart(above, r.Part, r.ID); err != nil {
		return err
	}
	r.Parent = parent
	return nil
}

// rename writes all paths anew from their segments.
func (d *Definition) rename() {
	var path func(r *Resource) string
	path = func(r *Resource) string {
		if r.ID == d.Root {
			return "/"
		}
		return below(path(d.Resources[r.Parent]), r.Part)
	}
	for _, r := range d.Resources {
		r.Path = path(r)
	}
}

// subtree lists a resource and all that is below it.
func (d *Definition) subtree(id string) []string {
	found := []string{id}
	for i := 0; i < len(found); i++ {
		for _, r := range d.Resources {
			if r.Parent == found[i] {
				found = append(found, r.ID)
			}
		}
	}
	return found
}

// DeleteResource deletes a resource and all that is below it.
func (d *Definition) DeleteResource(id string) error {
	if d.Resources[id] == nil {
		return noResource()
	}
	if id == d.Root {
		return bad("Root resource cannot be deleted.")
	}
	for _, each := range d.subtree(id) {
		delete(d.Resources, each)
	}
	return nil
}

// Ensure returns the resource at a path, which it makes if need be, with those above it.
func (d *Definition) Ensure(path string) (*Resource, error) {
	at := d.Resources[d.Root]
	for part := range strings.SplitSeq(strings.Trim(path, "/"), "/") {
		if part == "" {
			continue
		}
		next := d.child(at.ID, part)
		if next == nil {
			made, err := d.CreateResource(at.ID, part)
			if err != nil {
				return nil, err
			}
			next = made
		}
		at = next
	}
	return at, nil
}

func (d *Definition) child(parent, part string) *Resource {
	for _, r := range d.Resources {
		if r.Parent == parent && r.Part == part {
			return r
		}
	}
	return nil
}
