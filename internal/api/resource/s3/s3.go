// Package s3 holds the resource types AWS::S3::*: buckets and their policies. S3 is the one service whose operations are not called:
// its API is not among those of wire.Server, so what a bucket needs is asked of Buckets.
//
// What is common to all types does not belong here (internal/api/resource), nor do the rules of buckets (internal/bucket).
// internal/server joins Types to those of the other services.
package s3

import (
	"sluice/internal/api/resource"
)

// The words of every file here.
type (
	task    = resource.Task
	members = resource.Members
)

// Types are all of AWS::S3::* that there are.
func Types(buckets Buckets) []*resource.Type {
	return []*resource.Type{
		bucketType(buckets), bucketPolicy(buckets),
	}
}
