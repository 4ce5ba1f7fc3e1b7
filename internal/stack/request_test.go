package stack_test

import (
	"strings"
	"testing"

	"sluice/internal/fault"
	"sluice/internal/stack"
)

// Requests that can't be are refused before anything is stored.
func TestCreationsThatAreRefused(t *testing.T) {
	withParameters := "--- {Parameters: {P: {Type: Number, MinValue: 1}, Q: {Type: String, Default: q}}, Resources: {A: {Type: 'Test::Thing', Properties: {Value: {Ref: P}}}}}"
	given := func(all ...stack.Given) func(*stack.Request) {
		return func(r *stack.Request) { r.Parameters = all }
	}
	for name, tt := range map[string]struct {
		template string
		adjust   func(*stack.Request)
		kind     fault.Kind
		noun     string
		part     string
	}{
		"an end that there is not": {things("A=1"), func(r *stack.Request) { r.OnFailure = "EXPLODE" }, fault.Invalid, "stack", "OnFailure is ROLLBACK, DELETE or DO_NOTHING."},
		"two ends": {things("A=1"), func(r *stack.Request) { r.OnFailure, r.DisableRollback = stack.OnFailureDelete, new(true) }, fault.Invalid, "stack",
			"You can specify either DisableRollback or OnFailure, but not both."},
		"a name that is none":               {things("A=1"), func(r *stack.Request) { r.Name = "1st" }, fault.Invalid, "stackName", "Member must satisfy regular expression pattern"},
		"a policy that is none":             {things("A=1"), func(r *stack.Request) { r.Policy = "{" }, fault.Invalid, "stack policy", "Error validating stack policy"},
		"no template":                       {"", func(*stack.Request) {}, fault.Invalid, "template", "Template format error"},
		"the template in force":             {"", func(r *stack.Request) { r.Previous = true }, fault.Invalid, "template", "Stack [shop] has no template yet."},
		"a parameter without a value":       {withParameters, given(), fault.Invalid, "template", "Parameters: [P] must have values"},
		"a parameter that is no number":     {withParameters, given(stack.Given{Key: "P", Value: "many"}), fault.Invalid, "template", "P"},
		"a parameter that is too small":     {withParameters, given(stack.Given{Key: "P", Value: "0"}), fault.Invalid, "template", "P"},
		"a parameter that there is not":     {withParameters, given(stack.Given{Key: "P", Value: "1"}, stack.Given{Key: "R", Value: "r"}), fault.Invalid, "template", "Parameters: [R] do not exist in the template"},
		"a parameter given twice":           {withParameters, given(stack.Given{Key: "P", Value: "1"}, stack.Given{Key: "P", Value: "2"}), fault.Invalid, "parameter", "Duplicate parameter keys: [P]"},
		"a parameter that was never in use": {withParameters, given(stack.Given{Key: "P", Previous: true}), fault.Invalid, "parameter", "Cannot specify usePreviousValue as true for a parameter key not in the previous template"},
		"alarms where there are none": {things("A=1"), func(r *stack.Request) { r.Rollback = &stack.Rollback{Triggers: []stack.Trigger{{ARN: "a"}}} }, fault.Invalid, "rollback trigger",
			"Rollback triggers are not served here."},
		"a parent that is not there": {things("A=1"), func(r *stack.Request) { r.Parent = "arn:aws:cloudformation:eu-central-1:123456789012:stack/none/5a7f" }, fault.NotFound, "stack", "does not exist"},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t)
			_, err := b.Create(t.Context(), request(tt.template, tt.adjust))
			if !fault.Is(err, tt.kind, tt.noun) || !strings.Contains(err.Error(), tt.part) {
				t.Errorf("got %v (%s), want %s with %q", err, fault.Of(err).Noun, tt.noun, tt.part)
			}
			if all, _, err := b.Stacks(t.Context(), scope, false, "", 0); err != nil || len(all) > 0 {
				t.Errorf("there are %v, %v", all, err)
			}
		})
	}
}

// An update keeps whatever it is not given.
func TestSettingsStayUnlessTheyAreGiven(t *testing.T) {
	all := func(word string) func(*stack.Request) {
		return func(r *stack.Request) {
			r.Tags, r.Notifications, r.Role = map[string]string{"team": word}, []string{word}, word
			r.Rollback = &stack.Rollback{Minutes: len(word)}
		}
	}
	want := func(t *testing.T, s *stack.Stack, tag, topic, role string, minutes int) {
		t.Helper()
		wantStatus(t, s, stack.UpdateComplete, "")
		if s.Tags["team"] != tag || strings.Join(s.Notifications, " ") != topic || s.Role != role || s.Rollback.Minutes != minutes {
			t.Errorf("they are %v, %v, %q, %+v", s.Tags, s.Notifications, s.Role, s.Rollback)
		}
	}
	b := newBench(t)
	b.create(things("A=1"), all("one"))
	want(t, b.update(things("A=2")), "one", "one", "one", 3)
	want(t, b.update(things("A=3"), all("other")), "other", "other", "other", 5)
	want(t, b.update(things("A=4"), func(r *stack.Request) { r.Tags, r.Notifications = map[string]string{}, []string{} }), "", "", "other", 5)
	want(t, b.update(things("A=5"), func(r *stack.Request) { r.Rollback = &stack.Rollback{} }), "", "", "other", 0)
}

// An update that is taken back takes its settings along.
func TestSettingsAreTakenBack(t *testing.T) {
	b := newBench(t)
	b.create(things("A=1"), func(r *stack.Request) { r.Tags, r.Role = map[string]string{"team": "one"}, "one" })
	b.cloud.before = failing("update A")
	s := b.update(things("A=2"), func(r *stack.Request) { r.Tags, r.Role = map[string]string{"team": "two"}, "two" })
	wantStatus(t, s, stack.UpdateRollbackComplete, "")
	if s.Tags["team"] != "one" || s.Role != "one" {
		t.Errorf("they are %v, %q", s.Tags, s.Role)
	}
	goal, err := b.Goal(t.Context(), scope, "shop")
	if err != nil || goal.Text != things("A=1") {
		t.Errorf("the template is %q, %v", goal.Text, err)
	}
}

func TestCapabilitiesThatATemplateNeeds(t *testing.T) {
	role := func(properties string) string {
		return "--- {Resources: {R: {Type: 'AWS::IAM::Role', Properties: {" + properties + "}}}}"
	}
	for name, tt := range map[string]struct {
		template string
		given    []string
		missing  string // empty if they are enough: then the type is refused, which this cloud has not
	}{
		"a role, without a word":           {role(""), nil, "CAPABILITY_IAM"},
		"a role":                           {role(""), []string{"CAPABILITY_IAM"}, ""},
		"a role, with a greater one":       {role(""), []string{"CAPABILITY_NAMED_IAM"}, ""},
		"a named role, with a smaller one": {role("RoleName: r"), []string{"CAPABILITY_IAM"}, "CAPABILITY_NAMED_IAM"},
		"a named role":                     {role("RoleName: r"), []string{"CAPABILITY_NAMED_IAM"}, ""},
		"a macro besides":                  {strings.Replace(role(""), "{Resources", "{Transform: M, Resources", 1), []string{"CAPABILITY_IAM"}, "CAPABILITY_AUTO_EXPAND"},
		"a macro and a role, of nothing":   {strings.Replace(role(""), "{Resources", "{Transform: M, Resources", 1), nil, "CAPABILITY_AUTO_EXPAND, CAPABILITY_IAM"},
		"a macro and a role":               {strings.Replace(role(""), "{Resources", "{Transform: M, Resources", 1), []string{"CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t, func(c *stack.Config) { c.Expand = doubled })
			_, err := b.Create(t.Context(), request(tt.template, func(r *stack.Request) { r.Capabilities = tt.given }))
			if tt.missing == "" {
				if !fault.Is(err, fault.Invalid, "resource type") {
					t.Errorf("got %v", err)
				}
				return
			}
			wantFault(t, err, fault.Denied, "capability", "Requires capabilities : ["+tt.missing+"]")
		})
	}
}
