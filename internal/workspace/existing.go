package workspace

import (
	"context"
	"io"
	"maps"
	"slices"
	"strings"

	"sluice/internal/deployer"
	"sluice/internal/deployer/config"
	"sluice/internal/fault"
	"sluice/internal/remote"
)

// Existing is a function for which a first sluice.yaml is written.
type Existing struct {
	config.Initial
	version  string // that the file describes
	endpoint *remote.Endpoint
}

// preferredAlias is the one that a file is written about, if a function has it among others.
const preferredAlias = "LIVE"

// Find looks at a function, its versions and aliases, wherever the SDK's configuration leads. What is described is the last
// published version, or $LATEST if there is none: a plan then says that nothing changes. Project, Key and Code are left to the
// caller. Errors: fault.NotFound "function", and those of remote.Open.
func Find(ctx context.Context, name string) (*Existing, error) {
	endpoint, err := remote.Open(ctx, remote.Config{})
	if err != nil {
		return nil, err
	}
	if err := reach(ctx, endpoint.Address()); err != nil {
		return nil, err
	}
	found, err := endpoint.Find(ctx, name, "")
	if err != nil {
		return nil, err
	}
	if found == nil {
		return nil, fault.Errorf(fault.NotFound, "function", "there is no function %s in %s", name, endpoint.Region())
	}
	version, ok := found.Last()
	if !ok {
		version = found.Latest
	}
	return &Existing{
		Initial: config.Initial{
			Name: name, Alias: alias(found), Settings: version.Settings, Tags: people(found.Tags), Versions: listed(found),
		},
		version: version.Number, endpoint: endpoint,
	}, nil
}

// Download writes the function's code, a zip.
func (e *Existing) Download(ctx context.Context, to io.Writer) error {
	return e.endpoint.Download(ctx, e.Name, e.version, to)
}

// alias is the one that callers are likely to use. It is empty if there is none.
func alias(found *deployer.Found) string {
	var names []string
	for _, some := range found.Named {
		names = append(names, some...)
	}
	slices.Sort(names)
	if len(names) == 0 || slices.Contains(names, preferredAlias) {
		return ""
	}
	return names[0]
}

// people leaves out the tags that no file may set, which Sluice and AWS write themselves.
func people(tags map[string]string) map[string]string {
	tags = maps.Clone(tags)
	maps.DeleteFunc(tags, func(key, _ string) bool {
		return strings.HasPrefix(key, "sluice:") || strings.HasPrefix(key, "aws:")
	})
	return tags
}

// listed tells of the versions, newest first: "4 (LIVE), 3".
func listed(found *deployer.Found) string {
	const most = 10
	var all []string
	for _, v := range slices.Backward(found.Versions) {
		text := v.Number
		if names := found.Named[v.Number]; len(names) > 0 {
			text += " (" + strings.Join(names, ", ") + ")"
		}
		if all = append(all, text); len(all) == most {
			break
		}
	}
	if len(found.Versions) > most {
		all = append(all, "…")
	}
	return strings.Join(all, ", ")
}
