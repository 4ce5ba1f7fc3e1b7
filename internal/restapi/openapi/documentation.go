package openapi

import (
	"sluice/internal/fault"
	"sluice/internal/oas"
	"sluice/internal/restapi"
)

// ReadDocumentation reads the parts of the documentation that a document has in x-amazon-apigateway-documentation.
// Errors: fault.Invalid "request".
func ReadDocumentation(text []byte) ([]restapi.DocumentationPart, error) {
	root, err := oas.Parse(text)
	if err != nil || oas.TextAt(root, "openapi") == "" && oas.TextAt(root, "swagger") == "" {
		return nil, fault.Errorf(fault.Invalid, "request", "Unable to build importer with provided input.")
	}
	return documentationOf(root), nil
}

func documentationOf(root object) (parts []restapi.DocumentationPart) {
	for _, each := range oas.ListAt(oas.ObjectAt(root, oas.Extension+"documentation"), "documentationParts") {
		given, _ := each.(object)
		at := oas.ObjectAt(given, "location")
		parts = append(parts, restapi.DocumentationPart{
			Location: restapi.DocumentationLocation{
				Type: oas.TextAt(at, "type"), Path: oas.TextAt(at, "path"), Method: oas.TextAt(at, "method"),
				StatusCode: oas.TextAt(at, "statusCode"), Name: oas.TextAt(at, "name"),
			},
			Properties: oas.JSON(given["properties"]),
		})
	}
	return parts
}

func (r *reader) readDocumentation() {
	_, err := r.made.Definition.ImportDocumentation(documentationOf(r.root), false)
	r.check(err, "Unable to create documentation parts")
}
