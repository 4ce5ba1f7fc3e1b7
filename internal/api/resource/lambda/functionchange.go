package lambda

import (
	"sluice/internal/api/resource"
	"sluice/internal/stack"
)

// unset are what a function has of a property that its template gives no more.
func unset(t *task, property string) any {
	return map[string]any{
		"DeadLetterConfig": members{"TargetArn": ""}, "Description": "", "Environment": members{"Variables": members{}},
		"EphemeralStorage": members{"Size": 512}, "FileSystemConfigs": []any{}, "KmsKeyArn": "", "Layers": []any{},
		"LoggingConfig": members{"LogFormat": "Text", "LogGroup": "/aws/lambda/" + t.PhysicalID}, "MemorySize": 128,
		"SnapStart": members{"ApplyOn": "None"}, "Timeout": 3, "TracingConfig": members{"Mode": "PassThrough"},
		"VpcConfig": members{"SecurityGroupIds": []any{}, "SubnetIds": []any{}},
	}[property]
}

// setFunction sets what is beside a function's configuration, where the template says other than before.
func setFunction(t *task, name string) error {
	for _, set := range []struct {
		property, put, remove string
		members               members // of put, beside the function's name
	}{
		{"ReservedConcurrentExecutions", "PutFunctionConcurrency", "DeleteFunctionConcurrency", t.Pick("ReservedConcurrentExecutions")},
		{"RecursiveLoop", "PutFunctionRecursionConfig", "", t.Pick("RecursiveLoop")},
		{"RuntimeManagementConfig", "PutRuntimeManagementConfig", "", resource.ObjectOf(t.Properties["RuntimeManagementConfig"])},
		{"CodeSigningConfigArn", "PutFunctionCodeSigningConfig", "DeleteFunctionCodeSigningConfig", t.Pick("CodeSigningConfigArn")},
	} {
		operation, in := set.put, resource.With(members{"FunctionName": name}, set.members)
		if !t.Has(set.property) {
			operation = set.remove
		}
		if operation == "" && t.Changed(set.property) {
			operation, in = set.put, resource.With(in, usual[set.property])
		}
		if operation == "" || !t.Changed(set.property) {
			continue
		}
		if _, err := t.Call("Lambda", operation, in); err != nil {
			return err
		}
	}
	return nil
}

// usual is what a function has of a setting that can't be removed and that its template gives no more.
var usual = map[string]members{
	"RecursiveLoop": {"RecursiveLoop": "Terminate"}, "RuntimeManagementConfig": {"UpdateRuntimeOn": "Auto"},
}

// tagging is how functions' tags are changed.
var tagging = resource.Tagging{
	Service: "Lambda", List: "ListTags", Tag: "TagResource", Untag: "UntagResource", Shown: "Tags", Tags: "Tags", Keys: "TagKeys", AsMap: true,
}

func updateFunction(t *task) (*stack.Made, error) {
	shown, err := updateCode(t)
	if err == nil {
		shown, err = updateConfiguration(t, shown)
	}
	if err == nil {
		err = setFunction(t, t.PhysicalID)
	}
	if err != nil {
		return nil, err
	}
	made, err := settled(t, t.PhysicalID, shown)
	if err != nil {
		return nil, err
	}
	return made, t.Retag(tagging, members{"Resource": made.Attributes["Arn"]})
}

func updateCode(t *task) (members, error) {
	if !t.Changed("Code", "Architectures") && !repacked(t) {
		return nil, nil
	}
	code, err := code(t)
	if err != nil {
		return nil, err
	}
	return changeFunction(t, "UpdateFunctionCode", resource.With(t.Pick("Architectures"), code))
}

// repacked reports whether a source in the template becomes another package because the runtime is another.
func repacked(t *task) bool {
	return t.Changed("Runtime") && resource.ObjectOf(t.Properties["Code"])["ZipFile"] != nil
}

// updateConfiguration sets what the template changes, and what it gives no more to what it is without. shown is what the
// last call answered.
func updateConfiguration(t *task, shown members) (members, error) {
	in := members{}
	for property, member := range configured {
		if !t.Changed(property) {
			continue
		}
		if in[member] = t.Properties[property]; in[member] == nil {
			in[member] = unset(t, property)
		}
	}
	if len(in) == 0 {
		return shown, nil
	}
	return changeFunction(t, "UpdateFunctionConfiguration", in)
}

// changeFunction updates the function once the update before has settled.
func changeFunction(t *task, operation string, in members) (shown members, err error) {
	in["FunctionName"] = t.PhysicalID
	err = t.Until(func() (bool, error) {
		shown, err = t.Call("Lambda", operation, in)
		if err != nil && t.Classify(err) == resource.Conflict {
			return false, nil
		}
		return true, err
	})
	return shown, err
}
