package proxy

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

const (
	certificateFile = "ca.pem"
	keyFile         = "ca-key.pem"
	bundleFile      = "bundle.pem"
)

const (
	validity = 10 // years
	// renewal is how long before its end an authority is replaced: what it signed lives for a year.
	renewal = 400 * 24 * time.Hour
)

// domains are what an authority can sign for. Whoever steals its key can stand in for these hosts and for no others.
var domains = []string{"amazonaws.com", "amazonaws.com.cn", "on.aws"}

// Authority signs the certificates of Sluice's hosts.
type Authority struct {
	certificate tls.Certificate
}

// OpenAuthority returns the authority that is kept in a folder; on the first start, or when the old one comes to its end, it
// makes one: ca.pem, ca-key.pem (mode 0600), and bundle.pem, which also has what this machine trusts anyway.
func OpenAuthority(folder string) (*Authority, error) {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return nil, err
	}
	a, err := readAuthority(folder)
	if errors.Is(err, fs.ErrNotExist) || err == nil && time.Until(a.certificate.Leaf.NotAfter) < renewal {
		if err = makeAuthority(folder, time.Now()); err == nil {
			a, err = readAuthority(folder)
		}
	}
	if err != nil {
		return nil, fmt.Errorf("open the proxy's authority in %s: %w: without the folder, the next start makes a new one", folder, err)
	}
	return a, writeBundle(folder, a.certificate.Certificate[0])
}

func readAuthority(folder string) (*Authority, error) {
	pair, err := tls.LoadX509KeyPair(filepath.Join(folder, certificateFile), filepath.Join(folder, keyFile))
	if err != nil {
		return nil, err
	}
	return &Authority{certificate: pair}, nil
}

// makeAuthority writes a new key and its certificate. The key comes first: one without a certificate is replaced.
func makeAuthority(folder string, now time.Time) error {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return err
	}
	template := authorityTemplate(now)
	signed, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		return err
	}
	private, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return err
	}
	if err := replace(filepath.Join(folder, certificateFile), nil, 0o644); err != nil { // no key beside another's certificate
		return err
	}
	if err := replace(filepath.Join(folder, keyFile), encode("PRIVATE KEY", private), 0o600); err != nil {
		return err
	}
	return replace(filepath.Join(folder, certificateFile), encode("CERTIFICATE", signed), 0o644)
}

func authorityTemplate(now time.Time) *x509.Certificate {
	return &x509.Certificate{
		Subject:               pkix.Name{CommonName: "Sluice " + now.UTC().Format(time.RFC3339), Organization: []string{"Sluice on this machine"}},
		NotBefore:             now.Add(-24 * time.Hour), // clocks differ
		NotAfter:              now.AddDate(validity, 0, 0),
		KeyUsage:              x509.KeyUsageCertSign | x509.KeyUsageCRLSign,
		BasicConstraintsValid: true, IsCA: true, MaxPathLenZero: true,
		PermittedDNSDomainsCritical: true, PermittedDNSDomains: domains,
	}
}

func encode(kind string, content []byte) []byte {
	return pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: content})
}
