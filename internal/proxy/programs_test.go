package proxy_test

import (
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// The programs that people use, with the variables and nothing else.
func TestProgramsReachSluicesHostsByTheVariables(t *testing.T) {
	p := newPort(t, seen)
	python := "python3"
	if own, err := filepath.Abs("../../.cache/venv/bin/python"); err == nil {
		if _, err := exec.LookPath(own); err == nil {
			python = own
		}
	}
	const address = "https://" + own + "/Prod/"
	for name, command := range map[string][]string{
		"curl":            {"curl", "-sS", address},
		"requests":        {python, "-c", "import requests; print(requests.get('" + address + "').text)"},
		"Python's urllib": {python, "-c", "import urllib.request as u; print(u.urlopen('" + address + "').read().decode())"},
		"openssl": {"openssl", "s_client", "-proxy", strings.TrimPrefix(p.url, "http://"), "-connect", own + ":443", "-verify_return_error", "-verify_hostname", own,
			"-CAfile", filepath.Join(p.folder, "bundle.pem")},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := exec.LookPath(command[0]); err != nil {
				t.Skipf("there is no %s here", command[0])
			}
			if name == "requests" && exec.Command(python, "-c", "import requests").Run() != nil {
				t.Skip("this Python has no requests")
			}
			program := exec.CommandContext(t.Context(), command[0], command[1:]...)
			program.Env = p.environ()
			program.Stdin = strings.NewReader("GET /Prod/ HTTP/1.0\r\nHost: " + own + "\r\n\r\n")
			out, err := program.CombinedOutput()
			if want := "GET /Prod/ of " + own + ", TLS true"; !strings.Contains(string(out), want) && name != "openssl" {
				t.Errorf("%v: it printed %s", err, out)
			}
			if name == "openssl" && !strings.Contains(string(out), "Verify return code: 0 (ok)") {
				t.Errorf("%v: it printed %s", err, out)
			}
		})
	}
}
