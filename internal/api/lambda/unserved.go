package lambda

import (
	"strings"

	shape "sluice/internal/api/shape/lambda"
	"sluice/internal/api/wire"
	"sluice/internal/fault"
)

// unserved is a member of a request that asks for something that Sluice does not do.
type unserved struct {
	asked  bool
	member string
}

const deadLetterTargets = "dead-letter queues and topics (DeadLetterConfig)"

// instead says what does the same here, by member.
var instead = map[string]string{deadLetterTargets: " Use the destination OnFailure with a function."}

// refuseUnserved refuses a request rather than keep what would have no effect where an effect is expected.
func refuseUnserved(members []unserved) error {
	var names []string
	advice := "Leave it out."
	for _, m := range members {
		if m.asked {
			names = append(names, m.member)
			advice += instead[m.member]
		}
	}
	if names == nil {
		return nil
	}
	return fault.Errorf(fault.Invalid, "unserved", "Sluice does not serve %s. %s", strings.Join(names, ", "), advice)
}

func unservedOfCreation(in *shape.CreateFunctionRequest) []unserved {
	return []unserved{
		{wire.Value(in.PackageType) == "Image" || in.Code.ImageUri != nil, "functions from container images (PackageType, Code.ImageUri)"},
		{in.Code.SourceKMSKeyArn != nil, "Code.SourceKMSKeyArn"},
		{in.ImageConfig != nil, "ImageConfig"},
		{in.TenancyConfig != nil, "TenancyConfig"},
		{in.CapacityProviderConfig != nil, "CapacityProviderConfig"},
		{in.DurableConfig != nil, "DurableConfig"},
		{in.RuntimeConfig != nil, "RuntimeConfig"},
		{in.AcceleratorConfig != nil, "AcceleratorConfig"},
		{in.PublishTo != nil, "PublishTo"},
		deadLetters(in.DeadLetterConfig),
	}
}

func unservedOfUpdate(in *shape.UpdateFunctionConfigurationRequest) []unserved {
	return []unserved{
		{in.ImageConfig != nil, "ImageConfig"},
		{in.CapacityProviderConfig != nil, "CapacityProviderConfig"},
		{in.DurableConfig != nil, "DurableConfig"},
		{in.RuntimeConfig != nil, "RuntimeConfig"},
		{in.AcceleratorConfig != nil, "AcceleratorConfig"},
		deadLetters(in.DeadLetterConfig),
	}
}

// deadLetters is a queue or a topic for the events that a function failed on: AWS takes nothing else. An empty target takes
// one back.
func deadLetters(config *shape.DeadLetterConfig) unserved {
	return unserved{config != nil && wire.Value(config.TargetArn) != "", deadLetterTargets}
}

func unservedOfCode(in *shape.UpdateFunctionCodeRequest) []unserved {
	return []unserved{
		{in.SourceKMSKeyArn != nil, "SourceKMSKeyArn"},
		{in.PublishTo != nil, "PublishTo"},
	}
}
