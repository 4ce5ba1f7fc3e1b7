package release

import (
	"context"
	"maps"

	"sluice/internal/deployer"
)

// send brings $LATEST to what the file says, by as few calls as it takes.
func (r *run) send(ctx context.Context, m *member) (err error) {
	f := m.Function
	switch {
	case m.Create:
		f.Tags = maps.Clone(f.Tags)
		if f.Tags == nil {
			f.Tags = map[string]string{}
		}
		maps.Copy(f.Tags, m.Tags.Set)
		if m.latest, err = r.endpoint.Create(ctx, f); err != nil {
			return err
		}
		r.tell(Event{Kind: Created, Release: r.plan.Release, Function: m.key, Detail: f.Name})
		return nil
	case m.Code:
		if m.latest, err = r.endpoint.UpdateCode(ctx, f.Name, f.Code, f.Settings.Architecture, m.latest.Revision); err != nil {
			return err
		}
		r.tell(Event{Kind: CodeSent, Release: r.plan.Release, Function: m.key, Detail: f.Code.Digest})
	}
	if m.changesSettings() {
		if m.latest, err = r.endpoint.UpdateSettings(ctx, f.Name, f.Settings, m.latest.Revision); err != nil {
			return err
		}
		r.tell(Event{Kind: SettingsSent, Release: r.plan.Release, Function: m.key})
	}
	return nil
}

// tag changes the function's tags. It comes after all that names a revision of $LATEST, which tags renew.
func (r *run) tag(ctx context.Context, m *member) error {
	if m.Create || m.Tags.None() {
		return nil
	}
	return r.endpoint.Tag(ctx, m.Found.ARN, m.Tags)
}

// changesSettings reports whether $LATEST differs in something that UpdateCode did not send.
func (m *member) changesSettings() bool {
	for _, c := range m.Changes {
		if c.Field != "code" && (c.Field != "architecture" || !m.Code) {
			return true
		}
	}
	return false
}

// publish makes a version of $LATEST. When nothing differs from the last one, Lambda answers with that.
func (r *run) publish(ctx context.Context, m *member) error {
	if !m.Publish {
		return nil
	}
	stamp := r.stamp(r.plan.Release)
	v, err := r.endpoint.Publish(ctx, m.Function.Name, stamp.Description(), m.latest.Digest, m.latest.Revision)
	if err != nil {
		return err
	}
	m.published = v.Number
	if m.Move.Live == nil {
		m.to = v.Number
	}
	if m.to == m.from && m.stepped() {
		m.Move = deployer.Move{} // the alias is there already
	}
	r.tell(Event{Kind: Published, Release: r.plan.Release, Function: m.key, Version: v.Number})
	return nil
}
