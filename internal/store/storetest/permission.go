package storetest

import (
	"testing"

	"sluice/internal/fault"
	"sluice/internal/function"
	"sluice/internal/policy"
)

// NewPermissions returns permissions of a qualifier with every field set.
func NewPermissions(qualifier string) *function.Permissions {
	return &function.Permissions{Qualifier: qualifier, Policy: policy.Document{
		RevisionID: "policy-revision",
		Statements: []policy.Statement{
			{
				Sid: "bucket", Principal: policy.Principal{Service: "s3.amazonaws.com"}, Action: "lambda:InvokeFunction", Resource: "arn",
				Conditions: []policy.Condition{{Operator: "ArnLike", Key: "AWS:SourceArn", Value: "arn:aws:s3:::<a>&*"}},
			},
			{Sid: "account", Principal: policy.Principal{AWS: "arn:aws:iam::123456789012:root"}, Action: "lambda:*", Resource: "arn"},
			{Sid: "anyone", Principal: policy.Principal{Anyone: true}, Action: "lambda:InvokeFunctionUrl", Resource: "arn"},
		},
	}}
}

// NewRuntimeUpdates returns runtime updates of a qualifier with every field set.
func NewRuntimeUpdates(qualifier string) *function.RuntimeUpdates {
	return &function.RuntimeUpdates{Qualifier: qualifier, Mode: "Manual", ARN: "arn:aws:lambda:eu-central-1::runtime:abc"}
}

var permissionTests = map[string]func(*testing.T, *place){
	"every field is kept, on disk": func(t *testing.T, p *place) {
		id := p.permit(t, "")
		p.reopen(t)
		wantSame(t, "the permissions", p.permissions(t, id), []*function.Permissions{NewPermissions("")})
	},
	"a put replaces": func(t *testing.T, p *place) {
		id := p.permit(t, "1")
		changed := NewPermissions("1")
		changed.Policy = policy.Document{RevisionID: "next"}
		p.write(t, func(tx function.Tx) error { return tx.PutPermissions(id, changed) })
		got := get(t, p, func(r function.Reader) (*function.Permissions, error) { return r.Permissions(id, "1") })
		wantSame(t, "the permissions", got, changed)
	},
	"qualifiers are apart": func(t *testing.T, p *place) {
		id := p.permit(t, "", "1", "live")
		p.write(t, func(tx function.Tx) error { return tx.DeletePermissions(id, "1") })
		wantSame(t, "the permissions", p.permissions(t, id), []*function.Permissions{NewPermissions(""), NewPermissions("live")})
	},
	"those that are not there are not found": func(t *testing.T, p *place) {
		id := p.permit(t, "1")
		err := p.ReadFunctions(t.Context(), func(r function.Reader) error {
			_, err := r.Permissions(id, "")
			return err
		})
		wantFault(t, err, fault.NotFound, "policy")
		err = p.WriteFunctions(t.Context(), func(tx function.Tx) error { return tx.DeletePermissions(id, "2") })
		wantFault(t, err, fault.NotFound, "policy")
	},
	"they go with their alias, version or function": func(t *testing.T, p *place) {
		id := p.permit(t, "", "1", "live")
		p.write(t, func(tx function.Tx) error { return tx.DeleteAlias(id, "live") })
		p.write(t, func(tx function.Tx) error { return tx.DeleteVersion(id, 1) })
		wantSame(t, "the permissions", p.permissions(t, id), []*function.Permissions{NewPermissions("")})
		p.write(t, func(tx function.Tx) error { return tx.DeleteFunction(id) })
		wantSame(t, "the permissions", p.permissions(t, id), nil)
	},
	"those without a function are refused": func(t *testing.T, p *place) {
		err := p.WriteFunctions(t.Context(), func(tx function.Tx) error {
			return tx.PutPermissions(NewFunction("none").ID, NewPermissions(""))
		})
		wantFault(t, err, fault.NotFound, "function")
	},
	"runtime updates are kept for each version": func(t *testing.T, p *place) {
		id := p.permit(t)
		p.write(t, func(tx function.Tx) error { return tx.PutRuntimeUpdates(id, NewRuntimeUpdates("1")) })
		p.reopen(t)
		got := get(t, p, func(r function.Reader) (*function.RuntimeUpdates, error) { return r.RuntimeUpdates(id, "1") })
		wantSame(t, "the updates", got, NewRuntimeUpdates("1"))
		err := p.ReadFunctions(t.Context(), func(r function.Reader) error {
			_, err := r.RuntimeUpdates(id, "")
			return err
		})
		wantFault(t, err, fault.NotFound, "runtime")
	},
}

// permit puts a function with a version 1 and an alias live, and permissions of the qualifiers.
func (p *place) permit(t *testing.T, qualifiers ...string) function.ID {
	t.Helper()
	f := NewFunction("permitted")
	p.put(t, f, NewVersion(f.ID, 1), NewAlias(f.ID, "live"))
	for _, q := range qualifiers {
		p.write(t, func(tx function.Tx) error { return tx.PutPermissions(f.ID, NewPermissions(q)) })
	}
	return f.ID
}

func (p *place) permissions(t *testing.T, id function.ID) []*function.Permissions {
	t.Helper()
	return get(t, p, func(r function.Reader) ([]*function.Permissions, error) { return r.AllPermissions(id) })
}
