package resource

import (
	"maps"

	"sluice/internal/stack"
)

// maxFunctionName is how long a function's name may be, in characters.
const maxFunctionName = 64

// lambdaFunction is AWS::Lambda::Function. Its Ref is the function's name.
func lambdaFunction() *resource {
	return &resource{
		Schema: stack.Schema{
			Type:       "AWS::Lambda::Function",
			Attributes: []string{"Arn", "SnapStartResponse", "SnapStartResponse.ApplyStatus", "SnapStartResponse.OptimizationStatus"},
			Properties: functionFields(),
		},
		create: createFunction, find: foundFunction, update: updateFunction,
		delete: func(t *task) error {
			_, err := t.call("Lambda", "DeleteFunction", members{"FunctionName": t.PhysicalID})
			return err
		},
	}
}

func functionFields() fields {
	f := fields{
		"Code": object(fields{
			"ImageUri": text(), "S3Bucket": text(), "S3Key": text(), "S3ObjectVersion": text(), "S3ObjectStorageMode": text(kept),
			"SourceKMSKeyArn": text(), "ZipFile": text(),
		}, required),
		"CodeSigningConfigArn": text(), "FunctionName": text(replaces), "PackageType": text(replaces), "RecursiveLoop": text(),
		"ReservedConcurrentExecutions": whole(), "Tags": tagged(), "ImageConfig": anything(), "CapacityProviderConfig": anything(),
		"DurableConfig": anything(), "TenancyConfig": anything(replaces), "FunctionScalingConfig": anything(kept),
		"PublishToLatestPublished": flag(kept),
		"RuntimeManagementConfig":  object(fields{"RuntimeVersionArn": text(), "UpdateRuntimeOn": text(required)}),
	}
	maps.Copy(f, configurationFields())
	return f
}

// configurationFields are what UpdateFunctionConfiguration changes, and Architectures.
func configurationFields() fields {
	return fields{
		"Architectures": list(text()), "DeadLetterConfig": object(fields{"TargetArn": text()}), "Description": text(),
		"Environment":       object(fields{"Variables": table(text())}),
		"EphemeralStorage":  object(fields{"Size": whole(required)}),
		"FileSystemConfigs": list(object(fields{"Arn": text(required), "LocalMountPath": text(required)}), kept),
		"Handler":           text(), "KmsKeyArn": text(kept), "Layers": list(text()),
		"LoggingConfig": object(fields{"ApplicationLogLevel": text(), "LogFormat": text(), "LogGroup": text(), "SystemLogLevel": text()}),
		"MemorySize":    whole(), "Role": text(required), "Runtime": text(),
		"SnapStart":     object(fields{"ApplyOn": text(required)}, kept),
		"Timeout":       whole(),
		"TracingConfig": object(fields{"Mode": text(required)}, kept),
		"VpcConfig": object(fields{
			"Ipv6AllowedForDualStack": flag(), "SecurityGroupIds": list(text()), "SubnetIds": list(text()),
		}, kept),
	}
}

// configured are the members of creation and update, by property.
var configured = map[string]string{
	"DeadLetterConfig": "DeadLetterConfig", "Description": "Description", "Environment": "Environment", "EphemeralStorage": "EphemeralStorage",
	"FileSystemConfigs": "FileSystemConfigs", "Handler": "Handler", "ImageConfig": "ImageConfig", "KmsKeyArn": "KMSKeyArn", "Layers": "Layers",
	"LoggingConfig": "LoggingConfig", "MemorySize": "MemorySize", "Role": "Role", "Runtime": "Runtime", "SnapStart": "SnapStart",
	"Timeout": "Timeout", "TracingConfig": "TracingConfig", "VpcConfig": "VpcConfig", "CapacityProviderConfig": "CapacityProviderConfig",
	"DurableConfig": "DurableConfig",
}

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

func createFunction(t *task) (*stack.Made, error) {
	code, err := t.code()
	if err != nil {
		return nil, err
	}
	name := t.name("FunctionName", maxFunctionName)
	in := with(t.pick("Architectures", "CodeSigningConfigArn", "PackageType", "TenancyConfig"), members{
		"FunctionName": name, "Code": code, "Tags": tagMap(t.tags("Tags")),
	})
	for property, member := range configured {
		in = with(in, members{member: t.Properties[property]})
	}
	out, err := t.call("Lambda", "CreateFunction", in)
	if err != nil {
		return nil, err
	}
	if err := t.setFunction(name); err != nil {
		return &stack.Made{PhysicalID: name}, err
	}
	return t.settled(name, out)
}

// foundFunction completes a function that an earlier order made.
func foundFunction(t *task) (*stack.Made, error) {
	name := t.name("FunctionName", maxFunctionName)
	if err := t.setFunction(name); err != nil {
		return &stack.Made{PhysicalID: name}, err
	}
	return t.settled(name, nil)
}

// settled waits until the function is active and no update of it under way. shown is what the last call answered of it.
func (t *task) settled(name string, shown members) (*stack.Made, error) {
	err := t.until(func() (bool, error) {
		if shown["State"] == "Active" && shown["LastUpdateStatus"] == "Successful" {
			return true, nil
		}
		var err error
		shown, err = t.call("Lambda", "GetFunctionConfiguration", members{"FunctionName": name})
		return shown["State"] == "Active" && shown["LastUpdateStatus"] == "Successful", err
	})
	if err != nil {
		return &stack.Made{PhysicalID: name}, err
	}
	snapStart := objectOf(shown["SnapStart"])
	response := members{"ApplyStatus": textOf(snapStart["ApplyOn"]), "OptimizationStatus": textOf(snapStart["OptimizationStatus"])}
	return &stack.Made{PhysicalID: name, Attributes: members{
		"Arn": shown["FunctionArn"], "SnapStartResponse": response,
		"SnapStartResponse.ApplyStatus": response["ApplyStatus"], "SnapStartResponse.OptimizationStatus": response["OptimizationStatus"],
	}}, nil
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
	return made, t.retag(functionTags, members{"Resource": made.Attributes["Arn"]}, "Tags")
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
