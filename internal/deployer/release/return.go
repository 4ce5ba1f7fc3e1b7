package release

import (
	"context"
	"errors"
)

// errCutOff is why a release goes back whose run was cut off while it sent it back.
var errCutOff = errors.New("an earlier run was cut off while it sent this release back")

// endReturn sends back what an earlier run did not.
func (r *run) endReturn(ctx context.Context) error {
	for _, m := range r.members {
		n := m.noted()
		if n.alias != nil && (n.owed() && n.record.Release == r.plan.Release || m.undecided() != "") {
			m.comesBack(n)
		}
	}
	return r.back(ctx, errCutOff)
}

// comesBack makes the member take part in sending its release back, whatever the file says.
func (m *member) comesBack(n noted) {
	m.unfinished = true
	switch {
	case !n.alias.Stable():
		m.from, m.to = n.alias.Version, n.alias.Additional
	case n.away():
		m.from, m.to = n.record.From, n.alias.Version
	default:
		m.from, m.to = n.alias.Version, m.undecided()
	}
}

// undecided is a version that a run published and was cut off before its alias moved; else it is empty. When a release
// goes back such a version is rejected with it: the next run would bring that one alone before the public.
func (m *member) undecided() string {
	if m.Found == nil {
		return ""
	}
	return m.Found.Undecided(m.alias)
}
