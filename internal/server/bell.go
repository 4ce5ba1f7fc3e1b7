package server

import (
	"sync/atomic"

	"sluice/internal/alarm"
	"sluice/internal/rollout"
)

// bell tells the deployments of alarms. Alarms are watched before the deployments go on, which ask for them; so there is
// a time in which nobody hears it. It ends before any deployment goes on, and each looks for itself when it does.
type bell struct {
	rollouts atomic.Pointer[rollout.Service]
}

func (b *bell) ring(c alarm.Change) {
	if listening := b.rollouts.Load(); listening != nil {
		listening.AlarmChanged(c.Alarm.Scope, c.Alarm.Name)
	}
}
