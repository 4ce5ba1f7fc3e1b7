package restapi

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"sluice/internal/executeapi"
	"sluice/internal/fault"
)

// DocumentationPart is what people wrote of a part of an API. Sluice keeps it.
type DocumentationPart struct {
	ID         string
	Location   DocumentationLocation
	Properties string // a JSON object
}

// DocumentationLocation is the part of an API that is documented. What a type has no use for is empty.
type DocumentationLocation struct {
	Type                     string // such as API, METHOD or MODEL
	Path, Method, StatusCode string
	Name                     string // of a parameter, header, model or authorizer
}

// DocumentationVersion is the documentation as it was when somebody gave it a name, which stages show.
type DocumentationVersion struct {
	Version     string
	Description string `json:",omitempty"`
	Created     time.Time
	Parts       []DocumentationPart
}

// maxDocumentationParts and maxDocumentationVersions keep an API's record small (AWS's page of quotas has 2000 parts).
const (
	maxDocumentationParts    = 2000
	maxDocumentationVersions = 100
)

// completed fills in what a location means that leaves it out (AWS's page "DocumentationPartLocation").
func (l DocumentationLocation) completed() DocumentationLocation {
	if l.Type == "API" || l.Type == "AUTHORIZER" || l.Type == "MODEL" {
		return l
	}
	if l.Path == "" {
		l.Path = "/"
	}
	if l.Type == "RESOURCE" {
		return l
	}
	if l.Method == "" {
		l.Method = "*"
	}
	if strings.HasPrefix(l.Type, "RESPONSE") && l.StatusCode == "" {
		l.StatusCode = "*"
	}
	return l
}

func (l DocumentationLocation) String() string {
	text := fmt.Sprintf("type '%s'", l.Type)
	for _, each := range [][2]string{{"path", l.Path}, {"method", l.Method}, {"statusCode", l.StatusCode}, {"name", l.Name}} {
		if each[1] != "" {
			text += fmt.Sprintf(", %s '%s'", each[0], each[1])
		}
	}
	return text
}

func (p *DocumentationPart) check() error {
	var object map[string]any
	if json.Unmarshal([]byte(p.Properties), &object) != nil || object == nil {
		return bad("Documentation part properties must be a JSON object.")
	}
	return nil
}

// CreateDocumentationPart documents what is not documented yet.
func (d *Definition) CreateDocumentationPart(p DocumentationPart) (*DocumentationPart, error) {
	p.Location = p.Location.completed()
	if err := p.check(); err != nil {
		return nil, err
	}
	if d.documented(p.Location) >= 0 {
		return nil, taken("Documentation part already exists for the specified location: %s.", p.Location)
	}
	if len(d.Documentation) >= maxDocumentationParts {
		return nil, tooMany("documentation parts", maxDocumentationParts)
	}
	p.ID = executeapi.NewID(executeapi.ShortID)
	d.Documentation = append(d.Documentation, p)
	return &p, nil
}

func (d *Definition) documented(at DocumentationLocation) int {
	return slices.IndexFunc(d.Documentation, func(p DocumentationPart) bool { return p.Location == at })
}

// DocumentationPart returns a part of the documentation.
func (d *Definition) DocumentationPart(id string) (*DocumentationPart, error) {
	i := slices.IndexFunc(d.Documentation, func(p DocumentationPart) bool { return p.ID == id })
	if i < 0 {
		return nil, absent("Documentation part")
	}
	return &d.Documentation[i], nil
}

// UpdateDocumentationPart changes what a part of the documentation says.
func (d *Definition) UpdateDocumentationPart(id string, patches []Patch) (*DocumentationPart, error) {
	p, err := d.DocumentationPart(id)
	if err != nil {
		return nil, err
	}
	if err := apply(patches, listed, text("/properties", replaced, &p.Properties)); err != nil {
		return nil, err
	}
	return p, p.check()
}

// DeleteDocumentationPart deletes a part of the documentation. Versions keep theirs.
func (d *Definition) DeleteDocumentationPart(id string) error {
	if _, err := d.DocumentationPart(id); err != nil {
		return err
	}
	d.Documentation = slices.DeleteFunc(slices.Clone(d.Documentation), func(p DocumentationPart) bool { return p.ID == id })
	return nil
}

// ImportDocumentation puts parts in place of those of the same locations, or of all. It returns the parts' IDs.
func (d *Definition) ImportDocumentation(parts []DocumentationPart, overwrite bool) (ids []string, err error) {
	if overwrite {
		d.Documentation = nil
	}
	for _, p := range parts {
		if i := d.documented(p.Location.completed()); i >= 0 {
			d.Documentation[i].Properties = p.Properties
			ids = append(ids, d.Documentation[i].ID)
			continue
		}
		made, err := d.CreateDocumentationPart(p)
		if err != nil {
			return nil, err
		}
		ids = append(ids, made.ID)
	}
	return ids, nil
}

// CreateDocumentationVersion gives the documentation as it is a name.
func (d *Definition) CreateDocumentationVersion(version, description string) (*DocumentationVersion, error) {
	if version == "" {
		return nil, bad("Documentation version must be non-empty")
	}
	if _, err := d.DocumentationVersion(version); err == nil {
		return nil, taken("Documentation version already exists: %s", version)
	}
	if len(d.DocumentationVersions) >= maxDocumentationVersions {
		return nil, tooMany("documentation versions", maxDocumentationVersions)
	}
	v := DocumentationVersion{Version: version, Description: description, Created: now(), Parts: slices.Clone(d.Documentation)}
	d.DocumentationVersions = append(d.DocumentationVersions, v)
	return &v, nil
}

// DocumentationVersion returns a version of the documentation.
func (d *Definition) DocumentationVersion(version string) (*DocumentationVersion, error) {
	i := slices.IndexFunc(d.DocumentationVersions, func(v DocumentationVersion) bool { return v.Version == version })
	if i < 0 {
		return nil, fault.Errorf(fault.NotFound, "documentation version", "Invalid Documentation version specified")
	}
	return &d.DocumentationVersions[i], nil
}

// UpdateDocumentationVersion changes a version's description.
func (d *Definition) UpdateDocumentationVersion(version string, patches []Patch) (*DocumentationVersion, error) {
	v, err := d.DocumentationVersion(version)
	if err != nil {
		return nil, err
	}
	return v, apply(patches, listed, text("/description", replaced, &v.Description))
}

// DeleteDocumentationVersion deletes a version of the documentation.
func (d *Definition) DeleteDocumentationVersion(version string) error {
	if _, err := d.DocumentationVersion(version); err != nil {
		return err
	}
	d.DocumentationVersions = slices.DeleteFunc(slices.Clone(d.DocumentationVersions), func(v DocumentationVersion) bool { return v.Version == version })
	return nil
}
