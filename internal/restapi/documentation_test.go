package restapi_test

import (
	"testing"

	"sluice/internal/fault"
	"sluice/internal/restapi"
)

func part(kind string) restapi.DocumentationPart {
	return restapi.DocumentationPart{Location: restapi.DocumentationLocation{Type: kind}, Properties: `{"a":"b"}`}
}

// AWS's page "DocumentationPartLocation".
func TestWhereDocumentationBelongs(t *testing.T) {
	for kind, want := range map[string]string{
		"API":             "type 'API'",
		"AUTHORIZER":      "type 'AUTHORIZER'",
		"MODEL":           "type 'MODEL'",
		"RESOURCE":        "type 'RESOURCE', path '/'",
		"METHOD":          "type 'METHOD', path '/', method '*'",
		"PATH_PARAMETER":  "type 'PATH_PARAMETER', path '/', method '*'",
		"REQUEST_BODY":    "type 'REQUEST_BODY', path '/', method '*'",
		"RESPONSE":        "type 'RESPONSE', path '/', method '*', statusCode '*'",
		"RESPONSE_HEADER": "type 'RESPONSE_HEADER', path '/', method '*', statusCode '*'",
	} {
		t.Run(kind, func(t *testing.T) {
			d := restapi.NewDefinition()
			made, err := d.CreateDocumentationPart(part(kind))
			must(t, err)
			wantText(t, made.Location.String(), want)
		})
	}
}

func TestDocumentationParts(t *testing.T) {
	d := restapi.NewDefinition()
	made, err := d.CreateDocumentationPart(part("API"))
	must(t, err)
	t.Run("are there once", func(t *testing.T) {
		_, err := d.CreateDocumentationPart(part("API"))
		wantFault(t, err, fault.Conflict, "Documentation part already exists for the specified location: type 'API'.")
	})
	t.Run("are objects", func(t *testing.T) {
		p := part("METHOD")
		p.Properties = "[]"
		_, err := d.CreateDocumentationPart(p)
		wantFault(t, err, fault.Invalid, "Documentation part properties must be a JSON object.")
	})
	t.Run("are changed", func(t *testing.T) {
		changed, err := d.UpdateDocumentationPart(made.ID, []restapi.Patch{{Op: "replace", Path: "/properties", Value: new(`{"a":"c"}`)}})
		must(t, err)
		wantText(t, changed.Properties, `{"a":"c"}`)
	})
	for op, want := range map[string]string{ // recording test_invalid_update_documentation_part
		"add":     "Invalid patch path  '/properties' specified for op 'add'. Please choose supported operations",
		"replace": "Invalid patch path  '/location' specified for op 'replace'. Must be one of: [/properties]",
	} {
		t.Run("are not changed by "+op, func(t *testing.T) {
			path := map[string]string{"add": "/properties", "replace": "/location"}[op]
			_, err := d.UpdateDocumentationPart(made.ID, []restapi.Patch{{Op: op, Path: path, Value: new("{}")}})
			wantFault(t, err, fault.Invalid, want)
		})
	}
	t.Run("are deleted", func(t *testing.T) {
		must(t, d.DeleteDocumentationPart(made.ID))
		wantFault(t, d.DeleteDocumentationPart(made.ID), fault.NotFound, "Invalid Documentation part identifier specified")
	})
}

func TestVersionsKeepTheirDocumentation(t *testing.T) {
	d := restapi.NewDefinition()
	made, err := d.CreateDocumentationPart(part("API"))
	must(t, err)
	must(t, failed(d.CreateDocumentationVersion("v1", "first")))
	must(t, d.DeleteDocumentationPart(made.ID))
	kept, err := d.DocumentationVersion("v1")
	must(t, err)
	if len(kept.Parts) != 1 || kept.Parts[0].ID != made.ID || kept.Description != "first" {
		t.Errorf("the version is %+v", kept)
	}
	_, err = d.CreateDocumentationVersion("v1", "")
	wantFault(t, err, fault.Conflict, "Documentation version already exists: v1")
	_, err = d.CreateDocumentationVersion("", "")
	wantFault(t, err, fault.Invalid, "Documentation version must be non-empty")
	must(t, failed(d.UpdateDocumentationVersion("v1", []restapi.Patch{{Op: "replace", Path: "/description", Value: new("1")}})))
	must(t, d.DeleteDocumentationVersion("v1"))
	wantFault(t, d.DeleteDocumentationVersion("v1"), fault.NotFound, "Invalid Documentation version specified")
}

func TestImportedDocumentation(t *testing.T) {
	for name, tt := range map[string]struct {
		overwrite bool
		parts     int
		same      bool
	}{"merge": {false, 3, true}, "overwrite": {true, 2, false}} {
		t.Run(name, func(t *testing.T) {
			d := restapi.NewDefinition()
			own, err := d.CreateDocumentationPart(part("API"))
			must(t, err)
			must(t, failed(d.CreateDocumentationPart(part("RESOURCE"))))
			imported := part("API")
			imported.Properties = `{"new":"1"}`
			ids, err := d.ImportDocumentation([]restapi.DocumentationPart{imported, part("METHOD")}, tt.overwrite)
			must(t, err)
			if len(ids) != 2 || len(d.Documentation) != tt.parts || (ids[0] == own.ID) != tt.same {
				t.Errorf("imported %v into %+v", ids, d.Documentation)
			}
			found, err := d.DocumentationPart(ids[0])
			must(t, err)
			wantText(t, found.Properties, `{"new":"1"}`)
		})
	}
}
