package codedeploy

import (
	shape "sluice/internal/api/shape/codedeploy"
	"sluice/internal/api/wire"
	"sluice/internal/fault"
	"sluice/internal/rollout"
)

// The types of revisions whose content comes with the request.
const (
	inString  = "String"
	inContent = "AppSpecContent"
)

// revision reads where a deployment's AppSpec comes from.
func revision(location *shape.RevisionLocation) (rollout.Revision, error) {
	if location == nil {
		return rollout.Revision{}, fault.Errorf(fault.Invalid, "revision required", "RevisionLocation must be specified")
	}
	switch kind := wire.Value(location.RevisionType); {
	case kind == inString && location.String != nil:
		return rollout.Revision{Type: kind, Content: wire.Value(location.String.Content), SHA256: wire.Value(location.String.Sha256)}, nil
	case kind == inContent && location.AppSpecContent != nil:
		return rollout.Revision{Type: kind, Content: wire.Value(location.AppSpecContent.Content), SHA256: wire.Value(location.AppSpecContent.Sha256)}, nil
	case kind == inString || kind == inContent:
		return rollout.Revision{}, fault.Errorf(fault.Invalid, "revision", "A revision of type %s needs the member of that name", kind)
	case kind == "":
		return rollout.Revision{}, fault.Errorf(fault.Invalid, "revision", "The revision has no revisionType: use %s or %s", inContent, inString)
	default:
		return rollout.Revision{}, fault.Errorf(fault.Invalid, "revision",
			"Sluice does not read revisions of type %s yet: send the AppSpec file with the request, as %s", kind, inContent)
	}
}

func revisionLocation(r *rollout.Revision) *shape.RevisionLocation {
	if r == nil {
		return nil
	}
	if r.Type == inString {
		return &shape.RevisionLocation{RevisionType: &r.Type, String: &shape.RawString{Content: &r.Content, Sha256: &r.SHA256}}
	}
	return &shape.RevisionLocation{RevisionType: &r.Type, AppSpecContent: &shape.AppSpecContent{Content: &r.Content, Sha256: &r.SHA256}}
}
