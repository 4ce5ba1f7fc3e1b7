package stack

import (
	"context"
	"errors"
)

// Provider knows the resource types and makes their resources. Its methods may be called by many goroutines at once.
//
// Create, Update and Delete return when the resource is ready, or gone. Their error's text is the status reason that the
// stack's events show. When ctx ends, they bring the resource into one stated condition (an alias to one version) and return
// ctx's cause. If the cause is ErrClosing, the server stops: they return as soon as they can, and the order is repeated when
// it is started again.
//
// Made beside an error of Create says what is there nevertheless, and has to be deleted: nil is nothing.
//
// Update may return another physical ID: the resource was replaced, and an order follows to delete the one before.
//
// An order that is Repeated was given before by a server that was killed, and may have been carried out, wholly or in part:
// it finds what is there and does the rest.
type Provider interface {
	// Schema describes a resource type. It is false if there is no such type; a schema besides says why in its Refusal.
	Schema(resourceType string) (*Schema, bool)
	Create(ctx context.Context, o *Order) (*Made, error)
	Update(ctx context.Context, o *Order) (*Made, error)
	// Delete deletes a resource. One that is gone already is no error.
	Delete(ctx context.Context, o *Order) error
	// Commit is for the types whose Schema.Commits is set: whatever was ordered for the resource stands from now on, be it an
	// update or one with Undo that took it back. What it kept to be able to take the update back may go. It comes in the cleanup,
	// once for each resource that is there, and also if nothing was ordered or it was committed already.
	Commit(ctx context.Context, o *Order) error
}

// types describes resource types, as Provider.Schema does.
type types func(resourceType string) (*Schema, bool)

// ErrClosing is the cause of a context that ends because the server stops.
var ErrClosing = errors.New("the server is stopping")

// Order is what a provider is asked to do.
type Order struct {
	Stack     Owner
	LogicalID string
	Type      string
	// PhysicalID is the resource that is to be updated or deleted. To be created it may have this name, which is unique and
	// the same when the order is repeated, unless its properties say another.
	PhysicalID string
	// Token is the same when the order is repeated and otherwise unique: 32 to 64 letters, digits and dashes.
	Token    string
	Repeated bool
	// Properties are evaluated: strings, bools, json.Number, []any and map[string]any. Old are those of an update before.
	Properties, Old map[string]any
	// UpdatePolicy is evaluated too; nil if the template has none.
	UpdatePolicy map[string]any
	// Attributes are those of the resource before.
	Attributes map[string]any
	// OldTags are those of the stack before an update.
	OldTags map[string]string
	// Undo is set while an operation that failed is rolled back, Cleanup while what is no longer needed is deleted.
	Undo, Cleanup bool
	// Note adds an event to the stack's: the resource is still in progress, for this reason.
	Note func(reason string)
}

// Owner is the stack that an order is for.
type Owner struct {
	Account, Region string
	ID              string // its ARN
	Name            string
	Tags            map[string]string // which its resources get as well
	Role            string            // that its resources are made as; empty is the caller's
}

// Made is a resource that is there.
type Made struct {
	// PhysicalID is what Ref returns, unless Ref says otherwise.
	PhysicalID string
	Ref        string
	// Attributes are what Fn::GetAtt returns, by name ("Arn", "Outputs.Name").
	Attributes map[string]any
}

// Schema says what a resource type is.
type Schema struct {
	Type       string
	Properties map[string]*Property
	// Open types accept any property (custom resources).
	Open bool
	// Attributes are those of Fn::GetAtt, sorted; "Outputs.*" stands for all that begin so, "*" for all.
	Attributes []string
	// Commits is set if updates of the resource are taken back, by an order with Undo, until Provider.Commit lets them stand.
	Commits bool
	// Fixed types have no update: a changed property fails it (AWS::Lambda::Version).
	Fixed bool
	// Refusal says of a type that is not known why there is none here; empty has nothing to say but that.
	Refusal string
	// DeletionPolicy is what a template without one means: Delete (empty), Snapshot or Retain.
	DeletionPolicy string
}

// Property is one property of a resource type.
type Property struct {
	Kind     Kind
	Required bool
	// Replaces is set if a change makes a new resource and deletes the old one ("Update requires: Replacement" of the
	// property's page).
	Replaces bool
	// Kept properties are taken, shown, and without effect here: docs/aws-compatibility.md lists them.
	Kept bool
	// Fields are an object's properties; nil accepts any.
	Fields map[string]*Property
	// Items is what a list or map consists of; nil accepts anything.
	Items *Property
}

// Kind is the type of a property's value.
type Kind string

// The kinds. A scalar may be written as another one, "60" for 60, as CloudFormation allows.
const (
	Any     Kind = ""
	String  Kind = "string"
	Integer Kind = "integer"
	Number  Kind = "number"
	Boolean Kind = "boolean"
	List    Kind = "array"
	Map     Kind = "map"
	Object  Kind = "object"
	JSON    Kind = "json" // an object, or its text
)
