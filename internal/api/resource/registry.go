package resource

import "slices"

// resources are all types that there are.
func resources() []*resource {
	return slices.Concat(
		[]*resource{
			lambdaFunction(), version(), alias(), permission(), functionURL(), layerVersion(), layerVersionPermission(), eventInvokeConfig(),
		},
		[]*resource{role(), policy(), rolePolicy(), managedPolicy()},
		[]*resource{application(), deploymentGroup(), deploymentConfig()},
		[]*resource{metricAlarm(), compositeAlarm(), logGroup(), logStream(), metricFilter()},
		[]*resource{parameter(), s3Bucket(), s3Policy()},
		apiGatewayTypes(),
		httpAPITypes(),
		[]*resource{nestedStack(), waitHandle(), waitCondition(), customResource(), cdkMetadata()},
	)
}
