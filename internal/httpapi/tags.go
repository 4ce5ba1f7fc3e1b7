package httpapi

import (
	"context"

	"sluice/internal/executeapi"
	"sluice/internal/fault"
	"sluice/internal/function"
)

// Tags returns the tags of what an ARN names: an API or a stage.
// Errors: fault.NotFound "resource"; fault.Invalid "request" for an ARN that names neither.
func (s *Service) Tags(ctx context.Context, scope function.Scope, arn string) (map[string]string, error) {
	return read(ctx, s, func(r Reader) (map[string]string, error) {
		found, err := findTagged(r, scope, arn)
		if err != nil {
			return nil, err
		}
		return *found.tags, nil
	})
}

// ChangeTags adds tags to what an ARN names, and takes others away.
// Errors: as Tags.
func (s *Service) ChangeTags(ctx context.Context, scope function.Scope, arn string, add map[string]string, remove []string) error {
	return s.store.WriteHTTPAPIs(ctx, func(tx Tx) error {
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
	case len(parts) < 2 || parts[0] != "apis":
	case len(parts) == 2:
		a, err := r.HTTPAPI(ID{Scope: scope, API: parts[1]})
		if err != nil {
			return tagged{}, untagged(err)
		}
		return tagged{&a.Tags, func(tx Tx) error { return tx.PutHTTPAPI(a) }}, nil
	case len(parts) == 4 && parts[2] == "stages":
		stage, err := r.HTTPStage(ID{Scope: scope, API: parts[1]}, parts[3])
		if err != nil {
			return tagged{}, untagged(err)
		}
		return tagged{&stage.Tags, func(tx Tx) error { return tx.PutHTTPStage(stage) }}, nil
	}
	return tagged{}, executeapi.BadARN(arn)
}

func untagged(err error) error {
	return missing(err, fault.Errorf(fault.NotFound, "resource", "Invalid resource ARN specified"))
}
