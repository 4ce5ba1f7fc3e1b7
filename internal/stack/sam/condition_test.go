package sam

import (
	"fmt"
	"testing"
)

// reach counts the conditions of names that a combined one stands for, and fails on more alternatives than CloudFormation takes.
func reach(t *testing.T, conditions map[string]any, name string) int {
	t.Helper()
	or, combined := at(conditions[name], "Fn::Or").([]any)
	if !combined {
		return 1
	}
	if len(or) < 2 || len(or) > alternatives {
		t.Errorf("%s has %d alternatives", name, len(or))
	}
	n := 0
	for _, alternative := range or {
		n += reach(t, conditions, at(alternative, "Condition").(string))
	}
	return n
}

func TestAnyConditionStandsForAll(t *testing.T) {
	for _, n := range []int{2, 9, 10, 11, 19, 20, 21, 100, 101} {
		tr := &transform{template: map[string]any{}}
		var names []string
		for i := range n {
			names = append(names, fmt.Sprintf("C%d", i))
		}
		tr.anyCondition("Any", names)
		if got := reach(t, tr.conditions(), "Any"); got != n {
			t.Errorf("of %d conditions it stands for %d: %v", n, got, tr.conditions())
		}
	}
}
