package parameter

import (
	"context"
	"maps"

	"sluice/internal/fault"
	"sluice/internal/function"
)

// Tags returns the tags of a parameter. Errors: fault.NotFound "parameter".
func (s *Service) Tags(ctx context.Context, id ID) (tags map[string]string, err error) {
	err = s.store.ReadParameters(ctx, func(r Reader) error {
		p, err := parameter(r, id)
		if err == nil {
			tags = p.Tags
		}
		return err
	})
	return tags, err
}

// Tag sets tags of a parameter. Errors: fault.NotFound "parameter"; fault.Limit "tags".
func (s *Service) Tag(ctx context.Context, id ID, tags map[string]string) error {
	return s.retag(ctx, id, func(p *Parameter) error {
		if p.Tags == nil {
			p.Tags = map[string]string{}
		}
		maps.Copy(p.Tags, tags)
		if function.CountTags(p.Tags) > maxTags {
			return tooManyTags()
		}
		return nil
	})
}

// Untag removes tags of a parameter; those that it doesn't have do no harm. Errors: fault.NotFound "parameter".
func (s *Service) Untag(ctx context.Context, id ID, keys []string) error {
	return s.retag(ctx, id, func(p *Parameter) error {
		for _, key := range keys {
			delete(p.Tags, key)
		}
		return nil
	})
}

func (s *Service) retag(ctx context.Context, id ID, change func(*Parameter) error) error {
	return s.store.WriteParameters(ctx, func(tx Tx) error {
		p, err := parameter(tx, id)
		if err != nil {
			return err
		}
		if err := change(p); err != nil {
			return err
		}
		return tx.PutParameter(p)
	})
}

func tooManyTags() error {
	return fault.Errorf(fault.Limit, "tags", "A parameter can have %d tags at most.", maxTags)
}
