package resource

// maxCodeDeployName is how long the names of applications, groups and configurations may be, in characters.
const maxCodeDeployName = 100

var codeDeployTags = tagging{
	service: "CodeDeploy", list: "ListTagsForResource", tag: "TagResource", untag: "UntagResource", shown: "Tags", tags: "Tags", keys: "TagKeys",
}
