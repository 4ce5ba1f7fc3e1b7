package shape_test

import (
	"reflect"
	"testing"

	"sluice/internal/api/shape"
	"sluice/internal/api/shape/codedeploy"
	"sluice/internal/api/shape/lambda"
)

// patterns collects all patterns of a service's requests by their text.
func patterns(m *shape.Model) map[string]*shape.Pattern {
	found := map[string]*shape.Pattern{}
	var walk func(c *shape.Constraint)
	walk = func(c *shape.Constraint) {
		if c == nil {
			return
		}
		if c.Pattern != nil {
			found[c.Pattern.Text] = c.Pattern
		}
		for _, part := range []*shape.Constraint{c.Item, c.Key, c.Value} {
			walk(part)
		}
		for _, member := range c.Members {
			walk(member.Rules)
		}
	}
	for i := range m.Operations {
		walk(m.Operations[i].Rules)
	}
	return found
}

func TestEveryPatternCompiles(t *testing.T) {
	for _, m := range []*shape.Model{&lambda.Model, &codedeploy.Model} {
		for text, p := range patterns(m) {
			t.Logf("%s: %q accepts nothing: %v", m.Name, text, p.Accepts(""))
		}
	}
}

// TestPatternsThatLookAround covers those that RE2 can't read and gen rewrites.
func TestPatternsThatLookAround(t *testing.T) {
	functionURL := `(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:)?(\d{12}:)?` +
		`(function:)?([a-zA-Z0-9-_]{1,64})(:((?!\d+$)[0-9a-zA-Z-_]+))?`
	for _, tt := range []struct {
		pattern         string
		accepts, denies []string
	}{
		{`(?!^[0-9]+$)([a-zA-Z0-9-_]+)`, []string{"live", "v1", "1v", "2024-"}, []string{"2024", "", "a b", "live\n", "0"}},
		{`((?!^\d+$)^[0-9a-zA-Z-_]+$)`, []string{"live", "1a"}, []string{"1", "12", "", "$LATEST"}},
		{`(^(?!(system\x2e)))(^[_a-zA-Z0-9])([^$]*)`, []string{"sys", "system", "systemx", "_a", "system-.", "9"},
			[]string{"system.", "system.a", "", "-a", "a$b"}},
		{`[0-9A-Za-z\.\-_]*(?<!\.)`, []string{"", "a", "a.b", "-"}, []string{".", "a.", "a b"}},
		{functionURL, []string{"f", "f:live", "f:1a", "function:f:live", "123456789012:123", "f:a-1"},
			[]string{"f:1", "f:12", "f:", "arn:aws:lambda:eu-west-1:111111111111:function:f:7"}},
	} {
		t.Run(tt.pattern, func(t *testing.T) {
			p := patterns(&lambda.Model)[tt.pattern]
			if p == nil {
				t.Fatal("no request has this pattern any more")
			}
			for _, s := range tt.accepts {
				if !p.Accepts(s) {
					t.Errorf("denies %q", s)
				}
			}
			for _, s := range tt.denies {
				if p.Accepts(s) {
					t.Errorf("accepts %q", s)
				}
			}
		})
	}
}

func TestOperationsNameTheirStructures(t *testing.T) {
	for _, m := range []*shape.Model{&lambda.Model, &codedeploy.Model} {
		for i := range m.Operations {
			op := &m.Operations[i]
			if op.Input == nil || reflect.TypeOf(op.Input).Elem().Kind() != reflect.Struct || op.Status < 200 {
				t.Errorf("%s has input %T and status %d", op.Name, op.Input, op.Status)
			}
		}
	}
}
