package function_test

import (
	"strings"
	"testing"

	"sluice/internal/fault"
	"sluice/internal/function"
)

// signing makes a code signing configuration with a policy.
func (b *bench) signing(t *testing.T, policy string) *function.SigningConfig {
	t.Helper()
	c, err := b.CreateSigningConfig(t.Context(), b.id.Scope, function.SigningChange{Policy: &policy, Publishers: []string{"p"}})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestEnforcedSignaturesRefuseCode(t *testing.T) {
	b := newBench(t)
	c := b.signing(t, "Enforce")
	_, err := b.Create(t.Context(), function.Creation{ID: b.id, Config: config(), CodeSigning: c.ARN()})
	wantFault(t, err, fault.Invalid, "signature")
	b.create(t, "code")
	if err := b.SetCodeSigning(t.Context(), b.id, c.ARN()); err != nil {
		t.Fatal(err)
	}
	_, err = b.UpdateCode(t.Context(), b.id, function.CodeChange{Package: strings.NewReader("more")})
	wantFault(t, err, fault.Invalid, "signature")
	if err := b.SetCodeSigning(t.Context(), b.id, ""); err != nil {
		t.Fatal(err)
	}
	if _, err = b.UpdateCode(t.Context(), b.id, function.CodeChange{Package: strings.NewReader("more")}); fault.Is(err, fault.Invalid, "") {
		t.Errorf("without the configuration: %v", err)
	}
}

func TestSignaturesThatWarnTakeCode(t *testing.T) {
	b := newBench(t)
	c := b.signing(t, "Warn")
	if _, err := b.Create(t.Context(), function.Creation{ID: b.id, Config: config(), CodeSigning: c.ARN()}); err != nil {
		t.Fatal(err)
	}
	if arn, err := b.CodeSigning(t.Context(), b.id); arn != c.ARN() || err != nil {
		t.Errorf("it has %q, %v", arn, err)
	}
	users, err := b.SignedBy(t.Context(), b.id.Scope, c.ARN())
	if err != nil || len(users) != 1 || users[0] != b.id {
		t.Errorf("users %v, %v", users, err)
	}
}

func TestAUsedSigningConfigStays(t *testing.T) {
	b := newBench(t)
	b.create(t, "code")
	c := b.signing(t, "Warn")
	if err := b.SetCodeSigning(t.Context(), b.id, c.ARN()); err != nil {
		t.Fatal(err)
	}
	wantFault(t, b.DeleteSigningConfig(t.Context(), b.id.Scope, c.ARN()), fault.Conflict, "signing config")
	if err := b.SetCodeSigning(t.Context(), b.id, ""); err != nil {
		t.Fatal(err)
	}
	if err := b.DeleteSigningConfig(t.Context(), b.id.Scope, c.ARN()); err != nil {
		t.Fatal(err)
	}
	_, err := b.SigningConfig(t.Context(), b.id.Scope, c.ARN())
	wantFault(t, err, fault.NotFound, "signing config")
}

func TestSigningConfigsChangeWhatIsNamed(t *testing.T) {
	b := newBench(t)
	c := b.signing(t, "Enforce")
	changed, err := b.UpdateSigningConfig(t.Context(), b.id.Scope, c.ARN(), function.SigningChange{Description: new("new")})
	if err != nil || changed.Description != "new" || changed.Policy != "Enforce" || len(changed.Publishers) != 1 {
		t.Errorf("%+v, %v", changed, err)
	}
}

func TestSigningConfigsThatAreNotThere(t *testing.T) {
	b := newBench(t)
	b.create(t, "code")
	c := b.signing(t, "Warn")
	elsewhere := strings.Replace(c.ARN(), b.id.Region, "eu-west-1", 1)
	for _, arn := range []string{c.ARN()[:len(c.ARN())-1] + "x", elsewhere} {
		_, err := b.SigningConfig(t.Context(), b.id.Scope, arn)
		wantFault(t, err, fault.NotFound, "signing config")
		wantFault(t, b.DeleteSigningConfig(t.Context(), b.id.Scope, arn), fault.NotFound, "signing config")
		wantFault(t, b.SetCodeSigning(t.Context(), b.id, arn), fault.NotFound, "signing config of function")
	}
}

func TestSigningConfigsArePaged(t *testing.T) {
	b := newBench(t)
	for range 3 {
		b.signing(t, "Warn")
	}
	page := function.Page{Limit: 2}
	first, more, err := b.SigningConfigs(t.Context(), b.id.Scope, page)
	if err != nil || len(first) != 2 || !more {
		t.Fatalf("%d, %t, %v", len(first), more, err)
	}
	page.After.Name = first[1].ID
	rest, more, err := b.SigningConfigs(t.Context(), b.id.Scope, page)
	if err != nil || len(rest) != 1 || more || rest[0].ID <= first[1].ID {
		t.Errorf("%d, %t, %v", len(rest), more, err)
	}
}

func TestSigningConfigsWithoutALimitAreAll(t *testing.T) {
	b := newBench(t)
	for range 3 {
		b.signing(t, "Warn")
	}
	all, more, err := b.SigningConfigs(t.Context(), b.id.Scope, function.Page{})
	if err != nil || len(all) != 3 || more {
		t.Errorf("%d, %t, %v", len(all), more, err)
	}
}
