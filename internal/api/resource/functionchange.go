package resource

import "sluice/internal/stack"

// unset are what a function has of a property that its template gives no more.
func (t *task) unset(property string) any {
	return map[string]any{
		"DeadLetterConfig": members{"TargetArn": ""}, "Description": "", "Environment": members{"Variables": members{}},
		"EphemeralStorage": members{"Size": 512}, "FileSystemConfigs": []any{}, "KmsKeyArn": "", "Layers": []any{},
		"LoggingConfig": members{"LogFormat": "Text", "LogGroup": "/aws/lambda/" + t.PhysicalID}, "MemorySize": 128,
		"SnapStart": members{"ApplyOn": "None"}, "Timeout": 3, "TracingConfig": members{"Mode": "PassThrough"},
		"VpcConfig": members{"SecurityGroupIds": []any{}, "SubnetIds": []any{}},
	}[property]
}

// setFunction sets what is beside a function's configuration, where the template says other than before.
func (t *task) setFunction(name string) error {
	for _, set := range []struct {
		property, put, remove string
		members               members // of put, beside the function's name
	}{
		{"ReservedConcurrentExecutions", "PutFunctionConcurrency", "DeleteFunctionConcurrency", t.pick("ReservedConcurrentExecutions")},
		{"RecursiveLoop", "PutFunctionRecursionConfig", "", t.pick("RecursiveLoop")},
		{"RuntimeManagementConfig", "PutRuntimeManagementConfig", "", objectOf(t.Properties["RuntimeManagementConfig"])},
		{"CodeSigningConfigArn", "PutFunctionCodeSigningConfig", "DeleteFunctionCodeSigningConfig", t.pick("CodeSigningConfigArn")},
	} {
		operation, in := set.put, with(members{"FunctionName": name}, set.members)
		if !t.has(set.property) {
			operation = set.remove
		}
		if operation == "" && t.changed(set.property) {
			operation, in = set.put, with(in, usual[set.property])
		}
		if operation == "" || !t.changed(set.property) {
			continue
		}
		if _, err := t.call("Lambda", operation, in); err != nil {
			return err
		}
	}
	return nil
}

// usual is what a function has of a setting that can't be removed and that its template gives no more.
var usual = map[string]members{
	"RecursiveLoop": {"RecursiveLoop": "Terminate"}, "RuntimeManagementConfig": {"UpdateRuntimeOn": "Auto"},
}

// functionTags is how functions' tags are changed.
var functionTags = tagging{
	service: "Lambda", list: "ListTags", tag: "TagResource", untag: "UntagResource", shown: "Tags", tags: "Tags", keys: "TagKeys", asMap: true,
}

func updateFunction(t *task) (*stack.Made, error) {
	shown, err := t.updateCode()
	if err == nil {
		shown, err = t.updateConfiguration(shown)
	}
	if err == nil {
		err = t.setFunction(t.PhysicalID)
	}
	if err != nil {
		return nil, err
	}
	made, err := t.settled(t.PhysicalID, shown)
	if err != nil {
		return nil, err
	}
	return made, t.retag(functionTags, members{"Resource": made.Attributes["Arn"]})
}

func (t *task) updateCode() (members, error) {
	if !t.changed("Code", "Architectures") && !t.repacked() {
		return nil, nil
	}
	code, err := t.code()
	if err != nil {
		return nil, err
	}
	return t.changeFunction("UpdateFunctionCode", with(t.pick("Architectures"), code))
}

// repacked reports whether a source in the template becomes another package because the runtime is another.
func (t *task) repacked() bool {
	return t.changed("Runtime") && objectOf(t.Properties["Code"])["ZipFile"] != nil
}

// updateConfiguration sets what the template changes, and what it gives no more to what it is without. shown is what the
// last call answered.
func (t *task) updateConfiguration(shown members) (members, error) {
	in := members{}
	for property, member := range configured {
		if !t.changed(property) {
			continue
		}
		if in[member] = t.Properties[property]; in[member] == nil {
			in[member] = t.unset(property)
		}
	}
	if len(in) == 0 {
		return shown, nil
	}
	return t.changeFunction("UpdateFunctionConfiguration", in)
}

// changeFunction updates the function once the update before has settled.
func (t *task) changeFunction(operation string, in members) (shown members, err error) {
	in["FunctionName"] = t.PhysicalID
	err = t.until(func() (bool, error) {
		shown, err = t.call("Lambda", operation, in)
		if err != nil && t.classify(err) == conflict {
			return false, nil
		}
		return true, err
	})
	return shown, err
}
