package stack

import "testing"

func TestFailuresAreTold(t *testing.T) {
	resource := func(id string, status ResourceStatus, failed bool) *Resource {
		return &Resource{LogicalID: id, Status: status, Failed: failed}
	}
	for name, tt := range map[string]struct {
		resources []*Resource
		want      string
	}{
		"none":               {nil, ""},
		"of those before":    {[]*Resource{resource("A", CreateRefused, false)}, ""},
		"in order":           {[]*Resource{resource("B", CreateRefused, true), resource("A", CreateRefused, true)}, "The following resource(s) failed to create: [A, B]. "},
		"each by what it is": {[]*Resource{resource("U", UpdateRefused, true), resource("D", DeleteRefused, true), resource("C", CreateRefused, true), resource("O", Created, true)}, "The following resource(s) failed to create: [C]. The following resource(s) failed to delete: [D]. The following resource(s) failed to update: [U]. "},
	} {
		t.Run(name, func(t *testing.T) {
			if got := failures(tt.resources); got != tt.want {
				t.Errorf("%q, want %q", got, tt.want)
			}
		})
	}
}
