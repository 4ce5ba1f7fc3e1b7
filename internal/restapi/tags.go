package restapi

import (
	"context"

	"sluice/internal/executeapi"
	"sluice/internal/fault"
	"sluice/internal/function"
)

// Tags returns the tags of what an ARN names: an API, a stage, an API key or a usage plan.
// Errors: fault.NotFound "resource"; fault.Invalid "request" for an ARN that names none of them.
func (s *Service) Tags(ctx context.Context, scope function.Scope, arn string) (tags map[string]string, err error) {
	err = s.store.ReadRESTAPIs(ctx, func(r Reader) error {
		found, err := findTagged(r, scope, arn)
		if err == nil {
			tags = *found.tags
		}
		return err
	})
	return tags, err
}

// ChangeTags adds tags to what an ARN names, and takes others away.
// Errors: as Tags.
func (s *Service) ChangeTags(ctx context.Context, scope function.Scope, arn string, add map[string]string, remove []string) error {
	return s.store.WriteRESTAPIs(ctx, func(tx Tx) error {
		found, err := findTagged(tx, scope, arn)
		if err != nil {
			return err
		}
		changed, err := executeapi.Retag(*found.tags, add, remove)
		if err != nil {
			return err
		}
		*found.tags = changed
		return found.put(tx)
	})
}

// tagged is a record with tags.
type tagged struct {
	tags *map[string]string
	put  func(Tx) error
}

func findTagged(r Reader, scope function.Scope, arn string) (tagged, error) {
	parts := executeapi.ARNPath(arn, scope.Region)
	switch {
	case len(parts) < 2:
	case parts[0] == "restapis" && len(parts) == 2:
		a, err := r.RESTAPI(ID{Scope: scope, API: parts[1]})
		return tagged{&a.Tags, func(tx Tx) error { return tx.PutRESTAPI(a) }}, untagged(err)
	case parts[0] == "restapis" && len(parts) == 4 && parts[2] == "stages":
		stage, err := r.RESTStage(ID{Scope: scope, API: parts[1]}, parts[3])
		return tagged{&stage.Tags, func(tx Tx) error { return tx.PutRESTStage(stage) }}, untagged(err)
	case parts[0] == "apikeys" && len(parts) == 2:
		k, err := r.APIKey(scope, parts[1])
		return tagged{&k.Tags, func(tx Tx) error { return tx.PutAPIKey(k) }}, untagged(err)
	case parts[0] == "usageplans" && len(parts) == 2:
		p, err := r.UsagePlan(scope, parts[1])
		return tagged{&p.Tags, func(tx Tx) error { return tx.PutUsagePlan(p) }}, untagged(err)
	}
	return tagged{}, executeapi.BadARN(arn)
}

func untagged(err error) error {
	return missing(err, fault.Errorf(fault.NotFound, "resource", "Invalid resource ARN specified"))
}
