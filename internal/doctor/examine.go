package doctor

import (
	"context"
	"fmt"
	"net"
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

// Plan is what a server is to work with.
type Plan struct {
	Listen string // host and port; the port may be 0
	Data   string // the data folder, which need not be there yet
}

// Examine finds out whether a server can work on this machine, and how well it keeps functions apart. It leaves nothing
// changed.
func Examine(ctx context.Context, plan Plan) []Finding {
	survey := host.Explore(ctx)
	findings := sandboxFindings(survey.Sandbox)
	findings = append(findings, interpreterFindings(survey.Interpreters)...)
	return append(findings, examineNames(ctx), examineTool(ctx), examineFolder(plan.Data), examineDisk(plan.Data),
		examinePort(ctx, plan.Listen), examineClock(time.Now()))
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
	addresses, err := net.DefaultResolver.LookupHost(ctx, name)
	return namesFinding(addresses, err)
}

// namesFinding judges what a resolver said of a name below localhost. Its error names servers and the made-up name, which
// tell nobody what to do.
func namesFinding(addresses []string, err error) Finding {
	f := Finding{Subject: "*.localhost", State: Yes, Detail: "resolves to this machine"}
	if err != nil || len(addresses) == 0 {
		f.State, f.Detail = Partly, "names below localhost don't resolve here"
	}
	for _, address := range addresses {
		if ip := net.ParseIP(address); ip == nil || !ip.IsLoopback() {
			f.State, f.Detail = Partly, fmt.Sprintf("names below localhost lead to %s, which is not this machine", address)
		}
	}
	if f.State != Yes {
		f.Advice = "Browsers and curl find this machine all the same; other clients of function URLs take the path /_sluice/url/ID/ at the server's address."
	}
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
