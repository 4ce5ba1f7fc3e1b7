package restapi

import (
	"fmt"
	"strings"

	"sluice/internal/restapi/schema"
)

// modelsURL is what the addresses by which models refer to each other begin with.
const modelsURL = "https://apigateway.amazonaws.com/restapis/"

// CompileModel compiles a model's schema with those of the API that it refers to. Nothing is loaded from elsewhere. An error says
// where what is wrong.
func (d *Definition) CompileModel(name string) (*schema.Schema, error) {
	return compileModel(name, func(name string) (string, error) {
		if m := d.Models[name]; m != nil {
			return m.Schema, nil
		}
		return "", fmt.Errorf("there is no model %s", name)
	})
}

// checkSchema refuses a model that no body could be checked against. Models that are not there yet may still come.
func (d *Definition) checkSchema(m *Model) error {
	_, err := compileModel(m.Name, func(name string) (string, error) {
		switch other := d.Models[name]; {
		case name == m.Name:
			return m.Schema, nil
		case other != nil:
			return other.Schema, nil
		}
		return "{}", nil
	})
	if err != nil {
		return badSchema(". " + err.Error())
	}
	return nil
}

// compileModel compiles the model of a name. find returns the schema of one.
func compileModel(name string, find func(name string) (string, error)) (*schema.Schema, error) {
	return schema.Compile(modelsURL+"api/models/"+name, func(address string) (string, error) {
		path, ours := strings.CutPrefix(address, modelsURL)
		_, name, found := strings.Cut(path, "/models/")
		if !ours || !found {
			return "", fmt.Errorf("there is no model at %s", address)
		}
		return find(name)
	})
}
