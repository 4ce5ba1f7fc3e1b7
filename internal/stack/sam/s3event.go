package sam

import "slices"

var s3Event = eventKind{
	properties: []property{
		{name: "Bucket", is: text, required: true},
		{name: "Events", is: text | list, of: text, required: true, literal: true},
		{name: "Filter", is: object, of: text},
	},
	link: func(t *transform, e *event) error {
		bucket, _ := e.properties["Bucket"].(map[string]any)
		id, referred := bucket["Ref"]
		if name, ok := id.(string); ok {
			if _, ok := t.given[name]; ok {
				e.linked = name
				return nil
			}
		} else if referred {
			return invalidEvent(e.name, "'Ref' value in S3 events is not a valid string.")
		}
		return invalidEvent(e.name, "S3 events must reference an S3 bucket in the same template.")
	},
	expand: expandS3Event,
}

var bucketProperties = named(`AccessControl AccelerateConfiguration AnalyticsConfigurations BucketEncryption BucketName
	CorsConfiguration IntelligentTieringConfigurations InventoryConfigurations LifecycleConfiguration LoggingConfiguration
	MetricsConfigurations NotificationConfiguration ObjectLockConfiguration ObjectLockEnabled OwnershipControls
	PublicAccessBlockConfiguration ReplicationConfiguration Tags VersioningConfiguration WebsiteConfiguration`)

// expandS3Event enters the function into the bucket's notifications.
func expandS3Event(t *transform, e *event) ([]*resource, error) {
	id := e.linked.(string)
	bucket := t.given[id].(map[string]any)
	permission := e.permission(e.id, "", "s3.amazonaws.com", map[string]any{"SourceAccount": ref("AWS::AccountId")})
	if err := waitForPermission(id, bucket, permission, e); err != nil {
		return nil, err
	}
	if err := notify(id, bucket, e); err != nil {
		return nil, err
	}
	changed, err := t.changedResource(id, "AWS::S3::Bucket", bucket, bucketProperties)
	return []*resource{permission, changed}, err
}

// waitForPermission makes the bucket come after the permission, since S3 tries the function. Where the permission depends on
// a condition DependsOn would be wrong without it, so a tag refers to it.
func waitForPermission(id string, bucket map[string]any, permission *resource, e *event) error {
	condition, conditioned := permission.attributes["Condition"]
	if conditioned {
		properties, ok := bucket["Properties"].(map[string]any)
		if !ok {
			properties = map[string]any{}
			bucket["Properties"] = properties
		}
		tags := properties["Tags"]
		if tags == nil {
			tags = []any{}
		}
		if err := expect(id, "Tags", tags, list); err != nil {
			return err
		}
		name, _ := condition.(string)
		properties["Tags"] = append(slices.Clone(tags.([]any)), tag("sam:ConditionalDependsOn:"+permission.id, conditional(name, ref(permission.id), "no dependency")))
		return nil
	}
	var on []any
	switch given := bucket["DependsOn"].(type) {
	case nil:
	case string:
		on = []any{given}
	case []any:
		on = given
		for _, member := range given {
			if !scalar(member) {
				return invalidResource(e.id, "Invalid type for field 'DependsOn'. Expected a string or list of strings.")
			}
		}
	case map[string]any: // the reference takes the names of what should not be a map
		for _, name := range sorted(given) {
			on = append(on, name)
		}
	default:
		return invalidResource(e.id, "Invalid type for field 'DependsOn'. Expected a string or list of strings.")
	}
	bucket["DependsOn"] = unique(append(slices.Clone(on), permission.id))
	return nil
}

// unique leaves out what a list has twice.
func unique(values []any) []any {
	var once []any
	for _, v := range values {
		if !contains(once, v) {
			once = append(once, v)
		}
	}
	return once
}

func notify(id string, bucket map[string]any, e *event) error {
	configuration, err := member(bucket, "Properties", "NotificationConfiguration", id)
	if err != nil {
		return err
	}
	given, ok := configuration["LambdaConfigurations"].([]any)
	if !ok && configuration["LambdaConfigurations"] != nil {
		return invalidResource(id, "Invalid type for LambdaConfigurations. Must be a list.")
	}
	for _, name := range texts(e.properties["Events"]) {
		notification := map[string]any{"Function": e.targetARN(), "Event": name}
		if filter := e.properties["Filter"]; filter != nil {
			notification["Filter"] = clone(filter)
		}
		var entry any = notification
		if condition, ok := e.target.attributes["Condition"].(string); ok {
			entry = conditional(condition, notification, nil)
		}
		if !contains(given, entry) {
			given = append(given, entry)
		}
	}
	configuration["LambdaConfigurations"] = given
	return nil
}
