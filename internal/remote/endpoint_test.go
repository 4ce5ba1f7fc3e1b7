package remote_test

import (
	"testing"

	"sluice/internal/codepackage"
	"sluice/internal/fault"
	"sluice/internal/remote"
)

var _ codepackage.Objects = (*remote.Endpoint)(nil)

// opened opens an endpoint in an environment.
func opened(t *testing.T, c remote.Config, variables map[string]string) (e *remote.Endpoint, err error) {
	err = within(variables, func() error {
		e, err = remote.Open(t.Context(), c)
		return err
	})
	return e, err
}

func TestTheRegionIsTheEnvironmentsOrElseTheSDKs(t *testing.T) {
	t.Parallel()
	keys := map[string]string{"AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b", "AWS_REGION": "eu-west-1"}
	for config, want := range map[string]string{"": "eu-west-1", "ap-northeast-1": "ap-northeast-1"} {
		e := need(opened(t, remote.Config{Region: config}, keys))(t)
		if e.Region() != want || e.Address() != "" {
			t.Errorf("region %q at %q, want %q at AWS", e.Region(), e.Address(), want)
		}
	}
}

func TestTheAddressIsTheSDKs(t *testing.T) {
	t.Parallel()
	e := answering(t, nil)
	if e.Address() != e.variables["AWS_ENDPOINT_URL"] || e.Region() != "eu-central-1" {
		t.Errorf("%q in %q", e.Address(), e.Region())
	}
}

func TestWithoutARegionNothingIsOpened(t *testing.T) {
	t.Parallel()
	_, err := opened(t, remote.Config{}, map[string]string{"AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b"})
	refused(t, err, fault.Invalid, "region", "set AWS_REGION")
}

func TestWithoutCredentialsNothingIsOpened(t *testing.T) {
	t.Parallel()
	_, err := opened(t, remote.Config{}, map[string]string{"AWS_REGION": "eu-west-1"})
	refused(t, err, fault.Denied, "credentials", `eval "$(sluice env)"`)
}

func TestAConfigurationThatCantBeReadIsTold(t *testing.T) {
	t.Parallel()
	_, err := opened(t, remote.Config{}, map[string]string{"AWS_REGION": "eu-west-1", "AWS_PROFILE": "nobody"})
	refused(t, err, fault.Invalid, "configuration", "nobody")
}

func TestTheAccountIsTold(t *testing.T) {
	t.Parallel()
	if got := need(open(t).Account(t.Context()))(t); got != "000000000000" {
		t.Errorf("%q", got)
	}
}
