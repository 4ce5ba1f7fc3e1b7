package proxy_test

import (
	"bytes"
	"crypto/x509"
	"encoding/pem"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"sluice/internal/proxy"
)

func authority(t *testing.T, folder string) *x509.Certificate {
	t.Helper()
	if _, err := proxy.OpenAuthority(folder); err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(filepath.Join(folder, "ca.pem"))
	if err != nil {
		t.Fatal(err)
	}
	block, _ := pem.Decode(content)
	c, err := x509.ParseCertificate(block.Bytes)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestAnAuthorityIsMadeOnceAndKept(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "proxy")
	first := authority(t, folder)
	if !first.Equal(authority(t, folder)) {
		t.Error("the second start made another one")
	}
	if years := time.Until(first.NotAfter).Hours() / 24 / 365; years < 9.9 || years > 10.1 {
		t.Errorf("it is valid for %.1f years", years)
	}
	info, err := os.Stat(filepath.Join(folder, "ca-key.pem"))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the key: %v, %v", info, err)
	}
}

func TestAnAuthorityWithoutItsKeyIsReplaced(t *testing.T) {
	for _, lost := range []string{"ca.pem", "ca-key.pem"} {
		folder := t.TempDir()
		first := authority(t, folder)
		if err := os.Remove(filepath.Join(folder, lost)); err != nil {
			t.Fatal(err)
		}
		if first.Equal(authority(t, folder)) {
			t.Errorf("without %s it is the same", lost)
		}
	}
}

func TestABrokenAuthoritySaysWhereItIs(t *testing.T) {
	folder := t.TempDir()
	authority(t, folder)
	if err := os.WriteFile(filepath.Join(folder, "ca.pem"), []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := proxy.OpenAuthority(folder); err == nil || !strings.Contains(err.Error(), folder) {
		t.Errorf("the error is %v", err)
	}
}

// Whoever trusts the authority trusts it with Sluice's hosts alone.
func TestAnAuthorityCanSignForItsDomainsOnly(t *testing.T) {
	c := authority(t, t.TempDir())
	if !c.PermittedDNSDomainsCritical || strings.Join(c.PermittedDNSDomains, " ") != "amazonaws.com amazonaws.com.cn on.aws" {
		t.Errorf("it may sign for %v, critical: %v", c.PermittedDNSDomains, c.PermittedDNSDomainsCritical)
	}
}

func TestTheBundleHasTheAuthorityAndTheSystemsRoots(t *testing.T) {
	folder := t.TempDir()
	own := authority(t, folder)
	content, err := os.ReadFile(filepath.Join(folder, "bundle.pem"))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Contains(content, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: own.Raw})) {
		t.Error("it lacks the authority")
	}
	roots, err := os.ReadFile("/etc/ssl/certs/ca-certificates.crt")
	if err == nil && !bytes.HasPrefix(content, bytes.TrimSpace(roots)) {
		t.Error("it lacks the system's roots")
	}
}

func BenchmarkOpenAuthority(b *testing.B) {
	folder := b.TempDir()
	for b.Loop() {
		if _, err := proxy.OpenAuthority(folder); err != nil {
			b.Fatal(err)
		}
	}
}

func TestTheBundleIsMadeAnewWhenWhatItIsMadeOfChanged(t *testing.T) {
	if _, err := os.Stat("/etc/ssl/certs/ca-certificates.crt"); err != nil {
		t.Skip("this machine keeps its roots elsewhere")
	}
	marked := func(t *testing.T, disturb func(folder, bundle string) error) bool {
		folder := t.TempDir()
		authority(t, folder)
		bundle := filepath.Join(folder, "bundle.pem")
		made, err := os.Stat(bundle)
		if err != nil {
			t.Fatal(err)
		}
		content, err := os.ReadFile(bundle)
		if err != nil {
			t.Fatal(err)
		}
		mark := append([]byte("# a mark\n"), content...)
		if err := os.WriteFile(bundle, mark, 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(bundle, time.Time{}, made.ModTime()); err != nil {
			t.Fatal(err)
		}
		if err := disturb(folder, bundle); err != nil {
			t.Fatal(err)
		}
		authority(t, folder)
		content, err = os.ReadFile(bundle)
		if err != nil {
			t.Fatal(err)
		}
		return bytes.HasPrefix(content, []byte("# a mark"))
	}
	for _, tt := range []struct {
		name    string
		disturb func(folder, bundle string) error
		kept    bool
	}{
		{"nothing changed", func(string, string) error { return nil }, true},
		{"the system's roots are of another time", func(_, bundle string) error { return os.Chtimes(bundle, time.Time{}, time.Unix(1e9, 0)) }, false},
		{"the authority is another", func(folder, _ string) error { return os.Remove(filepath.Join(folder, "ca.pem")) }, false},
		{"the bundle is gone", func(_, bundle string) error { return os.Remove(bundle) }, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := marked(t, tt.disturb); got != tt.kept {
				t.Errorf("the bundle was kept: %v, should be: %v", got, tt.kept)
			}
		})
	}
}
