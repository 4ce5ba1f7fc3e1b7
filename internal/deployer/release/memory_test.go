package release_test

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"sync"
	"time"

	"sluice/internal/deployer"
	"sluice/internal/deployer/release"
	"sluice/internal/fault"
)

// memory is an endpoint that keeps everything in memory. A deployment of its CodeDeploy moves its alias as time passes.
type memory struct {
	mu          sync.Mutex
	functions   map[string]*stored
	deployments []*deployment
	revisions   int
	ringing     []string       // alarms
	errors      map[string]int // of the new version, by function
	hooks       map[string]int // how often each hook function ran, as "hook function"
	badHook     string         // fails
	asked       []string       // the calls, by method and function
	// harm decides what befalls a call. It may cancel a context. A before error keeps the call from happening, an after error only
	// its answer.
	harm func(call string) (before, after error)
	// moved is told each change of where an alias points.
	moved func(function string, from, to deployer.Alias)
}

type stored struct {
	found   deployer.Found
	aliases map[string]*deployer.Alias
	last    int // number of the last version
}

type deployment struct {
	release.Deployment
	id     string
	began  time.Time
	over   bool
	status string
	why    string
	atOnce bool // fails at the first look
}

func newMemory() *memory {
	return &memory{functions: map[string]*stored{}, errors: map[string]int{}, hooks: map[string]int{}}
}

// call lets harm befall a call, and time pass for the deployments.
func call[T any](ctx context.Context, m *memory, name string, do func() (T, error)) (value T, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.asked = append(m.asked, name)
	var before, after error
	if m.harm != nil {
		before, after = m.harm(name)
	}
	m.pass()
	if before != nil {
		return value, before
	}
	if after == nil && ctx.Err() != nil {
		return value, ctx.Err()
	}
	value, err = do()
	if after != nil {
		var none T
		return none, after
	}
	return value, err
}

func (m *memory) revision() string {
	m.revisions++
	return strconv.Itoa(m.revisions)
}

func (m *memory) Find(ctx context.Context, name, alias string) (*deployer.Found, error) {
	return call(ctx, m, "Find "+name, func() (*deployer.Found, error) {
		f, ok := m.functions[name]
		if !ok {
			return nil, nil
		}
		found := f.found
		found.Versions = slices.Clone(found.Versions)
		found.Tags = maps.Clone(found.Tags)
		found.Named = map[string][]string{}
		for _, name := range slices.Sorted(maps.Keys(f.aliases)) {
			a := f.aliases[name]
			found.Named[a.Version] = append(found.Named[a.Version], name)
			if a.Additional != "" {
				found.Named[a.Additional] = append(found.Named[a.Additional], name)
			}
		}
		if a, ok := f.aliases[alias]; ok {
			copied := *a
			found.Alias = &copied
		}
		return &found, nil
	})
}

func (m *memory) Create(ctx context.Context, f deployer.Function) (deployer.Version, error) {
	return call(ctx, m, "Create "+f.Name, func() (deployer.Version, error) {
		if _, ok := m.functions[f.Name]; ok {
			return deployer.Version{}, fault.Errorf(fault.Conflict, "function", "%s exists", f.Name)
		}
		v := deployer.Version{Number: deployer.Latest, Settings: f.Settings, Digest: f.Code.Digest, Revision: m.revision()}
		m.functions[f.Name] = &stored{
			found:   deployer.Found{Name: f.Name, ARN: "arn:" + f.Name, Latest: v, Tags: maps.Clone(f.Tags)},
			aliases: map[string]*deployer.Alias{},
		}
		return v, nil
	})
}

func (m *memory) function(name string) (*stored, error) {
	if f, ok := m.functions[name]; ok {
		return f, nil
	}
	return nil, fault.Errorf(fault.NotFound, "function", "no function %s", name)
}

// latest returns a function whose $LATEST has this revision.
func (m *memory) latest(name, revision string) (*stored, error) {
	f, err := m.function(name)
	if err == nil && f.found.Latest.Revision != revision {
		err = fault.Errorf(fault.Precondition, "function", "%s has another revision", name)
	}
	return f, err
}

func (m *memory) UpdateCode(ctx context.Context, name string, code deployer.Code, architecture, revision string) (deployer.Version, error) {
	return call(ctx, m, "UpdateCode "+name, func() (deployer.Version, error) {
		f, err := m.latest(name, revision)
		if err != nil {
			return deployer.Version{}, err
		}
		f.found.Latest.Digest, f.found.Latest.Revision = code.Digest, m.revision()
		return f.found.Latest, nil
	})
}

func (m *memory) UpdateSettings(ctx context.Context, name string, s deployer.Settings, revision string) (deployer.Version, error) {
	return call(ctx, m, "UpdateSettings "+name, func() (deployer.Version, error) {
		f, err := m.latest(name, revision)
		if err != nil {
			return deployer.Version{}, err
		}
		f.found.Latest.Settings, f.found.Latest.Revision = s, m.revision()
		return f.found.Latest, nil
	})
}

func (m *memory) Tag(ctx context.Context, arn string, change deployer.TagChange) error {
	_, err := call(ctx, m, "Tag "+arn, func() (any, error) {
		for _, f := range m.functions {
			if f.found.ARN != arn {
				continue
			}
			if f.found.Tags == nil {
				f.found.Tags = map[string]string{}
			}
			maps.Copy(f.found.Tags, change.Set)
			f.found.Latest.Revision = m.revision()
		}
		return nil, nil
	})
	return err
}

func (m *memory) Publish(ctx context.Context, name, description, digest, revision string) (deployer.Version, error) {
	return call(ctx, m, "Publish "+name, func() (deployer.Version, error) {
		f, err := m.latest(name, revision)
		if err != nil {
			return deployer.Version{}, err
		}
		if digest != f.found.Latest.Digest {
			return deployer.Version{}, fault.Errorf(fault.Precondition, "function", "%s has other code", name)
		}
		if last, ok := f.found.Last(); ok && len(deployer.VersionDifferences(last, f.found.Latest)) == 0 {
			return last, nil
		}
		f.last++
		v := f.found.Latest
		v.Number, v.Description, v.Revision = strconv.Itoa(f.last), description, m.revision()
		f.found.Versions = append(f.found.Versions, v)
		f.found.Latest.Revision = m.revision()
		return v, nil
	})
}

func (m *memory) DeleteVersion(ctx context.Context, name, version string) error {
	_, err := call(ctx, m, "DeleteVersion "+name+" "+version, func() (any, error) {
		f, err := m.function(name)
		if err != nil {
			return nil, err
		}
		for _, a := range f.aliases {
			if a.Version == version || a.Additional == version {
				return nil, fault.Errorf(fault.Conflict, "version", "alias %s names version %s", a.Name, version)
			}
		}
		if _, ok := f.found.Version(version); !ok {
			return nil, fault.Errorf(fault.NotFound, "version", "no version %s", version)
		}
		f.found.Versions = slices.DeleteFunc(f.found.Versions, func(v deployer.Version) bool { return v.Number == version })
		return nil, nil
	})
	return err
}

func (m *memory) Invoke(ctx context.Context, name, qualifier string, payload []byte) (release.Answer, error) {
	return call(ctx, m, "Invoke "+name, func() (release.Answer, error) {
		var event release.HookEvent
		if err := json.Unmarshal(payload, &event); err == nil {
			m.hooks[name+" "+event.Function]++
		}
		return release.Answer{Version: qualifier, Payload: payload, Failed: name == m.badHook}, nil
	})
}

func (m *memory) Alias(ctx context.Context, function, name string) (*deployer.Alias, error) {
	return call(ctx, m, "Alias "+function, func() (*deployer.Alias, error) { return m.alias(function, name), nil })
}

func (m *memory) alias(function, name string) *deployer.Alias {
	if f, ok := m.functions[function]; ok && f.aliases[name] != nil {
		copied := *f.aliases[name]
		return &copied
	}
	return nil
}

func (m *memory) CreateAlias(ctx context.Context, function string, a deployer.Alias) (deployer.Alias, error) {
	return call(ctx, m, "CreateAlias "+function, func() (deployer.Alias, error) {
		f, err := m.function(function)
		if err == nil && f.aliases[a.Name] != nil {
			err = fault.Errorf(fault.Conflict, "alias", "%s exists", a.Name)
		}
		if err != nil {
			return deployer.Alias{}, err
		}
		return m.point(f, deployer.Alias{}, a)
	})
}

func (m *memory) UpdateAlias(ctx context.Context, function string, a deployer.Alias) (deployer.Alias, error) {
	return call(ctx, m, "UpdateAlias "+function, func() (deployer.Alias, error) {
		f, err := m.function(function)
		if err != nil {
			return deployer.Alias{}, err
		}
		is := f.aliases[a.Name]
		if is == nil {
			return deployer.Alias{}, fault.Errorf(fault.NotFound, "alias", "no alias %s", a.Name)
		}
		if a.Revision != "" && a.Revision != is.Revision {
			return deployer.Alias{}, fault.Errorf(fault.Precondition, "alias", "%s of %s has another revision", a.Name, function)
		}
		for _, d := range m.deployments {
			if !d.over && d.Function == function && d.Alias == a.Name {
				return deployer.Alias{}, fault.Errorf(fault.Conflict, "alias", "deployment %s moves %s", d.id, a.Name)
			}
		}
		return m.point(f, *is, a)
	})
}

// point stores an alias, if the versions exist that it names.
func (m *memory) point(f *stored, was, a deployer.Alias) (deployer.Alias, error) {
	for _, v := range []string{a.Version, a.Additional} {
		if _, ok := f.found.Version(v); v != "" && !ok {
			return deployer.Alias{}, fault.Errorf(fault.NotFound, "version", "%s has no version %s", f.found.Name, v)
		}
	}
	if len(a.Description) > 256 || a.Additional != "" && (a.Weight <= 0 || a.Weight >= 1 || a.Version == deployer.Latest || a.Version == a.Additional) {
		return deployer.Alias{}, fault.Errorf(fault.Invalid, "alias", "%+v", a)
	}
	a.Revision = m.revision()
	f.aliases[a.Name] = &a
	if m.moved != nil && (was.Version != a.Version || was.Additional != a.Additional || was.Weight != a.Weight) {
		m.moved(f.found.Name, was, a)
	}
	return a, nil
}

func (m *memory) Ringing(ctx context.Context, alarms []string) ([]string, error) {
	return call(ctx, m, "Ringing", func() ([]string, error) {
		if slices.Contains(alarms, "unknown") {
			return nil, fault.Errorf(fault.NotFound, "alarm", "no alarm unknown")
		}
		return slices.DeleteFunc(slices.Clone(m.ringing), func(a string) bool { return !slices.Contains(alarms, a) }), nil
	})
}

func (m *memory) Errors(ctx context.Context, function, alias, version string, since time.Time) (failed, invoked int, err error) {
	failed, err = call(ctx, m, "Errors "+function, func() (int, error) { return m.errors[function], nil })
	return failed, 100, err
}

func (m *memory) Prepare(ctx context.Context, g release.Group) error {
	_, err := call(ctx, m, "Prepare "+g.Name, func() (any, error) { return nil, nil })
	return err
}

func (m *memory) Deploy(ctx context.Context, d release.Deployment) (string, error) {
	return call(ctx, m, "Deploy "+d.Function, func() (string, error) {
		if other := m.deploying(d.Group.Name); other != "" {
			return "", fault.Errorf(fault.Conflict, "deployment", "deployment %s is under way", other)
		}
		id := fmt.Sprintf("d-%d", len(m.deployments)+1)
		m.deployments = append(m.deployments, &deployment{Deployment: d, id: id, began: time.Now(), status: "InProgress", atOnce: d.Before != "" && d.Before == m.badHook})
		return id, nil
	})
}

func (m *memory) deploying(group string) string {
	for _, d := range m.deployments {
		if !d.over && d.Group.Name == group {
			return d.id
		}
	}
	return ""
}

func (m *memory) Deployment(ctx context.Context, id string) (release.Progress, error) {
	return call(ctx, m, "Deployment "+id, func() (release.Progress, error) {
		for _, d := range m.deployments {
			if d.id == id {
				return release.Progress{Over: d.over, Succeeded: d.status == "Succeeded", Status: d.status, Why: d.why}, nil
			}
		}
		return release.Progress{}, fault.Errorf(fault.NotFound, "deployment", "no deployment %s", id)
	})
}

func (m *memory) Deploying(ctx context.Context, g release.Group) (string, error) {
	return call(ctx, m, "Deploying "+g.Name, func() (string, error) { return m.deploying(g.Name), nil })
}

func (m *memory) Stop(ctx context.Context, id string) error {
	_, err := call(ctx, m, "Stop "+id, func() (any, error) {
		for _, d := range m.deployments {
			if d.id != id {
				continue
			}
			if d.over {
				return nil, fault.Errorf(fault.Conflict, "deployment", "%s is over", id)
			}
			m.end(d, "Stopped", "somebody stopped it")
		}
		return nil, nil
	})
	return err
}

// pass moves the aliases of deployments to where they are by now.
func (m *memory) pass() {
	for _, d := range m.deployments {
		if d.over {
			continue
		}
		if d.atOnce || len(m.ringing) > 0 && len(d.Group.Alarms) > 0 {
			m.end(d, "Failed", "a hook failed or an alarm rings")
			continue
		}
		m.hooks[d.Before+" "+d.Function]++
		percent, passed := 0.0, time.Since(d.began)
		for _, s := range d.Group.Strategy.Steps() {
			percent = s.Percent
			if passed < s.Wait {
				break
			}
			passed -= s.Wait
		}
		if percent < 100 {
			m.shift(d, deployer.Alias{Version: d.From, Additional: d.To, Weight: percent / 100})
			continue
		}
		m.shift(d, deployer.Alias{Version: d.To})
		m.hooks[d.After+" "+d.Function]++
		d.over, d.status = true, "Succeeded"
	}
}

func (m *memory) end(d *deployment, status, why string) {
	m.shift(d, deployer.Alias{Version: d.From})
	d.over, d.status, d.why = true, status, why
}

// shift points an alias elsewhere and leaves its description.
func (m *memory) shift(d *deployment, to deployer.Alias) {
	f := m.functions[d.Function]
	was := *f.aliases[d.Alias]
	to.Name, to.Description = was.Name, was.Description
	if was.Version == to.Version && was.Additional == to.Additional && was.Weight == to.Weight {
		return
	}
	if _, err := m.point(f, was, to); err != nil {
		panic(err) // the test's own mistake
	}
}

var _ release.Endpoint = (*memory)(nil)
