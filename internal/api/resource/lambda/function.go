package lambda

import (
	"maps"

	"sluice/internal/api/resource"
	"sluice/internal/api/resource/schema"
	"sluice/internal/stack"
)

// maxFunctionName is how long a function's name may be, in characters.
const maxFunctionName = 64

// functionType is AWS::Lambda::Function. Its Ref is the function's name.
func functionType() *resource.Type {
	return &resource.Type{
		Schema: stack.Schema{
			Type:       "AWS::Lambda::Function",
			Attributes: []string{"Arn", "SnapStartResponse", "SnapStartResponse.ApplyStatus", "SnapStartResponse.OptimizationStatus"},
			Properties: functionFields(),
		},
		Create: createFunction, Find: foundFunction, Update: updateFunction,
		Delete: func(t *task) error {
			_, err := t.Call("Lambda", "DeleteFunction", members{"FunctionName": t.PhysicalID})
			return err
		},
	}
}

func functionFields() schema.Fields {
	f := schema.Fields{
		"Code": schema.Object(schema.Fields{
			"ImageUri": schema.String(), "S3Bucket": schema.String(), "S3Key": schema.String(), "S3ObjectVersion": schema.String(), "S3ObjectStorageMode": schema.String(schema.Kept),
			"SourceKMSKeyArn": schema.String(), "ZipFile": schema.String(),
		}, schema.Required),
		"CodeSigningConfigArn": schema.String(), "FunctionName": schema.String(schema.Replaces), "PackageType": schema.String(schema.Replaces), "RecursiveLoop": schema.String(),
		"ReservedConcurrentExecutions": schema.Integer(), "Tags": schema.Tags(), "ImageConfig": schema.Any(), "CapacityProviderConfig": schema.Any(),
		"DurableConfig": schema.Any(), "TenancyConfig": schema.Any(schema.Replaces), "FunctionScalingConfig": schema.Any(schema.Kept),
		"PublishToLatestPublished": schema.Boolean(schema.Kept),
		"RuntimeManagementConfig":  schema.Object(schema.Fields{"RuntimeVersionArn": schema.String(), "UpdateRuntimeOn": schema.String(schema.Required)}),
	}
	maps.Copy(f, configurationFields())
	return f
}

// configurationFields are what UpdateFunctionConfiguration changes, and Architectures.
func configurationFields() schema.Fields {
	return schema.Fields{
		"Architectures": schema.List(schema.String()), "DeadLetterConfig": schema.Object(schema.Fields{"TargetArn": schema.String()}), "Description": schema.String(),
		"Environment":       schema.Object(schema.Fields{"Variables": schema.Map(schema.String())}),
		"EphemeralStorage":  schema.Object(schema.Fields{"Size": schema.Integer(schema.Required)}),
		"FileSystemConfigs": schema.List(schema.Object(schema.Fields{"Arn": schema.String(schema.Required), "LocalMountPath": schema.String(schema.Required)}), schema.Kept),
		"Handler":           schema.String(), "KmsKeyArn": schema.String(schema.Kept), "Layers": schema.List(schema.String()),
		"LoggingConfig": schema.Object(schema.Fields{"ApplicationLogLevel": schema.String(), "LogFormat": schema.String(), "LogGroup": schema.String(), "SystemLogLevel": schema.String()}),
		"MemorySize":    schema.Integer(), "Role": schema.String(schema.Required), "Runtime": schema.String(),
		"SnapStart":     schema.Object(schema.Fields{"ApplyOn": schema.String(schema.Required)}, schema.Kept),
		"Timeout":       schema.Integer(),
		"TracingConfig": schema.Object(schema.Fields{"Mode": schema.String(schema.Required)}, schema.Kept),
		"VpcConfig": schema.Object(schema.Fields{
			"Ipv6AllowedForDualStack": schema.Boolean(), "SecurityGroupIds": schema.List(schema.String()), "SubnetIds": schema.List(schema.String()),
		}, schema.Kept),
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
	code, err := code(t)
	if err != nil {
		return nil, err
	}
	name := t.Name("FunctionName", maxFunctionName)
	in := resource.With(t.Pick("Architectures", "CodeSigningConfigArn", "PackageType", "TenancyConfig"), members{
		"FunctionName": name, "Code": code, "Tags": resource.TagMap(t.Tags()),
	})
	for property, member := range configured {
		in = resource.With(in, members{member: t.Properties[property]})
	}
	out, err := t.Call("Lambda", "CreateFunction", in)
	if err != nil {
		return nil, err
	}
	if err := setFunction(t, name); err != nil {
		return &stack.Made{PhysicalID: name}, err
	}
	return settled(t, name, out)
}

// foundFunction completes a function that an earlier order made.
func foundFunction(t *task) (*stack.Made, error) {
	name := t.Name("FunctionName", maxFunctionName)
	if err := setFunction(t, name); err != nil {
		return &stack.Made{PhysicalID: name}, err
	}
	return settled(t, name, nil)
}

// settled waits until the function is active and no update of it under way. shown is what the last call answered of it.
func settled(t *task, name string, shown members) (*stack.Made, error) {
	err := t.Until(func() (bool, error) {
		if shown["State"] == "Active" && shown["LastUpdateStatus"] == "Successful" {
			return true, nil
		}
		var err error
		shown, err = t.Call("Lambda", "GetFunctionConfiguration", members{"FunctionName": name})
		return shown["State"] == "Active" && shown["LastUpdateStatus"] == "Successful", err
	})
	if err != nil {
		return &stack.Made{PhysicalID: name}, err
	}
	snapStart := resource.ObjectOf(shown["SnapStart"])
	response := members{"ApplyStatus": resource.TextOf(snapStart["ApplyOn"]), "OptimizationStatus": resource.TextOf(snapStart["OptimizationStatus"])}
	return &stack.Made{PhysicalID: name, Attributes: members{
		"Arn": shown["FunctionArn"], "SnapStartResponse": response,
		"SnapStartResponse.ApplyStatus": response["ApplyStatus"], "SnapStartResponse.OptimizationStatus": response["OptimizationStatus"],
	}}, nil
}
