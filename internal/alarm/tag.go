package alarm

import (
	"context"
	"maps"
)

// Tags returns the tags of the alarm with an ARN; none if there is no such alarm, as on AWS (test_tagging_metric_alarm).
func (s *Service) Tags(_ context.Context, arn string) (map[string]string, error) {
	scope, name, ok := splitARN(arn)
	if !ok {
		return nil, errNotARN(arn)
	}
	if r := s.book.find(key{scope, name}); r != nil {
		return maps.Clone(r.Tags), nil
	}
	return nil, nil
}

// Tag adds tags to an alarm, or replaces those with the same keys.
// Errors: fault.Invalid "alarm" for what is no alarm's ARN; fault.NotFound "alarm"; fault.Limit or fault.Invalid "tags".
func (s *Service) Tag(ctx context.Context, arn string, tags map[string]string) error {
	return s.retag(ctx, arn, func(all map[string]string) { maps.Copy(all, tags) })
}

// Untag removes tags from an alarm. Keys that it does not have are passed over.
// Errors: fault.Invalid "alarm" for what is no alarm's ARN; fault.NotFound "alarm".
func (s *Service) Untag(ctx context.Context, arn string, keys []string) error {
	return s.retag(ctx, arn, func(all map[string]string) {
		for _, k := range keys {
			delete(all, k)
		}
	})
}

func (s *Service) retag(ctx context.Context, arn string, change func(map[string]string)) error {
	scope, name, ok := splitARN(arn)
	if !ok {
		return errNotARN(arn)
	}
	e := s.book.lock(key{scope, name})
	defer s.book.unlock(e)
	r := e.current.Load()
	if r == nil {
		return errMissing([]string{name})
	}
	next := *r.Alarm
	if next.Tags = maps.Clone(r.Tags); next.Tags == nil {
		next.Tags = map[string]string{}
	}
	change(next.Tags)
	if err := checkTags(next.Tags); err != nil {
		return err
	}
	return s.save(ctx, e, &next)
}

func errNotARN(arn string) error { return errAlarm("'%s' is not the ARN of an alarm", arn) }
