package function

import (
	"context"
	"maps"
	"strings"

	"sluice/internal/fault"
)

// systemTag is how the keys of tags begin that AWS's services set.
const systemTag = "aws:"

// CountTags is how many tags of a resource of any kind count towards its limit: AWS's own do not (page "Tag naming limits and
// requirements" of AWS's guide to tags).
func CountTags(tags map[string]string) int {
	n := 0
	for key := range tags {
		if !strings.HasPrefix(key, systemTag) {
			n++
		}
	}
	return n
}

// Tags returns a function's tags.
// Errors: fault.NotFound "function".
func (s *Service) Tags(ctx context.Context, id ID) (map[string]string, error) {
	found, err := s.Find(ctx, id, "")
	if err != nil {
		return nil, err
	}
	return found.Function.Tags, nil
}

// Tag sets tags of a function and keeps its others. Like any change, it renews $LATEST's revision (recording
// test_tag_lifecycle).
// Errors: fault.NotFound "function"; fault.Invalid "tags" if none is given or they become too many.
func (s *Service) Tag(ctx context.Context, id ID, tags map[string]string) error {
	return s.changeTags(ctx, id, func(there map[string]string) error {
		if len(tags) == 0 { // AWS's words (recording test_tag_exceptions)
			return fault.Errorf(fault.Invalid, "tags", "An error occurred and the request cannot be processed.")
		}
		maps.Copy(there, tags)
		return validateTags(there)
	})
}

// Untag removes tags of a function. One that it does not have is no error.
// Errors: fault.NotFound "function".
func (s *Service) Untag(ctx context.Context, id ID, keys []string) error {
	return s.changeTags(ctx, id, func(there map[string]string) error {
		for _, key := range keys {
			delete(there, key)
		}
		return nil
	})
}

func (s *Service) changeTags(ctx context.Context, id ID, change func(map[string]string) error) error {
	return s.changeFunction(ctx, id, func(f *Function) error {
		tags := map[string]string{}
		maps.Copy(tags, f.Tags)
		if err := change(tags); err != nil {
			return err
		}
		f.Tags = tags
		f.Latest = *f.Latest.At(now())
		f.Latest.RevisionID = newRevision()
		return nil
	})
}

// changeFunction changes what is no configuration of a function, so that nothing is published or routed anew.
func (s *Service) changeFunction(ctx context.Context, id ID, change func(*Function) error) error {
	return s.store.WriteFunctions(ctx, func(tx Tx) error {
		f, err := tx.Function(id)
		if err != nil {
			return notFoundAs(err, id, "")
		}
		if err := change(f); err != nil {
			return err
		}
		return tx.PutFunction(f)
	})
}
