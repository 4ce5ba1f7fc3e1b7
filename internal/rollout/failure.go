package rollout

// Cause is why a deployment ended without success.
type Cause string

// The causes. Each is a code of its own on the wire.
const (
	BadConfiguration Cause = "configuration" // the AppSpec, or what it names, can't be used
	MissingFunction  Cause = "function"      // the function or the alias is not there, or went away
	HookFailed       Cause = "hook"
	HookTimedOut     Cause = "timeout"
	AlarmRang        Cause = "alarm"
	TargetWorse      Cause = "comparison" // the target does worse than the version that it replaces
	StopAsked        Cause = "stop"
)

// Failure is why a deployment ended without success, and what to tell of it.
type Failure struct {
	Cause   Cause
	Message string
	// Detail is more than AWS's message says: which alarms rang, or how a hook failed. It may be empty.
	Detail string
	// Tail is the end of the log of the hook that failed, at most 4 KB. It may come some time after the failure.
	Tail string
}

// with returns the failure with the end of a log.
func (f *Failure) with(tail string) *Failure {
	told := *f
	told.Tail = tail
	return &told
}

// Texts of AWS.
const (
	// AWS's page "Troubleshoot Amazon ECS deployment issues".
	hookTimedOutText = "The deployment timed out while waiting for a status callback. CodeDeploy expects a status callback within one hour after a deployment hook is invoked."
	// Printed in a run of 2026-08-13; see docs/aws-compatibility.md.
	hookFailedText = "The deployment failed because one or more of the lifecycle event validation functions failed."
	// Printed in tests/test_seed_003.py.
	alarmRangText = "the deployment is cancelled due to an abort request"
)
