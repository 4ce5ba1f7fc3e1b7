package storetest

import (
	"io"
	"testing"

	"sluice/internal/fault"
	"sluice/internal/function"
	"sluice/internal/permission"
	"sluice/internal/policy"
)

// PermissionStore is a permission.Store that can be closed, with the functions that permissions are for.
type PermissionStore interface {
	permission.Store
	function.Store
	io.Closer
}

// NewPermissions returns permissions of a qualifier with every field set.
func NewPermissions(qualifier string) *permission.Permissions {
	return &permission.Permissions{Qualifier: qualifier, Policy: policy.Document{
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

// Permissions runs the suite of permission.Store. prepare makes an empty place for records, as for Functions.
func Permissions(t *testing.T, prepare func(t *testing.T) (open func() PermissionStore)) {
	for name, test := range permissionTests {
		t.Run(name, func(t *testing.T) {
			open := prepare(t)
			test(t, &permissionPlace{open(), open})
		})
	}
}

// permissionPlace holds the records of one test, and the store that is open on them.
type permissionPlace struct {
	PermissionStore
	open func() PermissionStore
}

var permissionTests = map[string]func(*testing.T, *permissionPlace){
	"every field is kept, on disk": func(t *testing.T, p *permissionPlace) {
		id := p.permit(t, "")
		p.must(t, p.Close())
		p.PermissionStore = p.open()
		wantSame(t, "the permissions", p.permissions(t, id), []*permission.Permissions{NewPermissions("")})
	},
	"a put replaces": func(t *testing.T, p *permissionPlace) {
		id := p.permit(t, "1")
		changed := NewPermissions("1")
		changed.Policy = policy.Document{RevisionID: "next"}
		p.write(t, func(tx permission.Tx) error { return tx.PutPermissions(id, changed) })
		p.must(t, p.ReadPermissions(t.Context(), func(r permission.Reader) error {
			got, err := r.Permissions(id, "1")
			wantSame(t, "the permissions", got, changed)
			return err
		}))
	},
	"qualifiers are apart": func(t *testing.T, p *permissionPlace) {
		id := p.permit(t, "", "1", "live")
		p.write(t, func(tx permission.Tx) error { return tx.DeletePermissions(id, "1") })
		wantSame(t, "the permissions", p.permissions(t, id), []*permission.Permissions{NewPermissions(""), NewPermissions("live")})
	},
	"those that are not there are not found": func(t *testing.T, p *permissionPlace) {
		id := p.permit(t, "1")
		err := p.ReadPermissions(t.Context(), func(r permission.Reader) error {
			_, err := r.Permissions(id, "")
			return err
		})
		wantFault(t, err, fault.NotFound, "policy")
		err = p.WritePermissions(t.Context(), func(tx permission.Tx) error { return tx.DeletePermissions(id, "2") })
		wantFault(t, err, fault.NotFound, "policy")
	},
	"they go with their alias, version or function": func(t *testing.T, p *permissionPlace) {
		id := p.permit(t, "", "1", "live")
		p.must(t, p.WriteFunctions(t.Context(), func(tx function.Tx) error { return tx.DeleteAlias(id, "live") }))
		p.must(t, p.WriteFunctions(t.Context(), func(tx function.Tx) error { return tx.DeleteVersion(id, 1) }))
		wantSame(t, "the permissions", p.permissions(t, id), []*permission.Permissions{NewPermissions("")})
		p.must(t, p.WriteFunctions(t.Context(), func(tx function.Tx) error { return tx.DeleteFunction(id) }))
		wantSame(t, "the permissions", p.permissions(t, id), nil)
	},
	"those without a function are refused": func(t *testing.T, p *permissionPlace) {
		err := p.WritePermissions(t.Context(), func(tx permission.Tx) error {
			return tx.PutPermissions(NewFunction("none").ID, NewPermissions(""))
		})
		wantFault(t, err, fault.NotFound, "function")
	},
}

func (p *permissionPlace) must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func (p *permissionPlace) write(t *testing.T, closure func(tx permission.Tx) error) {
	t.Helper()
	p.must(t, p.WritePermissions(t.Context(), closure))
}

// permit puts a function with a version 1 and an alias live, and permissions of the qualifiers.
func (p *permissionPlace) permit(t *testing.T, qualifiers ...string) function.ID {
	t.Helper()
	f := NewFunction("permitted")
	p.must(t, p.WriteFunctions(t.Context(), func(tx function.Tx) error {
		return put(tx, f, NewVersion(f.ID, 1), NewAlias(f.ID, "live"))
	}))
	for _, q := range qualifiers {
		p.write(t, func(tx permission.Tx) error { return tx.PutPermissions(f.ID, NewPermissions(q)) })
	}
	return f.ID
}

func (p *permissionPlace) permissions(t *testing.T, id function.ID) (found []*permission.Permissions) {
	t.Helper()
	p.must(t, p.ReadPermissions(t.Context(), func(r permission.Reader) (err error) {
		found, err = r.AllPermissions(id)
		return err
	}))
	return found
}
