package rollout

import (
	"context"
	"log/slog"
	"time"

	"sluice/internal/clock"
	"sluice/internal/comparison"
	"sluice/internal/fault"
	"sluice/internal/function"
)

// ServiceConfig says what a Service works with. Store and Traffic are needed; Hooks, Alarms and Measures by deployments
// that use them.
type ServiceConfig struct {
	Store    Store
	Traffic  Traffic
	Hooks    Hooks
	Alarms   AlarmStates
	Measures Measures
	// Scale says how long the cloud's waits take here.
	Scale clock.Scale
	// Owner names this server in the deployments that it drives.
	Owner string
	// Logger hears of deployments that are held up. Nil discards it.
	Logger *slog.Logger
	// Late is told how long after its time each shift of traffic was in effect. Nil is not told.
	Late func(time.Duration)
}

// Service keeps applications, groups, configurations and deployments, and drives the deployments. Its methods may be
// called by many goroutines at once.
type Service struct {
	store      Store
	controller *controller
}

// NewService returns a Service. Nothing is driven before Start.
func NewService(cfg ServiceConfig) *Service {
	if cfg.Logger == nil {
		cfg.Logger = slog.New(slog.DiscardHandler)
	}
	if cfg.Hooks == nil {
		cfg.Hooks = noGuard{}
	}
	if cfg.Alarms == nil {
		cfg.Alarms = noGuard{}
	}
	if cfg.Measures == nil {
		cfg.Measures = noGuard{}
	}
	if cfg.Late == nil {
		cfg.Late = func(time.Duration) {}
	}
	return &Service{store: cfg.Store, controller: newController(cfg)}
}

// noGuard stands in for hooks, alarms and measures where there are none: whoever asks for a hook or an alarm is not let
// through.
type noGuard struct{}

func (noGuard) RunHook(context.Context, HookCall) (HookRun, error) {
	return HookRun{}, fault.Errorf(fault.NotFound, "function", "There are no functions that could be hooks.")
}

func (noGuard) Ringing(_ context.Context, _ function.Scope, names []string, _ time.Time) (map[string]time.Time, error) {
	return nil, fault.Errorf(fault.NotFound, "alarm", "There is no alarm %v.", names)
}

func (noGuard) Measured(function.ID, string, function.Number) comparison.Counts {
	return comparison.Counts{}
}

func (noGuard) Recently(function.ID, string, function.Number) comparison.Counts {
	return comparison.Counts{}
}

// Start goes on with every deployment that has not ended. Close must be called if it succeeds.
func (s *Service) Start(ctx context.Context) error { return s.controller.start(ctx) }

// Close stops driving, and waits for the steps that are being taken. Deployments go on at the next Start.
func (s *Service) Close() { s.controller.close() }

// now is the time as records keep it: to the microsecond, so that it is the same after it was stored.
func now() time.Time { return time.Now().UTC().Truncate(time.Microsecond) }
