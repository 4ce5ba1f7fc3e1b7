package release

import (
	"context"
	"time"

	"sluice/internal/deployer"
)

// write makes the member's alias point somewhere and sets its record, in one call that is refused if anybody else changed
// the alias since. The caller says phase, lease and versions; the rest of the record is filled in.
func (r *run) write(ctx context.Context, m *member, points deployer.Alias, record deployer.Record) error {
	record.Release, record.By = r.plan.Release, r.config.By
	record.Newest = m.record.Decided(record.Newest)
	before := ""
	if m.alias != nil {
		before = m.alias.Description
	}
	points.Name = m.Function.Alias
	points.Description = record.Description(before)
	m.tried = points.Description
	var written deployer.Alias
	var err error
	if m.alias == nil {
		written, err = r.endpoint.CreateAlias(ctx, m.Function.Name, points)
	} else {
		points.Revision = m.alias.Revision
		written, err = r.endpoint.UpdateAlias(ctx, m.Function.Name, points)
	}
	if err != nil {
		return r.explain(ctx, m, err)
	}
	m.alias, m.record, m.wrote = &written, record, m.tried
	return nil
}

// stays is where the alias points now.
func (m *member) stays() deployer.Alias {
	return deployer.Alias{Version: m.alias.Version, Additional: m.alias.Additional, Weight: m.alias.Weight}
}

// at is where the alias points when the new version has a share of the requests.
func (m *member) at(percent float64) deployer.Alias {
	switch {
	case percent >= 100:
		return deployer.Alias{Version: m.to}
	case percent <= 0:
		return deployer.Alias{Version: m.from}
	}
	return deployer.Alias{Version: m.from, Additional: m.to, Weight: percent / 100}
}

// lease returns until when the run holds an alias that it leaves alone for a while.
func (r *run) lease(wait time.Duration) time.Time { return time.Now().Add(wait + r.config.Lease) }
