package proxy

import (
	"crypto/tls"
	"fmt"
	"testing"
	"time"
)

func TestAnAuthorityIsReplacedBeforeItEnds(t *testing.T) {
	folder := t.TempDir()
	if err := makeAuthority(folder, time.Now().AddDate(-validity, 0, 100)); err != nil {
		t.Fatal(err)
	}
	a, err := OpenAuthority(folder)
	if err != nil {
		t.Fatal(err)
	}
	if left := time.Until(a.certificate.Leaf.NotAfter); left < renewal {
		t.Errorf("it ends in %s", left)
	}
}

func TestCertificatesAreKeptButNotAll(t *testing.T) {
	c := &certificates{byHost: map[string]*tls.Certificate{}}
	a, err := OpenAuthority(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	made := 0
	sign := func() (*tls.Certificate, error) { made++; return &a.certificate, nil }
	for range 2 {
		if _, err := c.Fetch("host", sign); err != nil {
			t.Fatal(err)
		}
	}
	if made != 1 {
		t.Errorf("made %d certificates for one host", made)
	}
	for i := range 3 * mostCertificates {
		if _, err := c.Fetch(fmt.Sprint("host", i), sign); err != nil {
			t.Fatal(err)
		}
	}
	if len(c.byHost) > mostCertificates {
		t.Errorf("keeps %d certificates", len(c.byHost))
	}
}
