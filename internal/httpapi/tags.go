package httpapi

import (
	"context"
	"maps"
	"strings"

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
		changed := maps.Clone(*found.tags)
		if changed == nil {
			changed = map[string]string{}
		}
		maps.Copy(changed, add)
		for _, key := range remove {
			delete(changed, key)
		}
		if err := checkTags(changed); err != nil {
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
	path, ok := strings.CutPrefix(arn, "arn:aws:apigateway:"+scope.Region+"::/apis/")
	parts := strings.Split(path, "/")
	switch {
	case ok && len(parts) == 1:
		a, err := r.HTTPAPI(ID{scope, parts[0]})
		if err != nil {
			return tagged{}, untagged(err)
		}
		return tagged{&a.Tags, func(tx Tx) error { return tx.PutHTTPAPI(a) }}, nil
	case ok && len(parts) == 3 && parts[1] == "stages":
		stage, err := r.HTTPStage(ID{scope, parts[0]}, parts[2])
		if err != nil {
			return tagged{}, untagged(err)
		}
		return tagged{&stage.Tags, func(tx Tx) error { return tx.PutHTTPStage(stage) }}, nil
	}
	return tagged{}, bad("Invalid ARN specified in the request: %s", arn)
}

func untagged(err error) error {
	return missing(err, fault.Errorf(fault.NotFound, "resource", "Invalid resource ARN specified"))
}
