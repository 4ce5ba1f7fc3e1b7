package release

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"sluice/internal/deployer"
)

// HookEvent is what a hook function is invoked with.
type HookEvent struct {
	Release  string `json:"release"`
	Function string `json:"function"` // name at the endpoint
	Alias    string `json:"alias"`
	From     string `json:"from,omitempty"` // version
	To       string `json:"to"`             // version
}

// hooks run one hook for each of some members, several at once. The first that fails is the error.
func (r *run) hooks(ctx context.Context, hook string, members []*member) error {
	if hook == "" {
		return nil
	}
	return r.hold(ctx, func(ctx context.Context) error {
		return each(ctx, r.config.Parallel, members, func(ctx context.Context, m *member) error {
			event := Event{Kind: HookBegins, Release: r.plan.Release, Function: m.key, Alias: m.Function.Alias, Version: m.to, Detail: hook}
			r.tell(event)
			err := r.hook(ctx, hook, m)
			if err == nil {
				event.Kind = HookEnds
				r.tell(event)
			}
			return err
		})
	})
}

func (r *run) hook(ctx context.Context, hook string, m *member) error {
	if isCommand(hook) {
		return r.command(ctx, hook, m)
	}
	payload, err := json.Marshal(HookEvent{Release: r.plan.Release, Function: m.Function.Name, Alias: m.Function.Alias, From: m.from, To: m.to})
	if err != nil {
		return err
	}
	answer, err := r.endpoint.Invoke(ctx, r.hookFunction(hook), deployer.Latest, payload)
	if err != nil {
		return fmt.Errorf("%s: hook %s: %w", m.key, hook, err)
	}
	if answer.Failed {
		return rejectedf("%s: hook %s failed: %s", m.key, hook, shortened(answer.Payload))
	}
	return nil
}

// command runs a command of the project, which decides by its exit code.
func (r *run) command(ctx context.Context, command string, m *member) error {
	if err := r.commands.Run(ctx, command, r.variables(m)); err != nil {
		return rejectedf("%s: %w", m.key, err)
	}
	return nil
}

// isCommand tells a command of the project from a function.
func isCommand(hook string) bool { return strings.Contains(hook, "/") }

// hookFunction is the name of a hook function, which the file may call by its key.
func (r *run) hookFunction(hook string) string {
	for _, m := range r.members {
		if m.key == hook {
			return m.Function.Name
		}
	}
	return hook
}

// variables are what a command of the project is told of a function of the release.
func (r *run) variables(m *member) map[string]string {
	env := r.plan.Environment
	v := map[string]string{
		"SLUICE_PROJECT": env.Project, "SLUICE_ENVIRONMENT": env.Name, "SLUICE_RELEASE": r.plan.Release,
		"SLUICE_FUNCTION": m.Function.Name, "SLUICE_ALIAS": m.Function.Alias, "SLUICE_FROM": m.from, "SLUICE_TO": m.to,
	}
	if r.config.Invocations != nil {
		v["SLUICE_URL"] = r.config.Invocations(m.Function.Name, m.to)
	}
	return v
}

// maxShown bounds what an error quotes of a function's answer, in bytes.
const maxShown = 300

func shortened(payload []byte) string {
	if len(payload) > maxShown {
		return strings.ToValidUTF8(string(payload[:maxShown]), "") + "…"
	}
	return string(payload)
}
