package alarm

import (
	"context"
	"log/slog"
	"time"

	"sluice/internal/clock"
	"sluice/internal/function"
	"sluice/internal/metric"
)

// Metrics answers what the statistics of a metric are. metric.Service does.
type Metrics interface {
	Points(ctx context.Context, q metric.Query) ([]metric.Point, error)
}

// Runner does what alarms ask for when they change their states. internal/server implements it.
type Runner interface {
	// Run runs one action, named by its ARN. An error says why it could not be run; it is noted in the alarm's history
	// and not tried again. Many may run at once, but those of one alarm come one by one, in the order of its changes.
	Run(ctx context.Context, action string, c Change) error
}

// ServiceConfig says what a Service works with. Store and Metrics are needed.
type ServiceConfig struct {
	Store   Store
	Metrics Metrics
	// Actions runs actions. With nil none are run, and history does not speak of them.
	Actions Runner
	// Changed is told of each change of state, after it is stored, in the goroutine that made it: its caller waits. Those
	// of one alarm come one by one. It may call what only reads (Ringing, Describe), and nothing that changes alarms.
	// Nil is not told.
	Changed func(Change)
	// Scale says how long periods, waits and the cadence of evaluations take here.
	Scale clock.Scale
	// Logger hears of evaluations that failed. Nil discards it.
	Logger *slog.Logger
	// Late is told how long after the end of its newest period the change of a metric alarm was stored and told. Nil is
	// not told.
	Late func(time.Duration)
}

// Service keeps alarms and watches them. Its methods may be called by many goroutines at once.
type Service struct{}

// NewService returns a Service. It knows no alarm before Start.
func NewService(cfg ServiceConfig) *Service { return &Service{} }

// Start takes up the stored alarms and watches them. Close must be called if it succeeds.
func (s *Service) Start(ctx context.Context) error { return nil }

// Close stops watching, and waits for the evaluations and actions that run. Actions that have not run, run after the
// next Start.
func (s *Service) Close() {}

// Put creates or replaces a metric alarm. A new one begins as InsufficientData; one that is replaced keeps its state
// and its tags (a.Status, a.Tags and a.Configured are then not looked at). The next evaluation comes within ten seconds
// of the cloud.
// Errors: fault.Invalid "alarm" for what is not allowed; fault.Conflict "alarm" if a composite alarm has the name;
// fault.Limit "tags".
func (s *Service) Put(ctx context.Context, a Alarm) error { return nil }

// PutComposite does the same for a composite alarm. INSUFFICIENT_DATA is its state until its first evaluation alone.
// Errors: those of Put; fault.Invalid "alarm rule"; fault.Invalid "alarm children" if alarms of its rule don't exist;
// fault.Limit "alarm rule" if it has too many children, or one of these has too many parents.
func (s *Service) PutComposite(ctx context.Context, a Alarm) error { return nil }

// Describe lists alarms by name, and says whether there are more behind the last.
// Errors: fault.NotFound "alarm" if ChildrenOf or ParentsOf names none.
func (s *Service) Describe(ctx context.Context, f Filter) (found []*Alarm, more bool, err error) {
	return nil, false, nil
}

// DescribeForMetric lists the alarms over exactly one metric, by name: those whose statistic, unit and period (of the
// cloud) are the given ones, of which a zero asks for all. Alarms over metric math are not among them.
func (s *Service) DescribeForMetric(ctx context.Context, id metric.ID, statistic metric.Statistic, unit string, period time.Duration) ([]*Alarm, error) {
	return nil, nil
}

// History lists what happened, and says whether there is more behind the last.
func (s *Service) History(ctx context.Context, q HistoryQuery) (found []*HistoryItem, more bool, err error) {
	return nil, false, nil
}

// SetState sets an alarm's state by hand, until its next evaluation: of a composite alarm, until a child changes. Its
// actions run if the state becomes another.
// Errors: fault.NotFound "alarm"; fault.Invalid "alarm" for reason data that is no JSON.
func (s *Service) SetState(ctx context.Context, scope function.Scope, name string, state State, reason, data string) error {
	return nil
}

// EnableActions and DisableActions let the actions of alarms run, or not. Names that no alarm has are passed over.
func (s *Service) EnableActions(ctx context.Context, scope function.Scope, names []string) error {
	return nil
}

// DisableActions is EnableActions's opposite.
func (s *Service) DisableActions(ctx context.Context, scope function.Scope, names []string) error {
	return nil
}

// Delete deletes alarms: those of the names that exist, even if others don't.
// Errors: fault.NotFound "alarm" naming those that don't, when the others are deleted; fault.Limit "alarms" for over 100
// names or more than one composite alarm, and fault.Conflict "alarm parents" if a composite alarm depends on one of them:
// then none is deleted.
func (s *Service) Delete(ctx context.Context, scope function.Scope, names []string) error { return nil }

// Tags returns the tags of the alarm with an ARN; none if there is no such alarm, as on AWS (test_tagging_metric_alarm).
func (s *Service) Tags(ctx context.Context, arn string) (map[string]string, error) { return nil, nil }

// Tag adds tags to an alarm, or replaces those with the same keys. Errors: fault.NotFound "alarm"; fault.Limit "tags";
// fault.Invalid "tags".
func (s *Service) Tag(ctx context.Context, arn string, tags map[string]string) error { return nil }

// Untag removes tags from an alarm. Keys that it does not have are passed over. Errors: fault.NotFound "alarm".
func (s *Service) Untag(ctx context.Context, arn string, keys []string) error { return nil }

// Ringing returns, for those of the named alarms that are in the state Ringing, since when they are. It reads memory
// alone. Errors: fault.NotFound "alarm" naming those that don't exist; the answer is right for the others.
func (s *Service) Ringing(ctx context.Context, scope function.Scope, names []string) (map[string]time.Time, error) {
	return nil, nil
}
