package logs

import (
	"context"
	"maps"
	"slices"

	"sluice/internal/fault"
	"sluice/internal/function"
)

// retentions are the days for which events can be kept (AWS: API reference of PutRetentionPolicy).
var retentions = []int{
	1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
}

// maxTags is how many tags a group can have (AWS: API reference of TagResource).
const maxTags = 50

// SetRetention sets for how many days events are kept; 0 means for ever. What has expired is no longer shown from now on.
func (s *Service) SetRetention(ctx context.Context, id GroupID, days int) error {
	if err := checkRetention(days); err != nil {
		return err
	}
	return s.change(ctx, id, func(g *Group) error { g.Retention = days; return nil })
}

func checkRetention(days int) error {
	if days != 0 && !slices.Contains(retentions, days) {
		return fault.Errorf(fault.Invalid, "retention", "Events can't be kept for %d days: choose one of %v", days, retentions)
	}
	return nil
}

// SetKey sets the KMS key; "" removes it.
func (s *Service) SetKey(ctx context.Context, id GroupID, key string) error {
	return s.change(ctx, id, func(g *Group) error { g.KMSKey = key; return nil })
}

// SetProtection says whether the group is protected from deletion.
func (s *Service) SetProtection(ctx context.Context, id GroupID, protected bool) error {
	return s.change(ctx, id, func(g *Group) error { g.Protected = protected; return nil })
}

// Tag adds tags, or replaces them.
func (s *Service) Tag(ctx context.Context, id GroupID, tags map[string]string) error {
	return s.change(ctx, id, func(g *Group) error {
		if g.Tags == nil {
			g.Tags = map[string]string{}
		}
		maps.Copy(g.Tags, tags)
		return checkTags(g.Tags)
	})
}

// Untag removes tags. Keys that are not there are fine.
func (s *Service) Untag(ctx context.Context, id GroupID, keys []string) error {
	return s.change(ctx, id, func(g *Group) error {
		for _, key := range keys {
			delete(g.Tags, key)
		}
		return nil
	})
}

func checkTags(tags map[string]string) error {
	if function.CountTags(tags) > maxTags {
		return fault.Errorf(fault.Limit, "tags", "A log group can have %d tags, not %d", maxTags, function.CountTags(tags))
	}
	for key, value := range tags {
		if n := len([]rune(key)); n == 0 || n > 128 || len([]rune(value)) > 256 {
			return fault.Errorf(fault.Invalid, "tags",
				"The key of a tag has 1 to 128 characters, and its value up to 256: %q has not", key)
		}
	}
	return nil
}
