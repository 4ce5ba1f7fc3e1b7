package parameter

import (
	"context"
	"regexp"
	"strings"

	"sluice/internal/fault"
)

// labelForm is AWS's for labels (its page "LabelParameterVersion"); they also don't begin with a digit, aws or ssm.
// Their length is checked apart from it: a regular expression that counts is long, and compiled at each start.
var labelForm = regexp.MustCompile(`^[a-zA-Z_.-][a-zA-Z0-9_.-]*$`)

const longestLabel = 100

func validLabel(label string) bool {
	lower := strings.ToLower(label)
	return len(label) <= longestLabel && labelForm.MatchString(label) && !strings.HasPrefix(lower, "aws") && !strings.HasPrefix(lower, "ssm")
}

// Label points labels at a version of a parameter, the latest if the number is 0, and away from where they pointed. It
// returns the version's number and the labels that may not be, which is no error.
// Errors: fault.NotFound "parameter" or "version"; fault.Limit "labels".
func (s *Service) Label(ctx context.Context, id ID, number int64, labels []string) (at int64, bad []string, err error) {
	err = s.relabel(ctx, id, number, func(p *Parameter, number int64) error {
		at = number
		for _, label := range labels {
			if validLabel(label) {
				p.Labels[label] = number
			} else {
				bad = append(bad, label)
			}
		}
		if len(p.labelsOf(number)) > maxLabels {
			return fault.Errorf(fault.Limit, "labels", "A parameter version can have maximum %d labels. "+
				"Move one or more labels to another version and try again.", maxLabels)
		}
		return nil
	})
	return at, bad, err
}

// Unlabel takes labels away from a version. It returns those that pointed at it, and those that did not.
// Errors: fault.NotFound "parameter" or "version".
func (s *Service) Unlabel(ctx context.Context, id ID, number int64, labels []string) (removed, others []string, err error) {
	err = s.relabel(ctx, id, number, func(p *Parameter, number int64) error {
		for _, label := range labels {
			if at, there := p.Labels[label]; there && at == number {
				delete(p.Labels, label)
				removed = append(removed, label)
			} else {
				others = append(others, label)
			}
		}
		return nil
	})
	return removed, others, err
}

func (s *Service) relabel(ctx context.Context, id ID, number int64, change func(*Parameter, int64) error) error {
	return s.store.WriteParameters(ctx, func(tx Tx) error {
		p, err := parameter(tx, id)
		if err != nil {
			return err
		}
		if number == 0 {
			number = p.Latest.Number
		}
		if _, err := version(tx, id, number); err != nil {
			return err
		}
		if p.Labels == nil {
			p.Labels = map[string]int64{}
		}
		if err := change(p, number); err != nil {
			return err
		}
		return tx.PutParameter(p)
	})
}
