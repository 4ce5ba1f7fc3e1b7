package stack

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"

	"sluice/internal/fault"
	"sluice/internal/function"
	"sluice/internal/stack/template"
)

// plannedTypes are the types of these tests: of a Thing Name makes another one; a Loose has no tags, and is kept if its template says nothing.
func plannedTypes(name string) (*Schema, bool) {
	switch name {
	case "Thing":
		return &Schema{Type: name, Attributes: []string{"Arn"}, Properties: map[string]*Property{
			"Name": {Kind: String, Replaces: true}, "Value": {Kind: String}, "Other": {Kind: String}, "Tags": {Kind: List},
			"Deep": {Kind: Object, Fields: map[string]*Property{"Key": {Kind: String, Replaces: true}, "Text": {Kind: String}}},
		}}, true
	case "Loose":
		return &Schema{Type: name, Attributes: []string{"Arn"}, Properties: map[string]*Property{"Value": {Kind: String}}, DeletionPolicy: "Retain"}, true
	}
	return nil, false
}

// boundTo is a template's text with the values of its parameters.
func boundTo(t *testing.T, text string, parameters map[string]string) *template.Bound {
	t.Helper()
	parsed, err := template.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	bound, err := parsed.Bind(template.Inputs{Parameters: parameters, Pseudo: template.Pseudo{Region: "eu-central-1", AccountID: "123456789012"}})
	if err != nil {
		t.Fatal(err)
	}
	return bound
}

// thereIs makes the resources of a template as if an operation had made them: their physical IDs are "id-" and the logical one.
func thereIs(t *testing.T, bound *template.Bound) map[string]*Resource {
	t.Helper()
	have := map[string]*Resource{}
	v := &view{region: "eu-central-1", types: plannedTypes, find: func(id string) *Resource { return have[id] }}
	needs := map[string][]string{}
	specs := map[string]*template.Resource{}
	for _, r := range bound.Resources {
		needs[r.LogicalID], specs[r.LogicalID] = r.DependsOn, r
	}
	for _, id := range ordered(needs).sorted() {
		made, err := instance(specs[id], bound, v)
		if err != nil {
			t.Fatal(err)
		}
		made.PhysicalID, made.Attributes = "id-"+id, Values{"Arn": "arn:" + id}
		have[id] = &Resource{LogicalID: id, Instance: *made, Status: Created}
	}
	return have
}

// premised are premises of an update from one template to another.
func premised(t *testing.T, before, after string, parameters ...map[string]string) premises {
	t.Helper()
	parameters = append(parameters, nil, nil)
	old, bound := boundTo(t, before, parameters[0]), boundTo(t, after, parameters[1])
	return premises{
		stack: &Stack{Scope: function.Scope{Region: "eu-central-1", Account: "123456789012"}, Status: CreateComplete}, old: old,
		before: &Goal{Number: 1, Settings: Settings{Parameters: shown(old.Parameters)}}, have: thereIs(t, old),
		draft: &draft{goal: Goal{Settings: Settings{Parameters: shown(bound.Parameters)}}, bound: bound}, types: plannedTypes, known: map[question]*string{},
	}
}

// told is a change in a line: "Modify A False Value(Never,Static,DirectModification)".
func (c Change) told() string {
	parts := []string{string(c.Action), c.LogicalID}
	for _, part := range []string{c.Replacement, c.PolicyAction} {
		if part != "" {
			parts = append(parts, part)
		}
	}
	for _, d := range c.Details {
		what := d.Attribute
		if d.Name != "" {
			what = d.Name
		}
		source := d.Source
		if d.Cause != "" {
			source += " " + d.Cause
		}
		parts = append(parts, what+"("+strings.Join([]string{d.Recreation, d.Evaluation, source}, ",")+")")
	}
	return strings.Join(parts, " ")
}

func wantPlanned(t *testing.T, given premises, want ...string) {
	t.Helper()
	found, open, err := plan(given)
	if err != nil || len(open) > 0 {
		t.Fatalf("%v; asked for %v", err, open)
	}
	var got []string
	for _, c := range found.resources {
		got = append(got, c.told())
	}
	if !slices.Equal(got, want) {
		t.Errorf("planned are\n  %s\nwant\n  %s", strings.Join(got, "\n  "), strings.Join(want, "\n  "))
	}
}

// What becomes of a resource for each kind of change of it.
func TestPlanOfOneResource(t *testing.T) {
	thing := func(members string) string { return "Resources: {A: {Type: Thing, " + members + "}}" }
	for name, tt := range map[string]struct {
		before, after string
		want          []string
	}{
		"nothing": {thing("Properties: {Value: a}"), thing("Properties: {Value: a}"), nil},
		"a number as text": {
			thing("Properties: {Value: 60}"), thing("Properties: {Value: '60'}"), nil,
		},
		"a property": {
			thing("Properties: {Value: a}"), thing("Properties: {Value: b}"), []string{"Modify A False Value(Never,Static,DirectModification)"},
		},
		"a property that comes": {
			thing("Properties: {}"), thing("Properties: {Value: b}"), []string{"Modify A False Value(Never,Static,DirectModification)"},
		},
		"a property that goes": {
			thing("Properties: {Value: a, Other: o}"), thing("Properties: {Other: o}"), []string{"Modify A False Value(Never,Static,DirectModification)"},
		},
		"two properties": {
			thing("Properties: {Value: a, Other: a}"), thing("Properties: {Value: b, Other: b}"),
			[]string{"Modify A False Other(Never,Static,DirectModification) Value(Never,Static,DirectModification)"},
		},
		"one that makes another": {
			thing("Properties: {Name: a}"), thing("Properties: {Name: b}"), []string{"Modify A True ReplaceAndDelete Name(Always,Static,DirectModification)"},
		},
		"one that makes another, which is kept": {
			thing("UpdateReplacePolicy: Retain, Properties: {Name: a}"), thing("UpdateReplacePolicy: Retain, Properties: {Name: b}"),
			[]string{"Modify A True ReplaceAndRetain Name(Always,Static,DirectModification)"},
		},
		"one that makes another, and one that does not": {
			thing("Properties: {Name: a, Value: a}"), thing("Properties: {Name: b, Value: b}"),
			[]string{"Modify A True ReplaceAndDelete Name(Always,Static,DirectModification) Value(Never,Static,DirectModification)"},
		},
		"a field that makes another": {
			thing("Properties: {Deep: {Key: a, Text: a}}"), thing("Properties: {Deep: {Key: b, Text: a}}"),
			[]string{"Modify A True ReplaceAndDelete Deep(Always,Static,DirectModification)"},
		},
		"a field that does not": {
			thing("Properties: {Deep: {Key: a, Text: a}}"), thing("Properties: {Deep: {Key: a, Text: b}}"),
			[]string{"Modify A False Deep(Never,Static,DirectModification)"},
		},
		"what the template says besides": {
			thing("Metadata: {a: b}"), thing("DeletionPolicy: Retain, UpdatePolicy: {c: d}, UpdateReplacePolicy: Retain"),
			[]string{"Modify A False Metadata(Never,Static,DirectModification) UpdatePolicy(Never,Static,DirectModification) " +
				"DeletionPolicy(Never,Static,DirectModification) UpdateReplacePolicy(Never,Static,DirectModification)"},
		},
		"another name":  {"Resources: {A: {Type: Thing}}", "Resources: {B: {Type: Thing}}", []string{"Add B", "Remove A Delete"}},
		"it goes, kept": {"Resources: {A: {Type: Thing, DeletionPolicy: Retain}, B: {Type: Thing}}", "Resources: {B: {Type: Thing}}", []string{"Remove A Retain"}},
		"it goes, kept by its type": {
			"Resources: {A: {Type: Loose}, B: {Type: Thing}}", "Resources: {B: {Type: Thing}}", []string{"Remove A Retain"},
		},
		"it goes, although its type would keep it": {
			"Resources: {A: {Type: Loose, DeletionPolicy: Delete}, B: {Type: Thing}}", "Resources: {B: {Type: Thing}}", []string{"Remove A Delete"},
		},
		"it goes, kept unless it is new": {
			"Resources: {A: {Type: Thing, DeletionPolicy: RetainExceptOnCreate}, B: {Type: Thing}}", "Resources: {B: {Type: Thing}}", []string{"Remove A Retain"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			wantPlanned(t, premised(t, tt.before, tt.after), tt.want...)
		})
	}
}

// What a change of one resource does to those that refer to it.
func TestPlanOfWhatRefersToAChange(t *testing.T) {
	both := func(a, b string) string {
		return "Resources: {A: {Type: Thing, Properties: {" + a + "}}, B: {Type: Thing, Properties: {" + b + "}}}"
	}
	for name, tt := range map[string]struct {
		before, after, reference string
		want                     []string
	}{
		"by its ID, which stays": {"Value: a", "Value: b", "Value: {Ref: A}", []string{"Modify A False Value(Never,Static,DirectModification)"}},
		"by its ID, which becomes another": {"Name: a", "Name: b", "Value: {Ref: A}", []string{
			"Modify A True ReplaceAndDelete Name(Always,Static,DirectModification)", "Modify B False Value(Never,Static,ResourceReference A)",
		}},
		"by an attribute": {"Value: a", "Value: b", "Value: {'Fn::GetAtt': [A, Arn]}", []string{
			"Modify A False Value(Never,Static,DirectModification)", "Modify B False Value(Never,Dynamic,ResourceAttribute A.Arn)",
		}},
		"within a text": {"Value: a", "Value: b", "Value: {'Fn::Sub': 'x-${A.Arn}'}", []string{
			"Modify A False Value(Never,Static,DirectModification)", "Modify B False Value(Never,Dynamic,ResourceAttribute A.Arn)",
		}},
		"by what may make another of it": {"Value: a", "Value: b", "Name: {'Fn::GetAtt': [A, Arn]}", []string{
			"Modify A False Value(Never,Static,DirectModification)", "Modify B Conditional Name(Always,Dynamic,ResourceAttribute A.Arn)",
		}},
	} {
		t.Run(name, func(t *testing.T) {
			wantPlanned(t, premised(t, both(tt.before, tt.reference), both(tt.after, tt.reference)), tt.want...)
		})
	}
	t.Run("but nothing changes with what is said of it", func(t *testing.T) {
		refers := "B: {Type: Thing, Properties: {Value: {'Fn::GetAtt': [A, Arn]}}}"
		wantPlanned(t, premised(t, "Resources: {A: {Type: Thing}, "+refers+"}", "Resources: {A: {Type: Thing, Metadata: {a: b}}, "+refers+"}"),
			"Modify A False Metadata(Never,Static,DirectModification)")
	})
}

func TestPlanOfParameters(t *testing.T) {
	text := "Parameters: {P: {Type: String}, Q: {Type: String, Default: q}}\nResources: {A: {Type: Thing, Properties: {PROPERTY: {'Fn::Sub': '${P}${Q}'}}}}"
	for name, tt := range map[string]struct{ property, want string }{
		"in place":           {"Value", "Modify A False Value(Never,Static,ParameterReference P) Value(Never,Dynamic,DirectModification)"},
		"that makes another": {"Name", "Modify A True ReplaceAndDelete Name(Always,Static,ParameterReference P) Name(Always,Dynamic,DirectModification)"},
	} {
		t.Run(name, func(t *testing.T) {
			text := strings.Replace(text, "PROPERTY", tt.property, 1)
			wantPlanned(t, premised(t, text, text, map[string]string{"P": "1"}, map[string]string{"P": "2"}), tt.want)
			wantPlanned(t, premised(t, text, text, map[string]string{"P": "1"}, map[string]string{"P": "1"}))
		})
	}
}

func TestPlanOfTagsOfTheStack(t *testing.T) {
	text := "Resources: {A: {Type: Thing}, B: {Type: Loose}}"
	given := premised(t, text, text)
	given.draft.goal.Tags = map[string]string{"team": "b"}
	wantPlanned(t, given, "Modify A False Tags(Never,Static,DirectModification)")
	given.before.Tags = map[string]string{"team": "b"}
	wantPlanned(t, given)
}

// A resource that an update before left half-changed is changed again, one that was never there is made.
func TestPlanAfterFailures(t *testing.T) {
	text := "Resources: {A: {Type: Thing, Properties: {Value: a}}}"
	for name, tt := range map[string]struct {
		adjust func(*Resource)
		want   []string
	}{
		"whole":               {func(*Resource) {}, nil},
		"not updated":         {func(r *Resource) { r.Status = UpdateRefused }, []string{"Modify A False"}},
		"made in part":        {func(r *Resource) { r.Status = CreateRefused }, []string{"Add A"}},
		"not there":           {func(r *Resource) { r.PhysicalID = "" }, []string{"Add A"}},
		"of another type yet": {func(r *Resource) { r.Type, r.PhysicalID = "Loose", "" }, []string{"Add A"}},
	} {
		t.Run(name, func(t *testing.T) {
			given := premised(t, text, text)
			tt.adjust(given.have["A"])
			wantPlanned(t, given, tt.want...)
		})
	}
}

func TestPlanRefusesAnotherType(t *testing.T) {
	before := "Resources: {B: {Type: Thing}, A: {Type: Thing}, C: {Type: Thing}}"
	_, _, err := plan(premised(t, before, "Resources: {A: {Type: Loose}, B: {Type: Loose}, C: {Type: Thing}}"))
	want := "Update of resource type is not permitted. The new template modifies resource type of the following resources: [A, B]"
	if !fault.Is(err, fault.Invalid, "resource type") || err.Error() != want {
		t.Errorf("the error is %v", err)
	}
}

// A stack in review has nothing yet: all is added, in the template's order.
func TestPlanOfANewStack(t *testing.T) {
	given := premised(t, "Resources: {X: {Type: Thing}}", "Resources: {B: {Type: Thing, Properties: {Value: {Ref: A}}}, A: {Type: Thing}}")
	given.before, given.old, given.have = &Goal{}, nil, map[string]*Resource{}
	wantPlanned(t, given, "Add B", "Add A")
}

// Each of these alone is something to do.
func TestPlanOfWhatIsNoResource(t *testing.T) {
	text := func(outputs string) string {
		return "Resources: {A: {Type: Thing}}\nOutputs: {" + outputs + "}"
	}
	plain := []Output{{Key: "O", Value: "id-A"}}
	for name, tt := range map[string]struct {
		outputs string // that the draft declares
		now     []Output
		adjust  func(*premises)
		want    bool
	}{
		"nothing":                       {"O: {Value: {Ref: A}}", plain, nil, false},
		"an output's value":             {"O: {Value: other}", plain, nil, true},
		"an output that comes":          {"O: {Value: {Ref: A}}, P: {Value: p}", plain, nil, true},
		"an output that goes":           {"", plain, nil, true},
		"an output's name":              {"P: {Value: {Ref: A}}", plain, nil, true},
		"an output's description":       {"O: {Value: {Ref: A}, Description: new}", plain, nil, true},
		"an output that is exported":    {"O: {Value: {Ref: A}, Export: {Name: e}}", plain, nil, true},
		"an export that is the same":    {"O: {Value: {Ref: A}, Export: {Name: e}}", []Output{{Key: "O", Value: "id-A", Export: "e"}}, nil, false},
		"an export's name":              {"O: {Value: {Ref: A}, Export: {Name: f}}", []Output{{Key: "O", Value: "id-A", Export: "e"}}, nil, true},
		"an export that ends":           {"O: {Value: {Ref: A}}", []Output{{Key: "O", Value: "id-A", Export: "e"}}, nil, true},
		"a topic":                       {"O: {Value: {Ref: A}}", plain, func(p *premises) { p.draft.goal.Notifications = []string{"topic"} }, true},
		"an update that was left":       {"O: {Value: {Ref: A}}", plain, func(p *premises) { p.stack.Status = UpdateFailed }, true},
		"a creation that was left":      {"O: {Value: {Ref: A}}", plain, func(p *premises) { p.stack.Status = CreateFailed }, true},
		"tags, for who does not tag":    {"O: {Value: {Ref: A}}", plain, func(p *premises) { p.draft.goal.Tags = map[string]string{"a": "b"} }, true},
		"an update that was taken back": {"O: {Value: {Ref: A}}", plain, func(p *premises) { p.stack.Status = UpdateRollbackComplete }, false},
	} {
		t.Run(name, func(t *testing.T) {
			given := premised(t, text("O: {Value: {Ref: A}}"), text(tt.outputs))
			given.stack.Outputs = tt.now
			if tt.adjust != nil {
				tt.adjust(&given)
			}
			if found, _, err := plan(given); err != nil || found.others != tt.want {
				t.Errorf("there is something to do besides: %v, %v", found.others, err)
			}
		})
	}
}

// A plan asks for what lies outside of the stack, and is made again with the answers. What is not there yet may come to be there.
func TestPlanAsksAndIsToldAgain(t *testing.T) {
	imports := func(name string) string {
		return "Resources: {A: {Type: Thing, Properties: {Value: {'Fn::ImportValue': " + name + "}, Other: '{{resolve:ssm:/p:3}}'}}}"
	}
	export, parameter := question{export: true, name: "e"}, question{name: "/p", version: 3}
	given := premised(t, "Resources: {A: {Type: Thing, Properties: {Value: one, Other: stored}}}", imports("e"))
	_, open, err := plan(given)
	if err != nil || !slices.Contains(open, export) || !slices.Contains(open, parameter) {
		t.Fatalf("asked for %v, %v", open, err)
	}
	for name, tt := range map[string]struct {
		export, parameter *string
		want              []string
	}{
		"as it was":   {new("one"), new("stored"), nil},
		"another one": {new("two"), new("stored"), []string{"Modify A False Value(Never,Static,DirectModification)"}},
		"not there":   {nil, new("stored"), []string{"Modify A False Value(Never,Dynamic,DirectModification)"}},
		"neither is":  {nil, nil, []string{"Modify A False Other(Never,Dynamic,DirectModification) Value(Never,Dynamic,DirectModification)"}},
	} {
		t.Run(name, func(t *testing.T) {
			given := given
			given.known = map[question]*string{export: tt.export, parameter: tt.parameter}
			wantPlanned(t, given, tt.want...)
		})
	}
	t.Run("one question after the other", func(t *testing.T) {
		given := premised(t, "Resources: {A: {Type: Thing}}", imports("{'Fn::Sub': ['${X}', {X: '{{resolve:ssm:/name}}'}]}"))
		asked := map[question]bool{}
		for range 5 {
			_, open, err := plan(given)
			if err != nil {
				t.Fatal(err)
			}
			for _, q := range open {
				asked[q], given.known[q] = true, new("found")
			}
		}
		if _, open, _ := plan(given); len(open) > 0 {
			t.Errorf("after five times it asks for %v; before for %v", open, slices.Collect(maps.Keys(asked)))
		}
	})
}

// The same premises give the same plan, and are left as they are.
func TestPlanIsAFunctionOfItsPremises(t *testing.T) {
	given := premised(t, "Resources: {A: {Type: Thing, Properties: {Name: a, Value: a}}, B: {Type: Thing, Properties: {Value: {Ref: A}}}}",
		"Resources: {A: {Type: Thing, Properties: {Name: b}}, B: {Type: Thing, Properties: {Value: {Ref: A}}}, C: {Type: Thing}}")
	print := func(v any) string {
		text, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	before := print(given.have)
	first, _, err := plan(given)
	if err != nil {
		t.Fatal(err)
	}
	second, _, err := plan(given)
	if err != nil || print(first.resources) != print(second.resources) {
		t.Errorf("%v; first %s, then %s", err, print(first.resources), print(second.resources))
	}
	if after := print(given.have); after != before {
		t.Errorf("the resources became %s", after)
	}
}
