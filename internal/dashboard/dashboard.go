package dashboard

import (
	"bytes"
	"encoding/json"
	"regexp"
	"time"

	"sluice/internal/fault"
)

// MaxBody is how many bytes a body may have.
const MaxBody = 1 << 20

// Dashboard is a document under a name.
type Dashboard struct {
	Account  string // twelve digits
	Name     string // at most 255 letters, digits, dashes and underscores
	Body     string // a JSON object, kept as it was given
	Modified time.Time
	Tags     map[string]string // given when it was made
}

// ARN names the dashboard. There is no region in it (recorded: TestCloudwatch.test_dashboard_lifecycle).
func (d *Dashboard) ARN() string {
	return "arn:aws:cloudwatch::" + d.Account + ":dashboard/" + d.Name
}

// maxName is checked apart from the pattern: a regular expression that counts is long, and compiled at each start.
const maxName = 255

var namePattern = regexp.MustCompile(`^[0-9A-Za-z_-]+$`)

// check reports what may not be stored.
func (d *Dashboard) check() error {
	if len(d.Name) > maxName || !namePattern.MatchString(d.Name) {
		return fault.Errorf(fault.Invalid, "dashboard name", "The value for field DashboardName contains invalid characters. "+
			"It can only contain alphanumerics, dash (-) and underscore (_).\n")
	}
	if len(d.Body) > MaxBody {
		return fault.Errorf(fault.Invalid, "dashboard", "The field DashboardBody has %d bytes, at most %d are allowed", len(d.Body), MaxBody)
	}
	var object struct{ Widgets []json.RawMessage }
	if !bytes.HasPrefix(bytes.TrimLeft([]byte(d.Body), " \t\r\n"), []byte("{")) || json.Unmarshal([]byte(d.Body), &object) != nil {
		return fault.Errorf(fault.Invalid, "dashboard", "The field DashboardBody must be a valid JSON object")
	}
	return nil
}
