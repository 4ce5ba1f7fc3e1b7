package storetest

import (
	"encoding/json"
	"time"

	"sluice/internal/function"
	"sluice/internal/stack"
)

const stackARN = "arn:aws:cloudformation:eu-central-1:123456789012:stack/"

// NewStack returns a stack with every field set, that is not deleted.
func NewStack(name string) *stack.Stack {
	return &stack.Stack{
		Scope: scope, Name: name, ID: stackARN + name + "/1", Settings: newSettings(), Status: stack.UpdateComplete, Reason: "because",
		Created: when, Updated: when.Add(time.Hour), Deleted: when.Add(2 * time.Hour),
		Outputs:         []stack.Output{{Key: "URL", Value: "https://a", Description: "where", Export: "url"}},
		DisableRollback: true, Protected: true, ChangeSetID: "change set", Parent: "parent", Root: "root", TimeoutMinutes: 5,
		Policy: "{}", Token: "token", Setback: "failed", Imports: []string{"vpc"}, Goal: 1, Goals: 2,
		Operation: &stack.Operation{
			Goal: 2, Before: 1, Began: when, Failure: "no", Cancelled: true, Delete: true, OnFailure: stack.OnFailureDelete,
			Retain: []string{"A"}, Force: true, Skip: []string{"B"}, DeleteCreated: true, Policy: "{}", Until: when.Add(time.Minute),
			Held: true, Prior: &stack.Prior{Outputs: []stack.Output{{Key: "URL", Value: "https://b", Description: "where", Export: "url"}}, Imports: []string{"dns"}},
		},
	}
}

func newSettings() stack.Settings {
	return stack.Settings{
		Description: "about", Parameters: []stack.Parameter{{Key: "Name", Value: "/a", Resolved: "b", Hidden: true}},
		Capabilities: []string{"CAPABILITY_IAM"}, Tags: map[string]string{"team": "payments"},
		Notifications: []string{"arn:aws:sns:eu-central-1:123456789012:topic"}, Role: "arn:aws:iam::123456789012:role/r",
		Rollback: stack.Rollback{Minutes: 3, Triggers: []stack.Trigger{{ARN: "alarm", Type: "AWS::CloudWatch::Alarm"}}},
	}
}

// NewStackGoal returns a goal with every field set.
func NewStackGoal(s *stack.Stack, number int) *stack.Goal {
	return &stack.Goal{Stack: s.ID, Number: number, Text: "Resources: {}", Processed: `{"Resources":{}}`, Settings: newSettings()}
}

// NewStackResource returns a resource with every field set.
func NewStackResource(s *stack.Stack, logical string) *stack.Resource {
	before := newInstance("before")
	return &stack.Resource{
		Stack: s.ID, LogicalID: logical, Instance: newInstance("now"), Status: stack.Updating, Reason: "because", Changed: when,
		Task:   &stack.Task{Verb: stack.ToUpdate, Token: "token", Name: "name", Goal: newInstance("goal"), Old: stack.Values{"A": "b"}, Undo: true},
		Before: &before, Fresh: true, Failed: true, Ordered: true, Moved: true, Leftovers: []stack.Instance{newInstance("old")},
	}
}

func newInstance(physical string) stack.Instance {
	return stack.Instance{
		Type: "AWS::Lambda::Function", PhysicalID: physical, Ref: "ref", UpdatePolicy: stack.Values{"A": map[string]any{"B": true}},
		Properties: stack.Values{"MemorySize": json.Number("1024"), "Layers": []any{"a", nil}}, Attributes: stack.Values{"Arn": "arn"},
		Metadata: stack.Values{"a": "b"}, DeletionPolicy: "Retain", UpdateReplacePolicy: "Delete", DependsOn: []string{"Role"},
	}
}

// NewStackEvent returns an event with every field set but its number, which the store gives.
func NewStackEvent(s *stack.Stack, id string) *stack.Event {
	return &stack.Event{
		Stack: s.ID, StackName: s.Name, ID: id, LogicalID: "Function", PhysicalID: "f", Type: "AWS::Lambda::Function",
		Status: string(stack.Updating), Reason: "because", Properties: stack.Values{"Timeout": json.Number("3")}, Token: "token", Time: when,
	}
}

// NewChangeSet returns a change set with every field set.
func NewChangeSet(s *stack.Stack, name string) *stack.ChangeSet {
	return &stack.ChangeSet{
		Scope: scope, ID: "arn:aws:cloudformation:eu-central-1:123456789012:changeSet/" + name + "/1", Name: name, Stack: s.ID, StackName: s.Name,
		Type: stack.UpdateSet, Description: "about", Status: stack.ChangeSetComplete, Reason: "because", Execution: stack.Available,
		Created: when, Goal: *NewStackGoal(s, 2), OnFailure: stack.OnFailureNothing, Nested: true, Token: "token", DisableRollback: true,
		Changes: []stack.Change{{
			Action: stack.Modify, LogicalID: "Function", PhysicalID: "f", Type: "AWS::Lambda::Function", Replacement: "True",
			PolicyAction: "Delete", Scope: []string{"Properties"},
			Details: []stack.Detail{{
				Attribute: "Properties", Name: "Runtime", Recreation: "Never", Evaluation: "Static", Source: "ParameterReference", Cause: "Runtime",
			}},
		}},
		Values: map[string]stack.PropertyValues{"Function": {
			Before: stack.Values{"Runtime": "python3.12"}, After: stack.Values{"Runtime": stack.KnownAfterApply}, Missing: "there is no export",
		}},
	}
}

func newExport(s *stack.Stack, name string) stack.Export {
	return stack.Export{Scope: scope, Name: name, Value: "value", Stack: s.ID, StackName: s.Name}
}

// stackIn returns a stack that is like NewStack's in another scope.
func stackIn(s function.Scope, name string) *stack.Stack {
	other := NewStack(name)
	other.Scope = s
	other.ID += s.Account + s.Region
	return other
}
