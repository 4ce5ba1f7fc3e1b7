package release

import (
	"cmp"
	"time"

	"sluice/internal/deployer"
)

// member is one function of a release that is being carried out. One goroutine at a time works on it.
type member struct {
	deployer.Decision
	key    string
	latest deployer.Version // $LATEST as it is now
	alias  *deployer.Alias  // as it was last read or written; nil while it does not exist
	record deployer.Record  // as it was last read or written
	from   string           // version; empty when the alias is new
	to     string           // version; empty while it is not published
	// published is the version that this run published; empty for none.
	published string
	// percent is what to has of the requests, and since is when it got that.
	percent float64
	since   time.Time
	moved   bool // by this run
	// asFound is the description before this run claimed the alias, and claim the one it wrote then. Both are empty without a claim.
	asFound, claim string
	// tried is the description of the last write, also of one whose answer never came. wrote is that of the last whose answer came.
	tried, wrote string
	unfinished   bool
	deployment   string  // CodeDeploy's that moves the alias; empty for none
	over         bool    // it is
	told         float64 // percent that who watches was told of
}

func newMember(p *Plan, d deployer.Decision) *member {
	m := &member{
		Decision: d, key: d.Function.Key, from: d.Move.From, to: d.Move.To, percent: d.Move.Now,
		unfinished: p.isUnfinished(&d), deployment: p.deployments[d.Function.Key],
	}
	if d.Found == nil {
		return m
	}
	m.latest = d.Found.Latest
	if d.Found.Alias != nil {
		alias := *d.Found.Alias
		m.alias = &alias
		m.record, _ = deployer.ReadRecord(alias.Description)
	}
	m.since = m.record.At
	if m.unfinished {
		m.from, m.to, m.percent = m.record.From, m.alias.Version, 100
	}
	return m
}

// stepped reports whether the alias moves by the strategy's steps.
func (m *member) stepped() bool {
	return m.Move.Kind == deployer.Start || m.Move.Kind == deployer.Next
}

// jumps reports whether the alias is made or pointed at once.
func (m *member) jumps() bool { return m.Move.Kind == deployer.Make || m.Move.Kind == deployer.Point }

// takesPart reports whether the alias belongs to what moves, waits and goes back together.
func (m *member) takesPart() bool { return m.stepped() || m.unfinished || m.jumps() && m.released() }

// released reports whether the move brings a version before the public by the file's strategy: not by hand, and not
// $LATEST, whose requests see new code as soon as it is sent.
func (m *member) released() bool {
	return m.Move.Kind != deployer.Stay && m.Move.Live == nil && m.to != deployer.Latest
}

// starts reports whether the new version has had no requests yet.
func (m *member) starts() bool {
	return m.released() && m.Move.Kind != deployer.Next && m.deployment == ""
}

// newest is the newest version that the move decides about. Pointing by hand leaves all aside that there are.
func (m *member) newest() string {
	if m.Move.Live == nil || m.published != "" {
		return cmp.Or(m.published, m.to)
	}
	last, _ := m.Found.Last()
	return last.Number
}

// left returns the steps that the alias has not made.
func (m *member) left() []deployer.Step {
	steps := m.Move.Steps
	for len(steps) > 0 && steps[0].Percent <= m.percent {
		steps = steps[1:]
	}
	return steps
}

// noted is what the alias is known to be.
func (m *member) noted() noted {
	n := noted{key: m.key, alias: m.alias}
	if m.alias != nil {
		n.record, n.ok = deployer.ReadRecord(m.alias.Description)
	}
	return n
}
