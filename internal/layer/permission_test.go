package layer_test

import (
	"testing"

	"sluice/internal/fault"
	"sluice/internal/layer"
)

func TestPermissionsComeAndGo(t *testing.T) {
	b := newBench(t)
	v := b.publish(t, id("l"))
	statement, first, err := b.AddPermission(t.Context(), here, v.Layer, 1, layer.Grant{Sid: "s1", Principal: "222222222222", Organization: "o-1"})
	const want = `{"Sid":"s1","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::222222222222:root"},"Action":"lambda:GetLayerVersion",` +
		`"Resource":"arn:aws:lambda:us-east-1:111111111111:layer:l:1","Condition":{"StringEquals":{"aws:PrincipalOrgID":"o-1"}}}`
	if err != nil || statement.Text() != want {
		t.Fatalf("added %s, %v", statement.Text(), err)
	}
	_, second, err := b.AddPermission(t.Context(), here, v.Layer, 1, layer.Grant{Sid: "s2", Principal: "*", Revision: first})
	if err != nil || second == first {
		t.Fatalf("revisions %s and %s, %v", first, second, err)
	}
	document, err := b.Policy(t.Context(), here, v.Layer, 1)
	if err != nil || len(document.Statements) != 2 || document.RevisionID != second {
		t.Errorf("policy %+v, %v", document, err)
	}
	for _, sid := range []string{"s1", "s2"} {
		if err := b.RemovePermission(t.Context(), here, v.Layer, 1, sid, ""); err != nil {
			t.Fatal(err)
		}
	}
	_, err = b.Policy(t.Context(), here, v.Layer, 1)
	wantFault(t, err, fault.NotFound, "policy", "No policy is associated with the given resource.")
}

func TestPermissionsLetOthersIn(t *testing.T) {
	b := newBench(t)
	v := b.publish(t, id("l"))
	b.publish(t, id("l"))
	if _, _, err := b.AddPermission(t.Context(), here, v.Layer, 1, layer.Grant{Sid: "s", Principal: "222222222222"}); err != nil {
		t.Fatal(err)
	}
	if _, err := b.Version(t.Context(), there, v.Layer, 1); err != nil {
		t.Error(err)
	}
	_, err := b.Version(t.Context(), there, v.Layer, 2)
	wantFault(t, err, fault.Denied, "layer version", "")
	third := there
	third.Account = "333333333333"
	_, err = b.Version(t.Context(), third, v.Layer, 1)
	wantFault(t, err, fault.Denied, "layer version", "")
}

func TestPermissionsRefuse(t *testing.T) {
	b := newBench(t)
	v := b.publish(t, id("l"))
	if _, _, err := b.AddPermission(t.Context(), here, v.Layer, 1, layer.Grant{Sid: "s", Principal: "*"}); err != nil {
		t.Fatal(err)
	}
	const (
		revision = "The Revision Id provided does not match the latest Revision Id. Call the GetLayerPolicy API to retrieve the latest Revision Id"
		missing  = "Layer version arn:aws:lambda:us-east-1:111111111111:layer:l:2 does not exist."
	)
	add := func(number int, g layer.Grant) error {
		_, _, err := b.AddPermission(t.Context(), here, v.Layer, number, g)
		return err
	}
	remove := func(number int, sid, revision string) error {
		return b.RemovePermission(t.Context(), here, v.Layer, number, sid, revision)
	}
	read := func(number int) error {
		_, err := b.Policy(t.Context(), here, v.Layer, number)
		return err
	}
	wantFault(t, add(1, layer.Grant{Sid: "s", Principal: "*"}), fault.Conflict, "statement", "")
	wantFault(t, add(1, layer.Grant{Sid: "t", Principal: "*", Revision: "wrong"}), fault.Precondition, "revision", revision)
	wantFault(t, add(1, layer.Grant{Sid: "t", Principal: "nobody"}), fault.Invalid, "principal", "")
	wantFault(t, add(2, layer.Grant{Sid: "t", Principal: "*"}), fault.NotFound, "layer version", missing)
	wantFault(t, add(0, layer.Grant{Sid: "t", Principal: "*"}), fault.Invalid, "layer version", "Layer Version Cannot be less than 1")
	wantFault(t, remove(1, "t", ""), fault.NotFound, "statement", "Statement t is not found in resource policy.")
	wantFault(t, remove(1, "s", "wrong"), fault.Precondition, "revision", revision)
	wantFault(t, remove(2, "s", ""), fault.NotFound, "layer version", missing)
	wantFault(t, read(2), fault.NotFound, "layer version", missing)
	wantFault(t, read(-1), fault.Invalid, "layer version", "Layer Version Cannot be less than 1")

	_, err := b.Policy(t.Context(), there, v.Layer, 1)
	wantFault(t, err, fault.Denied, "layer", "")
	_, _, err = b.AddPermission(t.Context(), there, v.Layer, 1, layer.Grant{Sid: "t", Principal: "*"})
	wantFault(t, err, fault.Denied, "layer", "")
}
