package sam

import (
	"maps"
	"regexp"
	"strings"
)

// aliasLetters stand in logical IDs for what those cannot have.
var aliasLetters = strings.NewReplacer("-", "D", "_", "U")

var aliasPattern = regexp.MustCompile(`^[a-zA-Z0-9_-]+$`)

// publish makes a version and the alias that leads to it.
func (w *functionWork) publish() error {
	if !w.has("AutoPublishAlias") {
		if w.has("ProvisionedConcurrencyConfig") {
			return invalidResource(w.id, "To set ProvisionedConcurrencyConfig AutoPublishALias must be defined on the function")
		}
		return nil
	}
	name, ok := w.resolve(w.properties["AutoPublishAlias"]).(string)
	if !ok {
		return invalidResource(w.id, "'AutoPublishAlias' must be a string or a Ref to a template parameter")
	}
	digest, err := w.codeDigest()
	if err != nil {
		return err
	}
	version := w.version(digest)
	if name == "" {
		return invalidResource(w.id, "Alias name is required to create an alias")
	}
	if !aliasPattern.MatchString(name) || strings.Trim(name, "0123456789") == "" {
		return invalidResource(w.id, "AutoPublishAlias name ('%s') must contain only alphanumeric characters, hyphens, or underscores "+
			"matching (?!^[0-9]+$)([a-zA-Z0-9-_]+) pattern.", name)
	}
	w.aliasName = name
	w.alias = w.make(w.id+"Alias"+aliasLetters.Replace(name), "AWS::Lambda::Alias", map[string]any{
		"Name": name, "FunctionName": ref(w.id), "FunctionVersion": getAtt(version.id, "Version"),
	})
	if w.has("ProvisionedConcurrencyConfig") {
		w.alias.properties["ProvisionedConcurrencyConfig"] = w.properties["ProvisionedConcurrencyConfig"]
	}
	w.made = append(w.made, version, w.alias)
	return nil
}

// codeDigest returns the digest that the template gives for the code, and adds it to the function's description: Lambda
// publishes no second version of a function that has not changed.
func (w *functionWork) codeDigest() (string, error) {
	given := w.properties["AutoPublishCodeSha256"]
	if !truthy(given) {
		return "", nil
	}
	digest, ok := w.resolve(given).(string)
	if !ok {
		return "", invalidResource(w.id, "AutoPublishCodeSha256 must be a string")
	}
	switch description := w.resolve(w.properties["Description"]).(type) {
	case string:
		w.function.properties["Description"] = strings.TrimPrefix(description+" "+digest, " ")
		if description == "" {
			w.function.properties["Description"] = digest
		}
	default:
		if !truthy(description) {
			w.function.properties["Description"] = digest
			break
		}
		w.function.properties["Description"] = join(" ", description, digest)
	}
	return digest, nil
}

// version makes the version. Its logical ID changes with what the version has to be published anew for.
func (w *functionWork) version(digest string) *resource {
	code, _ := w.resolve(w.function.properties["Code"]).(map[string]any)
	suffix := digest[:min(len(digest), 10)]
	if digest == "" {
		suffix = hash10(w.fingerprint(code))
	}
	version := w.make(w.id+"Version"+suffix, "AWS::Lambda::Version", map[string]any{
		"FunctionName": ref(w.id), "Description": w.properties["VersionDescription"],
	})
	if _, given := version.attributes["DeletionPolicy"]; !given {
		version.attributes["DeletionPolicy"] = w.versionDeletion()
	}
	if w.properties["CapacityProviderConfig"] != nil {
		version.properties["FunctionScalingConfig"] = w.properties["FunctionScalingConfig"]
	}
	return version
}

// versionDeletion says what becomes of the versions before: they stay, unless each costs its own capacity.
func (w *functionWork) versionDeletion() any {
	if policy := w.properties["VersionDeletionPolicy"]; policy != nil {
		return policy
	}
	if w.properties["CapacityProviderConfig"] != nil {
		return "Delete"
	}
	return "Retain"
}

// fingerprint is what a new version is published for when it changes.
func (w *functionWork) fingerprint(code map[string]any) map[string]any {
	if truthy(w.properties["AutoPublishAliasAllProperties"]) {
		return w.allProperties()
	}
	print := map[string]any{}
	for name, value := range code {
		print[name] = value
	}
	environment, _ := w.properties["Environment"].(map[string]any)
	for name, value := range environment {
		print[name] = value
	}
	if w.has("MemorySize") {
		print["MemorySize"] = w.properties["MemorySize"]
	}
	if start, _ := w.properties["SnapStart"].(map[string]any); start != nil {
		if on, given := start["ApplyOn"]; given && on != "None" {
			print["SnapStart"] = start
		}
	}
	return print
}

// allProperties are those of the function, and those of the layers that ask for a version when they change.
func (w *functionWork) allProperties() map[string]any {
	print := maps.Clone(w.function.body()["Properties"].(map[string]any))
	layers, _ := w.properties["Layers"].([]any)
	for _, layer := range layers {
		id := referredID(layer)
		properties, _ := at(w.resources()[id], "Properties").(map[string]any)
		if id != "" && truthy(properties["PublishLambdaVersion"]) {
			print[id] = properties
		}
	}
	return print
}
