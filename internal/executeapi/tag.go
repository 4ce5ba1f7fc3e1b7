package executeapi

import (
	"maps"
	"strings"

	"sluice/internal/function"
)

// maxTags is how many tags a resource has at most (AWS's page "TagResource").
const maxTags = 50

// CheckTags refuses too many tags.
// Errors: fault.Invalid "request".
func CheckTags(tags map[string]string) error {
	if function.CountTags(tags) > maxTags {
		return bad("The number of tags exceeds the limit of %d", maxTags)
	}
	return nil
}

// Retag adds tags to others, takes some away, and returns what there is then. It changes none of its arguments.
// Errors: as CheckTags.
func Retag(tags, add map[string]string, remove []string) (map[string]string, error) {
	changed := maps.Clone(tags)
	if changed == nil {
		changed = map[string]string{}
	}
	maps.Copy(changed, add)
	for _, key := range remove {
		delete(changed, key)
	}
	return changed, CheckTags(changed)
}

// ARNPath returns the parts of the path of what an ARN names: of arn:aws:apigateway:REGION::/restapis/ID these are restapis and ID.
// It is empty for an ARN of another region or service.
func ARNPath(arn, region string) []string {
	path, ok := strings.CutPrefix(arn, "arn:aws:apigateway:"+region+"::/")
	if !ok {
		return nil
	}
	return strings.Split(path, "/")
}

// BadARN refuses an ARN of something that has no tags.
func BadARN(arn string) error { return bad("Invalid ARN specified in the request: %s", arn) }
