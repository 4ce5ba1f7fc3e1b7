// Package codedeploy holds the resource types AWS::CodeDeploy::*: applications, deployment groups and configurations. Deployments
// are made by aliases (internal/api/resource/lambda).
//
// What is common to all types does not belong here (internal/api/resource), nor do the rules of deployments (internal/rollout).
// internal/server joins Types to those of the other services.
package codedeploy

import "sluice/internal/api/resource"

// The words of every file here.
type (
	task    = resource.Task
	members = resource.Members
)

// Types are all of AWS::CodeDeploy::* that there are.
func Types() []*resource.Type {
	return []*resource.Type{
		application(), deploymentGroup(), deploymentConfig(),
	}
}

// maxName is how long the names of applications, groups and configurations may be, in characters.
const maxName = 100

var tagging = resource.Tagging{
	Service: "CodeDeploy", List: "ListTagsForResource", Tag: "TagResource", Untag: "UntagResource", Shown: "Tags", Tags: "Tags", Keys: "TagKeys",
}
