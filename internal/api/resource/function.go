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

func createFunction(t *task) (*stack.Made, error) {
	code, err := t.code()
	if err != nil {
		return nil, err
	}
	name := t.name("FunctionName", maxFunctionName)
	in := with(t.pick("Architectures", "CodeSigningConfigArn", "PackageType", "TenancyConfig"), members{
		"FunctionName": name, "Code": code, "Tags": tagMap(t.tags()),
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
