package config

import (
	"slices"
	"strings"

	"sluice/internal/deployer"
	"sluice/internal/fault"
)

// File is a sluice.yaml that has been read and checked.
type File struct {
	root *value
}

// Read reads and checks a file. Its error is a Problem or Problems.
func Read(text []byte) (*File, error) {
	root, err := parse(text)
	if err != nil {
		return nil, err
	}
	f := &found{}
	f.check(root, &fileShape, "")
	for _, name := range []string{"project", "functions", "environments"} {
		if v := root.get(name); root.kind == null || root.kind == object && (v == nil || v.kind == null) {
			f.at(root, "the file has no %s: `sluice init` writes one to start from", name)
		}
	}
	f.checkOverrides(root)
	if err := f.err(); err != nil {
		return nil, err
	}
	return &File{root}, nil
}

// checkOverrides finds environments that override functions which are not there.
func (f *found) checkOverrides(root *value) {
	for _, environment := range root.get("environments").entries() {
		for _, e := range environment.value.get("functions").entries() {
			if root.get("functions").get(e.name) == nil {
				f.problems = append(f.problems, Problem{e.line, e.column, "environments." + environment.name + ".functions." + e.name + ": there is no function " + e.name})
			}
		}
	}
}

// Environments returns the names of the environments, in the file's order.
func (f *File) Environments() []string {
	var names []string
	for _, e := range f.root.get("environments").entries() {
		names = append(names, e.name)
	}
	return names
}

// Environment resolves one environment. A name that the file has not is a NotFound fault; any other error is Problems.
func (f *File) Environment(name string, sources Sources) (*deployer.Environment, error) {
	i := slices.Index(f.Environments(), name)
	if i < 0 {
		return nil, fault.Errorf(fault.NotFound, "environment", "there is no environment %q: the file has %s", name, strings.Join(f.Environments(), ", "))
	}
	own := f.root.get("environments").keys[i].value
	l := &layers{found: &found{}, names: &names{sources, map[string]string{"env": name}}, maps: []*value{f.root.get("defaults"), own}}
	project := l.resolve(l.found, f.root.get("project"))
	l.own["project"] = project
	l.own["region"] = l.text("region", shapeOf(releaseKeys, "region"))
	env := l.environment(project, name)
	for _, e := range f.root.get("functions").entries() {
		env.Functions = append(env.Functions, f.function(l, own, e))
	}
	slices.SortFunc(env.Functions, func(a, b deployer.Function) int { return strings.Compare(a.Key, b.Key) })
	f.checkNames(l, env.Functions)
	return env, l.err()
}

// function resolves one function: defaults, its own keys, the environment's, and the environment's for it.
func (f *File) function(l *layers, environment *value, e entry) deployer.Function {
	inner := &layers{found: l.found, names: &names{l.Sources, map[string]string{"function": e.name}}}
	for name, text := range l.own {
		inner.own[name] = text
	}
	inner.maps = []*value{f.root.get("defaults"), e.value, environment, environment.get("functions").get(e.name)}
	return inner.function(e)
}

// checkNames refuses two functions that are one at the endpoint.
func (f *File) checkNames(l *layers, functions []deployer.Function) {
	keys := map[string]string{}
	for _, function := range functions {
		if other, twice := keys[function.Name]; twice {
			l.at(f.root.get("functions").get(function.Key), "functions %s and %s are both named %s: put ${function} into the name", other, function.Key, function.Name)
		}
		keys[function.Name] = function.Key
	}
}

// shapeOf returns the shape of a key.
func shapeOf(keys []key, name string) *shape {
	i := slices.IndexFunc(keys, func(k key) bool { return k.name == name })
	return &keys[i].shape
}
