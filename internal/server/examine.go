package server

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	"sluice/internal/host"
)

// Finding is what an examination has found out about one thing.
type Finding struct {
	Subject string `json:"subject"`
	// State is yes, partly, or no.
	State string `json:"state"`
	// Needed says that no server can work as long as State is no.
	Needed bool   `json:"needed"`
	Detail string `json:"detail"`
	// Advice says what to do about it; empty if there is nothing to do.
	Advice string `json:"advice,omitempty"`
}

// The states of findings.
const (
	Yes    = "yes"
	Partly = "partly"
	No     = "no"
)

// Examine finds out whether a server can work on this machine, and how well it keeps functions apart. It changes
// nothing.
func Examine(ctx context.Context, cfg Config) []Finding {
	survey := host.Explore(ctx)
	findings := sandboxFindings(survey.Sandbox)
	findings = append(findings, interpreterFindings(survey.Interpreters)...)
	return append(findings, examineNames(ctx), examineFolder(cfg.Data), examineDisk(cfg.Data), examinePort(ctx, cfg), examineClock(time.Now()))
}

func interpreterFindings(found []host.Interpreter) (findings []Finding) {
	for _, language := range []string{"Python", "Node.js"} {
		var names []string
		for _, i := range found {
			if i.Language == language {
				names = append(names, i.Version+" at "+i.Path)
			}
		}
		f := Finding{Subject: language, State: Yes, Detail: strings.Join(names, ", ")}
		if len(names) == 0 {
			f.State, f.Detail = No, "none on the PATH"
			f.Advice = "Install it to run functions in it; functions with a bootstrap of their own need none."
		}
		findings = append(findings, f)
	}
	return findings
}

// examineNames asks for a name as function URLs have it.
func examineNames(ctx context.Context) Finding {
	const name = "id.lambda-url.us-east-1.localhost"
	ctx, cancel := context.WithTimeout(ctx, 3*time.Second)
	defer cancel()
	f := Finding{Subject: "*.localhost", State: Yes, Detail: "resolves to this machine"}
	addresses, err := net.DefaultResolver.LookupHost(ctx, name)
	for _, address := range addresses {
		if ip := net.ParseIP(address); ip == nil || !ip.IsLoopback() {
			err = fmt.Errorf("%s is at %s, which is not this machine", name, address)
		}
	}
	if err != nil {
		f.State, f.Detail = Partly, err.Error()
		f.Advice = "Browsers and curl resolve it all the same; for other clients of function URLs use their path form."
	}
	return f
}

// examineFolder tells whether the data folder can be used, and by whom. One that is not there yet will be made.
func examineFolder(data string) Finding {
	f := Finding{Subject: "data folder", State: Yes, Needed: true}
	info, err := os.Stat(data)
	switch {
	case os.IsNotExist(err):
		f.Detail = data + " will be made"
		parent := existing(filepath.Dir(data))
		if !writable(parent) {
			f.State, f.Detail = No, parent+" can't be written"
			f.Advice = "Name another folder with --data."
		}
	case err != nil:
		f.State, f.Detail, f.Advice = No, err.Error(), "Name another folder with --data."
	case !info.IsDir() || !writable(data):
		f.State, f.Detail, f.Advice = No, data+" is no folder that can be written", "Name another folder with --data."
	case info.Mode().Perm()&0o077 != 0:
		f.State, f.Detail = Partly, fmt.Sprintf("%s has mode %04o: other users may look in", data, info.Mode().Perm())
		f.Advice = "chmod 700 " + data
	default:
		f.Detail = fmt.Sprintf("%s, mode %04o", data, info.Mode().Perm())
	}
	return f
}

// existing returns the innermost folder of a path that is there.
func existing(path string) string {
	for {
		if _, err := os.Stat(path); err == nil || path == filepath.Dir(path) {
			return path
		}
		path = filepath.Dir(path)
	}
}

// writable tries it, and leaves nothing behind.
func writable(folder string) bool {
	file, err := os.CreateTemp(folder, ".sluice-doctor-")
	if err != nil {
		return false
	}
	_ = file.Close()
	return os.Remove(file.Name()) == nil
}

func examineDisk(data string) Finding {
	f := Finding{Subject: "file system", State: Yes}
	kind, remote, free := fileSystem(existing(data))
	f.Detail = fmt.Sprintf("%s, %d MB free", kind, free>>20)
	switch {
	case remote:
		f.State = Partly
		f.Advice = "The database wants locks that a file system over a network may not keep: name a folder on a disk of this machine."
	case free < 1<<30:
		f.State, f.Advice = Partly, "Make room: functions, their logs and temporary files need some."
	}
	return f
}

// examinePort tries to listen. A Sluice that does already is as good.
func examinePort(ctx context.Context, cfg Config) Finding {
	f := Finding{Subject: "port", State: Yes, Needed: true, Detail: cfg.Listen + " is free"}
	listener, err := net.Listen("tcp", cfg.Listen)
	if err == nil {
		_ = listener.Close()
		return f
	}
	ctx, cancel := context.WithTimeout(ctx, 3*time.Second)
	defer cancel()
	request, requestErr := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+cfg.Listen+"/_sluice/health", nil)
	if requestErr == nil {
		if answer, err := http.DefaultClient.Do(request); err == nil {
			_ = answer.Body.Close()
			if answer.StatusCode == http.StatusOK {
				f.Detail = "a Sluice server listens on " + cfg.Listen
				return f
			}
		}
	}
	f.State, f.Detail, f.Advice = No, err.Error(), "Choose another address with --listen, or end what uses this one."
	return f
}

// examineClock finds a clock that was never set. SDKs sign requests with the time, and certificates have one.
func examineClock(now time.Time) Finding {
	f := Finding{Subject: "clock", State: Yes, Needed: true, Detail: now.UTC().Format(time.RFC3339)}
	if now.Before(time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC)) {
		f.State, f.Advice = No, "Set the machine's clock: signatures and certificates depend on it."
	}
	return f
}
