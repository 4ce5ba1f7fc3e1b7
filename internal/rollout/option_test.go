package rollout_test

import (
	"testing"

	"sluice/internal/fault"
	"sluice/internal/rollout"
)

func TestOptionsAreNotAnApplications(t *testing.T) {
	guardedBubble(t, "AllAtOnce", nil, func(t *testing.T, g *guarded) {
		err := g.TagApplication(t.Context(), scope, "app", func(tags map[string]string) { tags["sluice:compare"] = "on" })
		wantFault(t, err, fault.Invalid, "tags")
		_, err = g.CreateApplication(t.Context(), scope, "other", map[string]string{"sluice:alarms": "new"})
		wantFault(t, err, fault.Invalid, "tags")
	})
}

func TestOptionsThatAreNone(t *testing.T) {
	guardedBubble(t, "AllAtOnce", nil, func(t *testing.T, g *guarded) {
		for key, value := range map[string]string{
			"sluice:alarms": "some", "sluice:compare": "yes", "sluice:rollback": "none", "sluice:speed": "high",
		} {
			err := g.TagGroup(t.Context(), scope, "app", "g", func(tags map[string]string) { tags[key] = value })
			wantFault(t, err, fault.Invalid, "tags")
			_, err = g.CreateGroup(t.Context(), rollout.Group{
				Scope: scope, Application: "app", Name: "other", ServiceRole: role, Tags: map[string]string{key: value},
			})
			wantFault(t, err, fault.Invalid, "tags")
		}
	})
}
